//! What accounts that are limited to organizations reach of the estate: the stations of these organizations
//! and what belongs to them. What does not exist for them is not found.

use std::collections::HashSet;
use std::sync::Arc;

use chargepoint::calls::fleet_vehicles::{FleetVehiclesQuery, GetFleetVehicles};
use chargepoint::calls::organizations::{GetOrgsAndStationGroups, Organization, OrganizationGroup};
use chargepoint::calls::stations::{GetStations, StationsQuery};

use super::groups::{self, Names};
use super::rows::{Belongs, Row, Told};
use super::{Estate, Kept};
use crate::access::{Caller, caller};
use crate::books::organizations::key;
use crate::problem::Error;

/// What the caller reaches.
pub struct Reach {
    caller: Arc<Caller>,
    /// Ids of stations, where that is less than all.
    stations: Option<HashSet<String>>,
}

impl Reach {
    /// Of who asks. Whose the stations are is asked for where it matters.
    ///
    /// # Errors
    /// ChargePoint does not tell whose the stations are.
    pub async fn of_caller(estate: &Estate) -> Result<Self, Error> {
        let caller = caller();
        if caller.organizations.is_none() {
            let stations = None;
            return Ok(Self { caller, stations });
        }
        let all = estate.rows(&GetStations::default(), false, false).await?;
        let own = all
            .answer
            .iter()
            .filter(|row| caller.reaches(&key(&row.text("orgId"))));
        let stations = Some(own.map(|row| row.text("stationId")).collect());
        Ok(Self { caller, stations })
    }

    /// Whether the caller is limited.
    pub fn is_limited(&self) -> bool {
        self.stations.is_some()
    }

    /// Whether the caller reaches a station.
    pub fn station(&self, id: &str) -> bool {
        self.stations.as_ref().is_none_or(|own| own.contains(id))
    }

    /// Whether the caller reaches an organization.
    pub fn organization(&self, id: &str) -> bool {
        self.caller.reaches(&key(id))
    }

    /// Whether the caller reaches a station group: one of an organization that they reach.
    ///
    /// # Errors
    /// ChargePoint does not tell whose the groups are.
    pub async fn group(&self, estate: &Estate, id: &str) -> Result<bool, Error> {
        if !self.is_limited() {
            return Ok(true);
        }
        let owner = of_group(estate, id).await?;
        Ok(owner.is_some_and(|owner| self.organization(&owner)))
    }

    /// Whether the caller reaches a vehicle of a fleet.
    ///
    /// # Errors
    /// ChargePoint does not tell whose the vehicle is.
    pub async fn vehicle(&self, estate: &Estate, id: &str) -> Result<bool, Error> {
        if !self.is_limited() {
            return Ok(true);
        }
        let owner = of_vehicle(estate, id).await?;
        Ok(owner.is_some_and(|owner| self.organization(&owner)))
    }

    /// Only the rows that the caller reaches.
    pub fn only<R: Told>(&self, mut kept: Kept<Vec<Row<R>>>) -> Kept<Vec<Row<R>>> {
        if self.is_limited() {
            let own = kept.answer.iter().filter(|row| self.row(row));
            let own = own.map(|row| row.only(&|station| self.station(station)));
            kept.answer = Arc::new(own.collect());
        }
        kept
    }

    /// Whether the caller reaches a row.
    pub fn row<R: Told>(&self, row: &Row<R>) -> bool {
        match R::BELONGS {
            _ if !self.is_limited() => true,
            Belongs::Organization(path) => self.organization(&row.text(path)),
            Belongs::Station(path) => self.station(&row.text(path)),
            Belongs::Asked => true,
            Belongs::Nobody => false,
        }
    }
}

/// Fails for a station that the caller does not reach, as for one that is not there.
///
/// # Errors
/// ChargePoint does not tell whose the stations are.
pub async fn require_station(estate: &Estate, id: &str) -> Result<(), Error> {
    let reach = Reach::of_caller(estate).await?;
    reach
        .station(id)
        .then_some(())
        .ok_or(Error::NotFound("charge station"))
}

/// The id of the organization that a station is of.
///
/// # Errors
/// ChargePoint does not tell.
pub async fn of_station(estate: &Estate, id: &str) -> Result<Option<String>, Error> {
    text_of_station(estate, id, "orgId").await
}

/// What a station is called.
///
/// # Errors
/// ChargePoint does not tell.
pub async fn name_of_station(estate: &Estate, id: &str) -> Result<Option<String>, Error> {
    let name = text_of_station(estate, id, "stationName").await?;
    Ok(name.filter(|name| !name.is_empty()))
}

async fn text_of_station(estate: &Estate, id: &str, path: &str) -> Result<Option<String>, Error> {
    let search_query = StationsQuery {
        station_id: Some(id.to_owned()),
        ..StationsQuery::default()
    };
    let found = estate.rows(&GetStations { search_query }, false, false).await?;
    Ok(found.answer.first().map(|row| row.text(path)))
}

/// What the organization of a station group is called.
///
/// # Errors
/// ChargePoint does not tell.
pub async fn organization_of_group(estate: &Estate, id: &str) -> Result<Option<String>, Error> {
    told_of_group(estate, id, |_, one, _| one.organization_name.clone()).await
}

/// What a station group is called, beside all others.
///
/// # Errors
/// ChargePoint does not tell.
pub async fn name_of_group(estate: &Estate, id: &str) -> Result<Option<String>, Error> {
    let name = |all: &[Organization], one: &_, group: &_| Some(Names::of(all).name(one, group));
    told_of_group(estate, id, name).await
}

/// The id of the organization that a station group is of.
///
/// # Errors
/// ChargePoint does not tell.
pub async fn of_group(estate: &Estate, id: &str) -> Result<Option<String>, Error> {
    told_of_group(estate, id, |_, one, _| one.org_id.clone()).await
}

/// What is told of a group, or of the organization that it is of, among all of them.
async fn told_of_group(
    estate: &Estate,
    id: &str,
    told: fn(&[Organization], &Organization, &OrganizationGroup) -> Option<String>,
) -> Result<Option<String>, Error> {
    let kept = estate.answer(&GetOrgsAndStationGroups::default(), false).await?;
    let organizations = kept.answer.organizations.as_slice();
    let found = groups::all(organizations).find(|(_, group)| group.sg_id.as_deref() == Some(id));
    Ok(found.and_then(|(one, group)| told(organizations, one, group)))
}

/// The id of the organization that a vehicle of a fleet is of.
///
/// # Errors
/// ChargePoint does not tell.
pub async fn of_vehicle(estate: &Estate, id: &str) -> Result<Option<String>, Error> {
    let search_query = FleetVehiclesQuery {
        fleet_vehicle_id: Some(id.to_owned()),
        ..FleetVehiclesQuery::default()
    };
    let found = estate
        .rows(&GetFleetVehicles { search_query }, false, false)
        .await?;
    Ok(found.answer.first().map(|row| row.text("orgId")))
}
