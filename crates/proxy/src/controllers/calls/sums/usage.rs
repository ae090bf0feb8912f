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
    pub cost: String,
    /// Gallons of petrol avoided.
    pub gasoline_savings: String,
    /// Kilograms of greenhouse gases avoided.
    pub ghg_savings: String,
    /// How many sessions.
    pub sessions: u64,
    /// What the list of these rows is asked by, as it stands in an address.
    pub list: String,
}

#[derive(Default)]
struct Sums {
    energy: Decimal,
    cost: Decimal,
    gasoline: Decimal,
    gases: Decimal,
    sessions: u64,
}

/// The sums, who charged the most first.
pub fn sums(rows: &[&Row<FleetUsage>], asked: &ListQuery) -> Vec<Sum> {
    let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let mut sums: HashMap<(String, String), (&FleetUsage, Sums)> = HashMap::new();
    for row in rows {
        let usage = &*row.record;
        let key = (text(&usage.fleet_vehicle_id), text(&usage.currency));
        let (_, sum) = sums.entry(key).or_insert_with(|| (usage, Sums::default()));
        for (of, number) in [
            (&mut sum.energy, usage.energy),
            (&mut sum.cost, usage.fee),
            (&mut sum.gasoline, usage.gasoline_savings),
            (&mut sum.gases, usage.ghg_savings),
        ] {
            *of += number.and_then(Decimal::of).unwrap_or_default();
        }
        let kind = usage.transaction_type.as_deref().unwrap_or("Session");
        sum.sessions += u64::from(kind.trim() == "Session");
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|(a, (_, of_a)), (b, (_, of_b))| of_b.energy.cmp(&of_a.energy).then_with(|| a.cmp(b)));
    let sum = |((fleet_vehicle_id, currency), (usage, sum)): (_, (&FleetUsage, Sums))| Sum {
        fleet_vehicle_id,
        license_plate: text(&usage.license),
        vehicle_id: text(&usage.vehicle_id),
        vin: text(&usage.vin),
        fleet_name: text(&usage.fleet_name),
        currency,
        energy: sum.energy.to_string(),
        cost: sum.cost.to_string(),
        gasoline_savings: sum.gasoline.to_string(),
        ghg_savings: sum.gases.to_string(),
        sessions: sum.sessions,
        list: list(asked, &text(&usage.license)),
    };
    sums.into_iter().map(sum).collect()
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
