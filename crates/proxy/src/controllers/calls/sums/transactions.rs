//! GET `/transactions/sums`: by currency and kind

use std::collections::BTreeMap;

use chargepoint::calls::transactions::Transaction;
use domain::decimal::Decimal;
use domain::listing::ListQuery;
use schemars::JsonSchema;
use serde::Serialize;

use crate::estate::rows::Row;

/// What transactions of a currency and a kind come to.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "TransactionSum")]
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

/// The sums, by currency and kind.
pub fn sums(rows: &[&Row<Transaction>], _: &ListQuery) -> Vec<Sum> {
    let mut sums: BTreeMap<(String, String), (Decimal, Decimal, u64)> = BTreeMap::new();
    for row in rows {
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
    sums.into_iter().map(sum).collect()
}
