//! Requests in the one table, with the decisions on them.

use super::decide::{DecideDialog, Deciding};
use super::words::{DECISIONS, Decision, answers, note, tone};
use crate::api::{Loaded, Record, Rows};
use crate::kit::{Banner, Button, Look, Tone};
use crate::pages::shell::{Frame, follow};
use crate::prelude::*;
use crate::routes;
use crate::table::{BulkAction, Cells, DataTable, QueryState, Selection, Shown, chosen_body};

#[component]
pub fn RequestsTable(
    /// Requests of all, or of one connection.
    query: QueryState,
    page: Loaded<Rows>,
    /// Columns that go without saying here, by key.
    #[prop(optional)]
    without: &'static [&'static str],
    /// Told of each decision that was made.
    #[prop(optional, into)]
    on_decided: Option<Callback<()>>,
    #[prop(into)] empty: ViewFn,
) -> impl IntoView {
    let selection = Selection::new();
    let deciding = Deciding::new();
    let frame = Frame::current();
    follow(&["request"], page.status());
    let decided = Callback::new(move |()| {
        selection.clear();
        page.reload();
        if let Some(frame) = frame {
            frame.pending.reload();
        }
        if let Some(told) = on_decided {
            told.run(());
        }
    });
    let action = |(which, decision): (usize, &'static Decision)| {
        BulkAction::run(decision.word, "Approve:Connection", move |chosen| {
            let count = chosen.count;
            deciding.many(which, chosen_body(chosen), count);
        })
    };
    let bulk: Vec<BulkAction> = DECISIONS.iter().enumerate().map(action).collect();
    let as_of = move || page.with_untracked(|rows| rows.as_of.clone()).unwrap_or_default();
    let row_actions = move |request: Record| {
        let action = |(which, decision): (usize, &Decision)| {
            let own = request.clone();
            let who = format!(" {}", request.text("driver"));
            request.can(decision.action).then(|| {
                view! {
                    <Button look=Look::Quiet small=true on_press=move |()| deciding.one(which, own.clone(), as_of())>
                        {DECISIONS[which].word}
                        <span class="visually-hidden">{who}</span>
                    </Button>
                }
            })
        };
        DECISIONS
            .iter()
            .enumerate()
            .filter_map(action)
            .collect_view()
            .into_any()
    };
    // ChargePoint may be out of reach: the portal's own requests are there all the same.
    let old = move || {
        let why = page.with(|rows| rows.problem.clone()).unwrap_or_default();
        (!why.is_empty()).then(|| {
            view! {
                <div class="problem-kept" role="status">
                    <Banner tone=Tone::Attention>
                        <strong>"Drivers that ChargePoint reports are missing or old"</strong>
                        ". "
                        {why}
                        " Requests that came through an invitation are all here."
                    </Banner>
                </div>
            }
        })
    };
    view! {
        {old}
        <div class="requests">
            <DataTable
                label="Requests"
                noun=("request", "requests")
                query
                page
                cells=cells()
                without
                selection
                row_actions=Callback::new(row_actions)
                search="Search by driver, e-mail, connection or answer"
                bulk
                empty
            />
        </div>
        <DecideDialog deciding path=query.list.path on_decided=decided />
    }
}

fn cells() -> Cells {
    Cells::new()
        .with("answers", |request| Shown::text(answers(request)))
        .with("status", |request| {
            let status = request.text("status");
            Shown::badge(tone(&status), status).note(note(request))
        })
        .with("connection", |request| match request.has("connectionId") {
            true => Shown::link(
                request.text("connection"),
                routes::connection(&request.text("connectionId")),
            ),
            false => Shown::text(request.text("connection")),
        })
}
