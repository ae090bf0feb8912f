//! Filters: chips above the rows, and the builder behind them.

mod builder;
mod draft;
mod row;

use domain::column::Kind;
use domain::filter::{Condition, Filter, Operand, split};

use self::builder::Builder;
use super::Table;
use crate::kit::format::{count, lower};
use crate::kit::time::local;
use crate::kit::{Button, Dialog, Icon, Look, Symbol};
use crate::prelude::*;

/// *Add filter*, and the dialog it opens.
#[component]
pub fn AddFilter(table: Table) -> impl IntoView {
    let open = table.building;
    view! {
        <Button icon=Symbol::Filter on_press=move |()| table.build(None)>"Add filter"</Button>
        <Dialog open title=Signal::derive(move || format!("Filter {}", table.noun.1)) wide=true>
            <Builder table />
        </Dialog>
    }
}

/// The filters in force: each opens its row of the builder or goes away.
#[component]
pub fn Chips(table: Table) -> impl IntoView {
    let query = table.query;
    let chip = move |(at, filter): (usize, Filter)| {
        let words = words(&filter);
        let remove = format!("Remove the filter: {words}");
        view! {
            <span class="filter-chip">
                <button type="button" on:click=move |_| table.build(Some(at))>{words}</button>
                <button type="button" aria-label=remove on:click=move |_| query.drop_filter(at)>
                    <Icon symbol=Symbol::Close />
                </button>
            </span>
        }
    };
    let chips = move || {
        let filters = query.filters();
        if filters.is_empty() {
            return None;
        }
        let how = match (filters.len(), query.get().any) {
            (1, _) => None,
            (_, true) => Some("Any of:"),
            (_, false) => Some("All of:"),
        };
        Some(view! {
            <div class="chips" role="group" aria-label="Filters">
                {how.map(|how| view! { <span class="quiet">{how}</span> })}
                {filters.into_iter().enumerate().map(chip).collect_view()}
                <Button look=Look::Quiet small=true on_press=move |()| query.clear()>"Clear all"</Button>
            </div>
        })
    };
    let ignored = move || {
        let ignored = query.ignored();
        (!ignored.is_empty()).then(
            || view! { <p class="ignored quiet" role="status">"Ignored: " {ignored.join("; ")} "."</p> },
        )
    };
    view! {
        {chips}
        {ignored}
    }
}

/// A filter as people say it: `Auth ID contains NL-GFX`.
fn words(filter: &Filter) -> String {
    let Filter {
        field,
        condition,
        value,
    } = filter;
    let values = split(value);
    let told = |value: &str| match condition {
        // Words are words.
        Condition::Contains | Condition::NotContains => value.to_owned(),
        _ => told(field.kind, value),
    };
    let value = match condition.operand() {
        Operand::None => String::new(),
        Operand::Two => values
            .iter()
            .map(|value| told(value))
            .collect::<Vec<_>>()
            .join(" and "),
        Operand::Many if values.len() > 3 => count(values.len() as u64, "value", "values"),
        Operand::Many => values.join(", "),
        Operand::One => told(value.trim()),
    };
    format!(
        "{} {} {}",
        field.label,
        lower(condition.label()),
        value.chars().take(80).collect::<String>()
    )
    .trim_end()
    .to_owned()
}

/// A day without the offset of the reader's zone, which is in the address only.
fn day(value: &str) -> &str {
    match value.get(10..) {
        Some(offset)
            if offset.len() == 6 && offset.starts_with(['+', '-']) && value.as_bytes()[4] == b'-' =>
        {
            &value[..10]
        }
        _ => value,
    }
}

/// A value as it is read: moments by the reader's clock.
fn told(kind: Kind, value: &str) -> String {
    let value = day(value);
    match kind {
        // Without an offset it is UTC's, as the server reads it.
        Kind::Time if value.len() > 10 && !value[10..].contains(['Z', '+', '-']) => {
            local(&[value, "Z"].concat())
        }
        Kind::Time if value.len() > 10 => local(value),
        _ => value.to_owned(),
    }
}
