//! Further tries, and pauses after failures.

use std::time::Duration;

use chargepoint::{BreakerRule, BreakerState, Client, ClientConfig, Error, Guards};

use super::{client, found, guards, read, write};
use crate::fake::{self, Fake, http, soap, stations};

#[tokio::test]
async fn a_read_that_failed_on_its_way_is_tried_again() {
    let broken = http(200, "", "x".repeat(1000))[..900].to_vec();
    for failure in [
        http(503, "", "busy"),
        http(429, "", ""),
        http(502, "", "<html>"),
        broken,
    ] {
        let fake = Fake::start(move |number, _| if number < 2 { failure.clone() } else { found() }).await;
        let client = client(&fake, guards());
        assert_eq!(read(&client).await.unwrap(), 1);
        assert_eq!((client.health().sent, client.health().retried), (3, 2));
        assert_eq!(fake.requests().len(), 3);
    }
}

#[tokio::test]
async fn tries_end() {
    let fake = Fake::always(http(503, "", "busy")).await;
    let error = read(&client(&fake, guards())).await.unwrap_err();
    assert!(
        matches!(error, Error::HttpStatus { status: 503, .. }),
        "{error:?}"
    );
    assert_eq!(fake.requests().len(), 3);
    // There is no time for a pause that ends after the deadline.
    let long = Guards {
        retry_pause: Duration::from_secs(3600),
        ..guards()
    };
    let fake = Fake::always(http(503, "", "busy")).await;
    let error = read(&client(&fake, long)).await.unwrap_err();
    assert!(
        matches!(error, Error::HttpStatus { status: 503, .. }),
        "{error:?}"
    );
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn a_write_is_never_sent_twice() {
    for failure in [
        http(503, "", "busy"),
        http(200, "", "x".repeat(1000))[..900].to_vec(),
    ] {
        let fake = Fake::always(failure).await;
        let error = write(&client(&fake, guards())).await.unwrap_err();
        assert!(
            matches!(error, Error::HttpStatus { .. } | Error::Transport(_)),
            "{error:?}"
        );
        assert_eq!(fake.requests().len(), 1);
    }
}

#[tokio::test]
async fn what_will_not_change_is_not_asked_again() {
    let fault = "<SOAP-ENV:Fault><faultcode>Server</faultcode><faultstring>no</faultstring></SOAP-ENV:Fault>";
    for answer in [
        soap(fault),
        http(500, "", fake::envelope(fault)),
        http(200, "", "<html>"),
        http(404, "", ""),
        http(200, "", stations("115", "", 0)),
        soap("<ns1:getStationsResponse><responseCode>"),
    ] {
        let fake = Fake::always(answer).await;
        read(&client(&fake, guards())).await.unwrap_err();
        assert_eq!(fake.requests().len(), 1);
    }
}

#[tokio::test]
async fn after_failures_calls_are_left_alone_for_a_while() {
    let rule = |pause| Guards {
        retries: 0,
        breaker: Some(BreakerRule { failures: 2, pause }),
        ..guards()
    };
    let fake = Fake::start(|number, _| {
        if number < 2 {
            http(503, "", "busy")
        } else {
            found()
        }
    })
    .await;
    let hour = Duration::from_secs(3600);
    let patient = client(&fake, rule(hour));
    assert_eq!(patient.health().breaker, BreakerState::Closed);
    for _ in 0..2 {
        let error = read(&patient).await.unwrap_err();
        assert!(matches!(error, Error::HttpStatus { .. }), "{error:?}");
    }
    assert!(matches!(patient.health().breaker, BreakerState::Open(wait) if wait <= hour));
    for _ in 0..3 {
        let error = read(&patient).await.unwrap_err();
        assert!(
            matches!(error, Error::Paused { wait } if wait <= hour),
            "{error:?}"
        );
        let error = write(&patient).await.unwrap_err();
        assert!(matches!(error, Error::Paused { .. }), "{error:?}");
    }
    assert_eq!(fake.requests().len(), 2);

    let fake = Fake::start(|number, _| {
        if number < 2 {
            http(503, "", "busy")
        } else {
            found()
        }
    })
    .await;
    let hasty = client(&fake, rule(Duration::ZERO));
    for _ in 0..2 {
        read(&hasty).await.unwrap_err();
    }
    assert_eq!(hasty.health().breaker, BreakerState::HalfOpen);
    assert_eq!(read(&hasty).await.unwrap(), 1);
    assert_eq!(hasty.health().breaker, BreakerState::Closed);
}

#[tokio::test]
async fn silence_counts_as_failure() {
    let fake = Fake::always(Vec::new()).await;
    let guards = Guards {
        breaker: Some(BreakerRule {
            failures: 1,
            pause: Duration::from_secs(3600),
        }),
        ..guards()
    };
    let config = ClientConfig {
        guards,
        timeout: Duration::from_millis(100),
        ..fake.config()
    };
    let client = Client::new(config).unwrap();
    assert!(matches!(read(&client).await, Err(Error::Timeout)));
    assert!(matches!(read(&client).await, Err(Error::Paused { .. })));
}
