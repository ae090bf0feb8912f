//! The form of a role.

use domain::accounts::ROLE_FIELDS;

use super::KIND;
use crate::api::Record;
use crate::api::json::body;
use crate::pages::record::{EditRecord, Form};
use crate::prelude::*;

/// Makes a role, or changes one.
pub fn form(form: Form) -> AnyView {
    view! { <EditRecord kind=&KIND form fields=ROLE_FIELDS /> }.into_any()
}

/// Makes a role with the permissions of another one.
pub fn copy(form: Form, role: &Record) -> AnyView {
    let permissions = body(&[("permissions", role.texts("permissions").into())]);
    let copied = Record::parse(&permissions);
    view! { <EditRecord kind=&KIND form fields=ROLE_FIELDS copied /> }.into_any()
}
