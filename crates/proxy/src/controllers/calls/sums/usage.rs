//! GET `/fleet/usage/sums`: by vehicle and currency

use std::collections::HashMap;

use chargepoint::calls::fleet_usage::FleetUsage;
use domain::decimal::Decimal;
use domain::listing::ListQuery;
use schemars::JsonSchema;
use serde::Serialize;

use crate::estate::rows::Row;

/// What a vehicle charged that was paid in one currency. Numbers are decimals as text, exact.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "FleetUsageSum")]
pub struct Sum {
    /// `CPNID:fleetVehicleID`.
    pub fleet_vehicle_id: String,
    pub license_plate: String,
    /// The fleet's own identifier of the vehicle.
    pub vehicle_id: String,
    pub vin: String,
    pub fleet_name: String,
    /// ISO 4217; empty where ChargePoint names none.
    pub currency: String,
    /// kWh.
    pub energy: String,
    /// What was paid.
    pub fee: String,
    /// Gallons of petrol avoided.
    pub gasoline_savings: String,
    /// Kilograms of greenhouse gases avoided.
    pub ghg_savings: String,
    /// How many sessions.
    pub sessions: u64,
    /// What the list of these rows is asked by, as it stands in an address.
    pub list: String,
}

/// The field whose numbers have a scale for each currency.
const FEE: &str = "fee";

#[derive(Default)]
struct Sums {
    energy: Decimal,
    fee: Decimal,
    gasoline: Decimal,
    gases: Decimal,
    sessions: u64,
}

impl Sums {
    /// What they are put in order by: what their list is sorted by, if that is summed up, else energy.
    fn of(&self, field: &str) -> Decimal {
        match field {
            FEE => self.fee,
            "gasolineSavings" => self.gasoline,
            "ghgSavings" => self.gases,
            _ => self.energy,
        }
    }
}

/// The sums, the most first of what the list is sorted by. Amounts in two currencies have no scale in common: each is
/// measured by the most in its own.
pub fn sums(rows: &[&Row<FleetUsage>], asked: &ListQuery) -> Vec<Sum> {
    let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let mut sums: HashMap<(String, String), (&FleetUsage, Sums)> = HashMap::new();
    for row in rows {
        let usage = &*row.record;
        let key = (text(&usage.fleet_vehicle_id), text(&usage.currency));
        let (_, sum) = sums.entry(key).or_insert_with(|| (usage, Sums::default()));
        for (of, number) in [
            (&mut sum.energy, usage.energy),
            (&mut sum.fee, usage.fee),
            (&mut sum.gasoline, usage.gasoline_savings),
            (&mut sum.gases, usage.ghg_savings),
        ] {
            *of += number.and_then(Decimal::of).unwrap_or_default();
        }
        let kind = usage.transaction_type.as_deref().unwrap_or("Session");
        sum.sessions += u64::from(kind.trim() == "Session");
    }
    let field = asked.sort.trim_start_matches('-');
    let mut most: HashMap<&str, Decimal> = HashMap::new();
    for ((_, currency), (_, sum)) in &sums {
        let most = most.entry(scale(field, currency)).or_default();
        *most = (*most).max(sum.of(field));
    }
    let share = |((_, currency), (_, sum)): &(&(String, String), &(&FleetUsage, Sums))| {
        let most = most.get(scale(field, currency)).copied();
        sum.of(field).share_of(most.unwrap_or_default())
    };
    let mut shares: Vec<_> = sums.iter().map(|sum| (share(&sum), sum)).collect();
    shares.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.0.cmp(y.0)));
    let sums = shares.into_iter().map(|(_, (key, (usage, sum)))| Sum {
        fleet_vehicle_id: key.0.clone(),
        license_plate: text(&usage.license),
        vehicle_id: text(&usage.vehicle_id),
        vin: text(&usage.vin),
        fleet_name: text(&usage.fleet_name),
        currency: key.1.clone(),
        energy: sum.energy.to_string(),
        fee: sum.fee.to_string(),
        gasoline_savings: sum.gasoline.to_string(),
        ghg_savings: sum.gases.to_string(),
        sessions: sum.sessions,
        list: list(asked, &text(&usage.license)),
    });
    sums.collect()
}

/// What numbers are measured by the most of: of amounts those in their currency, else all.
fn scale<'c>(field: &str, currency: &'c str) -> &'c str {
    match field {
        FEE => currency,
        _ => "",
    }
}

/// What finds the rows of a vehicle among those that were asked for: its plate, as far as it is one.
fn list(asked: &ListQuery, plate: &str) -> String {
    let of_vehicle = ListQuery {
        q: plate.to_owned(),
        filter: asked.filter.clone(),
        any: asked.any,
        ..ListQuery::default()
    };
    let mut list = form_urlencoded::Serializer::new(String::new());
    list.extend_pairs(of_vehicle.parameters());
    list.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_put_in_order_by_the_most_in_their_currency() {
        let row = |plate: &str, currency: &str, fee: f64, energy: f64| {
            let usage = FleetUsage {
                fleet_vehicle_id: Some(plate.into()),
                license: Some(plate.into()),
                currency: Some(currency.into()),
                fee: Some(fee),
                energy: Some(energy),
                ..FleetUsage::default()
            };
            Row::new(usage, plate)
        };
        let rows = [
            row("A", "EUR", 10.0, 9.0),
            row("B", "JPY", 4_000.0, 1.0),
            row("C", "EUR", 5.0, 12.0),
            row("D", "JPY", 3_000.0, 2.0),
        ];
        let rows: Vec<&Row<FleetUsage>> = rows.iter().collect();
        let plates = |sort: &str| {
            let asked = ListQuery {
                sort: sort.into(),
                ..ListQuery::default()
            };
            let sums = sums(&rows, &asked).into_iter();
            sums.map(|sum| sum.license_plate).collect::<Vec<_>>().concat()
        };
        assert_eq!(plates("fee"), "ABDC");
        assert_eq!((plates("").as_str(), plates("energy").as_str()), ("CADB", "CADB"));
    }
}
