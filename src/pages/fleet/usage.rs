//! What vehicles charged, one bar each: energy, what it cost, what it saved.

use crate::api::Record;
use crate::kit::format::{exact, money, number, typed};
use crate::kit::{Figure, Tone, figures, one_of, share};
use crate::pages::outline::summed;
use crate::prelude::*;
use crate::routes;
use crate::table::QueryState;

/// What the bars can show: words, unit, and the field of a sum. The unit of money is each sum's own.
const SHOWN: [(&str, &str, &str); 4] = [
    ("Energy", "kWh", "energy"),
    ("Cost", "", "fee"),
    ("Petrol saved", "gallons", "gasolineSavings"),
    ("Greenhouse gases avoided", "kg", "ghgSavings"),
];

/// As many bars as can be looked at; the list below has all.
const MOST: usize = 12;

/// The bars of what is listed.
pub fn draw(query: QueryState) -> AnyView {
    let chosen = RwSignal::new("0".to_owned());
    let shown = move || {
        let at: usize = chosen.get().parse().unwrap_or_default();
        SHOWN[at.min(SHOWN.len() - 1)]
    };
    let all = move |sums: Record| {
        let items = sums.records("items");
        if items.is_empty() {
            return ().into_any();
        }
        let bars = move || bars(&items, shown());
        let rest = sums.count("total").saturating_sub(MOST as u64);
        let rest = (rest > 0).then(|| {
            let words = ["And ", &number(rest), " more with less."].concat();
            view! { <p class="quiet">{words}</p> }
        });
        view! { {bars}{rest} }.into_any()
    };
    view! {
        <div class="table-above">
            {one_of("For each vehicle", chosen, SHOWN.map(|(words, ..)| words))}
            {summed(query, "/fleet/usage/sums", move || shown().2, all)}
        </div>
    }
    .into_any()
}

fn bars(sums: &[Record], (_, unit, field): (&str, &str, &str)) -> AnyView {
    let sums = &sums[..sums.len().min(MOST)];
    let value = |sum: &Record| typed(&sum.text(field)).unwrap_or_default();
    let figure = |sum: &Record| {
        let currency = sum.text("currency");
        // Amounts in two currencies have no scale in common.
        let alike = |other: &&Record| !unit.is_empty() || other.text("currency") == currency;
        let most = sums.iter().filter(alike).map(value).fold(0.0, f64::max);
        let told = match unit.is_empty() {
            true => money(value(sum), &currency),
            false => [&exact(value(sum), 2), " ", unit].concat(),
        };
        let charges = number(sum.count("sessions"));
        Figure {
            label: sum.text("licensePlate"),
            value: [&told, " · ", &charges, "×"].concat(),
            tone: Tone::Active,
            bar: share(value(sum), most),
            href: [routes::USAGE, "?", &sum.text("list")].concat(),
        }
    };
    figures(sums.iter().map(figure).collect())
}
