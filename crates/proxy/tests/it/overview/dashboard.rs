use sandbox::Fault;
use serde_json::{Value, json};

use crate::connections::{connection, organization};
use crate::driver_requests::ask;
use crate::estate::all;
use crate::estate::sample::place;
use crate::limits::limited;
use crate::support::{Person, TestApp};

const PARTS: [&str; 8] = [
    "stations",
    "ports",
    "energy",
    "alarms",
    "requests",
    "locations",
    "load",
    "tokens",
];

async fn figures(app: &TestApp, part: &str) -> Vec<Value> {
    let told = app.get(&format!("/dashboard/{part}")).await.ok();
    assert!(told["asOf"].is_string() && told["problem"].is_null(), "{told}");
    told["figures"].as_array().unwrap().clone()
}

fn figure<'f>(figures: &'f [Value], label: &str) -> &'f Value {
    let found = figures.iter().find(|figure| figure["label"] == label);
    found.unwrap_or_else(|| panic!("no {label} in {figures:?}"))
}

/// The list behind a name, as the app calls it.
fn path(list: &str) -> &str {
    match list {
        "stations" => "/chargestations",
        "alarms" => "/alarms",
        "sessions" => "/sessions",
        "requests" => "/driver_requests",
        "locations" => "/locations",
        "tokens" => "/tokens",
        "load" => "/load",
        other => panic!("{other} is no list"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_figure_is_the_count_of_the_list_it_leads_to() {
    let app = TestApp::builder().sandbox(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let soon = moment(time::OffsetDateTime::now_utc() + time::Duration::days(3));
    let soon = json!({ "authId": "NL-ABC-C00000001-X", "expires": soon });
    app.post("/tokens", soon).await.ok();
    let own = json!({ "endpoint": "edrv01", "protocol": "ocpp1.6" });
    app.post("/chargestations", own).await.ok();
    for figure in figures(&app, "tokens").await {
        assert_eq!(figure["value"].as_f64(), Some(1.0), "{figure}");
    }
    let mut compared = 0;
    for part in PARTS {
        for figure in figures(&app, part).await {
            assert!(figure["value"].is_number(), "{figure}");
            let Some(list) = figure["list"].as_str() else {
                continue;
            };
            let query = figure["query"].as_str().unwrap_or_default();
            // Alarms that were cleared stand in their list besides.
            let found = app.get(&format!("{}?pageSize=1&{query}", path(list))).await.ok();
            let counted = match part {
                "ports" => Some(ports(&app, query, &figure).await),
                _ => found["total"].as_f64(),
            };
            if figure["unit"].is_null() {
                assert_eq!(counted, figure["value"].as_f64(), "{part}: {figure}");
                compared += 1;
            }
        }
    }
    assert!(compared > 25, "{compared}");
}

/// How many ports of the stations that a query means are in the state that a figure is called by; all of these have one.
async fn ports(app: &TestApp, query: &str, figure: &Value) -> f64 {
    let stations = app
        .get(&format!("/chargestations?pageSize=500&{query}"))
        .await
        .ok();
    let counted = stations["items"].as_array().unwrap().iter().map(|station| {
        let ports = station["ports"].as_array().unwrap().iter();
        let own = ports
            .filter(|port| query.is_empty() || **port == figure["label"])
            .count();
        // The portal's own have no ports.
        assert!(own > 0 || query.is_empty(), "{figure}: {station}");
        own as f64
    });
    counted.sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stations_ports_and_load_add_up() {
    let app = TestApp::builder().sandbox(160).start().await;
    let own = json!({ "endpoint": "edrv01", "protocol": "ocpp1.6" });
    app.post("/chargestations", own).await.ok();
    let stations = figures(&app, "stations").await;
    assert_eq!(figure(&stations, "Charge stations")["value"], 161.0);
    assert_eq!(figure(&stations, "The portal's own")["value"], 1.0);
    let sum = |figures: &[Value], labels: &[&str]| -> f64 {
        let values = labels
            .iter()
            .map(|label| figure(figures, label)["value"].as_f64().unwrap());
        values.sum()
    };
    let states: Vec<&str> = stations[1..]
        .iter()
        .map(|figure| figure["label"].as_str().unwrap())
        .collect();
    assert_eq!(sum(&stations, &states), 161.0, "{stations:?}");
    assert_eq!(figure(&stations, "With a free port")["tone"], "good");
    let ports = figures(&app, "ports").await;
    let all = figure(&ports, "Ports")["value"].as_f64().unwrap();
    assert_eq!(
        sum(&ports, &["Available", "In use", "Unreachable", "Unknown"]),
        all
    );
    assert!(sum(&ports, &["In use"]) > 0.0, "somebody charges");
    let load = figures(&app, "load").await;
    let drawn = &load[0];
    assert!(drawn["label"].as_str().unwrap().starts_with("Load"), "{drawn}");
    assert_eq!(drawn["unit"], "kW");
    let (now, most) = (drawn["value"].as_f64().unwrap(), drawn["of"].as_f64().unwrap());
    assert!(0.0 < now && now < most, "{drawn}");
}

/// Where the plan tells no states, nobody says that no port is free.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_told_is_no_figure() {
    let app = TestApp::builder().estate(24).start().await;
    app.chargepoint()
        .set_fault_of::<chargepoint::calls::station_status::GetStationStatus>(sandbox::Fault::NotInPlan);
    let told = app.get("/dashboard/stations").await.ok();
    assert_eq!(told["problem"]["type"], "/problems/plan-restricted");
    let figures = told["figures"].as_array().unwrap();
    let labels: Vec<&str> = figures.iter().map(|one| one["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["Charge stations", "Unreachable"]);
    app.chargepoint().set_fault(None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn energy_is_of_the_day_by_the_readers_clock() {
    let app = TestApp::builder().sandbox(60).start().await;
    let told = figures(&app, "energy").await;
    let today = figure(&told, "Energy today, ended sessions");
    assert_eq!(
        (&today["unit"], &today["list"]),
        (&json!("kWh"), &json!("sessions"))
    );
    let before = figure(&told, "Energy a week before, ended by this time");
    // Both on one scale, so that only the larger one is full.
    assert_eq!(scale(today), most(today, before));
    assert_eq!(scale(before), most(today, before));
    // The last hour that was whole, as if midnight were then; and the clocks were changed since last week.
    let hour = time::OffsetDateTime::now_utc().truncate_to_hour();
    let asked = [hour, hour - time::Duration::days(7) - time::Duration::hours(1)].map(moment);
    let here = app
        .get(&format!(
            "/dashboard/energy?today={}&before={}",
            asked[0], asked[1]
        ))
        .await
        .ok();
    for (figure, at) in [(0, hour), (2, hour - time::Duration::hours(7 * 24 + 1))] {
        let query = here["figures"][figure]["query"].as_str().unwrap();
        let since = format!("filter=startTime:after:{}", moment(at - time::Duration::SECOND));
        assert!(query.starts_with(&since), "{query} {since}");
    }
    let wrong = app
        .get("/dashboard/energy?today=CET")
        .await
        .problem(422, "/problems/invalid");
    assert_eq!(wrong["errors"][0]["field"], "today");
    app.get("/dashboard/energy?page=1")
        .await
        .problem(400, "/problems/malformed-request");
}

fn moment(at: time::OffsetDateTime) -> String {
    domain::moment::write(at.unix_timestamp())
}

fn scale(figure: &Value) -> Option<f64> {
    figure["of"].as_f64()
}

/// The larger of two days; none where there is nothing to hold the first against.
fn most(today: &Value, before: &Value) -> Option<f64> {
    let before = before["value"].as_f64().filter(|value| *value > 0.0)?;
    today["value"].as_f64().map(|today| today.max(before))
}

/// A session that was still under way at this time a week ago is told today, and was not then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_is_held_against_what_had_ended_by_the_same_time() {
    let app = TestApp::builder().sandbox(160).start().await;
    // Where it is about noon.
    let midnight = moment(time::OffsetDateTime::now_utc() - time::Duration::hours(12));
    let told = app.get(&format!("/dashboard/energy?today={midnight}")).await.ok();
    let told = told["figures"].as_array().unwrap();
    let before = figure(told, "Sessions a week before, ended by this time");
    let (begun, ended) = before["query"]
        .as_str()
        .unwrap()
        .split_once("&filter=endTime:before:")
        .unwrap();
    let begun = all(&app, &format!("/sessions?{begun}")).await;
    let of_then: Vec<&Value> = begun
        .iter()
        .filter(|session| session["endTime"].as_str().unwrap() < ended)
        .collect();
    assert!(
        !of_then.is_empty() && of_then.len() < begun.len(),
        "{} of {}",
        of_then.len(),
        begun.len()
    );
    assert_eq!(before["value"], of_then.len() as f64);
    let energy: f64 = of_then
        .iter()
        .filter_map(|session| session["energy"].as_f64())
        .sum();
    let value = figure(told, "Energy a week before, ended by this time")["value"].as_f64();
    assert!((value.unwrap() - energy).abs() < 0.1, "{value:?} {energy}");
    let today = figure(told, "Sessions today, ended");
    assert_eq!(scale(today), most(today, before));
    assert_eq!(scale(before), most(today, before));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_part_fails_alone_and_the_last_answer_says_its_age() {
    let app = TestApp::builder().sandbox(24).start().await;
    let before = figures(&app, "ports").await;
    app.chargepoint().set_fault(Some(Fault::Http503));
    for part in ["energy", "alarms", "load"] {
        let answer = app.get(&format!("/dashboard/{part}")).await;
        answer.problem(503, "/problems/chargepoint-unavailable");
    }
    let stations = app.get("/dashboard/stations").await.ok();
    assert_eq!(stations["problem"]["status"], 503);
    for part in ["locations", "tokens", "requests"] {
        app.get(&format!("/dashboard/{part}")).await.ok();
    }
    let request = app.request(reqwest::Method::GET, "/dashboard/ports");
    let old = crate::support::Answer::of(request.header("cache-control", "no-cache"))
        .await
        .ok();
    assert_eq!(old["figures"], json!(before));
    assert_eq!(old["problem"]["status"], 503);
    app.get("/dashboard/weather")
        .await
        .problem(404, "/problems/not-found");
}

async fn first(person: &Person, part: &str) -> f64 {
    let told = person.get(&format!("/dashboard/{part}")).await.ok();
    told["figures"][0]["value"].as_f64().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_limited_sees_figures_of_their_own() {
    let app = TestApp::builder().estate(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let own = place(&app).organization;
    let person = limited(&app, "Lena", &[own.as_str()]).await;
    let all = app.person("Ana Torres", "operations").await;
    for part in ["stations", "ports", "alarms", "locations", "load"] {
        let (less, more) = (first(&person, part).await, first(&all, part).await);
        assert!(
            less < more && (part == "alarms" || less > 0.0),
            "{part}: {less} {more}"
        );
    }
    let viewer = app.person("Ivo Stock", "inventory-manager").await;
    viewer
        .get("/dashboard/ports")
        .await
        .problem(403, "/problems/forbidden");
    viewer.get("/dashboard/locations").await.ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_wait_are_told() {
    let app = TestApp::sqlite().await;
    organization(&app).await;
    assert_eq!(figures(&app, "requests").await[0]["value"], 0.0);
    let connection = connection(&app, json!({})).await;
    ask(&app, &connection, &[("Ana", "")]).await;
    let told = figures(&app, "requests").await;
    assert_eq!(
        (&told[0]["value"], &told[0]["tone"]),
        (&json!(1.0), &json!("attention"))
    );
}
