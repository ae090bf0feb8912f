//! Bars that say how many of what there are. Each part of a bar is a link, and readers have them as a table.

use super::badge::Tone;
use super::format::number;
use crate::prelude::*;

/// One bar: what it is of, and its parts.
#[derive(Clone)]
pub struct Bar {
    pub label: String,
    /// Stands under the label where it is another than the bar's before.
    pub note: String,
    /// As many as there are names.
    pub parts: Vec<Part>,
}

impl Bar {
    /// How many all parts are.
    pub fn whole(&self) -> u64 {
        self.parts.iter().map(|part| part.count).sum()
    }
}

/// How many, and the address that lists them.
#[derive(Clone)]
pub struct Part {
    pub count: u64,
    pub href: String,
}

/// Bars beside or above each other to one scale, the longest as long as there is room.
#[component]
pub fn Chart(
    /// What is counted: "Station tokens by cloud plan and status".
    label: &'static str,
    /// What one bar is of: "Cloud plan".
    each: &'static str,
    /// What the parts of every bar are; shown as the key when there are several.
    names: &'static [(&'static str, Tone)],
    bars: Vec<Bar>,
    /// Stand up instead of lying.
    #[prop(optional)]
    columns: bool,
) -> impl IntoView {
    let most = bars.iter().map(Bar::whole).max().unwrap_or_default().max(1);
    let key = |&(name, tone): &(&'static str, Tone)| {
        view! {
            <span class="badge" role="columnheader" data-tone=tone.key()>
                <span class="dot" aria-hidden="true"></span>
                {name}
            </span>
        }
    };
    let mut before = String::new();
    let bar = |bar: Bar| {
        let same = before == bar.note;
        before.clone_from(&bar.note);
        let whole = bar.whole();
        let mut from = 0;
        let part = |(&(name, tone), part): (&(&'static str, Tone), Part)| {
            let count = number(part.count);
            let gap = if bar.note.is_empty() { "" } else { " " };
            let words = [&bar.label, gap, &bar.note, ", ", name, ": ", &count].concat();
            let style = format!("--from:{from}/{most};--part:{}/{most}", part.count);
            from += part.count;
            let link = (part.count > 0).then(|| {
                view! {
                    <a href=part.href noscroll="" title=words.clone() aria-label=words>
                        <svg aria-hidden="true"><rect /></svg>
                        {count}
                    </a>
                }
            });
            view! {
                <span class="bar-part" role="cell" data-tone=tone.key() style=style>
                    {link}
                </span>
            }
        };
        let parts = names.iter().zip(bar.parts.clone()).map(part).collect_view();
        view! {
            <div class="bar" role="row">
                <span class="bar-label" role="rowheader">
                    <span>{bar.label}</span>
                    " "
                    <small class:visually-hidden=same>{bar.note}</small>
                </span>
                <span class="bar-parts">{parts}</span>
                <span class="bar-sum" aria-hidden="true">{number(whole)}</span>
            </div>
        }
    };
    view! {
        <div class="chart" class:chart-columns=columns role="table" aria-label=label>
            <div class="chart-key" class:visually-hidden=names.len() == 1 role="row">
                <span class="visually-hidden" role="columnheader">{each}</span>
                {names.iter().map(key).collect_view()}
            </div>
            <div class="chart-bars" role="rowgroup">{bars.into_iter().map(bar).collect_view()}</div>
        </div>
    }
}
