//! The link by which somebody sets the password of an account.

use super::KIND;
use crate::api::{Call, Record, Write};
use crate::kit::time::local;
use crate::pages::record::OnceDialog;
use crate::prelude::*;

/// A set-up link on its way to whom it is for.
#[derive(Clone, Copy)]
pub struct SetUp {
    open: RwSignal<bool>,
    name: RwSignal<String>,
    link: RwSignal<Option<Record>>,
    write: Write,
}

impl SetUp {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            name: RwSignal::new(String::new()),
            link: RwSignal::new(None),
            write: Write::new(),
        }
    }

    /// Makes a link for an account, in the place of an earlier one, and shows it.
    pub fn make(self, account: &Record) {
        self.name.set(account.text("name"));
        self.link.set(None);
        self.open.set(true);
        let asked = Call::post(&KIND.at(&account.text("id"), "/set-up")).fetch();
        self.write.run(asked, move |link| {
            self.link.try_set(Some(link));
        });
    }

    fn text(self, key: &str) -> String {
        let text = |link: &Option<Record>| link.as_ref().map(|link| link.text(key));
        self.link.with(text).unwrap_or_default()
    }
}

#[component]
pub fn SetUpDialog(set_up: SetUp) -> impl IntoView {
    let title = move || format!("Set-up link for {}", set_up.name.get());
    let link = move || match set_up.text("path") {
        path if path.is_empty() => path,
        path => window().location().origin().unwrap_or_default() + &path,
    };
    let until = move || {
        let words = format!(
            "Whoever opens this link sets the password of {}, once. Send it where nobody else reads it.",
            set_up.name.get()
        );
        match set_up.text("expiresAt") {
            at if at.is_empty() => words,
            at => format!("{words} It holds until {}.", local(&at)),
        }
    };
    view! {
        <OnceDialog
            open=set_up.open
            title=Signal::derive(title)
            label="Set-up link"
            hint="It is not shown again, and an earlier one holds no more. The account's page makes a new one."
            text=Signal::derive(link)
            write=set_up.write
        >
            <p>{until}</p>
        </OnceDialog>
    }
}
