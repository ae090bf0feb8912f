//! GET `/alarms`, and the same as a file

use std::cmp::Ordering;
use std::collections::HashSet;

use axum::extract::RawPathParams;
use chargepoint::calls::alarms::{AlarmsQuery, GetAlarms};
use domain::alarms::Alarm;
use domain::column::Listed;

use crate::app::App;
use crate::books::alarms;
use crate::clock;
use crate::controllers::calls::list::Face;
use crate::controllers::calls::narrow::{Narrowed, narrowed};
use crate::controllers::calls::parameters;
use crate::controllers::calls::worked::{Found, Pairs, Worked};
use crate::estate::Estate;
use crate::estate::reach::Reach;
use crate::estate::rows::Row;
use crate::middleware::keyed::digest;
use crate::problem::Error;

/// Alarms, open ones and cleared ones.
pub struct Alarms;

impl Worked for Alarms {
    type Call = GetAlarms;
    type Row = Alarm;
    type Told = Vec<Row<chargepoint::calls::alarms::Alarm>>;

    async fn read(
        app: &App,
        face: &Face,
        _: &RawPathParams,
        pairs: Pairs,
        anew: bool,
    ) -> Result<Found<Self>, Error> {
        let said = parameters::read::<GetAlarms>(&face.parameters, Vec::new(), pairs.clone())?;
        let Narrowed { asked, .. } = narrowed::<GetAlarms>(&app.estate, face, &[], pairs).await?;
        let reach = Reach::of_caller(&app.estate).await?;
        let kept = reach.only(app.estate.rows(&asked.call, asked.page, anew).await?);
        let mut rows = kept.answer.to_vec();
        app.estate.zone(&mut rows);
        let mut alarms: Vec<Alarm> = rows.iter().map(open).collect();
        // A page of ChargePoint's is ChargePoint's alone.
        if !asked.page {
            let query = &said.call.search_query;
            let open: HashSet<String> = alarms.iter().map(|alarm| alarm.id.clone()).collect();
            let mut cleared = alarms::cleared(&mut app.books.read().await?).await?;
            cleared.retain(|alarm| !open.contains(&alarm.id) && means(query, alarm));
            zone(&app.estate, &mut cleared);
            alarms.extend(cleared);
        }
        Ok((alarms, kept, asked.others))
    }

    /// The newest first.
    fn usual(a: &Alarm, b: &Alarm) -> Ordering {
        b.alarm_time.cmp(&a.alarm_time)
    }
}

/// An alarm that ChargePoint reports.
pub fn open(row: &Row<chargepoint::calls::alarms::Alarm>) -> Alarm {
    let text = |path: &str| Some(row.text(path)).filter(|text| !text.is_empty());
    let time = text("alarmTime");
    Alarm {
        id: digest(row.id().as_bytes()).chars().take(24).collect(),
        alarm_type: text("alarmType"),
        alarm_time: time.as_deref().and_then(clock::read).or(time),
        station_name: text("stationName"),
        station_id: text("stationId"),
        port_number: text("portNumber"),
        organization_name: text("organizationName"),
        org_id: text("orgId"),
        company_id: text("companyId"),
        sg_id: text("sgId"),
        station_model: text("stationModel"),
        station_manufacturer: text("stationManufacturer"),
        station_serial_num: text("stationSerialNum"),
        time_zone: row.zone().map(str::to_owned),
        state: "Open".into(),
        ..Alarm::default()
    }
}

/// Adds the zones of stations' clocks, as far as stations are kept: with alarms that were cleared they are not.
fn zone(estate: &Estate, alarms: &mut [Alarm]) {
    let stations: Vec<Option<String>> = alarms.iter().map(|alarm| alarm.station_id.clone()).collect();
    let zones = estate.zones(stations.iter().flatten().map(String::as_str).collect());
    for (alarm, station) in alarms.iter_mut().zip(&stations) {
        let zone = station.as_deref().and_then(|id| zones.get(id));
        alarm.time_zone = zone.map(ToString::to_string);
    }
}

/// Whether a call's parameters mean an alarm, as far as the alarm itself tells: of groups it tells one's number.
pub fn means(query: &AlarmsQuery, alarm: &Alarm) -> bool {
    let same = |asked: &Option<String>, own: &Option<String>| {
        asked.as_deref().is_none_or(|asked| {
            let own = own.as_deref().unwrap_or_default();
            asked.trim().eq_ignore_ascii_case(own)
        })
    };
    let at = alarm.alarm_time.as_deref().unwrap_or_default();
    let moment = |text: &str| clock::read(text).unwrap_or_default();
    same(&query.org_id, &alarm.org_id)
        && same(&query.organization_name, &alarm.organization_name)
        && same(&query.station_id, &alarm.station_id)
        && same(&query.station_name, &alarm.station_name)
        && same(&query.sg_id, &alarm.sg_id)
        && same(&query.port_number, &alarm.port_number)
        && query.sg_name.is_none()
        && query
            .start_time
            .as_deref()
            .is_none_or(|from| moment(from).as_str() <= at)
        && query
            .end_time
            .as_deref()
            .is_none_or(|to| at <= moment(to).as_str())
}
