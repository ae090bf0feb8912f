//! Energy and sessions of the day, against the same weekday before up to the same time: of both days the sessions that
//! began on them and had ended by then, since ChargePoint tells of a session when it has ended

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chargepoint::calls::sessions::{GetChargingSessionData, Session, SessionsQuery};
use domain::dashboard::{Figure, Part};
use domain::problem::{Problem, kind};
use domain::rows::matching;
use schemars::JsonSchema;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime, Time};

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
    /// When the reader's day began, RFC 3339: `2026-11-20T23:00:00Z`. UTC's day, if it is absent.
    today: Option<String>,
    /// When the same weekday before it began, which the clocks' change moves by an hour; a week before, if it is absent.
    before: Option<String>,
}

pub async fn handler(
    State(app): State<App>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let (now, anew) = (OffsetDateTime::now_utc(), is_anew(&headers));
    let [midnight, from] = days(query.as_deref(), now)?;
    let today = sessions(midnight, None);
    // ChargePoint's end is that of sessions: with another day, all that began on this one are there. The whole day,
    // so that who asks again asks the same.
    let before = sessions(from, Some(from + Duration::days(2)));
    let today = match reached(&app, &today, anew).await {
        Err(error) if error.is_of_too_many() => return Ok(Json(left_out()).into_response()),
        today => today?,
    };
    let moment = clock::write(from + (now - midnight));
    // The first bounds what ChargePoint is asked for where the list is opened.
    let earlier = format!("filter=startTime:before:{moment}&filter=endTime:before:{moment}");
    let before = match reached(&app, &before, false).await {
        Err(error) if error.is_of_too_many() => None,
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

/// When the reader's day began, and the same weekday before.
fn days(query: Option<&str>, now: OffsetDateTime) -> Result<[OffsetDateTime; 2], Error> {
    let mut told = [None, None];
    for (key, value) in pairs_of(query) {
        let place = ["today", "before"].into_iter().position(|known| known == key);
        let Some(place) = place.filter(|place| told[*place].is_none()) else {
            return Err(Error::Malformed(format!(
                "{key:?}: there are two parameters here, today and before, once each"
            )));
        };
        // A plus sign in an address is a blank.
        told[place] = OffsetDateTime::parse(&value.replace(' ', "+"), &Rfc3339).ok();
        if told[place].is_none() {
            return Err(Error::field(
                key,
                "must be a moment, such as 2026-11-20T23:00:00Z",
            ));
        }
    }
    let today = told[0].unwrap_or_else(|| now.replace_time(Time::MIDNIGHT));
    let before = told[1].unwrap_or(today - Duration::days(7));
    // A day has 25 hours at most, and clocks that are not set well deserve some patience.
    let is_now = (Duration::hours(-1)..=Duration::hours(26)).contains(&(now - today));
    if !is_now {
        return Err(Error::field(
            "today",
            "must be the last midnight by the reader's clock; the portal's clock says another day",
        ));
    }
    if ((today - before) - Duration::days(7)).abs() > Duration::hours(2) {
        return Err(Error::field("before", "must be a week before today began"));
    }
    Ok([today, before])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_begin_by_the_readers_clock() {
        let now = OffsetDateTime::from_unix_timestamp(1_795_168_800).unwrap();
        let begins = |query: &str| days(Some(query), now).unwrap().map(clock::write);
        assert_eq!(clock::write(now), "2026-11-20T10:00:00Z");
        assert_eq!(begins(""), ["2026-11-20T00:00:00Z", "2026-11-13T00:00:00Z"]);
        assert_eq!(
            begins("today=2026-11-19T23:00:00Z"),
            ["2026-11-19T23:00:00Z", "2026-11-12T23:00:00Z"]
        );
        // Of another offset: clocks were changed meanwhile.
        assert_eq!(
            begins("today=2026-11-20T00:00:00+01:00&before=2026-11-13T00:00:00%2B02:00"),
            ["2026-11-19T23:00:00Z", "2026-11-12T22:00:00Z"]
        );
        for wrong in [
            "today=2026-11-20",
            "today=2026-11-19T07:00:00Z",
            "today=2026-11-20T12:00:00Z",
            "today=0001-01-01T00:00:00Z",
            "today=9999-12-31T00:00:00Z",
            "before=2026-11-20T00:00:00Z",
            "before=9999-12-31T00:00:00Z",
            "today=2026-11-20T00:00:00Z&today=2026-11-20T00:00:00Z",
            "zone=Z",
        ] {
            assert!(days(Some(wrong), now).is_err(), "{wrong}");
        }
    }
}
