//! The addresses through which other programs break the stand-in and change its estate.

use chargepoint::calls::load::{GetLoad, LoadQuery};
use chargepoint::{Error, StationsQuery, UsersQuery};
use serde_json::{Value, json};

use super::support::{client, code, http, start};

#[tokio::test]
async fn a_fault_is_set_and_cleared() {
    let running = start().await;
    let address = format!("http://{}/control/fault", running.addr());
    let set = async |name: &'static str| http().post(&address).body(name).send().await.unwrap().status();
    assert_eq!(set("http-503").await, 204);
    let error = client(&running).cpn_instances().await.unwrap_err();
    assert!(matches!(error, Error::HttpStatus { status: 503, .. }));
    assert_eq!(set("earthquake").await, 400);
    assert_eq!(set("http-503 getWeather").await, 400);
    assert_eq!(set("http-503 getUsers").await, 204);
    client(&running).cpn_instances().await.unwrap();
    let error = client(&running).users(&UsersQuery::default()).await.unwrap_err();
    assert!(matches!(error, Error::HttpStatus { status: 503, .. }));
    assert_eq!(set("").await, 204);
    client(&running).cpn_instances().await.unwrap();
}

#[tokio::test]
async fn the_estate_is_listed_and_changed() {
    let running = start().await;
    let address = format!("http://{}/control/estate", running.addr());
    let list = async || -> Vec<Value> {
        let estate: Value = http().get(&address).send().await.unwrap().json().await.unwrap();
        estate["sites"].as_array().unwrap().clone()
    };
    let change = async |change: Value| http().post(&address).json(&change).send().await.unwrap();
    let before = list().await;
    let site = before[0]["id"].clone();
    let stations = before[0]["stations"].as_array().unwrap().len();

    let added = change(json!({"add": {"name": "Rooftop", "stations": 2}})).await;
    let added: Value = added.json().await.unwrap();
    assert_eq!(change(json!({"remove": site})).await.status(), 200);
    assert_eq!(change(json!({"remove": site})).await.status(), 404);
    let rename = json!({"rename": {"site": added["site"], "name": "Cellar"}});
    assert_eq!(change(rename).await.status(), 200);
    assert_eq!(change(json!({"explode": 1})).await.status(), 422);

    let after = list().await;
    assert_eq!(after.len(), before.len());
    assert_eq!(after.last().unwrap()["name"], "Cellar");
    let query = StationsQuery {
        station_name: Some("*cellar*".to_owned()),
        ..StationsQuery::default()
    };
    assert_eq!(client(&running).stations(&query).await.unwrap().len(), 2);
    let all = client(&running)
        .stations(&StationsQuery::default())
        .await
        .unwrap();
    assert_eq!(all.len(), 162 - stations);
}

#[tokio::test]
async fn drivers_are_listed_ask_and_are_decided_about_elsewhere() {
    let running = start().await;
    let address = format!("http://{}/control/estate", running.addr());
    let change = async |change: Value| http().post(&address).json(&change).send().await.unwrap();
    let last = async || -> Value {
        let estate: Value = http().get(&address).send().await.unwrap().json().await.unwrap();
        estate["drivers"].as_array().unwrap().last().unwrap().clone()
    };
    let ask = json!({"ask": {"firstName": "Ada", "lastName": "Quist"}});
    let asked: Value = change(ask).await.json().await.unwrap();
    let driver = last().await;
    assert_eq!(driver["userId"], asked["userId"]);
    assert_eq!(
        (&driver["firstName"], &driver["lastName"]),
        (&json!("Ada"), &json!("Quist"))
    );
    assert_eq!(
        (&driver["connection"], &driver["realm"]),
        (&json!("PENDING"), &Value::Null)
    );
    assert_eq!(driver["requested"], "2026-11-20T10:00:00Z");
    let query = UsersQuery {
        user_id: asked["userId"].as_str().map(str::to_owned),
        ..UsersQuery::default()
    };
    let [user] = client(&running).users(&query).await.unwrap().try_into().unwrap();
    assert_eq!(driver["email"], json!(user.email()));

    let decide = |status: &str| json!({"decide": {"userId": asked["userId"], "status": status}});
    assert_eq!(change(decide("APPROVED")).await.status(), 200);
    assert_eq!(change(decide("APPROVED")).await.status(), 404, "it is so already");
    assert_eq!(change(decide("PENDING")).await.status(), 404);
    assert_eq!(last().await["connection"], "APPROVED");
}

