//! POST `/alarms/clear`: one, several, or all that a query means, or by the call's own parameters

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chargepoint::calls::alarms::{AlarmsQuery, ClearAlarms, ClearAlarmsQuery, GetAlarms};
use chargepoint::codec::json::RecordJson;
use domain::Timestamp;
use domain::alarms::{Alarm, ClearChosen, ClearedAlarms};
use domain::export::Chosen;
use domain::rows::matching;
use serde_json::{Map, Value};

use super::list::{Alarms, means, open};
use crate::access::to_its_end;
use crate::app::App;
use crate::books::listing::as_of;
use crate::books::{alarms, fields};
use crate::controllers::calls::list::{Face, reached};
use crate::controllers::calls::narrow::narrowed;
use crate::controllers::calls::parameters;
use crate::controllers::calls::worked::Worked;
use crate::controllers::calls::write;
use crate::controllers::listing;
use crate::estate::Change;
use crate::estate::reach::Reach;
use crate::middleware::body::{self, Json};
use crate::problem::Error;

/// The most calls that one request may cost: half of a minute's.
const MOST_CALLS: usize = 150;

/// By what is chosen, or else as the call itself.
pub async fn handler(app: App, face: Arc<Face>, request: Request) -> Result<Response, Error> {
    let (parts, rest) = request.into_parts();
    let typed = body::require_json(&parts.headers);
    let bytes = body::read(Request::from_parts(parts.clone(), rest), body::MAX_BODY).await?;
    let is_chosen = |fields: Map<String, Value>| fields.contains_key("chosen");
    if !serde_json::from_slice(&bytes).is_ok_and(is_chosen) {
        let request = Request::from_parts(parts, Body::from(bytes));
        return write::handler::<ClearAlarms>(app, face, request, StatusCode::OK).await;
    }
    typed?;
    Ok(to_its_end(clear(app, body::parse(&bytes)?))
        .await?
        .into_response())
}

async fn clear(app: App, asked: ClearChosen) -> Result<Json<ClearedAlarms>, Error> {
    let reason = fields::note("reason", asked.reason.trim().to_owned())?;
    // None that came meanwhile is cleared: each call names its last moment.
    let call = question(&app, &asked.chosen).await?;
    let cleared = alarms::cleared(&mut app.books.read().await?).await?;
    let (all, asked_for) = match reached(&app, &call, false).await {
        Ok(kept) => {
            if let Some(problem) = &kept.problem {
                // What is open now is not known.
                return Err(Error::ChargePoint(Box::new(problem.clone())));
            }
            (kept.answer.iter().map(open).collect(), Some(call.search_query))
        }
        // They were ticked in a list of fewer.
        Err(error) if error.is_of_too_many() && !asked.chosen.ids.is_empty() => {
            let known: HashSet<&str> = cleared.iter().map(|alarm| alarm.id.as_str()).collect();
            let mut seen = seen(&app).await?;
            // An answer may be from before they were cleared.
            seen.retain(|alarm| !known.contains(alarm.id.as_str()));
            (seen, None)
        }
        Err(error) => return Err(error),
    };
    let chosen = chosen(&all, cleared, &asked.chosen)?;
    let calls = calls(asked_for.as_ref(), &all, &chosen, &reason);
    if calls.len() > MOST_CALLS {
        return Err(Error::TooLarge(format!(
            "These take {} calls to ChargePoint, and at most {MOST_CALLS} are made at once. Clear them by station.",
            calls.len()
        )));
    }
    let mut outcome = ClearedAlarms::default();
    let mut stopped = None;
    for (call, meant) in calls {
        let done = match &stopped {
            None => app.estate.change(&call).await,
            Some(_) => {
                outcome.left += meant.len() as u64;
                continue;
            }
        };
        let (answer, failed) = match done {
            Ok(answer) => (Some(answer), None),
            Err(Change::Unknown(error)) => (None, Some(error)),
            Err(Change::NotTried(error) | Change::Refused(error)) => {
                outcome.left += meant.len() as u64;
                stopped = Some(error);
                continue;
            }
        };
        let mut tx = app.books.write().await?;
        let told = serde_json::to_value(RecordJson(&call)).unwrap_or_default();
        let organization = meant.first().and_then(|alarm| alarm.org_id.as_deref());
        write::tell(
            &mut tx,
            &call,
            &told,
            answer.as_ref(),
            organization.unwrap_or_default(),
        );
        if answer.is_some() {
            alarms::keep(&mut tx, &meant, Some(&reason)).await?;
        }
        tx.commit().await?;
        match failed {
            None => outcome.cleared += meant.len() as u64,
            Some(_) => outcome.left += meant.len() as u64,
        }
        stopped = failed;
    }
    match stopped {
        Some(error) if outcome.cleared == 0 => Err(error),
        stopped => {
            outcome.problem = stopped.map(|error| match error {
                Error::ChargePoint(problem) | Error::Later(problem, _) => problem.title,
                other => other.to_string(),
            });
            Ok(Json(outcome))
        }
    }
}

