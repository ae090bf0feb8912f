//! GET `/metrics`: the calls to ChargePoint and the decisions, in Prometheus' text format

use std::fmt::Write;

use axum::extract::State;
use axum::http::{HeaderName, header};
use chargepoint::{BOUNDS, BreakerState, Client};

use crate::app::App;

/// What the format calls itself.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

pub async fn handler(State(app): State<App>) -> ([(HeaderName, &'static str); 1], String) {
    let mut text = String::new();
    if let Some(client) = app.estate.measured() {
        calls(&mut text, client);
        health(&mut text, client);
    }
    family(
        &mut text,
        "answers_total",
        "counter",
        "Questions to ChargePoint, by what they were answered from: a fresh answer that was kept (hit), a call \
         (miss), or besides, because it failed, an old answer (stale).",
    );
    let mut counts = app.estate.counts();
    counts.sort_unstable_by_key(|(call, _)| *call);
    for (call, counts) in counts {
        for (from, count) in [
            ("hit", counts.hits),
            ("miss", counts.misses),
            ("stale", counts.stale),
        ] {
            line(
                &mut text,
                "answers_total",
                &[("call", call), ("from", from)],
                count as f64,
            );
        }
    }
    decisions(&mut text, &app);
    ([(header::CONTENT_TYPE, FORMAT)], text)
}

/// What decisions were made from: the books say whether it has to be them.
fn decisions(text: &mut String, app: &App) {
    let name = "ev_portal_decisions_total";
    let help = "Answers to whether a token may charge, by what they were made from.";
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter");
    for (from, count) in ["memory", "books"].into_iter().zip(app.books.index.answered()) {
        let _ = writeln!(text, "{name}{{from=\"{from}\"}} {count}");
    }
}

/// The word for whether calls are tried.
pub fn word(state: BreakerState) -> &'static str {
    match state {
        BreakerState::Closed => "closed",
        BreakerState::Open(_) => "open",
        BreakerState::HalfOpen => "half-open",
    }
}

fn calls(text: &mut String, client: &Client) {
    let all = client.stats();
    family(
        text,
        "calls_total",
        "counter",
        "Calls that ended, by response code or what went wrong.",
    );
    for (call, stats) in &all {
        for (code, count) in &stats.outcomes {
            line(
                text,
                "calls_total",
                &[("call", call), ("code", code)],
                *count as f64,
            );
        }
    }
    family(
        text,
        "call_seconds",
        "histogram",
        "How long calls lasted, the wait for a turn and further tries included.",
    );
    for (call, stats) in &all {
        for (n, count) in stats.within.iter().enumerate() {
            let bound = BOUNDS.get(n).map_or("+Inf".to_owned(), f64::to_string);
            line(
                text,
                "call_seconds_bucket",
                &[("call", call), ("le", &bound)],
                *count as f64,
            );
        }
        line(text, "call_seconds_sum", &[("call", call)], stats.seconds);
        let count = stats.within.last().copied().unwrap_or_default();
        line(text, "call_seconds_count", &[("call", call)], count as f64);
    }
}

fn health(text: &mut String, client: &Client) {
    let health = client.health();
    family(
        text,
        "breaker",
        "gauge",
        "1 for whether calls are tried: closed, open (they are not) or half-open (one is).",
    );
    for state in ["closed", "open", "half-open"] {
        let is = word(health.breaker) == state;
        line(text, "breaker", &[("state", state)], f64::from(u8::from(is)));
    }
    for (name, kind, help, value) in [
        (
            "in_flight",
            "gauge",
            "Calls on their way now.",
            health.in_flight as u64,
        ),
        (
            "requests_total",
            "counter",
            "Requests sent, further tries included.",
            health.sent,
        ),
        ("retries_total", "counter", "Further tries.", health.retried),
        (
            "shared_total",
            "counter",
            "Calls that got the answer of another that was under way.",
            health.shared,
        ),
    ] {
        family(text, name, kind, help);
        line(text, name, &[], value as f64);
    }
}

fn family(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP ev_portal_chargepoint_{name} {help}");
    let _ = writeln!(text, "# TYPE ev_portal_chargepoint_{name} {kind}");
}

/// One value. Labels are names of calls, codes and words of ours: none needs an escape.
fn line(text: &mut String, name: &str, labels: &[(&str, &str)], value: f64) {
    let labels: Vec<String> = labels
        .iter()
        .map(|(key, value)| format!("{key}=\"{value}\""))
        .collect();
    let labels = match labels.is_empty() {
        true => String::new(),
        false => format!("{{{}}}", labels.join(",")),
    };
    let _ = writeln!(text, "ev_portal_chargepoint_{name}{labels} {value}");
}
