//! What a text may mean of what ChargePoint told lately. ChargePoint itself is asked for one record by its id at
//! most, and never searched: the service allows one search with wildcards in a day.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chargepoint::calls::organizations::GetOrgsAndStationGroups;
use chargepoint::calls::sessions::{GetChargingSessionData, Session, SessionsQuery};
use chargepoint::calls::stations::{GetStations, StationsQuery};
use chargepoint::calls::users::GetUsers;
use chargepoint::{Station, User, UsersQuery};
use domain::column::Listed;
use domain::rows::searched;
use domain::search::{Hit, MOST_OF_KIND};
use domain::text::fold;
use tokio::time::timeout;

use super::Estate;
use super::reach::Reach;
use super::rows::Row;
use super::words::text as text_of;
use crate::access::caller;
use crate::books::find::hit;

/// Nobody who types waits longer for a record by its id.
const PATIENCE: Duration = Duration::from_secs(2);
/// Shorter numbers are the beginnings of ids.
const SHORTEST_ID: usize = 4;

/// What was found, and whether the stations were there to be looked through.
pub struct Found {
    pub hits: Vec<Hit>,
    pub has_stations: bool,
}

/// The records that the caller may see.
pub async fn find(estate: &Estate, text: &str) -> Found {
    let mut found = Found {
        hits: Vec::new(),
        has_stations: false,
    };
    if estate.measured().is_none() {
        return found;
    }
    let Ok(Ok(reach)) = timeout(PATIENCE, Reach::of_caller(estate)).await else {
        return found;
    };
    let caller = caller();
    let (stations, sessions) = (caller.may("View:Station"), caller.may("View:Session"));
    // Drivers name no organization.
    let drivers = caller.may("View:Connection") && !reach.is_limited();
    if stations {
        let kept = estate.held_rows::<GetStations>();
        // The longest list is that of all of them.
        let all = kept.into_iter().max_by_key(|rows| rows.len());
        found.has_stations = all.as_ref().is_some_and(|all| all.len() > 1);
        found
            .hits
            .extend(of_rows(all, text, |row| reach.row(row), of_station));
        found.hits.extend(groups(estate, &reach, text));
    }
    if sessions {
        found.hits.extend(kept_sessions(estate, &reach, text));
    }
    if drivers {
        let all = estate
            .held_rows::<GetUsers>()
            .into_iter()
            .max_by_key(|rows| rows.len());
        found.hits.extend(of_rows(all, text, |_| true, of_driver));
    }
    // What is kept has nothing of that id: ChargePoint may, whatever else was found by it.
    let asked = fold(text);
    if found.hits.iter().any(|hit| fold(&hit.id) == asked) {
        return found;
    }
    if stations && is_station_id(text) {
        found.hits.extend(station(estate, &reach, text).await);
    } else if is_number(text) {
        let session = async {
            match sessions {
                true => session(estate, &reach, text).await,
                false => Vec::new(),
            }
        };
        let driver = async {
            match drivers {
                true => driver(estate, text).await,
                false => Vec::new(),
            }
        };
        let (session, driver) = tokio::join!(session, driver);
        found.hits.extend(session.into_iter().chain(driver));
    }
    found
}

fn is_number(text: &str) -> bool {
    text.len() >= SHORTEST_ID && text.chars().all(|c| c.is_ascii_digit())
}

fn is_station_id(text: &str) -> bool {
    let parts = text.split_once(':');
    parts.is_some_and(|(network, id)| !network.is_empty() && is_number(id))
}

fn of_rows<R>(
    rows: Option<Arc<Vec<Row<R>>>>,
    text: &str,
    reached: impl Fn(&Row<R>) -> bool,
    hit: fn(&R) -> Hit,
) -> Vec<Hit>
where
    R: super::rows::Told,
{
    let rows = rows.unwrap_or_default();
    let found = searched(&rows, text).filter(|row| reached(row));
    found.take(MOST_OF_KIND).map(|row| hit(&row.record)).collect()
}

fn of_station(station: &Station) -> Hit {
    let id = text_of(&station.station_id);
    let told = [text_of(&station.station_serial_num), text_of(&station.city), id];
    hit("chargestations", id, text_of(&station.station_name), &told)
}

