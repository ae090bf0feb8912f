//! The token by which a partner registers, shown this once.

use super::KIND;
use crate::api::{Call, Record, Write};
use crate::pages::record::OnceDialog;
use crate::prelude::*;

/// A token on its way to whom it is for.
#[derive(Clone, Copy)]
pub struct Token {
    open: RwSignal<bool>,
    made: RwSignal<Option<Record>>,
    write: Write,
}

impl Token {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            made: RwSignal::new(None),
            write: Write::new(),
        }
    }

    /// Shows one that was made.
    pub fn show(self, made: Record) {
        self.made.set(Some(made));
        self.open.set(true);
    }

    /// Makes a new one for a partner; what they had counts no more.
    pub fn make(self, partner: &Record, done: impl FnOnce(Record) + 'static) {
        self.made.set(None);
        self.open.set(true);
        let asked = Call::post(&KIND.at(&partner.text("id"), "/token")).fetch();
        self.write.run(asked, move |made: Record| {
            if let Some(partner) = made.record("partner") {
                done(partner);
            }
            self.made.try_set(Some(made));
        });
    }

    fn text(self, key: &str) -> String {
        let text = |made: &Option<Record>| made.as_ref().map(|made| made.text(key));
        self.made.with(text).unwrap_or_default()
    }
}

#[component]
pub fn TokenDialog(token: Token) -> impl IntoView {
    let address = move || window().location().origin().unwrap_or_default() + &token.text("path");
    // What was shown once is not kept for longer.
    effect(move || {
        if !token.open.get() {
            token.made.set(None);
        }
    });
    view! {
        <OnceDialog
            open=token.open
            title="Their token".to_owned()
            label="Token"
            hint="It is not shown again. If it is lost, make a new one on the partner's page."
            text=Signal::derive(move || token.text("token"))
            write=token.write
        >
            <p>"With this token the partner registers, at "<code>{address}</code>". It does nothing else."</p>
        </OnceDialog>
    }
}
