//! Settings › Roaming partners: who speaks OCPI with the portal.

mod detail;
mod list;
mod register;
mod token;

pub use detail::PartnerPage;
pub use list::PartnersPage;

use domain::partners::FIELDS;

use crate::api::Record;
use crate::kit::Tone;
use crate::pages::record::{EditRecord, Form, Kind};
use crate::prelude::*;
use crate::routes;

static KIND: Kind = Kind {
    path: "/partners",
    areas: &["Settings"],
    records: "Roaming partners",
    record: "Roaming partner",
    name: "name",
    before: "Roaming partner ",
    needs: "Manage:Partner",
    create: "Add partner",
    save: "Add partner",
    created: "added",
    list: routes::PARTNERS,
    page: routes::partner,
    form,
};

fn form(form: Form) -> AnyView {
    view! { <EditRecord kind=&KIND form fields=FIELDS /> }.into_any()
}

fn status(partner: &Record) -> (Tone, String) {
    let word = partner.text("status");
    let tone = match word.as_str() {
        "Registered" => Tone::Good,
        "Invited" => Tone::Attention,
        _ => Tone::Neutral,
    };
    (tone, word)
}
