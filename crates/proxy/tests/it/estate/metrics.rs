//! `/metrics` and what `/readyz` tells of ChargePoint.

use std::time::Duration;

use chargepoint::{BreakerRule, Guards};
use reqwest::Method;
use sandbox::Fault;
use serde_json::json;

use super::app;
use crate::support::{Answer, TestApp, http};

/// The value of a line.
fn value(text: &str, line: &str) -> f64 {
    let found = text
        .lines()
        .find_map(|own| own.strip_prefix(line)?.strip_prefix(' '));
    found
        .unwrap_or_else(|| panic!("{line} in\n{text}"))
        .parse()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_are_counted_with_code_time_and_what_was_kept() {
    let app = app(24).await;
    app.get("/alarms").await.ok();
    app.get("/alarms?sort=alarmTime").await.ok();
    app.chargepoint().set_fault(Some(Fault::Code(143)));
    Answer::of(
        app.request(Method::GET, "/alarms")
            .header("cache-control", "no-cache"),
    )
    .await
    .ok();
    app.chargepoint().set_fault(None);
    let answer = app.get("/metrics").await;
    assert_eq!(
        answer.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    let text = answer.text;
    let of = |line: &str| value(&text, &format!("ev_portal_chargepoint_{line}"));
    assert_eq!(of("calls_total{call=\"getAlarms\",code=\"143\"}"), 1.0);
    let all = of("calls_total{call=\"getAlarms\",code=\"100\"}") + 1.0;
    assert!(all > 1.0, "{text}");
    assert_eq!(of("call_seconds_count{call=\"getAlarms\"}"), all);
    assert_eq!(of("call_seconds_bucket{call=\"getAlarms\",le=\"+Inf\"}"), all);
    assert!(of("call_seconds_sum{call=\"getAlarms\"}") > 0.0);
    for (from, count) in [("hit", 1.0), ("miss", 2.0), ("stale", 1.0)] {
        assert_eq!(
            of(&format!("answers_total{{call=\"getAlarms\",from=\"{from}\"}}")),
            count,
            "{from}"
        );
    }
    assert_eq!(
        (of("breaker{state=\"closed\"}"), of("breaker{state=\"open\"}")),
        (1.0, 0.0)
    );
    for line in text.lines() {
        let well = line.starts_with("# ")
            || line
                .rsplit_once(' ')
                .is_some_and(|(_, value)| value.parse::<f64>().is_ok());
        assert!(well, "{line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_breaker_is_told_of_in_each_state() {
    for (pause, state) in [(Duration::from_secs(3600), "open"), (Duration::ZERO, "half-open")] {
        let breaker = Some(BreakerRule { failures: 2, pause });
        let guards = Guards {
            breaker,
            ..Guards::off()
        };
        let app = TestApp::builder().estate(4).guards(guards).start().await;
        assert_eq!(app.get("/readyz").await.text, "ok\nchargepoint: closed\n");
        app.chargepoint().set_fault(Some(Fault::Http503));
        for path in ["/alarms", "/drivers"] {
            app.get(path)
                .await
                .problem(503, "/problems/chargepoint-unavailable");
        }
        let ready = app.get("/readyz").await;
        assert_eq!(
            (ready.status, ready.text),
            (200, format!("ok\nchargepoint: {state}\n"))
        );
        let text = app.get("/metrics").await.text;
        for word in ["closed", "open", "half-open"] {
            let line = format!("ev_portal_chargepoint_breaker{{state=\"{word}\"}}");
            assert_eq!(value(&text, &line), f64::from(u8::from(word == state)), "{word}");
        }
        app.chargepoint().set_fault(None);
        let again = app.get("/alarms").await;
        if state == "open" {
            again.problem(503, "/problems/chargepoint-unreachable");
        } else {
            again.ok();
            assert_eq!(app.get("/readyz").await.text, "ok\nchargepoint: closed\n");
        }
    }
}

/// Strangers learn nothing from it; any account's key is enough.
#[tokio::test]
async fn metrics_are_for_whoever_has_a_key() {
    let app = app(4).await;
    let site = app.site();
    Answer::of(http().get(format!("{site}/metrics")))
        .await
        .problem(401, "/problems/signed-out");
    let person = app.person("Pia Prom", "viewer").await;
    let made = person
        .send(
            Method::POST,
            "/keys",
            json!({ "name": "prometheus", "permissions": ["View:Token"], "days": 90 }),
        )
        .await;
    let secret = made.ok()["secret"].as_str().unwrap().to_owned();
    let answer = Answer::of(http().get(format!("{site}/metrics")).bearer_auth(&secret)).await;
    assert!(answer.status == 200 && answer.text.contains("ev_portal_chargepoint_breaker"));
    Answer::of(http().get(format!("{site}/api/v1/stations")).bearer_auth(&secret))
        .await
        .problem(403, "/problems/forbidden");
    assert_eq!(app.get("/readyz").await.text, "ok\nchargepoint: closed\n");
}
