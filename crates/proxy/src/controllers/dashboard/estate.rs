//! What ChargePoint knows: stations, ports, alarms, load

use std::collections::HashMap;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chargepoint::calls::alarms::GetAlarms;
use chargepoint::calls::station_status::GetStationStatus;
use domain::chargestations::PORT_STATES;
use domain::dashboard::{Figure, Part, Tone};
use domain::load::Sum;

use super::{count, part};
use crate::app::App;
use crate::clock;
use crate::controllers::calls::list::reached;
use crate::controllers::chargestations::rows as chargestations;
use crate::controllers::load::list as load_list;
use crate::controllers::locations::stations::is_anew;
use crate::estate::chargestations::port_state;
use crate::estate::load::Of;
use crate::middleware::body::Json;
use crate::problem::Error;

/// How many kinds of alarms are told one by one.
const KINDS: usize = 8;

/// Charge stations by how they are, the portal's own too.
pub async fn stations(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    let rows = chargestations::read(&app, None, is_anew(&headers)).await?;
    let all = rows.stations.len() as f64;
    let mut figures = vec![Figure::new("Charge stations", all).list("stations", "")];
    // Without their states, that none is free is not known.
    let are_told = rows.stations.iter().any(|row| row.station.status.is_some());
    for (label, query, tone) in [
        ("With a free port", "filter=status:is:Available", Tone::Good),
        ("All ports in use", "filter=status:is:Charging", Tone::Neutral),
        (
            "Unreachable",
            "filter=online:is:no&filter=source:is:ChargePoint",
            Tone::Bad,
        ),
    ] {
        if query.contains("status:") && !are_told {
            continue;
        }
        let figure = Figure::new(label, count(&rows.stations, query)?)
            .of(all)
            .tone(tone);
        figures.push(figure.list("stations", query));
    }
    // With these the figures add up to all, unless ports of a station out of reach are told as free or in use. Most
    // have none, and a zero tells nothing.
    for (label, query) in [
        ("Without a state", "filter=status:isEmpty:&filter=online:is:yes"),
        ("The portal's own", "filter=source:is:Portal"),
    ] {
        let found = count(&rows.stations, query)?;
        if found > 0.0 && (are_told || !query.contains("status:")) {
            figures.push(Figure::new(label, found).of(all).list("stations", query));
        }
    }
    let part = Part {
        figures,
        as_of: rows.as_of.unwrap_or_else(clock::now),
        problem: rows.problem,
    };
    let mut response = Json(part).into_response();
    response.headers_mut().extend(rows.age);
    Ok(response)
}

/// Ports by what they are doing; they lead to the stations that have such.
pub async fn ports(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    let kept = reached(&app, &GetStationStatus::default(), is_anew(&headers)).await?;
    let ports = || kept.answer.iter().flat_map(|row| &row.record.ports);
    let all = ports().count() as f64;
    let mut figures = vec![Figure::new("Ports", all).list("stations", "")];
    let tones = [Tone::Good, Tone::Neutral, Tone::Bad, Tone::Attention];
    for (state, tone) in PORT_STATES.iter().zip(tones) {
        let found = ports().filter(|port| port_state(port) == *state).count() as f64;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("filter", &format!("ports:contains:{state}"))
            .finish();
        let figure = Figure::new(*state, found).of(all).tone(tone);
        figures.push(figure.list("stations", query));
    }
    Ok(part(figures, &kept))
}

/// Open alarms by kind.
pub async fn alarms(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    let kept = reached(&app, &GetAlarms::default(), is_anew(&headers)).await?;
    let all = kept.answer.len() as f64;
    let open = "filter=state:is:Open";
    let mut figures = vec![
        Figure::new("Open alarms", all)
            .tone(Tone::Attention)
            .list("alarms", open),
    ];
    let mut kinds: HashMap<String, usize> = HashMap::new();
    for row in kept.answer.iter() {
        *kinds.entry(row.text("alarmType")).or_default() += 1;
    }
    let mut kinds: Vec<(String, usize)> = kinds.into_iter().collect();
    kinds.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    for (kind, found) in kinds.into_iter().filter(|(kind, _)| !kind.is_empty()).take(KINDS) {
        let mut query = form_urlencoded::Serializer::new(open.to_owned());
        query.append_pair("filter", &format!("alarmType:is:{kind}"));
        let tone = if is_over(&kind) {
            Tone::Neutral
        } else {
            Tone::Attention
        };
        let figure = Figure::new(large(&kind), found as f64).of(all).tone(tone);
        figures.push(figure.list("alarms", query.finish()));
    }
    Ok(part(figures, &kept))
}

/// Whether an alarm tells that something is well again.
fn is_over(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    kind.ends_with("cleared") || kind.ends_with(" reachable")
}

/// ChargePoint's words with a large letter in front.
fn large(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// What is drawn now, of what could be, by the stations that tell it; no figures where none does.
pub async fn load(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    let loads = load_list::read(&app, &Of::All, is_anew(&headers)).await?;
    let stations = loads.stations.as_slice();
    let rounded = |kw: f64| (kw * 10.0).round() / 10.0;
    let sum = Sum::of(stations);
    let telling = sum.telling as f64;
    let shed = "filter=shed:isNotEmpty:";
    let figures = match sum.is_untold() {
        true => Vec::new(),
        false => vec![
            Figure::new(sum.named("Load"), rounded(sum.load))
                .unit("kW")
                .of(rounded(sum.capacity))
                .list("load", ""),
            Figure::new("Most that they could draw", rounded(sum.capacity))
                .unit("kW")
                .list("load", ""),
            Figure::new(
                "Stations that draw power",
                count(stations, "filter=stationLoad:gt:0")?,
            )
            .of(telling)
            .list("load", "filter=stationLoad:gt:0"),
            Figure::new("Stations shed", count(stations, shed)?)
                .of(telling)
                .tone(Tone::Attention)
                .list("load", shed),
        ],
    };
    let part = Part {
        figures,
        as_of: loads.as_of,
        problem: loads.problem,
    };
    Ok(([(header::AGE, loads.age.to_string())], Json(part)).into_response())
}
