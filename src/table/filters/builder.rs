//! The builder: rows of filters, how many records they mean, and *Apply filters*.

use std::time::Duration;

use domain::filter::too_long;
use domain::limits::MAX_FILTERS;
use domain::listing::ListQuery;

use super::draft::Draft;
use super::row::Row;
use crate::api::Loaded;
use crate::api::transport::Asked;
use crate::kit::format::number;
use crate::kit::{Button, Look, ModalFooter, SelectField, Symbol, focus_wrong};
use crate::prelude::*;
use crate::table::Table;

/// How long the typing rests before the records are counted.
const REST: Duration = Duration::from_millis(300);

#[component]
pub fn Builder(table: Table) -> impl IntoView {
    let query = table.query;
    let heads = query.list.heads;
    let (filters, base) = untrack(|| (query.filters(), query.get()));
    let wanted = table.build_at.get_untracked().unwrap_or(filters.len());
    let mut all: Vec<(u64, Draft)> = Vec::new();
    for filter in &filters {
        all.push((all.len() as u64, Draft::of(filter, heads)));
    }
    if wanted == filters.len() {
        all.push((wanted as u64, Draft::new(heads)));
    }
    let next = StoredValue::new(all.len() as u64);
    // Rows are data beside the signal that says when one comes or goes.
    let rows = StoredValue::new(all);
    let changed = RwSignal::new(());
    let any = RwSignal::new(if base.any { "any" } else { "all" }.to_owned());
    let strict = RwSignal::new(false);

    let drafts = move || {
        changed.track();
        rows.with_value(Clone::clone)
    };
    let add = move |()| {
        let key = next.get_value();
        next.set_value(key + 1);
        rows.update_value(|rows| rows.push((key, Draft::new(heads))));
        changed.set(());
    };
    let remove = move |key: u64| {
        rows.update_value(|rows| rows.retain(|(own, _)| *own != key));
        changed.set(());
    };
    // The filters as they are filled in; an error while a value is wrong, or all of them are too long.
    let meant = move || {
        let mut all = Vec::new();
        for (_, draft) in drafts() {
            match draft.filter() {
                Ok(filter) => all.extend(filter),
                Err(_) => return Err("A value does not fit".to_owned()),
            }
        }
        match too_long(&all) {
            Some(why) => Err(why),
            None => Ok(all),
        }
    };
    let counted = Loaded::new(move || {
        let filter = meant();
        let query = ListQuery {
            any: any.with(|any| any == "any"),
            page: 1,
            page_size: 1,
            sort: String::new(),
            filter: filter.clone().unwrap_or_default(),
            ..query.get()
        };
        match filter {
            Ok(_) => query_of(table, query),
            Err(_) => Asked::of(std::future::pending()),
        }
    });
    let words = move || match (meant(), counted.problem()) {
        (Err(why), _) => why,
        (_, Some(problem)) => format!("{}. {}", problem.title, problem.detail),
        _ => counted
            .with(|rows| match rows.total {
                1 => format!("1 {} matches", table.noun.0),
                total => format!("{} {} match", number(total), table.noun.1),
            })
            .unwrap_or_default(),
    };
    let apply = move || {
        let blank = untrack(|| drafts().into_iter().any(|(_, draft)| draft.is_blank()));
        match untrack(meant) {
            Ok(filters) if !blank => {
                table.building.set(false);
                query.filter(filters, any.get_untracked() == "any");
            }
            _ => {
                strict.set(true);
                focus_wrong();
            }
        }
    };
    let lines = move || {
        let line = |(key, draft): (u64, Draft)| {
            let first = key == wanted as u64;
            Keyed {
                key,
                draw: Box::new(move || {
                    let on_remove = Callback::new(move |()| remove(key));
                    view! { <Row draft strict first on_remove /> }.into_any()
                }),
            }
        };
        drafts().into_iter().map(line).collect()
    };
    let matches = vec![
        ("all".to_owned(), "Match all".to_owned()),
        ("any".to_owned(), "Match any".to_owned()),
    ];
    let full = Signal::derive(move || drafts().len() >= MAX_FILTERS);
    view! {
        <form
            on:submit=move |event| {
                event.prevent_default();
                apply();
            }
        >
            <div class="dialog-body filters">
                <Show when=move || { drafts().len() > 1 }>
                    <SelectField label="Rows" value=any options=matches.clone() />
                </Show>
                {each(lines)}
                <div>
                    <Button icon=Symbol::Plus small=true disabled=full on_press=add>"Add another filter"</Button>
                </div>
            </div>
            <ModalFooter>
                <p class="filters-count quiet" role="status" data-pending=move || counted.pending().then_some("true")>
                    {words}
                </p>
                <Button on_press=move |()| table.building.set(false)>"Cancel"</Button>
                <Button look=Look::Primary submit=true>"Apply filters"</Button>
            </ModalFooter>
        </form>
    }
}

fn query_of(table: Table, query: ListQuery) -> Asked<crate::api::Rows> {
    table.query.list.ask(&query).after(REST)
}
