use chargepoint::Station;
use serde::Serialize;

use crate::Estate;
use crate::estate::drivers::Driver;
use crate::estate::oddities::Odd;
use crate::estate::{Site, Unit};

/// The estate as tests expect to find it.
#[derive(Serialize)]
pub struct EstateView {
    sites: Vec<SiteView>,
    drivers: Vec<DriverView>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SiteView {
    #[serde(flatten)]
    site: Site,
    organization: Option<String>,
    address: Option<String>,
    city: Option<String>,
    country: Option<String>,
    stations: Vec<StationView>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StationView {
    id: Option<String>,
    name: Option<String>,
    model: Option<String>,
    ports: usize,
    /// What is odd about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    odd: Option<Odd>,
}

/// A driver. What getUsers says is null or missing is null.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DriverView {
    user_id: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    /// Status of the connection.
    connection: Option<String>,
    /// When the driver asked for it.
    requested: Option<String>,
    /// Status in the management realm.
    realm: Option<String>,
    /// What was asked and what was answered.
    answers: Vec<(Option<String>, Option<String>)>,
    credential_ids: Vec<String>,
    /// What the driver was told with the last decision.
    told: Option<String>,
}

impl From<&Estate> for EstateView {
    fn from(estate: &Estate) -> Self {
        let site = |site: &Site| SiteView::of(site, estate);
        Self {
            sites: estate.sites().iter().map(site).collect(),
            drivers: estate.drivers().iter().map(DriverView::from).collect(),
        }
    }
}

impl SiteView {
    fn of(site: &Site, estate: &Estate) -> Self {
        let units: Vec<&Unit> = estate.units_of(site.id).collect();
        let first = units.first();
        let text =
            |field: fn(&Station) -> &Option<String>| first.and_then(|unit| field(&unit.station).clone());
        Self {
            site: site.clone(),
            organization: text(|station| &station.organization_name),
            address: text(|station| &station.address),
            city: text(|station| &station.city),
            country: text(|station| &station.country),
            stations: units.into_iter().map(StationView::from).collect(),
        }
    }
}

impl From<&Unit> for StationView {
    fn from(Unit { station, odd, .. }: &Unit) -> Self {
        Self {
            id: station.station_id.clone(),
            name: station.station_name.clone(),
            model: station.station_model.clone(),
            ports: station.ports.len(),
            odd: *odd,
        }
    }
}

impl From<&Driver> for DriverView {
    fn from(Driver { user, told }: &Driver) -> Self {
        let (connection, realm) = (user.connection.as_ref(), user.management_realm.as_ref());
        let infos = connection
            .and_then(|connection| connection.custom_infos.as_ref())
            .or_else(|| realm.and_then(|realm| realm.custom_infos.as_ref()));
        let infos = infos.map(|list| list.infos.as_slice()).unwrap_or_default();
        let ids = user.credential_ids.as_ref();
        Self {
            user_id: user.user_id.clone(),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            email: user.email().map(str::to_owned),
            connection: connection.and_then(|connection| connection.status.clone()),
            requested: connection.and_then(|connection| Some(connection.request_time.as_ref()?.to_string())),
            realm: realm.and_then(|realm| realm.status.clone()),
            answers: infos
                .iter()
                .map(|info| (info.key.clone(), info.value.clone()))
                .collect(),
            credential_ids: ids.map(|list| list.ids.clone()).unwrap_or_default(),
            told: told.clone(),
        }
    }
}