/// What is asked for: no more than a query can mean, as its list is asked for.
async fn question(app: &App, chosen: &Chosen) -> Result<GetAlarms, Error> {
    let face = Face {
        names: &[],
        parameters: parameters::of::<GetAlarms>(),
    };
    let words = listing::words(chosen.query.as_deref().unwrap_or_default());
    let found = narrowed::<GetAlarms>(&app.estate, &face, &[], words).await?;
    Ok(found.asked.call)
}

/// The alarms of the answers that are kept, of whatever question.
async fn seen(app: &App) -> Result<Vec<Alarm>, Error> {
    let reach = Reach::of_caller(&app.estate).await?;
    let answers = app.estate.held_rows::<GetAlarms>();
    let rows = answers.iter().flat_map(|rows| rows.iter());
    let alarms = rows.filter(|row| reach.row(row)).map(open);
    let by_id = alarms.map(|alarm| (alarm.id.clone(), alarm));
    Ok(by_id.collect::<BTreeMap<_, _>>().into_values().collect())
}

/// The open ones of the alarms that are meant. Those that were cleared before stand in the list, too, and count as
/// seen there.
fn chosen(open: &[Alarm], cleared: Vec<Alarm>, chosen: &Chosen) -> Result<Vec<Alarm>, Error> {
    let since = as_of(chosen)?;
    let known: HashSet<&str> = open.iter().map(|alarm| alarm.id.as_str()).collect();
    let cleared = cleared
        .into_iter()
        .filter(|alarm| !known.contains(alarm.id.as_str()));
    let all: Vec<Alarm> = open.iter().cloned().chain(cleared).collect();
    let all = all.as_slice();
    let (found, meant): (Vec<&Alarm>, u64) = match &chosen.query {
        Some(_) if !chosen.ids.is_empty() => {
            return Err(Error::field("ids", "name ids or a query, not both"));
        }
        Some(query) => {
            // The list of one station is asked for by it.
            let is_station = |(key, _): &(String, String)| key == "stationId";
            let (station, words): (Vec<_>, Vec<_>) = listing::words(query).into_iter().partition(is_station);
            let of_station = AlarmsQuery {
                station_id: station.into_iter().next().map(|(_, id)| id),
                ..AlarmsQuery::default()
            };
            let query = listing::read(&words, &[])?;
            let mut found = matching(all, &query, Alarms::usual).map_err(Error::fields)?;
            found.retain(|alarm| means(&of_station, alarm));
            (found, chosen.count)
        }
        None if chosen.ids.is_empty() => return Err(Error::field("ids", "nothing is chosen")),
        None => {
            let ids: HashSet<&str> = chosen.ids.iter().map(String::as_str).collect();
            let found = all.iter().filter(|alarm| ids.contains(alarm.id.as_str()));
            (found.collect(), ids.len() as u64)
        }
    };
    let is_late = |alarm: &&&Alarm| {
        let is_after = alarm.alarm_time > since || alarm.cleared_at > since;
        chosen.query.is_some() && since.is_some() && is_after
    };
    let late = found.iter().filter(is_late).count() as u64;
    if found.len() as u64 != meant || late > 0 {
        let found = found.len() as u64;
        return Err(Error::SelectionChanged { meant, found, late });
    }
    let is_open = |alarm: &&Alarm| alarm.cleared_at.is_none();
    Ok(found.into_iter().filter(is_open).cloned().collect())
}

