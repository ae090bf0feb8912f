use chargepoint::StationsQuery;
use chargepoint::calls::alarms::{
    Alarm as Row, AlarmsQuery, ClearAlarms, ClearAlarmsResponse, GetAlarms, GetAlarmsResponse,
};
use chargepoint::code::Code;

use super::calls::Answered;
use super::refused::refuse_if;
use super::{Refused, asked};
use crate::Estate;
use crate::clock::date_time;
use crate::estate::alarms::Alarm;
use crate::search::{self, like};

/// Most alarms of a page.
const PAGE: usize = 100;

impl Answered for GetAlarms {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<GetAlarmsResponse, Refused> {
        let query = &self.search_query;
        let start = asked::start(query.start_record.map(i64::from))?;
        let too_many = Code::TooManyTransactions.into();
        let count = asked::count(query.num_alarms, PAGE, 500, too_many)?.min(PAGE);
        let (page, more) = asked::page(start, count, alarms(estate, query, now)?);
        refuse_if(page.is_empty(), Code::NoAlarm)?;
        Ok(GetAlarmsResponse {
            alarms: page
                .iter()
                .zip(start..)
                .map(|(alarm, number)| row(alarm, number))
                .collect(),
            more: Some(more),
            ..super::success()
        })
    }
}

impl Answered for ClearAlarms {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<ClearAlarmsResponse, Refused> {
        let asked = self.search_query;
        let query = AlarmsQuery {
            org_id: asked.org_id,
            organization_name: asked.organization_name,
            station_id: asked.station_id,
            station_name: asked.station_name,
            sg_id: asked.sg_id,
            sg_name: asked.sg_name,
            start_time: asked.start_time,
            end_time: asked.end_time,
            port_number: asked.port_number,
            start_record: None,
            num_alarms: None,
        };
        let kind = asked.alarm_type.as_deref();
        let found = alarms(estate, &query, now)?;
        let found = found.filter(|alarm| kind.is_none_or(|kind| like(kind, alarm.kind)));
        let keys: Vec<_> = found.map(|alarm| alarm.key()).collect();
        refuse_if(keys.is_empty(), Code::NoAlarm)?;
        estate.clear_alarms(keys, now);
        Ok(super::success())
    }
}

/// The current alarms a query means.
fn alarms<'a>(
    estate: &'a Estate,
    query: &AlarmsQuery,
    now: i64,
) -> Result<impl Iterator<Item = Alarm<'a>> + use<'a>, Refused> {
    let (from, until) = asked::time(query.start_time.as_ref(), query.end_time.as_ref())?;
    if let Some(id) = query.org_id.as_deref() {
        asked::organization(id)?;
    }
    if let Some(id) = query.sg_id.as_deref() {
        asked::group(estate, Some(id))?;
    }
    let stations = StationsQuery {
        org_id: query.org_id.clone(),
        organization_name: query.organization_name.clone(),
        station_id: query.station_id.clone(),
        station_name: query.station_name.clone(),
        sg_name: query.sg_name.clone(),
        ..StationsQuery::default()
    };
    search::check(&stations)?;
    let group: Option<i32> = query.sg_id.as_deref().and_then(|id| id.trim().parse().ok());
    let port = query.port_number.clone();
    let units = search::stations(estate, &stations).into_iter();
    let units = units.filter(move |unit| group.is_none_or(|group| unit.traits.groups.contains(&group)));
    let alarms = units.flat_map(move |unit| estate.alarms(unit, now));
    Ok(alarms.filter(move |alarm| {
        from.is_none_or(|from| from <= alarm.at)
            && until.is_none_or(|until| alarm.at <= until)
            && port
                .as_deref()
                .is_none_or(|port| number(alarm).as_deref() == Some(port.trim()))
    }))
}

/// The number of an alarm's port.
fn number(alarm: &Alarm<'_>) -> Option<String> {
    let port = alarm.unit.station.ports.get(alarm.port?)?;
    port.port_number.clone()
}

fn row(alarm: &Alarm<'_>, record: usize) -> Row {
    let station = &alarm.unit.station;
    let company = station.org_id.as_ref().map(|id| id.replace("ORG", ""));
    Row {
        station_id: station.station_id.clone(),
        station_name: station.station_name.clone(),
        station_model: station.station_model.clone(),
        sg_id: alarm.unit.traits.groups.first().map(ToString::to_string),
        org_id: station.org_id.clone(),
        company_id: company,
        organization_name: station.organization_name.clone(),
        station_manufacturer: station.station_manufacturer.clone(),
        station_serial_num: station.station_serial_num.clone(),
        port_number: number(alarm),
        alarm_type: Some(alarm.kind.to_owned()),
        alarm_time: Some(date_time(alarm.at)),
        record_number: i32::try_from(record).ok(),
    }
}
