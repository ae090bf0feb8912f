//! What a session costs, by the prices of its station.

use chargepoint::Pricing;

use super::charge::Step;
use super::traits::Traits;
use super::visits::Visit;

/// Share of the fee that goes for its processing.
const SERVICE: f64 = 0.1;
/// Fee of a reservation.
pub const RESERVATION: f64 = 2.0;

/// A fee and where it goes; in the station's currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fee {
    /// What the driver pays.
    pub gross: f64,
    /// Tax in it.
    pub tax: f64,
    /// Without tax.
    pub net: f64,
    /// For processing.
    pub service: f64,
    /// What the organization gets.
    pub revenue: f64,
}

/// The name of a station's price rule; none where nothing is paid.
pub fn rule(prices: &[Pricing]) -> Option<&'static str> {
    match prices {
        [] => None,
        [one] if one.unit_price_per_kwh.is_some() => Some("Energy, all day"),
        [_] => Some("Time, dearer after two hours"),
        _ => Some("Energy, day and night"),
    }
}

/// The fee of a visit that drew power in these steps; none where nothing is paid.
pub fn fee(
    prices: &[Pricing],
    traits: &Traits,
    visit: &Visit,
    steps: impl Iterator<Item = Step>,
    currency: &str,
) -> Option<Fee> {
    let first = prices.first()?;
    let sum = if first.unit_price_per_kwh.is_some() {
        steps
            .map(|step| step.energy() * per_kwh(prices, traits.time_of_day(step.from)))
            .sum()
    } else {
        by_time(first, visit.end - visit.start)
    };
    let least = first.min_price.unwrap_or_default();
    let most = first.max_price.unwrap_or(f64::MAX);
    Some(shares(sum.clamp(least, most), currency))
}

/// The price at a time of day, in seconds since midnight.
fn per_kwh(prices: &[Pricing], time: i64) -> f64 {
    let holds = |price: &&Pricing| {
        let border = |text: &Option<chargepoint::Time>| text.as_deref().and_then(seconds).unwrap_or_default();
        let (from, until) = (border(&price.start_time), border(&price.end_time));
        if from < until {
            from <= time && time < until
        } else {
            time >= from || time < until
        }
    };
    // The last second of the day belongs to no span that ends at 23:59:59.
    let price = prices.iter().find(holds).or(prices.last());
    price
        .and_then(|price| price.unit_price_per_kwh)
        .unwrap_or_default()
}

/// `HH:MM:SS` in seconds.
fn seconds(time: &str) -> Option<i64> {
    time.split(':')
        .try_fold(0, |sum, part| Some(sum * 60 + part.parse::<i64>().ok()?))
}

fn by_time(price: &Pricing, lasted: i64) -> f64 {
    let first = i64::from(price.initial_unit_price_duration.unwrap_or_default()) * 60;
    let hours = |seconds: i64| seconds as f64 / 3600.0;
    let (dear, cheap) = (
        price.unit_price_per_hour_thereafter.unwrap_or_default(),
        price.unit_price_per_hour.unwrap_or_default(),
    );
    hours(lasted.min(first)) * cheap + hours((lasted - first).max(0)) * dear
}

/// A fee with its shares, in whole cents.
pub fn shares(gross: f64, currency: &str) -> Fee {
    let cents = |amount: f64| (amount * 100.0).round() / 100.0;
    let rate = match currency {
        "EUR" => 0.21,
        "GBP" => 0.2,
        "CAD" => 0.05,
        _ => 0.0,
    };
    let gross = cents(gross);
    let net = cents(gross / (1.0 + rate));
    let service = cents(net * SERVICE);
    Fee {
        gross,
        tax: cents(gross - net),
        net,
        service,
        revenue: cents(net - service),
    }
}

/// US dollars for one of a currency.
pub fn in_dollars(currency: &str) -> f64 {
    match currency {
        "EUR" => 1.08,
        "GBP" => 1.27,
        "CAD" => 0.73,
        _ => 1.0,
    }
}