/// The calls that clear these alarms and no others: one for a station whose alarms all are meant, up to the last of
/// them, and one for each other alarm. All that are known are those that were asked for: a call for a station clears
/// none besides. Where nobody knows which those are, each alarm takes a call.
fn calls(
    asked: Option<&AlarmsQuery>,
    all: &[Alarm],
    chosen: &[Alarm],
    reason: &str,
) -> Vec<(ClearAlarms, Vec<Alarm>)> {
    let mut stations: BTreeMap<&Option<String>, Vec<&Alarm>> = BTreeMap::new();
    for alarm in chosen {
        stations.entry(&alarm.station_id).or_default().push(alarm);
    }
    let clear = |query: ClearAlarmsQuery| ClearAlarms {
        search_query: ClearAlarmsQuery {
            clear_reason: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
            ..query
        },
    };
    let time = |at: &Option<Timestamp>| at.as_deref().map(Into::into);
    let mut calls = Vec::new();
    for (station, meant) in stations {
        let of_station = all.iter().filter(|alarm| alarm.station_id == *station).count();
        if let Some(asked) = asked.filter(|_| station.is_some() && of_station == meant.len()) {
            let last = meant.iter().map(|alarm| &alarm.alarm_time).max();
            let query = ClearAlarmsQuery {
                station_id: station.clone(),
                station_name: asked.station_name.clone(),
                start_time: asked.start_time.clone(),
                end_time: last.and_then(time),
                ..ClearAlarmsQuery::default()
            };
            calls.push((clear(query), meant.into_iter().cloned().collect()));
            continue;
        }
        for alarm in meant {
            let query = ClearAlarmsQuery {
                station_id: station.clone(),
                port_number: alarm.port_number.clone(),
                alarm_type: alarm.alarm_type.clone(),
                start_time: time(&alarm.alarm_time),
                end_time: time(&alarm.alarm_time),
                ..ClearAlarmsQuery::default()
            };
            calls.push((clear(query), vec![alarm.clone()]));
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alarm(station: &str, port: &str, at: &str) -> Alarm {
        Alarm {
            id: format!("{station}{port}{at}"),
            station_id: Some(station.into()),
            port_number: Some(port.into()),
            alarm_type: Some("Door open".into()),
            alarm_time: Some(format!("2026-11-20T{at}:00Z")),
            ..Alarm::default()
        }
    }

    #[test]
    fn a_station_whose_alarms_all_are_meant_is_one_call() {
        let all = [
            alarm("1:1", "1", "08:00"),
            alarm("1:1", "2", "09:00"),
            alarm("1:2", "1", "08:30"),
            alarm("1:2", "1", "10:00"),
        ];
        let calls = calls(Some(&AlarmsQuery::default()), &all, &all[..3], "seen");
        assert_eq!(calls.len(), 2);
        let (first, second) = (&calls[0].0.search_query, &calls[1].0.search_query);
        assert_eq!(
            (
                first.station_id.as_deref(),
                first.alarm_type.as_deref(),
                calls[0].1.len()
            ),
            (Some("1:1"), None, 2)
        );
        assert_eq!(
            first.end_time.as_deref(),
            Some("2026-11-20T09:00:00Z"),
            "none that comes meanwhile"
        );
        assert_eq!(
            (second.port_number.as_deref(), second.alarm_type.as_deref()),
            (Some("1"), Some("Door open"))
        );
        assert_eq!(second.start_time, second.end_time);
        assert!(
            calls
                .iter()
                .all(|(call, _)| call.search_query.clear_reason.as_deref() == Some("seen"))
        );
    }

    #[test]
    fn no_alarm_is_cleared_that_was_not_asked_for() {
        let asked = AlarmsQuery {
            station_name: Some("ACME / One".into()),
            start_time: Some("2026-11-20T08:30:00Z".into()),
            ..AlarmsQuery::default()
        };
        let all = [alarm("1:1", "1", "08:45"), alarm("1:1", "2", "09:00")];
        let calls = calls(Some(&asked), &all, &all, "");
        assert_eq!(calls.len(), 1);
        let query = &calls[0].0.search_query;
        assert_eq!(
            (query.start_time.as_deref(), query.end_time.as_deref()),
            (Some("2026-11-20T08:30:00Z"), Some("2026-11-20T09:00:00Z"))
        );
        assert_eq!(query.station_name, asked.station_name);
    }
}
