//! What charging at a station costs, in words.

use chargepoint::{Pricing, Station};
use domain::decimal::Decimal;

const FREE: &str = "Free";
const NONE: &str = "No pricing policy";

/// The prices, each under the time of day at which it holds.
pub fn of(station: &Station) -> Vec<(String, String)> {
    let currency = station.currency_code.as_deref().unwrap_or_default().trim();
    let time = |time: Option<&str>| time.and_then(|time| time.get(..5)).unwrap_or_default().to_owned();
    let row = |price: &Pricing| {
        let (from, to) = (time(price.start_time.as_deref()), time(price.end_time.as_deref()));
        let label = match from.is_empty() && to.is_empty() {
            true => "Price".into(),
            false => format!("Price {from}–{to}"),
        };
        (label, words(price, currency))
    };
    match station.pricing.is_empty() {
        true => vec![("Price".into(), NONE.into())],
        false => station.pricing.iter().map(row).collect(),
    }
}

/// A price in words: `1.75 EUR per hour for the first 120 minutes, then 4.00 EUR per hour, at most 25.00 EUR`.
fn words(price: &Pricing, currency: &str) -> String {
    let first = price.initial_unit_price_duration.filter(|minutes| *minutes > 0);
    let rises = first.filter(|_| price.unit_price_per_hour_thereafter.is_some());
    // Tariffs have tenths of a cent.
    let money = |amount: f64| {
        let amount = Decimal::of(amount).unwrap_or_default();
        format!("{amount} {currency}").trim_end().to_owned()
    };
    let some = |amount: Option<f64>| amount.filter(|amount| *amount != 0.0);
    // Where the price changes, a part that is free is said, too.
    let hour = |amount: Option<f64>| amount.filter(|amount| *amount != 0.0 || rises.is_some());
    let of_an_hour = |amount: Option<f64>| {
        let amount = hour(amount)?;
        let minutes = rises.map(|minutes| format!(" for the first {minutes} minutes"));
        Some(format!(
            "{} per hour{}",
            money(amount),
            minutes.unwrap_or_default()
        ))
    };
    let parts = [
        some(price.unit_price_per_kwh).map(|amount| format!("{} per kWh", money(amount))),
        some(price.unit_price_per_session).map(|amount| format!("{} per session", money(amount))),
        of_an_hour(price.unit_price_per_hour),
        of_an_hour(price.unit_price_for_first),
        hour(price.unit_price_per_hour_thereafter).map(|amount| {
            // How long the first price holds is not always told.
            let then = if rises.is_some() { "then" } else { "later" };
            format!("{then} {} per hour", money(amount))
        }),
        some(price.min_price).map(|amount| format!("at least {}", money(amount))),
    ];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return FREE.into();
    }
    parts.extend(some(price.max_price).map(|amount| format!("at most {}", money(amount))));
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_say_what_charging_costs() {
        let day = |price: Pricing| Station {
            currency_code: Some("EUR ".into()),
            pricing: vec![Pricing {
                start_time: Some("00:00:00".into()),
                end_time: Some("23:59:59".into()),
                ..price
            }],
            ..Station::default()
        };
        for (price, said) in [
            (
                Pricing {
                    initial_unit_price_duration: Some(120),
                    unit_price_per_hour: Some(1.75),
                    unit_price_per_hour_thereafter: Some(4.0),
                    min_price: Some(0.5),
                    max_price: Some(25.0),
                    ..Pricing::default()
                },
                "1.75 EUR per hour for the first 120 minutes, then 4.00 EUR per hour, at least 0.50 EUR, at most \
                 25.00 EUR",
            ),
            (
                Pricing {
                    initial_unit_price_duration: Some(60),
                    unit_price_for_first: Some(0.0),
                    unit_price_per_hour_thereafter: Some(2.5),
                    ..Pricing::default()
                },
                "0.00 EUR per hour for the first 60 minutes, then 2.50 EUR per hour",
            ),
            (
                Pricing {
                    unit_price_per_kwh: Some(0.395),
                    unit_price_per_session: Some(1.0),
                    min_price: Some(0.0),
                    ..Pricing::default()
                },
                "0.395 EUR per kWh, 1.00 EUR per session",
            ),
            (
                Pricing {
                    initial_unit_price_duration: Some(0),
                    unit_price_per_hour: Some(2.0),
                    ..Pricing::default()
                },
                "2.00 EUR per hour",
            ),
            (
                Pricing {
                    unit_price_per_kwh: Some(0.0),
                    min_price: Some(0.0),
                    max_price: Some(60.0),
                    ..Pricing::default()
                },
                "Free",
            ),
            (
                Pricing {
                    unit_price_per_hour: Some(1.75),
                    unit_price_per_hour_thereafter: Some(4.0),
                    ..Pricing::default()
                },
                "1.75 EUR per hour, later 4.00 EUR per hour",
            ),
            (
                Pricing {
                    unit_price_per_kwh: Some(-0.05),
                    ..Pricing::default()
                },
                "-0.05 EUR per kWh",
            ),
        ] {
            let told = of(&day(price));
            assert_eq!(told, [("Price 00:00–23:59".to_owned(), said.to_owned())]);
        }
        let none = [("Price".to_owned(), "No pricing policy".to_owned())];
        assert_eq!(of(&Station::default()), none);
        // Neither currency nor hours are always told.
        let bare = Station {
            pricing: vec![Pricing {
                unit_price_per_kwh: Some(0.5),
                ..Pricing::default()
            }],
            ..Station::default()
        };
        assert_eq!(of(&bare), [("Price".to_owned(), "0.50 per kWh".to_owned())]);
    }
}
