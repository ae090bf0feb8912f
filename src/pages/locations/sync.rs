//! What *Sync from ChargePoint* found.

use domain::locations::SyncResult;

use crate::kit::format::{count, number};
use crate::kit::{Banner, Button, Look, Time, Tone};
use crate::prelude::*;

/// How many names are written out per group.
const NAMED: usize = 5;

#[component]
pub fn SyncReport(result: SyncResult, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let SyncResult {
        added,
        changed,
        gone,
        kept,
        unchanged,
        stations,
        at,
    } = result;
    let groups = [
        ("Added", added),
        ("Changed", changed),
        ("No longer at ChargePoint, kept here", gone),
        (
            "Kept as they are here, edited or private, though ChargePoint says otherwise",
            kept,
        ),
    ];
    let group = |(words, names): (&str, Vec<String>)| {
        let line = format!("{words} ({}): {}", number(names.len() as u64), some(&names));
        (!names.is_empty()).then(|| view! { <li>{line}</li> })
    };
    let close = view! { <Button look=Look::Quiet small=true on_press=on_close>"Dismiss"</Button> };
    view! {
        <div class="sync-result">
            <Banner tone=Tone::Good action=close.into_any()>
                <strong>{count(stations, "station", "stations")} " read from ChargePoint"</strong>
                " "
                <Time at />
                <ul>{groups.map(group).collect_view()}</ul>
                {count(unchanged, "location is", "locations are")}
                " as before."
            </Banner>
        </div>
    }
}

/// The first names, and how many more there are.
fn some(names: &[String]) -> String {
    let shown = names[..names.len().min(NAMED)].join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {} more", number(more as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_counted() {
        let names: Vec<String> = (1..=7).map(|n| format!("L{n}")).collect();
        assert_eq!(some(&names), "L1, L2, L3, L4, L5 and 2 more");
        assert_eq!(some(&names[..2]), "L1, L2");
    }
}
