//! Numbers with a bar each, every one of them a link to what it counts.

use super::badge::Tone;
use crate::prelude::*;

/// One of them.
pub struct Figure {
    pub label: String,
    /// With its unit.
    pub value: String,
    pub tone: Tone,
    /// From where on and how much of the bar is full, in percent; none: there is no bar.
    pub bar: Option<(u64, u64)>,
    /// Empty: nowhere.
    pub href: String,
}

/// The bar of a part of a whole, if there is one: whatever is more than nothing can be seen.
pub fn share(part: f64, whole: f64) -> Option<(u64, u64)> {
    (whole > 0.0).then(|| (0, (part / whole * 100.0).ceil() as u64))
}

/// Figures below each other.
pub fn figures(all: Vec<Figure>) -> AnyView {
    let one = |figure: Figure| {
        let bar = figure.bar.map(|(from, part)| {
            let style = format!("--from:{from}%;--part:{part}%");
            view! { <svg class="tally-bar" aria-hidden="true" style=style><rect /></svg> }
        });
        let words = view! {
            <span class="badge" data-tone=figure.tone.key()>
                <span class="dot" aria-hidden="true"></span>
                {figure.label}
            </span>
            <strong>{figure.value}</strong>
            {bar}
        };
        match figure.href.is_empty() {
            true => view! { <li><span class="tally" data-tone=figure.tone.key()>{words}</span></li> },
            false => {
                view! { <li><a class="tally" data-tone=figure.tone.key() href=figure.href>{words}</a></li> }
            }
        }
    };
    view! { <ul class="tallies">{all.into_iter().map(one).collect_view()}</ul> }.into_any()
}
