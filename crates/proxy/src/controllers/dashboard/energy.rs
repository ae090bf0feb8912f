//! Energy and sessions of the day, against the same weekday before up to the same time: of both days the sessions that
//! began on them and had ended by then, since ChargePoint tells of a session when it has ended

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chargepoint::calls::sessions::{GetChargingSessionData, Session, SessionsQuery};
use domain::dashboard::{Figure, Part};
use domain::moment::east;
use domain::problem::{Problem, kind};
use domain::rows::matching;
use schemars::JsonSchema;
use time::{Duration, OffsetDateTime};

use super::part;
use crate::app::App;
use crate::clock;
use crate::controllers::calls::list::{pairs_of, reached};
use crate::controllers::listing::read_text;
use crate::controllers::locations::stations::is_anew;
use crate::estate::rows::{Row, usual};
use crate::middleware::body::Json;
use crate::problem::Error;

/// What it takes.
#[derive(JsonSchema)]
#[allow(dead_code)]
pub struct Parameters {
    /// How far the reader's clock is from UTC: `+01:00`, `-08:00`, `Z`. It says when the day begins; UTC, if it is
    /// absent.
    zone: Option<String>,
}

pub async fn handler(
    State(app): State<App>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let seconds = zone(query.as_deref())?;
    let (now, anew) = (OffsetDateTime::now_utc(), is_anew(&headers));
    let midnight = midnight(now, seconds);
    let week = Duration::days(7);
    let today = sessions(midnight, None);
    // ChargePoint's end is that of sessions: with another day, all that began on this one are there. The whole day,
    // so that who asks again asks the same.
    let (from, to) = (midnight - week, midnight - week + Duration::days(2));
    let before = sessions(from, Some(to));
    let today = match reached(&app, &today, anew).await {
        Err(error) if are_too_many(&error) => return Ok(Json(left_out()).into_response()),
        today => today?,
    };
    let moment = clock::write(now - week);
    // The first bounds what ChargePoint is asked for where the list is opened.
    let earlier = format!("filter=startTime:before:{moment}&filter=endTime:before:{moment}");
    let before = match reached(&app, &before, false).await {
        Err(error) if are_too_many(&error) => None,
        before => Some(before?),
    };
    let then = match &before {
        Some(before) => matching(&before.answer, &read_text(&earlier)?, usual).map_err(Error::fields)?,
        None => Vec::new(),
    };
    let now: Vec<&Row<Session>> = today.answer.iter().collect();
    let since =
        |from: OffsetDateTime| format!("filter=startTime:after:{}", clock::write(from - Duration::SECOND));
    let query = since(midnight);
    // Both days on one scale: a day that is ahead is not full while the other one is, too.
    let compared = |figure: Figure, now: f64, then: f64| match then > 0.0 {
        true => figure.of(now.max(then)),
        false => figure,
    };
    let (drawn, drawn_then) = (energy(&now), energy(&then));
    let (many, many_then) = (now.len() as f64, then.len() as f64);
    let mut figures = vec![
        compared(
            Figure::new("Energy today, ended sessions", drawn).unit("kWh"),
            drawn,
            drawn_then,
        ),
        compared(Figure::new("Sessions today, ended", many), many, many_then),
    ];
    figures = figures
        .into_iter()
        .map(|figure| figure.list("sessions", query.clone()))
        .collect();
    if before.is_none() {
        return Ok(part(figures, &today));
    }
    let query = format!("{}&{earlier}", since(from));
    figures.extend([
        compared(
            Figure::new("Energy a week before, ended by this time", drawn_then).unit("kWh"),
            drawn,
            drawn_then,
        )
        .list("sessions", query.clone()),
        compared(
            Figure::new("Sessions a week before, ended by this time", many_then),
            many,
            many_then,
        )
        .list("sessions", query),
    ]);
    Ok(part(figures, &today))
}

/// Whether a question of ours means more rows than are asked for.
fn are_too_many(error: &Error) -> bool {
    matches!(error, Error::ChargePoint(problem) if problem.status == 422)
}

/// What stands in the place of figures that take too many calls.
fn left_out() -> Part {
    Part {
        figures: Vec::new(),
        as_of: clock::now(),
        problem: Some(Problem {
            kind: kind::INVALID.into(),
            title: "Too many sessions to add up".into(),
            status: 422,
            detail: "More sessions began today than can be added up: ChargePoint tells them by the hundred. The list of \
                     sessions shows those of a shorter time, or of fewer stations."
                .into(),
            ..Problem::default()
        }),
    }
}

fn energy(sessions: &[&Row<Session>]) -> f64 {
    let all: f64 = sessions.iter().filter_map(|row| row.record.energy).sum();
    (all * 10.0).round() / 10.0
}

fn sessions(from: OffsetDateTime, to: Option<OffsetDateTime>) -> GetChargingSessionData {
    GetChargingSessionData {
        search_query: SessionsQuery {
            from_time_stamp: Some(clock::write(from).as_str().into()),
            to_time_stamp: to.map(|to| clock::write(to).as_str().into()),
            ..SessionsQuery::default()
        },
    }
}

/// When the day began on a clock so many seconds east of UTC.
fn midnight(now: OffsetDateTime, seconds: i64) -> OffsetDateTime {
    let local = now.unix_timestamp() + seconds;
    now.replace_nanosecond(0).unwrap_or(now) - Duration::seconds(local.rem_euclid(86_400))
}

/// Seconds east of UTC.
fn zone(query: Option<&str>) -> Result<i64, Error> {
    let mut seconds = 0;
    for (n, (key, value)) in pairs_of(query).into_iter().enumerate() {
        if key != "zone" || n > 0 {
            return Err(Error::Malformed(format!(
                "{key:?}: there is one parameter here, zone, once"
            )));
        }
        // A plus sign in an address is a blank.
        let value = value.replace(' ', "+");
        let east = if value == "Z" { Some(0) } else { east(&value) };
        seconds = east.ok_or_else(|| {
            Error::field("zone", "must be how far a clock is from UTC, such as +01:00 or Z")
        })?;
    }
    Ok(seconds)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_day_begins_by_the_readers_clock() {
        let now = OffsetDateTime::from_unix_timestamp(1_795_168_800).unwrap();
        let begins = |zone_: &str| clock::write(midnight(now, zone(Some(zone_)).unwrap()));
        assert_eq!(clock::write(now), "2026-11-20T10:00:00Z");
        assert_eq!(begins(""), "2026-11-20T00:00:00Z");
        assert_eq!(begins("zone=Z"), "2026-11-20T00:00:00Z");
        assert_eq!(begins("zone=+02:00"), "2026-11-19T22:00:00Z");
        assert_eq!(begins("zone=%2B02:00"), "2026-11-19T22:00:00Z");
        assert_eq!(begins("zone=-11:00"), "2026-11-19T11:00:00Z");
        assert_eq!(begins("zone=%2B14:00"), "2026-11-20T10:00:00Z");
        for wrong in ["zone=CET", "zone=%2B99:00", "zone=Z&zone=Z", "zon=Z"] {
            assert!(zone(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
