//! GET `/transactions/sums`: what the transactions that a query means come to, by currency and kind

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::RawPathParams;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use chargepoint::calls::transactions::GetTransactionData;
use domain::Timestamp;
use domain::decimal::Decimal;
use domain::problem::Problem;
use domain::rows::matching;
use schemars::JsonSchema;
use serde::Serialize;

use super::age;
use super::list::{Face, pairs_of, rows};
use crate::app::App;
use crate::controllers::listing::Listing;
use crate::controllers::locations::stations::is_anew;
use crate::estate::rows::usual;
use crate::middleware::body::Json;
use crate::problem::Error;

/// What transactions of a currency and a kind come to.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Sum {
    /// Empty where ChargePoint names none.
    pub currency: String,
    /// `Session`, `Reservation`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// What drivers paid: a decimal number as text, exact.
    pub amount: String,
    /// Of it, what is left after fees: a decimal number as text, exact.
    pub revenue: String,
    /// How many transactions.
    pub count: u64,
}

/// All of them.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "TransactionSums")]
pub struct Sums {
    pub items: Vec<Sum>,
    /// When ChargePoint was asked.
    pub as_of: Timestamp,
    /// Why this is ChargePoint's last answer and no new one.
    pub problem: Option<Problem>,
}

pub async fn get(
    app: App,
    face: Arc<Face>,
    (path, headers, uri): (RawPathParams, HeaderMap, Uri),
) -> Result<Response, Error> {
    let pairs = pairs_of(uri.query());
    let (kept, others) = rows::<GetTransactionData>(&app, &face, &path, pairs, is_anew(&headers)).await?;
    let listing = Listing::of(&others, &face.words(), uri)?;
    let found = matching(&kept.answer, &listing.query, usual).map_err(Error::fields)?;
    let mut sums: BTreeMap<(String, String), (Decimal, Decimal, u64)> = BTreeMap::new();
    for row in found {
        let key = (row.text("currency"), row.text("transactionType"));
        let (amount, revenue, count) = sums.entry(key).or_default();
        *amount += row.record.gross_amount.and_then(Decimal::of).unwrap_or_default();
        *revenue += row.record.net_revenue.and_then(Decimal::of).unwrap_or_default();
        *count += 1;
    }
    let sum =
        |((currency, kind), (amount, revenue, count)): ((String, String), (Decimal, Decimal, u64))| Sum {
            currency,
            kind,
            amount: amount.to_string(),
            revenue: revenue.to_string(),
            count,
        };
    let sums = Sums {
        items: sums.into_iter().map(sum).collect(),
        as_of: kept.as_of.clone(),
        problem: kept.problem.clone(),
    };
    Ok(([age(&kept)], Json(sums)).into_response())
}
