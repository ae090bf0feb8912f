//! A sync opens no private location, whatever ChargePoint says of its stations, and marks none as
//! gone without good reason.

use std::time::Duration;

use domain::locations::Coordinates;
use proxy::books;
use proxy::estate::{Site, Source};
use proxy::problem::Error;
use sandbox::Fault;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

fn site(key: &str, stations: &[&str]) -> Site {
    Site {
        key: key.into(),
        org_key: String::new(),
        source: Source {
            name: format!("Site {key}"),
            ..Source::default()
        },
        stations: stations
            .iter()
            .map(|id| ((*id).into(), format!("Station {id}")))
            .collect(),
    }
}

async fn apply(app: &TestApp, sites: &[Site]) -> Result<Value, Error> {
    let mut tx = app.app.books.write().await?;
    let result = books::sync::apply(&mut tx, sites.to_vec()).await?;
    tx.silently("a test prepares this");
    tx.commit().await?;
    Ok(serde_json::to_value(result).unwrap())
}

/// Name, visibility and stations of each location, by name.
async fn places(app: &TestApp) -> Value {
    let page = app.get("/locations?sort=name").await.ok();
    let place = |location: &Value| json!([location["name"], location["visibility"], location["stations"]]);
    page["items"].as_array().unwrap().iter().map(place).collect()
}

