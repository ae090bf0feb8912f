//! *Change password*.

use domain::sessions::PASSWORD_FIELDS;

use crate::api::json::body;
use crate::api::{Call, Record, Write};
use crate::kit::{Dialog, announce};
use crate::pages::record::{Entry, Fields, RecordForm};
use crate::prelude::*;

#[component]
pub fn PasswordDialog(
    open: RwSignal<bool>,
    /// All other sessions have ended.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog open title="Change password">
            {form(open, on_changed)}
        </Dialog>
    }
}

fn form(open: RwSignal<bool>, on_changed: Callback<()>) -> AnyView {
    let entry = Entry::of(PASSWORD_FIELDS, None);
    let write = Write::new();
    let on_save = move |()| {
        if !entry.is_right() {
            return;
        }
        let text = |key: &'static str| (key, untrack(|| entry.text(key)).into());
        let typed = body(&[text("current"), text("new")]);
        write.run(
            Call::put("/session/password").send_json(typed),
            move |_: Record| {
                open.try_set(false);
                announce("Your password is changed. Everywhere else you are signed out.");
                on_changed.try_run(());
            },
        );
    };
    view! {
        <RecordForm open write save="Change password" on_save>
            <Fields entry write />
            <p class="quiet">"Everywhere else you are signed out."</p>
        </RecordForm>
    }
    .into_any()
}
