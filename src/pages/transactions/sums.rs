//! What the transactions that are listed come to.

use crate::api::Record;
use crate::kit::format::{count, money, typed};
use crate::kit::{Figure, Tone, figures};
use crate::pages::outline::summed;
use crate::prelude::*;
use crate::table::QueryState;

/// A sum by currency and kind, over all that match.
pub fn draw(query: QueryState) -> AnyView {
    summed(query, "/transactions/sums", || "", all)
}

/// Exact as the server sends it; with the places of its currency as it is read.
fn amount(sum: &Record) -> String {
    let text = sum.text("amount");
    typed(&text).map_or(text, |amount| money(amount, &sum.text("currency")))
}

fn all(sums: Record) -> AnyView {
    let figure = |sum: &Record| Figure {
        label: [
            &sum.text("type"),
            ", ",
            &count(sum.count("count"), "transaction", "transactions"),
        ]
        .concat(),
        value: amount(sum),
        tone: Tone::Neutral,
        bar: None,
        href: String::new(),
    };
    view! { <div class="table-above">{figures(sums.records("items").iter().map(figure).collect())}</div> }
        .into_any()
}
