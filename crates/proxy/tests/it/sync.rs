use chargepoint::{Client, ClientConfig, StationsQuery};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestApp;

async fn sync(app: &TestApp) -> Value {
    app.post("/locations/sync", json!(null)).await.ok()
}

fn count(result: &Value, field: &str) -> usize {
    result[field].as_array().unwrap().len()
}

async fn locations(app: &TestApp) -> Vec<Value> {
    app.get("/locations?pageSize=500").await.ok()["items"]
        .as_array()
        .unwrap()
        .clone()
}

#[tokio::test]
async fn the_first_sync_brings_every_site_and_the_second_changes_nothing() {
    let app = TestApp::builder().sandbox(120).start().await;
    let sites = app.chargepoint().estate(|estate| estate.sites().len());
    let first = sync(&app).await;
    assert_eq!((count(&first, "added"), &first["stations"]), (sites, &json!(120)));
    let all = locations(&app).await;
    assert_eq!(all.len(), sites);
    let stations: usize = all
        .iter()
        .map(|location| location["stations"].as_array().unwrap().len())
        .sum();
    assert_eq!(stations, 120);
    for location in &all {
        assert_eq!(
            (&location["visibility"], &location["version"]),
            (&json!("Published"), &json!(1))
        );
        assert!(
            location["coordinates"]["latitude"].is_f64() && location["timezone"].is_string(),
            "{location}"
        );
        for field in ["name", "operatorName"] {
            assert!(!location[field].as_str().unwrap().is_empty(), "{location}");
        }
    }
    let again = sync(&app).await;
    assert_eq!(again["unchanged"], sites);
    for field in ["added", "changed", "gone", "kept"] {
        assert_eq!(count(&again, field), 0, "{again}");
    }
    assert_eq!(locations(&app).await, all);
}

#[tokio::test]
async fn an_edit_stays_and_what_nobody_edited_follows() {
    let app = TestApp::builder().sandbox(24).start().await;
    sync(&app).await;
    let all = locations(&app).await;
    let id = all[0]["id"].as_str().unwrap();
    let patch = json!({ "name": "Ours", "notes": "kept" });
    app.change(Method::PATCH, &format!("/locations/{id}"), &json!(1), patch)
        .await
        .ok();
    let names: Vec<&str> = all
        .iter()
        .map(|location| location["name"].as_str().unwrap())
        .collect();
    app.chargepoint().estate(|estate| {
        let ids: Vec<u64> = estate.sites().iter().map(|site| site.id).collect();
        for id in ids {
            assert!(estate.rename_site(
                id,
                &format!(
                    "Renamed {}",
                    ["North", "South", "East", "West", "Hill"][id as usize % 5]
                )
            ));
        }
    });
    let result = sync(&app).await;
    assert_eq!(count(&result, "added") + count(&result, "gone"), 0, "{result}");
    assert_eq!(result["kept"], json!(["Ours"]));
    assert_eq!(count(&result, "changed"), names.len());
    for location in locations(&app).await {
        let name = location["name"].as_str().unwrap();
        assert!(name == "Ours" || name.starts_with("Renamed"), "{name}");
        if name == "Ours" {
            assert_eq!(location["notes"], "kept");
        }
    }
    assert_eq!(sync(&app).await["kept"], json!(["Ours"]), "it is said each time");
}

#[tokio::test]
async fn a_vanished_site_is_gone_but_keeps_its_list() {
    let app = TestApp::builder().sandbox(24).start().await;
    sync(&app).await;
    let known: std::collections::HashSet<String> = locations(&app)
        .await
        .iter()
        .map(|location| location["id"].as_str().unwrap().to_owned())
        .collect();
    let (site, station) = app.chargepoint().estate(|estate| {
        let site = estate.sites()[0].clone();
        let station = estate
            .stations_of(site.id)
            .next()
            .unwrap()
            .station_id
            .clone()
            .unwrap();
        (site, station)
    });
    let all = locations(&app).await;
    let at = |location: &&Value| location["stations"].as_array().unwrap().contains(&json!(station));
    let location = all.iter().find(at).unwrap();
    let id = location["id"].as_str().unwrap();
    app.list(id, &["NL-GFX-C00000001-4"]).await;
    app.chargepoint()
        .estate(|estate| assert!(estate.remove_site(site.id)));
    let result = sync(&app).await;
    assert_eq!(result["gone"], json!([location["name"]]));
    let gone = app.get(&format!("/locations/{id}")).await.ok();
    assert_eq!(
        (&gone["gone"], &gone["visibility"], &gone["stations"]),
        (&json!(true), &json!("Private"), &json!([]))
    );
    assert_eq!(app.listed(id).await, ["NL-GFX-C00000001-4"]);
    assert_eq!(count(&sync(&app).await, "gone"), 0, "it is said once");

    app.chargepoint()
        .estate(|estate| estate.add_site("New Harbour", 3));
    let result = sync(&app).await;
    assert_eq!(
        (count(&result, "added"), count(&result, "changed")),
        (1, 0),
        "{result}"
    );
    let new = locations(&app)
        .await
        .into_iter()
        .find(|location| !known.contains(location["id"].as_str().unwrap()));
    assert_eq!(new.unwrap()["stations"].as_array().unwrap().len(), 3);
}

/// A location is known by its stations, so that a corrected address does not make a new one.
#[tokio::test]
async fn a_site_with_another_address_is_the_same_location() {
    let app = TestApp::builder().sandbox(8).start().await;
    sync(&app).await;
    let client = ClientConfig::new(app.chargepoint().endpoint(), "sandbox", "sandbox");
    let stations = Client::new(client)
        .unwrap()
        .stations(&StationsQuery::default())
        .await
        .unwrap();
    let first = locations(&app).await[0].clone();
    let mut site = proxy::estate::Site {
        key: "elsewhere".into(),
        org_key: String::new(),
        source: proxy::estate::Source {
            name: "Moved".into(),
            ..proxy::estate::Source::default()
        },
        stations: first["stations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| (id.as_str().unwrap().to_owned(), "Moved 01".to_owned()))
            .collect(),
    };
    site.source.address.city = "Elsewhere".into();
    assert!(stations.len() >= site.stations.len());
    let mut tx = app.app.books.write().await.unwrap();
    let result = proxy::books::sync::apply(&mut tx, vec![site]).await.unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
    assert_eq!(
        (result.added.len(), result.changed.as_slice()),
        (0, ["Moved".to_owned()].as_slice())
    );
    let moved = app
        .get(&format!("/locations/{}", first["id"].as_str().unwrap()))
        .await
        .ok();
    assert_eq!(
        (&moved["name"], &moved["address"]["city"]),
        (&json!("Moved"), &json!("Elsewhere"))
    );
}