#[tokio::test]
async fn an_organization_gets_another_plan() {
    let running = start().await;
    let address = format!("http://{}/control/estate", running.addr());
    let plan = async |organization: &str, enterprise: bool| {
        let change = json!({"plan": {"orgId": organization, "enterprise": enterprise}});
        http().post(&address).json(&change).send().await.unwrap().status()
    };
    let (station, organization) = running.estate(|estate| {
        let station = estate.stations().next().unwrap();
        (station.station_id.clone(), station.org_id.clone().unwrap())
    });
    let search_query = LoadQuery {
        station_id: station,
        ..LoadQuery::default()
    };
    let load = GetLoad { search_query };
    assert_eq!(code(&running, &load).await, "100");
    assert_eq!(plan(&organization, false).await, 200);
    assert_eq!(code(&running, &load).await, "101");
    assert_eq!(plan(&organization, true).await, 200);
    assert_eq!(code(&running, &load).await, "100");
    assert_eq!(plan("1:ORG00001", true).await, 404);
}

#[tokio::test]
async fn oddities_come_once_and_say_what_they_are() {
    let running = start().await;
    let address = format!("http://{}/control/estate", running.addr());
    let change = async |change: Value| http().post(&address).json(&change).send().await.unwrap();
    assert_eq!(change(json!("oddities")).await.status(), 200);
    assert_eq!(
        change(json!("oddities")).await.status(),
        404,
        "they are there already"
    );
    let estate: Value = http().get(&address).send().await.unwrap().json().await.unwrap();
    let site = estate["sites"].as_array().unwrap().last().unwrap();
    let odd: Vec<&str> = site["stations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|station| station["odd"].as_str().unwrap())
        .collect();
    let all = [
        "no-ports",
        "many-ports",
        "long-name",
        "right-to-left",
        "no-energy",
        "ends-before-start",
        "vanished",
    ];
    assert_eq!(odd, all);
    let driver = estate["drivers"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&driver["firstName"], &driver["email"], &driver["connection"]),
        (&Value::Null, &Value::Null, &json!("PENDING"))
    );
    let stations = client(&running)
        .stations(&StationsQuery::default())
        .await
        .unwrap();
    let described = |station: &&chargepoint::Station| {
        let words = station.description.as_deref().unwrap_or_default();
        words.starts_with("Oddity: ")
    };
    assert_eq!(
        stations.iter().filter(described).count(),
        6,
        "one of them has vanished"
    );
}

#[tokio::test]
async fn a_site_grows() {
    let running = start().await;
    let address = format!("http://{}/control/estate", running.addr());
    let change = async |change: Value| http().post(&address).json(&change).send().await.unwrap();
    let before = running.estate(|estate| estate.stations_of(0).count());
    let extend = |site: u64| json!({ "extend": { "site": site, "stations": 30 } });
    assert_eq!(change(extend(0)).await.status(), 200);
    assert_eq!(change(extend(999_999)).await.status(), 404);
    running.estate(|estate| {
        let stations: Vec<_> = estate.stations_of(0).collect();
        assert_eq!(stations.len(), before + 30);
        let ids: std::collections::HashSet<_> = estate.stations().map(|one| &one.station_id).collect();
        assert_eq!(ids.len(), estate.stations().count(), "each has an id of its own");
        // Some texts of an estate end in a blank.
        let place = |one: &chargepoint::Station| {
            let address = one.address.as_deref().unwrap_or_default().trim();
            (one.org_id.clone(), address.to_owned())
        };
        let first = place(stations[0]);
        assert!(stations.iter().all(|one| place(one) == first));
    });
}
