//! The list of station tokens, with the stock as a picture above it.

use domain::station_tokens::StationToken;

use super::import::ImportTokens;
use super::state::cells;
use super::summary::Summary;
use super::transfer::{Moving, TransferTokens};
use super::{KIND, PATH, TRANSFER};
use crate::api::{Loaded, Record, records};
use crate::kit::{Button, EmptyState, Item, Look, SplitButton, Symbol};
use crate::pages::record::RecordSheet;
use crate::pages::shell::{PageHeader, follow, may};
use crate::prelude::*;
use crate::routes;
use crate::table::{BulkAction, DataTable, List, QueryState, RowAction, Selection, chosen_body};

#[component]
pub fn StationTokensPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<StationToken>(PATH), "");
    let page = query.load();
    let summary = Loaded::new(|| records::get(&format!("{PATH}/summary")));
    for what in [page.status(), summary.status()] {
        follow(&["import"], what);
    }
    let selection = Selection::new();
    let (adding, importing) = (RwSignal::new(false), RwSignal::new(false));
    let moving = Moving::new();
    let changed = Callback::new(move |()| {
        selection.clear();
        page.reload();
        summary.reload();
    });
    let items = move || {
        let import =
            may(KIND.needs).then(|| Item::press("Import", move || importing.set(true)).icon(Symbol::Upload));
        let transfer =
            may(TRANSFER).then(|| Item::press("Transfer tokens", move || moving.pasted()).icon(Symbol::Open));
        import.into_iter().chain(transfer).collect::<Vec<_>>()
    };
    let bulk = vec![BulkAction::run("Transfer", TRANSFER, move |chosen| {
        let count = chosen.count;
        moving.start(chosen_body(chosen), count);
    })];
    let row_action = RowAction::new("Transfer", "transfer", move |token| {
        moving.selected(&[token.text("id")])
    });
    view! {
        <PageHeader
            title="Station tokens"
            crumbs=KIND.areas()
            actions=move || {
                view! {
                    <SplitButton
                        label=KIND.create
                        menu_label="More for station tokens"
                        look=Look::Primary
                        icon=Symbol::Plus
                        only_menu=Signal::derive(|| !may(KIND.needs))
                        on_press=move |()| adding.set(true)
                        items=items
                    />
                }
            }
        />
        <Summary summary />
        <DataTable
            label="Station tokens"
            noun=("station token", "station tokens")
            query
            page
            href=Callback::new(|token: Record| routes::station_token(&token.text("id")))
            cells=cells()
            selection
            bulk
            row_action
            search="Search by serial number, organization, station or customer"
            empty=move || {
                view! {
                    <EmptyState
                        title="No station tokens yet"
                        detail="The cloud plans that were bought, each good for one EVSE. Import them from a file, or add them by hand."
                    >
                        {may(KIND.needs)
                            .then(|| view! { <Button on_press=move |()| importing.set(true)>"Import"</Button> })}
                    </EmptyState>
                }
            }
        />
        <RecordSheet kind=&KIND open=adding on_saved=KIND.created() />
        <ImportTokens open=importing on_done=changed />
        <TransferTokens moving on_done=changed />
    }
    .into_any()
}
