//! Settings › Audit: every change, and one of them in full.

use domain::audit::Line;

use crate::api::Record;
use crate::kit::{Dialog, EmptyState, Time};
use crate::pages::record::{Fact, changes, said};
use crate::pages::shell::{Crumb, PageHeader};
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, List, QueryState, RowAction, Shown};

#[component]
pub fn AuditPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<Line>("/audit"), "");
    let page = query.load();
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<Record>);
    let details = RowAction::new("Details", "", move |line| {
        chosen.set(Some(line));
        open.set(true);
    });
    let title = move || {
        let title = |line: &Record| format!("{}: {}", line.text("action"), line.text("record"));
        chosen.with(|line| line.as_ref().map(title)).unwrap_or_default()
    };
    view! {
        <PageHeader title="Audit" crumbs=vec![Crumb::area("Settings")] />
        <DataTable
            label="Audit log"
            noun=("change", "changes")
            query
            page
            cells=cells()
            row_action=details
            search="Search by who, record or what changed"
            empty=|| view! { <EmptyState title="No changes yet" detail="Every change stands here, with who made it." /> }
        />
        <Dialog open title=Signal::derive(title) wide=true>
            {move || chosen.get().map(whole)}
        </Dialog>
    }
    .into_any()
}

fn cells() -> Cells {
    Cells::new().with("record", |line| {
        let shown = Shown::text(line.text("record"));
        Shown {
            href: page_of(line).unwrap_or_default(),
            ..shown
        }
    })
}

/// The page of the record that a line is about.
fn page_of(line: &Record) -> Option<String> {
    let page = match line.text("resource").as_str() {
        "locations" => routes::location,
        "customers" => routes::customer,
        "tokens" => routes::token,
        "station_tokens" => routes::station_token,
        "connections" => routes::connection,
        "accounts" => routes::account,
        "roles" => routes::role,
        _ => return None,
    };
    Some(line.text("recordId"))
        .filter(|id| !id.is_empty())
        .map(|id| page(&id))
}

fn whole(line: Record) -> AnyView {
    let fact = |label: &'static str, key: &str| {
        let text = said(&line.text(key));
        view! { <Fact label><span>{text}</span></Fact> }
    };
    let (at, told) = (line.text("at"), changes(&line));
    view! {
        <div class="dialog-body">
            <dl class="facts">
                <Fact label="When"><Time at /></Fact>
                {fact("Who", "who")}
                {fact("From", "address")}
                {fact("Kind", "kind")}
                {fact("Request", "request")}
                {fact("Batch", "batch")}
            </dl>
            {told}
        </div>
    }
    .into_any()
}
