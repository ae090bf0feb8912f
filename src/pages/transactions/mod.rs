//! CPO › Transactions: what drivers paid.

mod sums;

use super::outline::Outline;
use super::sessions::station;
use crate::routes;

pub static TRANSACTIONS: Outline = Outline {
    at: routes::TRANSACTIONS,
    area: "CPO",
    title: "Transactions",
    noun: ("transaction", "transactions"),
    path: "/transactions",
    list: domain::app!(TRANSACTIONS),
    id: "transactionId",
    search: "Search by transaction, station, organization or pricing rule",
    empty: (
        "No transactions in this time",
        "Without a filter by When, these are the transactions of the last day.",
    ),
    cells: &[("stationName", station)],
    above: Some(sums::draw),
    ..Outline::USUAL
};
