//! The form of a customer.

use domain::customers::FIELDS;

use super::KIND;
use crate::pages::record::{EditRecord, Form};
use crate::prelude::*;

/// Creates a customer, or changes one.
pub fn form(form: Form) -> AnyView {
    view! { <EditRecord kind=&KIND form fields=FIELDS /> }.into_any()
}
