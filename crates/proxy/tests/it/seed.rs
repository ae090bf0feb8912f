use std::collections::HashSet;

use serde_json::{Value, json};

use crate::support::TestApp;

async fn seeded(scale: usize) -> TestApp {
    let app = TestApp::builder().sandbox(scale).start().await;
    app.post("/locations/sync", json!(null)).await.ok();
    proxy::seed::fill(&app.app.books).await.unwrap();
    app
}

#[tokio::test]
async fn the_sandbox_has_something_of_everything() {
    let app = seeded(160).await;
    assert!(app.get("/customers").await.ok()["total"].as_u64().unwrap() >= 60);
    assert!(app.get("/tokens").await.ok()["total"].as_u64().unwrap() >= 2_000);
    let own = app.get("/chargestations?filter=source:is:Portal").await.ok();
    assert_eq!(own["total"], 5);
    assert!(
        own["items"][0]["organization"].is_string(),
        "it follows its location"
    );
    let locations = app.get("/locations?pageSize=500").await.ok();
    let kinds: HashSet<String> = locations["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|location| {
            let has = |field: &str| {
                if location[field].as_u64().unwrap() > 0 {
                    "some"
                } else {
                    "no"
                }
            };
            format!(
                "{} {} {}",
                location["visibility"].as_str().unwrap(),
                has("customers"),
                has("tokens")
            )
        })
        .collect();
    for kind in [
        "Published no no",
        "Unpublished no no",
        "Private some no",
        "Private no some",
        "Private some some",
    ] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
    let mut states = HashSet::new();
    let mut without_tokens = false;
    for location in locations["items"].as_array().unwrap() {
        let list = format!("/locations/{}/authorization", location["id"].as_str().unwrap());
        for entry in app.get(&format!("{list}/tokens?pageSize=500")).await.ok()["items"]
            .as_array()
            .unwrap()
        {
            states.insert(entry["token"]["state"].as_str().unwrap_or("External").to_owned());
        }
        let customers = app.get(&format!("{list}/customers")).await.ok();
        without_tokens |= customers["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["tokens"] == 0);
    }
    assert_eq!(states.len(), 4, "{states:?}");
    assert!(
        without_tokens,
        "a private location with a customer without tokens"
    );
    let tokens = app.get("/tokens?pageSize=500&sort=customer").await.ok();
    let tokens = tokens["items"].as_array().unwrap();
    assert!(tokens.iter().any(|token| token["customer"].is_null()));
    for token in tokens {
        let id = domain::identifiers::judge(
            domain::identifiers::IdKind::AuthId,
            token["authId"].as_str().unwrap(),
        )
        .unwrap();
        assert!(id.warnings.is_empty(), "{token}");
    }
}

#[tokio::test]
async fn it_is_the_same_each_time_and_never_twice() {
    let (one, two) = (seeded(24).await, seeded(24).await);
    let strip = |page: Value| page["items"].clone();
    for path in [
        "/customers?pageSize=500",
        "/tokens?pageSize=500",
        "/station_tokens?pageSize=500",
    ] {
        assert_eq!(strip(one.get(path).await.ok()), strip(two.get(path).await.ok()));
    }
    let before = one.get("/tokens").await.ok()["total"].clone();
    proxy::seed::fill(&one.app.books).await.unwrap();
    assert_eq!(one.get("/tokens").await.ok()["total"], before);
}

#[tokio::test]
async fn the_stock_of_the_sandbox_has_every_status_and_organization() {
    let app = seeded(160).await;
    let organizations = app.get("/organizations").await.ok();
    let of = |ours: bool| -> usize {
        let all = organizations["items"].as_array().unwrap();
        all.iter().filter(|one| one["ours"] == ours).count()
    };
    assert!(of(true) >= 4 && of(false) == 2, "{organizations}");
    let summary = app.get("/station_tokens/summary").await.ok();
    let mut counts = [0; 4];
    for plan in summary["plans"].as_array().unwrap() {
        for (count, more) in counts.iter_mut().zip(plan["counts"].as_array().unwrap()) {
            *count += more.as_u64().unwrap();
        }
    }
    assert!(
        counts.iter().sum::<u64>() >= 5_000 && counts.iter().all(|count| *count >= 300),
        "{counts:?}"
    );
    let months = summary["activations"].as_array().unwrap();
    assert!(
        months[..11]
            .iter()
            .all(|month| month["count"].as_u64().unwrap() > 10),
        "{months:?}"
    );

    let mut holders = HashSet::new();
    let (mut ours, mut active) = (0, 0);
    for page in 1..=12 {
        let page = app
            .get(&format!("/station_tokens?pageSize=500&page={page}"))
            .await
            .ok();
        for token in page["items"].as_array().unwrap() {
            holders.insert(token["orgId"].as_str().unwrap().to_owned());
            if token["status"] == "Active" && token["ours"] == true {
                ours += 1;
            }
        }
    }
    assert_eq!(holders.len(), 6);
    for page in 1..=2 {
        let evses = app.get(&format!("/evses?pageSize=500&page={page}")).await.ok();
        active += evses["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|evse| evse["tokenSn"].is_string())
            .count();
    }
    assert!(ours > 50 && active == ours, "{active} {ours}");
}

#[tokio::test]
async fn connections_have_requests_in_every_state() {
    let app = seeded(160).await;
    let connections = app.get("/connections").await.ok();
    assert_eq!(connections["total"], 12);
    let items = connections["items"].as_array().unwrap();
    let sum = |field: &str| items.iter().map(|one| one[field].as_u64().unwrap()).sum::<u64>();
    assert!(sum("connectedDrivers") >= 15 && sum("pendingRequests") >= 20);
    let organizations: HashSet<&str> = items.iter().map(|one| one["orgId"].as_str().unwrap()).collect();
    assert!(organizations.len() > 1, "{organizations:?}");
    assert!(items.iter().any(|one| !one["customer"].is_null()));
}