async fn location_of(app: &TestApp, station: &str) -> String {
    let page = app.get("/locations").await.ok();
    let at = |location: &&Value| location["stations"].as_array().unwrap().contains(&json!(station));
    let found = page["items"].as_array().unwrap().iter().find(at);
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

on_both! {
    async fn a_split_leaves_all_stations_at_the_private_location(app) {
        apply(app, &[site("m", &["1", "2", "3"])]).await.unwrap();
        let id = location_of(app, "1").await;
        app.list(&id, &["NL-GFX-C00000001-4"]).await;
        // The site that comes first has the fewer stations.
        let split = [site("a", &["1"]), site("z", &["2", "3", "4"])];
        let result = apply(app, &split).await.unwrap();
        assert_eq!((&result["added"], &result["gone"]), (&json!([]), &json!([])));
        assert_eq!(result["kept"], json!(["Site z"]), "{result}");
        assert_eq!(places(app).await, json!([["Site z", "Private", ["1", "2", "3", "4"]]]));
        let again = apply(app, &split).await.unwrap();
        assert_eq!((&again["changed"], &again["kept"]), (&json!([]), &json!(["Site z"])));

        let all = format!("/locations/{id}/authorization/tokens/remove");
        app.change_any(&all, json!({ "all": true, "confirm": true })).await.ok();
        let open = apply(app, &split).await.unwrap();
        assert_eq!(open["added"], json!(["Site a"]));
        assert_eq!(
            places(app).await,
            json!([["Site a", "Unpublished", ["1"]], ["Site z", "Unpublished", ["2", "3", "4"]]]),
            "what was not in the apps does not get there by a sync"
        );
    }

    async fn an_open_location_is_split_by_where_most_of_it_is(app) {
        apply(app, &[site("m", &["1", "2", "3"])]).await.unwrap();
        let id = location_of(app, "1").await;
        apply(app, &[site("a", &["1"]), site("z", &["2", "3"])]).await.unwrap();
        assert_eq!(
            places(app).await,
            json!([["Site a", "Published", ["1"]], ["Site z", "Published", ["2", "3"]]])
        );
        assert_eq!(location_of(app, "3").await, id);
    }

    async fn a_merge_takes_no_station_out_of_a_private_location(app) {
        apply(app, &[site("a", &["1"]), site("b", &["2", "3"]), site("c", &["4"])]).await.unwrap();
        let private = location_of(app, "1").await;
        app.list(&private, &["NL-GFX-C00000001-4"]).await;
        let result = apply(app, &[site("b", &["1", "2", "3", "4"])]).await.unwrap();
        assert_eq!((&result["gone"], &result["kept"]), (&json!(["Site c"]), &json!(["Site a"])));
        assert_eq!(location_of(app, "1").await, private);
        assert_eq!(
            places(app).await,
            json!([
                ["Site a", "Private", ["1"]],
                ["Site b", "Published", ["2", "3", "4"]],
                ["Site c", "Published", []]
            ])
        );
    }

    /// The key rounds positions: a few metres can make it another one.
    async fn new_hardware_a_few_metres_on_is_at_the_same_private_location(app) {
        let at = |latitude: f64, station: &str| {
            let mut site = site(&format!("org|Oosteinde 1|{latitude:.3},4.500"), &[station]);
            site.source.name = "Oosteinde".into();
            site.source.coordinates = Some(Coordinates { latitude, longitude: 4.5 });
            site
        };
        apply(app, &[at(52.1594, "old"), site("b", &["2"])]).await.unwrap();
        let id = location_of(app, "old").await;
        app.list(&id, &["NL-GFX-C00000001-4"]).await;
        let result = apply(app, &[at(52.1596, "new"), site("b", &["2"])]).await.unwrap();
        assert_eq!((&result["added"], &result["gone"]), (&json!([]), &json!([])));
        assert_eq!(location_of(app, "new").await, id);
        let result = apply(app, &[at(52.2, "far"), site("b", &["2"])]).await.unwrap();
        assert_eq!((&result["added"], &result["gone"]), (&json!(["Oosteinde"]), &json!(["Oosteinde"])));
    }

    async fn a_station_that_comes_back_elsewhere_comes_back_to_its_private_location(app) {
        apply(app, &[site("a", &["1"]), site("b", &["2"])]).await.unwrap();
        let id = location_of(app, "1").await;
        app.list(&id, &["NL-GFX-C00000001-4"]).await;
        let result = apply(app, &[site("b", &["2"])]).await.unwrap();
        assert_eq!(result["gone"], json!(["Site a"]));
        let live = app.get(&format!("/locations/{id}/stations")).await.ok();
        assert_eq!(live["items"], json!([]));
        let sorted = app.get("/locations?sort=stations").await.ok();
        assert_eq!(sorted["items"][0]["id"], json!(id));

        let back = apply(app, &[site("b", &["2"]), site("elsewhere", &["1"])]).await.unwrap();
        assert_eq!((&back["added"], &back["changed"]), (&json!([]), &json!(["Site elsewhere"])));
        assert_eq!(location_of(app, "1").await, id);
        assert_eq!(app.listed(&id).await, ["NL-GFX-C00000001-4"]);

        apply(app, &[site("b", &["2"])]).await.unwrap();
        let joined = apply(app, &[site("b", &["2", "1"])]).await.unwrap();
        assert_eq!(joined["kept"], json!(["Site elsewhere"]), "nor does it join an open one");
        assert_eq!(location_of(app, "1").await, id);
    }
}

#[tokio::test]
async fn an_account_without_stations_or_a_broken_list_marks_nothing_as_gone() {
    let app = TestApp::builder().sandbox(12).start().await;
    app.post("/locations/sync", json!(null)).await.ok();
    let before = places(&app).await;
    app.chargepoint().set_fault(Some(Fault::Repeating));
    let broken = app.post("/locations/sync", json!(null)).await;
    broken.problem(502, "/problems/chargepoint-incomplete");
    app.chargepoint().set_fault(None);

    app.chargepoint().estate(|estate| {
        let ids: Vec<u64> = estate.sites().iter().map(|site| site.id).collect();
        assert!(ids.into_iter().all(|id| estate.remove_site(id)));
    });
    let none = app.post("/locations/sync", json!(null)).await;
    let problem = none.problem(502, "/problems/chargepoint-incomplete");
    let count = before.as_array().unwrap().len();
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains(&format!("{count} charge locations"))
    );
    assert_eq!(places(&app).await, before);
}

#[tokio::test]
async fn an_account_that_never_had_stations_syncs() {
    let app = TestApp::builder().sandbox(4).start().await;
    app.chargepoint().estate(|estate| {
        let ids: Vec<u64> = estate.sites().iter().map(|site| site.id).collect();
        assert!(ids.into_iter().all(|id| estate.remove_site(id)));
    });
    let none = app.post("/locations/sync", json!(null)).await.ok();
    assert_eq!((&none["stations"], &none["gone"]), (&json!(0), &json!([])));
    assert_eq!(app.get("/locations").await.ok()["total"], 0);
}

/// Of two syncs at once, the one with the older answer could write last.
#[tokio::test]
async fn one_sync_at_a_time() {
    let app = TestApp::builder().sandbox(4).start().await;
    let turn = app.app.estate.turn().await;
    let before = app.chargepoint().calls();
    let mut second = Box::pin(app.post("/locations/sync", json!(null)));
    let waited = tokio::time::timeout(Duration::from_secs(2), &mut second).await;
    assert!(
        waited.is_err() && app.chargepoint().calls() == before,
        "it waits for its turn"
    );
    drop(turn);
    second.await.ok();
}
