//! What *Sync from ChargePoint* found.

use crate::api::Record;
use crate::kit::format::{count, number};
use crate::kit::{Banner, Button, Look, Time, Tone};
use crate::prelude::*;

/// How many names are written out per group.
const NAMED: usize = 5;

/// The groups of the report, and the words before their names.
const GROUPS: [(&str, &str); 4] = [
    ("added", "Added"),
    ("changed", "Changed"),
    ("gone", "No longer at ChargePoint, kept here"),
    (
        "kept",
        "Kept as they are here, edited or private, though ChargePoint says otherwise",
    ),
];

#[component]
pub fn SyncReport(result: Record, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let group = |(key, words): &(&str, &str)| {
        let names = result.texts(key);
        let line = format!("{words} ({}): {}", number(names.len() as u64), some(&names));
        (!names.is_empty()).then(|| view! { <li>{line}</li> })
    };
    let groups: Vec<_> = GROUPS.iter().filter_map(group).collect();
    let close = view! { <Button look=Look::Quiet small=true on_press=on_close>"Dismiss"</Button> };
    view! {
        <div class="sync-result">
            <Banner tone=Tone::Good action=close.into_any()>
                <strong>{count(result.count("stations"), "station", "stations")} " read from ChargePoint"</strong>
                " "
                <Time at=result.text("at") />
                <ul>{groups}</ul>
                {count(result.count("unchanged"), "location is", "locations are")}
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
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn many_names_are_counted() {
        let names: Vec<String> = (1..=7).map(|n| format!("L{n}")).collect();
        assert_eq!(some(&names), "L1, L2, L3, L4, L5 and 2 more");
        assert_eq!(some(&names[..2]), "L1, L2");
    }
}
