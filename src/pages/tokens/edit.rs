//! The form of a charge token.

use domain::tokens::FIELDS;

use super::KIND;
use crate::api::Write;
use crate::pages::record::{EditRecord, Form, More, Other, RecordPicker, customer_choice};
use crate::prelude::*;

/// What a new token is.
const START: &str = r#"{"type":"RFID","valid":true}"#;

/// Creates a token, or changes one.
pub fn form(form: Form) -> AnyView {
    let write = Write::new();
    let customer = Other::of(form.base().as_ref(), "customerId", "customer.id", "customer.name");
    let more: More = Callback::new(move |()| customer.change().into_iter().collect());
    view! {
        <EditRecord kind=&KIND form fields=FIELDS start=START write more above=4>
            <RecordPicker
                label="Customer"
                hint="Type a name or external ID. Empty: no customer."
                path="/customers"
                choice=customer_choice
                chosen=customer.chosen
                error=write.field("customerId")
            />
        </EditRecord>
    }
    .into_any()
}
