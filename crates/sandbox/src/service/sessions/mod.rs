use chargepoint::StationsQuery;
use chargepoint::calls::sessions::{
    GetChargingSessionData, GetChargingSessionDataResponse, Session as Row, SessionsQuery,
};
use chargepoint::code::Code;

use super::calls::Answered;
use super::refused::refuse_if;
use super::{Refused, asked};
use crate::Estate;
use crate::clock::date_time;
use crate::estate::charge::rounded;
use crate::estate::sessions::{HISTORY, REFRESH, Session};
use crate::estate::visits::Visit;
use crate::estate::{Unit, visits};
use crate::search::{self, is_qualified};

mod intervals;

/// Most sessions of a page.
const PAGE: usize = 100;

impl Answered for GetChargingSessionData {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<GetChargingSessionDataResponse, Refused> {
        let query = &self.search_query;
        let start = asked::start(query.start_record)?;
        let wanted = Wanted::of(query, now)?;
        let found = match query.session_id.as_deref() {
            Some(number) => named(estate, query, number)?.into_iter().collect(),
            None => search::stations(estate, &stations(query)),
        };
        let ids = query.station_ids.as_ref().map(|list| &list.ids);
        let found = found.into_iter().filter(|unit| {
            let own = unit.station.station_id.as_ref();
            ids.is_none_or(|ids| ids.iter().any(|id| Some(id) == own))
        });
        let visits = found.flat_map(|unit| wanted.visits(estate, unit));
        let user = query.user_id.as_deref().map(str::trim);
        let visits = visits.filter(|(unit, port, visit)| {
            user.is_none_or(|user| {
                let session = estate.session_of(unit, *port, visit.clone());
                let driver = estate.who(&session).driver;
                driver.and_then(|driver| driver.user.user_id.as_deref()) == Some(user)
            })
        });
        let (page, more) = asked::page(start, PAGE, visits);
        refuse_if(page.is_empty(), Code::NoSession)?;
        let rows = page
            .into_iter()
            .zip(start..)
            .map(|((unit, port, visit), number)| {
                let session = estate.session_of(unit, port, visit);
                row(estate, &session, number, now)
            });
        Ok(GetChargingSessionDataResponse {
            sessions: rows.collect(),
            more: Some(more),
            ..super::success()
        })
    }
}

/// Which sessions are wanted.
struct Wanted {
    number: Option<i64>,
    /// In progress; else ended.
    active: bool,
    from: i64,
    until: i64,
    now: i64,
}

impl Wanted {
    fn of(query: &SessionsQuery, now: i64) -> Result<Self, Refused> {
        let (from, until) = asked::time(query.from_time_stamp.as_ref(), query.to_time_stamp.as_ref())?;
        refuse_if(
            query.station_id.is_some() && query.station_ids.is_some(),
            Code::StationIdTwice,
        )?;
        let ids = query.station_ids.iter().flat_map(|list| &list.ids);
        let mut ids = ids.chain(&query.station_id);
        refuse_if(ids.any(|id| !is_qualified(id, "")), Code::StationIdFormat)?;
        search::check(&stations(query))?;
        let number = query.session_id.as_deref().map(|id| id.trim().parse());
        let number = number.transpose().map_err(|_| Code::InvalidSession)?;
        // A session that is named is found however old it is.
        let oldest = if number.is_some() { 0 } else { now - HISTORY };
        Ok(Self {
            number,
            active: query.active_sessions_only == Some(true),
            from: from.unwrap_or(oldest),
            until: until.unwrap_or(i64::MAX),
            now,
        })
    }

    /// The sessions wanted of a station, without a look at any other.
    fn visits<'a>(
        &self,
        estate: &'a Estate,
        unit: &'a Unit,
    ) -> Box<dyn Iterator<Item = (&'a Unit, usize, Visit)> + 'a> {
        let Self {
            active,
            from,
            until,
            now,
            ..
        } = *self;
        if let Some(session) = self.number.and_then(|number| estate.session(number)) {
            let found = (unit, session.port, session.visit);
            return Box::new(Some(found).into_iter().filter(move |(_, _, visit)| {
                visit.start >= from
                    && if active {
                        lasts(visit, now)
                    } else {
                        told(visit, now) && visit.end < until
                    }
            }));
        }
        if active {
            let ports = 0..unit.traits.outlets.len();
            let found =
                ports.filter_map(move |port| Some((unit, port, estate.visit_at(&unit.traits, port, now)?)));
            return Box::new(found.filter(move |(_, _, visit)| from <= visit.start && visit.start < until));
        }
        let found = estate.visits(unit, from, until.min(now));
        let found = found.map(move |(port, visit)| (unit, port, visit));
        Box::new(
            found.filter(move |(_, _, visit)| visit.start >= from && visit.end < until && told(visit, now)),
        )
    }
}

fn lasts(visit: &Visit, now: i64) -> bool {
    visit.start <= now && now < visit.end
}

