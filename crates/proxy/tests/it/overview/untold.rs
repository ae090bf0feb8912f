//! Load that ChargePoint does not tell: it is no load of 0 kW.

use serde_json::Value;

use crate::estate::all;
use crate::estate::sample::place;
use crate::limits::limited;
use crate::support::TestApp;

/// An estate where one organization's plan lacks the call: the app, an organization that tells, the one that does not,
/// and the group of all its stations.
async fn estate() -> (TestApp, String, &'static str, String) {
    let app = TestApp::builder().estate(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let own = place(&app).organization;
    let (silent, group) = app.chargepoint().estate(|estate| {
        let mut units = estate.units().iter();
        let unit = units.find(|unit| {
            let organization = unit.traits.organization.unwrap();
            organization.enterprise && organization.id != own
        });
        let traits = &unit.unwrap().traits;
        let (silent, group) = (traits.organization.unwrap().id, *traits.groups.last().unwrap());
        assert!(estate.set_enterprise(silent, false));
        (silent, group.to_string())
    });
    (app, own, silent, group)
}

/// kW of all these rows.
fn sum(rows: &[&Value], key: &str) -> f64 {
    rows.iter().filter_map(|row| row[key].as_f64()).sum()
}

fn is_close(figure: &Value, sum: f64) -> bool {
    (figure.as_f64().unwrap() - sum).abs() < 0.1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn load_is_held_against_what_those_could_who_tell_it() {
    let (app, _, silent, group) = estate().await;
    let rows = all(&app, "/load").await;
    let telling: Vec<&Value> = rows.iter().filter(|row| row["stationLoad"].is_number()).collect();
    assert!(!telling.is_empty() && telling.iter().all(|row| row["orgId"] != silent));
    assert!(rows.iter().any(|row| row["orgId"] == silent), "they are listed");
    let told = app.get("/dashboard/load").await.ok();
    assert!(told["problem"].is_null(), "{told}");
    let figures = &told["figures"];
    let label = format!("Load, told by {} of {} stations", telling.len(), rows.len());
    assert_eq!(figures[0]["label"], label);
    assert!(
        is_close(&figures[0]["value"], sum(&telling, "stationLoad")),
        "{told}"
    );
    assert!(is_close(&figures[0]["of"], sum(&telling, "capacity")), "{told}");
    assert!(
        is_close(&figures[1]["value"], sum(&telling, "capacity")),
        "{told}"
    );
    for figure in [&figures[2], &figures[3]] {
        assert_eq!(figure["of"], telling.len() as f64, "{figure}");
    }
    let groups = app.get("/load/groups").await.ok();
    let groups = groups["items"].as_array().unwrap();
    assert!(!groups.is_empty() && groups.iter().all(|one| one["sgId"] != group.as_str()));
    for one in groups {
        assert_eq!(one["telling"], one["stations"], "{one}");
        assert!(!one["sgName"].as_str().unwrap().contains("told by"), "{one}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nobody_tells_there_is_no_figure() {
    let (app, own, silent, group) = estate().await;
    let nobody = limited(&app, "Lena", &[silent]).await;
    for path in ["/dashboard/load", "/load/groups", "/load"] {
        let refused = nobody.get(path).await;
        refused.problem(403, "/problems/plan-restricted");
    }
    for path in ["/load/groups", "/load"] {
        let refused = app.get(&format!("{path}?sgId={group}")).await;
        refused.problem(403, "/problems/plan-restricted");
    }
    let some = limited(&app, "Mara", &[own.as_str(), silent]).await;
    let groups = some.get("/load/groups").await.ok();
    let groups = groups["items"].as_array().unwrap();
    assert!(!groups.is_empty() && groups.iter().all(|one| one["sgId"] != group.as_str()));
    let told = some.get("/dashboard/load").await.ok();
    let label = told["figures"][0]["label"].as_str().unwrap();
    assert!(label.starts_with("Load, told by "), "{label}");
}
