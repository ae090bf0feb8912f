use chargepoint::StationsQuery;
use chargepoint::calls::fleet_usage::{
    FleetUsage as Row, FleetUsageQuery, GetFleetUsageData, GetFleetUsageDataResponse,
};
use chargepoint::code::Code;

use super::{PAGE, check};
use crate::Estate;
use crate::clock::date_time;
use crate::estate::charge::rounded;
use crate::estate::fleet::Vehicle;
use crate::estate::sessions::Session;
use crate::estate::transactions::Kind;
use crate::estate::usage::{self, Usage};
use crate::search;
use crate::service::asked::same;
use crate::service::calls::Answered;
use crate::service::refused::refuse_if;
use crate::service::{Refused, asked, success};

/// No fleet here has its sessions looked at for fraud.
const FRAUD: &str = "Unknown (not enabled)";

impl Answered for GetFleetUsageData {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<GetFleetUsageDataResponse, Refused> {
        let query = &self.search_query;
        check(query.fleet_vehicle_id.as_deref(), query.fleet_org_id.as_deref())?;
        let (from, until) = asked::time(query.from_time_stamp.as_ref(), query.to_time_stamp.as_ref())?;
        let start = asked::start(query.start_record.map(i64::from))?;
        let count = asked::count(
            query.num_records,
            PAGE.0,
            PAGE.1,
            Code::TooManyTransactions.into(),
        )?;
        let kind = query.transaction_type.as_deref();
        let kind = kind
            .map(|word| Kind::of(word).ok_or(Code::InvalidFields))
            .transpose()?;
        let number: Option<i64> = match query.transaction_id.as_deref() {
            None => None,
            Some(id) => Some(id.trim().parse().map_err(|_| Code::InvalidFields)?),
        };
        let stations = StationsQuery {
            organization_name: query.station_org_name.clone(),
            station_name: query.station_name.clone(),
            address: query.address.clone(),
            city: query.city.clone(),
            state: query.state.clone(),
            postal_code: query.postal_code.clone(),
            country: query.country.clone(),
            ..StationsQuery::default()
        };
        let units = search::stations(estate, &stations).into_iter();
        let found = units.flat_map(|unit| estate.usage(unit, from, now));
        let found = found.filter(|usage| {
            let visit = &usage.session.visit;
            number.is_none_or(|number| number == usage.number())
                && kind.is_none_or(|kind| kind == Some(Kind::Session))
                && from.is_none_or(|from| visit.start > from)
                && until.is_none_or(|until| visit.end < until)
                && matches(query, usage)
        });
        let (page, more) = asked::page(start, count, found);
        refuse_if(page.is_empty(), Code::NoData)?;
        let rows = page.iter().zip(start..);
        Ok(GetFleetUsageDataResponse {
            usage: rows.map(|(usage, number)| row(usage, number, now)).collect(),
            more: Some(more),
            ..success()
        })
    }
}

fn matches(query: &FleetUsageQuery, usage: &Usage<'_>) -> bool {
    let Vehicle {
        id,
        organization,
        fleet,
        vehicle_id,
        license,
        driver,
        credentials,
        ..
    } = usage.vehicle;
    same(query.fleet_vehicle_id.as_deref(), Some(id))
        && same(query.fleet_name.as_deref(), Some(fleet))
        && same(query.vehicle_id.as_deref(), vehicle_id.as_deref())
        && same(query.license.as_deref(), Some(license))
        && same(query.fleet_driver_id.as_deref(), driver.as_deref())
        && same(
            query.credential_id.as_deref(),
            credentials.first().map(String::as_str),
        )
        && same(query.fleet_org_id.as_deref(), Some(organization.id))
        && same(query.fleet_org_name.as_deref(), Some(organization.name))
        && same(query.fraud_detection_status.as_deref(), Some(FRAUD))
        && same(query.payment_type.as_deref(), Some(usage.payment()))
}

fn row(usage: &Usage<'_>, number: usize, now: i64) -> Row {
    let Usage { session, vehicle, .. } = usage;
    let Session { unit, visit, .. } = session;
    let station = &unit.station;
    let charge = session.charge(now);
    let text = |text: &str| Some(text.to_owned());
    let dc = unit.traits.outlets[session.port].dc;
    let connector = station
        .ports
        .get(session.port)
        .and_then(|port| port.connector.as_deref());
    let percent = |share: f64| Some((share * 100.0).round());
    Row {
        record_number: i32::try_from(number).ok(),
        fleet_vehicle_id: text(&vehicle.id),
        fleet_name: text(&vehicle.fleet),
        vehicle_id: vehicle.vehicle_id.clone(),
        license: text(&vehicle.license),
        fleet_driver_id: vehicle.driver.clone(),
        credential_id: vehicle.credentials.first().cloned(),
        fleet_org_id: text(vehicle.organization.id),
        fleet_org_name: text(vehicle.organization.name),
        fraud_detection_status: text(FRAUD),
        transaction_id: Some(usage.number().to_string()),
        transaction_type: text(Kind::Session.word()),
        transaction_time: Some(date_time(usage.at)),
        energy: Some(rounded(charge.energy)),
        gasoline_savings: Some(rounded(charge.energy * usage::GALLONS)),
        ghg_savings: Some(rounded(charge.energy * usage::GREENHOUSE)),
        fleet_customer_id: None,
        odometer: vehicle.telematics.map(|_| usage.odometer()),
        start_time: Some(date_time(visit.start)),
        end_time: Some(date_time(visit.end)),
        start_soc: percent(session.car.start),
        end_soc: percent(charge.full),
        charging_time: Some(asked::duration(charge.flowing)),
        session_duration: Some(asked::duration(visit.end - visit.start)),
        port_type: text(if dc { "DC" } else { "AC" }),
        plug_type: connector.map(|connector| usage::plug(connector).to_owned()),
        currency: station.currency_code.clone(),
        fee: Some(usage.fee(now)),
        payment_id: usage
            .account()
            .map(|digits| format!("CP{digits}"))
            .filter(|_| usage.payment() == "ChargePoint Fuel Card"),
        payment_source_account: usage.account(),
        payment_type: text(usage.payment()),
        pricing_rule: usage.rule.map(str::to_owned),
        station_org_name: station.organization_name.clone(),
        station_name: station.station_name.clone(),
        address: station
            .address
            .as_deref()
            .map(|address| address.trim().to_owned()),
        city: station.city.clone(),
        state: station.state.clone(),
        postal_code: station.postal_code.clone(),
        country: station.country.clone(),
        vin: vehicle.vin.clone(),
        station_id: station.station_id.clone(),
        port_number: session.port_number(),
        id: Some(format!(
            "{}:C:{}:S",
            vehicle.organization.id.split(':').next().unwrap_or_default(),
            visit.id
        )),
    }
}
