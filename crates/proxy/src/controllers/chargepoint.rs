//! How the connection to ChargePoint is, and whether it answers now.

use std::collections::HashMap;
use std::time::{Duration, Instant};

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
        let region = Region::at(client.endpoint());
        told.region = region.map(|region| region.to_string());
        told.region_name = Some(region.map_or("None: another address", Region::words).to_owned());
        told.address = Some(client.endpoint().to_owned());
        (told.has_licence_key, told.has_password) = client.has_secrets();
        let (breaker, wait, mut calls) = tried(health.breaker);
        if health.minute.is_none() {
            calls += "; how many in a minute is not limited";
        }
        (told.breaker, told.tried_in, told.calls) = (Some(breaker.into()), wait, Some(calls));
        told.per_minute = health.minute.map(|(most, _)| most as u64);
        told.calls_left = health.minute.map(|(_, left)| left as u64);
        told.wildcards_left = health.wildcard.map(u64::from);
        told.in_flight = health.in_flight as u64;
        (told.sent, told.retried) = (health.sent, health.retried);
    }
    Json(told)
}

/// Whether calls are tried: in a word, in how many seconds again, and as an operator would say it.
fn tried(breaker: BreakerState) -> (&'static str, Option<u64>, String) {
    match breaker {
        BreakerState::Closed => ("Closed", None, "Go through".into()),
        BreakerState::Open(wait) => {
            let seconds = wait.as_secs() + 1;
            let calls = format!("Paused after failures; tried again in {seconds} s");
            ("Open", Some(seconds), calls)
        }
        BreakerState::HalfOpen => (
            "Trying",
            None,
            "Paused after failures; one is being tried now".into(),
        ),
    }
}

fn kept(app: &App) -> Vec<KeptCall> {
    let counts: HashMap<_, _> = app.estate.counts().into_iter().collect();
    let ages = app.estate.ages();
    let one = |(call, kept_for): &(&'static str, Duration)| {
        let (counts, ages) = (counts.get(call).copied().unwrap_or_default(), ages.get(call)?);
        Some(KeptCall {
            call: (*call).to_owned(),
            kept_for: kept_for.as_secs(),
            answers: ages.answers as u64,
            rows: ages.rows as u64,
            age_seconds: ages.newest,
            oldest_seconds: ages.oldest,
            hits: counts.hits,
            misses: counts.misses,
            stale: counts.stale,
        })
    };
    READS.iter().filter_map(one).collect()
}

/// POST `/chargepoint/test`
pub async fn test(State(app): State<App>) -> Result<Json<ChargePointTest>, Error> {
    let begun = Instant::now();
    let found = app.estate.rows(&GetCpnInstances {}, false, true).await?;
    if let Some(problem) = found.problem {
        return Err(Error::ChargePoint(Box::new(problem)));
    }
    Ok(Json(ChargePointTest {
        milliseconds: begun.elapsed().as_millis() as u64,
        networks: found.answer.iter().map(|row| row.text("cpnName")).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_go_through_or_wait_and_say_for_how_long() {
        let wait = Duration::from_millis(29_400);
        for (breaker, said) in [
            (BreakerState::Closed, "Go through"),
            (
                BreakerState::Open(wait),
                "Paused after failures; tried again in 30 s",
            ),
            (
                BreakerState::HalfOpen,
                "Paused after failures; one is being tried now",
            ),
        ] {
            assert_eq!(tried(breaker).2, said);
        }
    }
}
