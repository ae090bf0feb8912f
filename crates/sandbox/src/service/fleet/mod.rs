use chargepoint::calls::fleet_vehicles::{
    FleetVehicle as Row, FleetVehiclesQuery, GetFleetVehicles, GetFleetVehiclesResponse,
};
use chargepoint::calls::users::CredentialIds;
use chargepoint::code::Code;

use super::asked::same;
use super::calls::Answered;
use super::refused::refuse_if;
use super::{Refused, asked};
use crate::Estate;
use crate::estate::fleet::Vehicle;
use crate::search::{self, is_qualified, like};

mod changes;
mod entered;
mod usage;

/// Rows of a page when nothing is said, and at most.
const PAGE: (usize, usize) = (100, 500);

impl Answered for GetFleetVehicles {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<GetFleetVehiclesResponse, Refused> {
        let query = &self.search_query;
        check(query.fleet_vehicle_id.as_deref(), query.org_id.as_deref())?;
        let since = asked::moment(query.modified_since.as_ref())?;
        let start = asked::start(query.start_record.map(i64::from))?;
        let too_many = search::too_large("numRecords", PAGE.1);
        let count = asked::count(query.num_records, PAGE.0, PAGE.1, too_many)?;
        let found = estate
            .fleet()
            .vehicles()
            .filter(|vehicle| since.is_none_or(|since| vehicle.modified >= since) && matches(query, vehicle));
        let (page, more) = asked::page(start, count, found);
        refuse_if(page.is_empty(), Code::NoData)?;
        let rows = page.into_iter().zip(start..);
        Ok(GetFleetVehiclesResponse {
            vehicles: rows
                .map(|(vehicle, number)| row(estate, vehicle, number, now))
                .collect(),
            more: Some(more),
            ..super::success()
        })
    }
}

/// Checks identifiers, and that the organization that is asked for has fleets.
fn check(vehicle: Option<&str>, organization: Option<&str>) -> Result<(), Refused> {
    refuse_if(
        vehicle.is_some_and(|id| !is_qualified(id, "")),
        Code::InvalidFields,
    )?;
    if let Some(id) = organization {
        refuse_if(!asked::organization(id)?.fleet, Code::NotInPlan)?;
    }
    Ok(())
}

fn matches(query: &FleetVehiclesQuery, vehicle: &Vehicle) -> bool {
    let (provider, connected) = vehicle.telematics.unzip();
    let (source, status) = vehicle.payment.unzip();
    same(query.fleet_vehicle_id.as_deref(), Some(&vehicle.id))
        && same(query.fleet_name.as_deref(), Some(&vehicle.fleet))
        && same(query.vehicle_id.as_deref(), vehicle.vehicle_id.as_deref())
        && same(query.vin.as_deref(), vehicle.vin.as_deref())
        && same(query.license.as_deref(), Some(&vehicle.license))
        && same(query.color.as_deref(), vehicle.color.as_deref())
        && same(query.make.as_deref(), Some(vehicle.model.make))
        && same(query.model.as_deref(), Some(vehicle.model.name))
        && query.year.is_none_or(|year| year == vehicle.year)
        && same(query.fleet_driver_id.as_deref(), vehicle.driver.as_deref())
        && query.credential_id.as_deref().is_none_or(|wanted| {
            let mut ids = vehicle.credentials.iter();
            ids.any(|id| like(wanted, id))
        })
        && same(query.org_id.as_deref(), Some(vehicle.organization.id))
        && same(
            query.organization_name.as_deref(),
            Some(vehicle.organization.name),
        )
        && same(query.telematics_provider.as_deref(), provider)
        && same(query.telematics_status.as_deref(), connected.map(telematics))
        && same(query.company_code.as_deref(), vehicle.company_code.as_deref())
        && same(query.payment_type.as_deref(), source)
        && same(query.payment_status.as_deref(), status)
}

fn telematics(connected: bool) -> &'static str {
    if connected { "Connected" } else { "Not Connected" }
}

fn row(estate: &Estate, vehicle: &Vehicle, number: usize, now: i64) -> Row {
    let text = |text: &str| Some(text.to_owned());
    let (provider, connected) = vehicle.telematics.unzip();
    let (source, status) = vehicle.payment.unzip();
    Row {
        record_number: i32::try_from(number).ok(),
        last_modified: Some(vehicle.modified_at()),
        fleet_vehicle_id: text(&vehicle.id),
        fleet_name: text(&vehicle.fleet),
        vehicle_id: vehicle.vehicle_id.clone(),
        vin: vehicle.vin.clone(),
        license: text(&vehicle.license),
        color: vehicle.color.clone(),
        make: text(vehicle.model.make),
        model: text(vehicle.model.name),
        year: Some(vehicle.year),
        fleet_driver_id: vehicle.driver.clone(),
        credential_ids: Some(CredentialIds {
            ids: vehicle.credentials.clone(),
        }),
        org_id: text(vehicle.organization.id),
        organization_name: text(vehicle.organization.name),
        telematics_provider: provider.and_then(text),
        telematics_status: connected.map(telematics).and_then(text),
        company_code: vehicle.company_code.clone(),
        payment_type: source.and_then(text),
        payment_status: status.and_then(text),
        charging_state: text(estate.vehicle_state(vehicle, now).word()),
    }
}
