//! The list of roaming partners.

use domain::partners::Partner;

use super::token::{Token, TokenDialog};
use super::{KIND, status};
use crate::api::Record;
use crate::kit::{EmptyState, Look};
use crate::pages::record::{RecordSheet, add_button};
use crate::pages::shell::PageHeader;
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, List, QueryState, Shown};

#[component]
pub fn PartnersPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<Partner>(KIND.path), "");
    let page = query.load();
    let adding = RwSignal::new(false);
    let token = Token::new();
    let created = Callback::new(move |made: Record| {
        page.reload();
        token.show(made);
    });
    let cells = Cells::new().with("status", |partner| {
        let (tone, word) = status(partner);
        Shown::badge(tone, word)
    });
    view! {
        <PageHeader
            title=KIND.records
            crumbs=KIND.areas()
            actions=move || add_button(&KIND, adding, Look::Primary)
        />
        <DataTable
            label=KIND.records
            noun=("partner", "partners")
            query
            page
            href=Callback::new(|partner: Record| routes::partner(&partner.text("id")))
            cells
            search="Search by name"
            empty=move || {
                view! {
                    <EmptyState
                        title="No roaming partners"
                        detail="Who speaks OCPI 2.2.1 with the portal: whoever has drivers is told of the locations that these may see, and asks whether they may charge."
                    >
                        {add_button(&KIND, adding, Look::Plain)}
                    </EmptyState>
                }
            }
        />
        <RecordSheet kind=&KIND open=adding on_saved=created />
        <TokenDialog token />
    }
    .into_any()
}
