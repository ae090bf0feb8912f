//! How the connection to ChargePoint is, and whether it answers now.

use std::collections::HashMap;
use std::time::Instant;

use axum::extract::State;
use chargepoint::calls::cpn_instances::GetCpnInstances;
use chargepoint::{BreakerState, Region};
use domain::estate::{ChargePointConnection, ChargePointTest, KeptCall};

use crate::app::App;
use crate::estate::table::READS;
use crate::middleware::body::Json;
use crate::problem::Error;

/// GET `/chargepoint`
pub async fn handler(State(app): State<App>) -> Json<ChargePointConnection> {
    let mut told = ChargePointConnection {
        status: app.estate.status(),
        kept: kept(&app),
        ..ChargePointConnection::default()
    };
    if let Some(client) = app.estate.measured() {
        let health = client.health();
        told.region = Region::at(client.endpoint()).map(|region| region.to_string());
        told.address = Some(client.endpoint().to_owned());
        (told.has_license_key, told.has_password) = client.has_secrets();
        let (breaker, wait) = match health.breaker {
            BreakerState::Closed => ("Closed", None),
            BreakerState::Open(wait) => ("Open", Some(wait.as_secs() + 1)),
            BreakerState::HalfOpen => ("Trying", None),
        };
        (told.breaker, told.tried_in) = (Some(breaker.into()), wait);
        told.per_minute = health.minute.map(|(most, _)| most as u64);
        told.left_in_minute = health.minute.map(|(_, left)| left as u64);
        told.wildcard_left = health.wildcard;
        told.in_flight = health.in_flight as u64;
        (told.sent, told.retried) = (health.sent, health.retried);
    }
    Json(told)
}

fn kept(app: &App) -> Vec<KeptCall> {
    let counts: HashMap<_, _> = app.estate.counts().into_iter().collect();
    let ages = app.estate.ages();
    let one = |(call, kept_for): &(&'static str, std::time::Duration)| {
        let counts = counts.get(call).copied().unwrap_or_default();
        let ages = ages.get(call);
        KeptCall {
            call: (*call).to_owned(),
            kept_for: kept_for.as_secs(),
            answers: ages.map_or(0, |ages| ages.answers as u64),
            rows: ages.map_or(0, |ages| ages.rows as u64),
            newest: ages.map(|ages| ages.newest),
            oldest: ages.map(|ages| ages.oldest),
            hits: counts.hits,
            misses: counts.misses,
            stale: counts.stale,
        }
    };
    READS.iter().map(one).collect()
}

/// POST `/chargepoint/test`
pub async fn test(State(app): State<App>) -> Result<Json<ChargePointTest>, Error> {
    let begun = Instant::now();
    let found = app.estate.rows(&GetCpnInstances {}, false, true).await;
    let milliseconds = begun.elapsed().as_millis() as u64;
    let (networks, problem) = match found {
        Ok(kept) => {
            let names = kept.answer.iter().map(|row| row.text("cpnName"));
            (names.collect(), kept.problem)
        }
        Err(Error::ChargePoint(problem) | Error::Later(problem, _)) => (Vec::new(), Some(*problem)),
        Err(error) => return Err(error),
    };
    Ok(Json(ChargePointTest {
        milliseconds,
        networks,
        problem,
    }))
}
