//! The form of a customer.

use domain::customers::{Customer, CustomerInput};

use crate::api::{self, Write};
use crate::kit::{TextArea, TextField};
use crate::pages::record::{RecordForm, typed};
use crate::prelude::*;

/// Creates a customer, or changes `base`.
#[component]
pub fn EditCustomer(
    open: RwSignal<bool>,
    #[prop(optional_no_strip)] base: Option<Customer>,
    /// The version to change, read when saving.
    #[prop(optional, into)]
    version: Signal<u64>,
    /// Another version is there: fetch it.
    #[prop(optional, into)]
    on_stale: Option<Callback<()>>,
    on_saved: Callback<Customer>,
) -> impl IntoView {
    let write = Write::new();
    let text = |read: fn(&Customer) -> &String| base.as_ref().map(read).cloned().unwrap_or_default();
    let name = RwSignal::new(text(|customer| &customer.name));
    let external_id = RwSignal::new(text(|customer| &customer.external_id));
    let email = RwSignal::new(text(|customer| &customer.email));
    let phone = RwSignal::new(text(|customer| &customer.phone));
    let note = RwSignal::new(text(|customer| &customer.note));
    let words = if base.is_some() { "Save" } else { "Create customer" };
    let base = StoredValue::new(base);
    let save = move |()| {
        let base = base.get_value();
        let differs = |field, read: fn(&Customer) -> &String| {
            typed(field, base.as_ref().map(read).map_or("", String::as_str))
        };
        let input = CustomerInput {
            name: differs(name, |customer| &customer.name),
            external_id: differs(external_id, |customer| &customer.external_id),
            email: differs(email, |customer| &customer.email),
            phone: differs(phone, |customer| &customer.phone),
            note: differs(note, |customer| &customer.note),
        };
        let done = move |customer| {
            open.try_set(false);
            on_saved.run(customer);
        };
        match base {
            Some(_) if input == CustomerInput::default() => open.set(false),
            Some(base) => write.run(
                api::customers::update(base.id, version.get_untracked(), input),
                done,
            ),
            None => write.run(api::customers::create(input), done),
        }
    };
    effect(move || {
        if let (true, Some(fetch)) = (write.stale().get(), on_stale) {
            fetch.run(());
        }
    });
    view! {
        <RecordForm open write save=words on_save=save>
            <TextField label="Name" value=name required=true autofocus=true error=write.field("name") />
            <TextField
                label="External ID"
                value=external_id
                mono=true
                hint="The customer's number in your own books"
                error=write.field("externalId")
            />
            <TextField label="E-mail" value=email kind="email" error=write.field("email") />
            <TextField label="Phone" value=phone kind="tel" error=write.field("phone") />
            <TextArea label="Note" value=note error=write.field("note") />
        </RecordForm>
    }
}