fn of_session(estate: &Estate, session: &Session) -> Hit {
    let id = text_of(&session.session_id);
    let told = [text_of(&session.station_name), text_of(&session.credential_id)];
    let station = text_of(&session.station_id);
    Hit {
        at: session.start_time.as_deref().and_then(crate::clock::read),
        time_zone: estate
            .zones(HashSet::from([station]))
            .get(station)
            .map(|zone| zone.to_string()),
        ..hit("sessions", id, id, &told)
    }
}

fn of_driver(user: &User) -> Hit {
    let id = text_of(&user.user_id);
    let name = format!("{} {}", text_of(&user.first_name), text_of(&user.last_name));
    hit(
        "drivers",
        id,
        name.trim(),
        &[user.email().unwrap_or_default(), id],
    )
}

/// Sessions, by any of their ids: what is known of a session otherwise is known of many.
fn kept_sessions(estate: &Estate, reach: &Reach, text: &str) -> Vec<Hit> {
    let asked = fold(text.trim());
    let mut hits: Vec<Hit> = Vec::new();
    for rows in estate.held_rows::<GetChargingSessionData>() {
        let found = rows.iter().filter(|row| {
            let ids = [
                "sessionId",
                "credentialId",
                "rfidSerialNumber",
                "vehicleId",
                "vehiclePortMac",
                "userId",
                "driverAccountNumber",
            ];
            let begins = |path: &&str| fold(&row.text(path)).starts_with(&asked);
            ids.iter().any(begins) && reach.row(row)
        });
        for row in found {
            if hits.iter().all(|known| known.id != row.id()) {
                hits.push(of_session(estate, &row.record));
            }
            if hits.len() == MOST_OF_KIND {
                return hits;
            }
        }
    }
    hits
}

fn groups(estate: &Estate, reach: &Reach, text: &str) -> Vec<Hit> {
    let asked = fold(text.trim());
    let mut hits = Vec::new();
    let Some(answer) = estate.held_answers::<GetOrgsAndStationGroups>().pop() else {
        return hits;
    };
    for one in &answer.organizations {
        if reach.is_limited() && !reach.organization(text_of(&one.org_id)) {
            continue;
        }
        for group in &one.groups {
            let (id, name) = (text_of(&group.sg_id), text_of(&group.sg_name));
            if fold(name).contains(&asked) || id == asked {
                hits.push(hit(
                    "station-groups",
                    id,
                    name,
                    &[text_of(&one.organization_name), id],
                ));
            }
        }
    }
    hits.truncate(MOST_OF_KIND);
    hits
}

async fn station(estate: &Estate, reach: &Reach, id: &str) -> Vec<Hit> {
    let call = GetStations {
        search_query: StationsQuery {
            station_id: Some(id.to_owned()),
            ..StationsQuery::default()
        },
    };
    by_id(estate, &call, |row| reach.row(row), of_station).await
}

async fn session(estate: &Estate, reach: &Reach, id: &str) -> Vec<Hit> {
    let call = GetChargingSessionData {
        search_query: SessionsQuery {
            session_id: Some(id.to_owned()),
            ..SessionsQuery::default()
        },
    };
    by_id(estate, &call, |row| reach.row(row), |one| of_session(estate, one)).await
}

async fn driver(estate: &Estate, id: &str) -> Vec<Hit> {
    let call = GetUsers {
        search_query: UsersQuery {
            user_id: Some(id.to_owned()),
            ..UsersQuery::default()
        },
    };
    by_id(estate, &call, |_| true, of_driver).await
}

/// The record that ChargePoint has under an id; none where it has none, or does not answer in time.
async fn by_id<C>(
    estate: &Estate,
    call: &C,
    reached: impl Fn(&Row<C::Row>) -> bool,
    hit: impl Fn(&C::Row) -> Hit,
) -> Vec<Hit>
where
    C: super::table::Read + chargepoint::calls::Paged<Row: super::rows::Told>,
{
    let Ok(Ok(kept)) = timeout(PATIENCE, estate.named(call, false)).await else {
        return Vec::new();
    };
    let own = kept.answer.iter().filter(|row| reached(row));
    own.take(1).map(|row| hit(&row.record)).collect()
}
