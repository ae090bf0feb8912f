//! The form of an account.

use domain::accounts::ACCOUNT_FIELDS;

use super::KIND;
use crate::api::Write;
use crate::pages::record::{EditRecord, Form, More, Other, RecordPicker, customer_choice};
use crate::prelude::*;

/// Makes an account, or changes one.
pub fn form(form: Form) -> AnyView {
    let write = Write::new();
    let base = form.base();
    let role = Other::of(base.as_ref(), "roleId", "roleId", "role");
    let more: More = Callback::new(move |()| role.change().into_iter().collect());
    let fixed = base.map(|account| account.text("fixed")).unwrap_or_default();
    // Whose role is fixed has no limits to change either.
    let is_fixed = !fixed.is_empty();
    let without = Callback::new(move |_| match is_fixed {
        true => vec!["organizations".to_owned()],
        false => vec![],
    });
    let inside = match fixed.is_empty() {
        true => view! {
            <RecordPicker
                label="Role"
                hint="What the account may do. Another role ends its sessions."
                path="/roles"
                choice=customer_choice
                chosen=role.chosen
                error=write.field("roleId")
            />
        }
        .into_any(),
        false => view! { <p class="quiet">{fixed}</p> }.into_any(),
    };
    view! {
        <EditRecord kind=&KIND form fields=ACCOUNT_FIELDS write more without above=2>
            {inside}
        </EditRecord>
    }
    .into_any()
}
