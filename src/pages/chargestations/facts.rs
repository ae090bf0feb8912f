//! What ChargePoint says of a station beside its ports: how well it hears it, and what charging costs.

use crate::api::{Loaded, Record};
use crate::kit::format::{fixed, lower, read, typed};
use crate::pages::outline::says;
use crate::pages::record::facts;
use crate::prelude::*;
use crate::table::Shown;

/// The facts, and the prices.
pub fn draw(station: Loaded<Record>) -> AnyView {
    let of_chargepoint = move || {
        let station = station.with(|station| station.record("chargepoint"))??;
        Some(view! {
            <section class="section">
                <h2>"At ChargePoint"</h2>
                {says(domain::app!(STATIONS).1, &[("stationReception", reception)], &station)}
                {facts(prices(&station))}
            </section>
        })
    };
    view! { {of_chargepoint} }.into_any()
}

/// How strong a signal is from its least dBm on, by the guide's table of reception units (7.1.4): of a modem for LTE
/// (RSRP), and of one for 3G (RSCP), which has the levels of Wi-Fi (RSSI). What is weaker is poor.
const SIGNALS: [(&str, f64, f64); 4] = [
    ("Excellent", -84.0, -65.0),
    ("Good", -102.0, -75.0),
    ("Fair", -111.0, -85.0),
    ("Poor", f64::NEG_INFINITY, f64::NEG_INFINITY),
];

/// A station with a modem is a gateway or charges with direct current; the others have Wi-Fi. Which modem it is, is
/// not told.
fn reception(station: &Record) -> Shown {
    let Some(dbm) = typed(&station.text("stationReception")) else {
        return Shown::default();
    };
    let model = station.text("stationModel");
    let is_direct = |port: &Record| port.text("level") == "DC";
    let modem = model.contains("GW") || station.records("ports").iter().any(is_direct);
    let signal = |least: fn(&(&str, f64, f64)) -> f64| {
        let at = SIGNALS.iter().position(|signal| dbm >= least(signal));
        at.unwrap_or(SIGNALS.len() - 1)
    };
    let (lte, other) = (signal(|signal| signal.1), signal(|signal| signal.2));
    let at = if modem { lte } else { other };
    let words = match at == other {
        true => SIGNALS[at].0.to_owned(),
        false => [
            SIGNALS[lte].0,
            " with LTE, ",
            &lower(SIGNALS[other].0),
            " with 3G",
        ]
        .concat(),
    };
    let bars = (SIGNALS.len() - at) as f64;
    Shown::text(read(dbm, 0)).note(words).part(bars * 25.0)
}

/// What is paid, and for what: the words around an amount.
const PRICES: [(&str, &str, &str); 6] = [
    ("unitPricePerKWh", "", " per kWh"),
    ("unitPricePerSession", "", " per session"),
    ("unitPricePerHour", "", HOUR),
    ("unitPriceForFirst", "", HOUR),
    ("unitPricePerHourThereafter", "then ", HOUR),
    ("minPrice", "at least ", ""),
];
const HOUR: &str = " per hour";
const MOST: (&str, &str, &str) = ("maxPrice", "at most ", "");

/// The prices of a station, each with its time of day.
fn prices(station: &Record) -> Vec<(String, Shown)> {
    let prices = station.records("pricing");
    let currency = station.text("currencyCode");
    let row = |price: &Record| {
        let times =
            ["startTime", "endTime"].map(|key| price.text(key).get(..5).unwrap_or_default().to_owned());
        (
            ["Price ", &times.join("–")].concat(),
            Shown::text(words(price, &currency)),
        )
    };
    match prices.is_empty() {
        true => vec![("Price".to_owned(), Shown::text(FREE))],
        false => prices.iter().map(row).collect(),
    }
}

const FREE: &str = "Free";

/// A price in words: `1.75 EUR per hour for the first 120 minutes, then 4.00 EUR per hour, at most 25.00 EUR`.
fn words(price: &Record, currency: &str) -> String {
    let first = price
        .number("initialUnitPriceDuration")
        .filter(|minutes| *minutes > 0.0);
    let rises = first.filter(|_| price.has("unitPricePerHourThereafter"));
    let part = |&(key, before, after): &(&'static str, &str, &'static str)| {
        let of_a_part = rises.filter(|_| after == HOUR);
        let amount = price
            .number(key)
            .filter(|amount| *amount > 0.0 || of_a_part.is_some())?;
        let minutes = of_a_part.filter(|_| before.is_empty());
        let minutes = minutes.map(|minutes| [" for the first ", &read(minutes, 0), " minutes"].concat());
        let minutes = minutes.unwrap_or_default();
        Some([before, &fixed(amount, 2), " ", currency, after, &minutes].concat())
    };
    let mut parts: Vec<String> = PRICES.iter().filter_map(part).collect();
    match parts.is_empty() {
        true => FREE.to_owned(),
        false => {
            parts.extend(part(&MOST));
            parts.join(", ")
        }
    }
}