/// Whether an ended session is told of already: what is told is refreshed every five minutes.
pub(super) fn told(visit: &Visit, now: i64) -> bool {
    visit.end <= now - now.rem_euclid(REFRESH)
}

/// The station of the session that is asked for, where the query means it too.
fn named<'a>(estate: &'a Estate, query: &SessionsQuery, number: &str) -> Result<Option<&'a Unit>, Refused> {
    let number = number.trim().parse().map_err(|_| Code::InvalidSession)?;
    let Some(session) = estate.session(number) else {
        return Ok(None);
    };
    let found = search::stations(estate, &stations(query)).into_iter();
    let mut found = found.filter(|unit| unit.traits.number == session.unit.traits.number);
    Ok(found.next())
}

/// The session of a number.
pub(super) fn of_number<'a>(estate: &'a Estate, number: Option<&str>) -> Result<Session<'a>, Refused> {
    let number = number.ok_or(Code::Mandatory)?;
    let number = number.trim().parse().map_err(|_| Code::InvalidSession)?;
    if let Some(session) = estate.session(number) {
        return Ok(session);
    }
    let known = visits::place(number).is_some_and(|(station, _)| {
        let mut units = estate.units().iter();
        units.any(|unit| unit.traits.number == station)
    });
    // A number of another's station is not for us to know.
    let foreign = !known && number > 1_000_000_000;
    Err(if foreign {
        Code::OthersSessions
    } else {
        Code::InvalidSession
    }
    .into())
}

/// The stations whose sessions are wanted.
fn stations(query: &SessionsQuery) -> StationsQuery {
    let query = query.clone();
    StationsQuery {
        station_id: query.station_id,
        station_name: query.station_name,
        address: query.address,
        city: query.city,
        state: query.state,
        country: query.country,
        postal_code: query.postal_code,
        proximity: query.proximity,
        proximity_unit: query.proximity_unit,
        geo: query.geo,
        ..StationsQuery::default()
    }
}

fn row(estate: &Estate, session: &Session<'_>, number: usize, now: i64) -> Row {
    let Session {
        unit, visit, model, ..
    } = session;
    let station = &unit.station;
    let charge = session.charge(now);
    let who = estate.who(session);
    let enterprise = unit
        .traits
        .organization
        .is_some_and(|organization| estate.is_enterprise(organization));
    let ended = visit.end <= now;
    let text = |text: &str| Some(text.to_owned());
    let share = |share: f64| Some((share * 100.0).round());
    let user = who.driver.map(|driver| &driver.user);
    let connected = user.filter(|user| {
        let connection = user.connection.as_ref().and_then(|known| known.status.as_deref());
        connection == Some("APPROVED")
    });
    let shown = who.shows_vehicle;
    let tells = shown && unit.traits.outlets[session.port].dc;
    let opted_out = session.opted_out.filter(|opt_out| opt_out.at <= now);
    let mac = session
        .vehicle
        .and_then(|vehicle| vehicle.ports_mac.first().cloned());
    Row {
        station_id: station.station_id.clone(),
        station_name: station.station_name.clone(),
        port_number: session.port_number(),
        address: Some(asked::address(unit)),
        city: station.city.clone(),
        state: station.state.clone(),
        country: station.country.clone(),
        postal_code: station.postal_code.clone(),
        session_id: Some(visit.id.to_string()),
        energy: Some(rounded(charge.energy)),
        start_time: Some(date_time(visit.start)),
        end_time: ended.then(|| date_time(session.said_end())),
        total_charging_duration: Some(asked::duration(charge.flowing)),
        total_session_duration: Some(asked::duration(visit.end.min(now) - visit.start)),
        user_id: user.and_then(|user| user.user_id.clone()),
        start_battery_percentage: tells.then(|| share(session.car.start)).flatten(),
        stop_battery_percentage: (tells && ended).then(|| share(charge.full)).flatten(),
        record_number: i64::try_from(number).ok(),
        credential_id: who.credential.clone(),
        ended_by: ended.then(|| visit.ended_by.to_owned()),
        vehicle_make: shown.then(|| text(model.make)).flatten(),
        vehicle_model: shown.then(|| text(model.name)).flatten(),
        vehicle_model_year: session.vehicle.map(|vehicle| vehicle.year.to_string()),
        vehicle_type: shown.then(|| text(model.kind)).flatten(),
        vehicle_port_mac: mac.clone().filter(|_| shown),
        driver_opted_out: Some(opted_out.is_some()),
        driver_opt_out_timestamp: opted_out.map(|opt_out| date_time(opt_out.at)),
        payment_terminal_info: who.bank_card.as_ref().map(|digits| format!("**** {digits}")),
        rfid_serial_number: who.credential.filter(|id| enterprise && !id.starts_with("APP")),
        driver_account_number: user.filter(|_| enterprise).and_then(|user| user.user_id.clone()),
        driver_name: connected.filter(|_| enterprise).map(|user| {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            format!("{} {}", part(&user.first_name), part(&user.last_name))
        }),
        vehicle_id: mac.filter(|_| enterprise),
    }
}
