//! What the reads answer is what the estate holds.

use chargepoint::calls::fleet_usage::GetFleetUsageData;
use chargepoint::calls::fleet_vehicles::GetFleetVehicles;
use chargepoint::calls::sessions::GetChargingSessionData;
use chargepoint::calls::station_rights::GetStationRights;
use chargepoint::calls::station_status::GetStationStatus;
use chargepoint::calls::stations::GetStations;
use chargepoint::calls::transactions::GetTransactionData;
use chargepoint::calls::users::GetUsers;
use serde_json::{Value, json};

use super::sample::{ended, place, vehicle};
use super::{all, app, client, told};
use crate::support::{NOW, query};

fn sorted(mut rows: Vec<Value>) -> Vec<String> {
    for row in &mut rows {
        row.as_object_mut().unwrap().remove("recordNumber");
    }
    let mut texts: Vec<String> = rows.iter().map(Value::to_string).collect();
    texts.sort();
    texts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stations_and_their_state_are_those_of_the_estate() {
    let app = app(640).await;
    let (ids, states): (Vec<Value>, Vec<Value>) = app.chargepoint().estate(|estate| {
        let all = estate.stations().map(|station| {
            let status = estate.status(station, NOW);
            let ports: Vec<_> = status.ports.iter().map(|port| port.status.clone()).collect();
            (json!(station.station_id), json!([station.station_id, ports]))
        });
        all.unzip()
    });
    let stations = all(&app, "/stations").await;
    assert_eq!(stations.len(), 640);
    let mut found: Vec<Value> = stations.iter().map(|row| row["stationId"].clone()).collect();
    found.sort_by_key(Value::to_string);
    let mut expected = ids;
    expected.sort_by_key(Value::to_string);
    assert_eq!(found, expected);
    let rows = all(&app, "/stations/status").await;
    for state in &states {
        let row = rows.iter().find(|row| row["stationId"] == state[0]).unwrap();
        let ports: Vec<&Value> = row["ports"]
            .as_array()
            .unwrap()
            .iter()
            .map(|port| &port["status"])
            .collect();
        assert_eq!(json!(ports), state[1]);
    }
    let one = stations[3]["stationId"].as_str().unwrap();
    let alone = app.get(&format!("/stations/{one}")).await;
    assert_eq!(alone.header("age"), "0");
    let alone = alone.ok();
    assert_eq!(alone["stationName"], stations[3]["stationName"]);
    assert!(alone["asOf"].is_string() && alone["problem"].is_null());
    let state = app.get(&format!("/stations/{one}/status")).await.ok();
    assert_eq!(
        state["ports"],
        rows.iter().find(|row| row["stationId"] == one).unwrap()["ports"]
    );
    for path in [
        "/stations/1:999",
        "/stations/1:999/status",
        "/sessions/77",
        "/drivers/x",
    ] {
        app.get(path).await.problem(404, "/problems/not-found");
    }
}

/// The parameters of the guide reach the call, beside the filters, order and pages of every list.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_takes_the_calls_parameters_and_those_of_every_list() {
    let app = app(160).await;
    let stations = all(&app, "/stations").await;
    let city = stations[0]["city"].as_str().unwrap();
    let of_city = |rows: &[Value]| rows.iter().filter(|row| row["city"] == city).count();
    let asked = app
        .get(&format!("/stations?{}", query(&[("city", city)])))
        .await
        .ok();
    assert_eq!(asked["total"], of_city(&stations));
    let filter = format!("city:is:{city}");
    let filtered = query(&[("filter", &filter), ("sort", "-stationName"), ("pageSize", "2")]);
    let filtered = app.get(&format!("/stations?{filtered}")).await;
    assert!(filtered.header("link").contains("rel=\"last\""));
    let filtered = filtered.ok();
    assert_eq!(
        (&filtered["total"], filtered["items"].as_array().unwrap().len()),
        (&asked["total"], 2)
    );
    let names: Vec<&str> = filtered["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row["stationName"].as_str())
        .collect();
    assert!(names[0].to_lowercase() >= names[1].to_lowercase());

    let geo = &stations[0]["ports"][0]["geo"];
    let (lat, long) = (geo["lat"].to_string(), geo["long"].to_string());
    let near = query(&[
        ("lat", &lat),
        ("long", &long),
        ("proximity", "1"),
        ("proximityUnit", "K"),
    ]);
    let near = all(&app, &format!("/stations?{near}")).await;
    assert!(
        near.iter()
            .any(|row| row["stationId"] == stations[0]["stationId"])
            && near.len() < 160
    );

    let page = app.get("/stations?startRecord=151&numStations=5").await.ok();
    let numbers: Vec<i64> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row["recordNumber"].as_i64())
        .collect();
    assert_eq!(
        (numbers.len(), numbers.iter().min(), numbers.iter().max()),
        (5, Some(&151), Some(&155))
    );

    let two = [&stations[0], &stations[1]].map(|row| row["stationId"].as_str().unwrap());
    for ids in [
        format!("stationIds={},{}", two[0], two[1]),
        format!("stationIds={}&stationIds={}", two[0], two[1]),
    ] {
        assert_eq!(app.get(&format!("/stations/status?{ids}")).await.ok()["total"], 2);
    }
    let file = app
        .get(&format!(
            "/stations/export?format=csv&columns=stationId,city&{}",
            query(&[("city", city)])
        ))
        .await;
    assert_eq!(file.text.lines().count(), of_city(&stations) + 1, "{}", file.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_has_all_rows_of_its_call() {
    let app = app(160).await;
    let client = client(&app);
    macro_rules! same {
        ($path:expr, $call:expr) => {{
            let expected = told(&client.all($call).await.unwrap());
            let mut found = all(&app, $path).await;
            // The zone of a row's station is the portal's to add.
            let is_told = expected.iter().any(|row| row.get("timeZone").is_some());
            for row in found.iter_mut().filter(|_| !is_told) {
                row.as_object_mut().unwrap().remove("timeZone");
            }
            let (found, expected) = (sorted(found), sorted(expected));
            assert!(!expected.is_empty(), "{}", $path);
            assert_eq!(found.len(), expected.len(), "{}", $path);
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!(found, expected, "{}", $path);
            }
        }};
    }
    same!("/stations", GetStations::default());
    same!("/stations/status", GetStationStatus::default());
    same!("/station-rights", GetStationRights::default());
    same!("/drivers", GetUsers::default());
    same!("/fleet/vehicles", GetFleetVehicles::default());
    let (from, to) = ("2026-11-19T00:00:00Z", "2026-11-19T12:00:00Z");
    let span = format!("fromTimeStamp={from}&toTimeStamp={to}");
    let mut call = GetChargingSessionData::default();
    (call.search_query.from_time_stamp, call.search_query.to_time_stamp) =
        (Some(from.into()), Some(to.into()));
    same!(&format!("/sessions?{span}"), call);
    let mut call = GetFleetUsageData::default();
    (call.search_query.from_time_stamp, call.search_query.to_time_stamp) =
        (Some(from.into()), Some(to.into()));
    same!(&format!("/fleet/usage?{span}"), call);
    let mut call = GetTransactionData::default();
    (call.search_query.from_time_stamp, call.search_query.to_time_stamp) =
        (Some(from.into()), Some(to.into()));
    let span = format!("fromTransactionTimeStamp={from}&toTransactionTimeStamp={to}");
    same!(&format!("/transactions?{span}"), call);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_load_groups_and_fleets_are_those_of_the_estate() {
    let app = app(160).await;
    let near = |value: &Value, expected: f64| (value.as_f64().unwrap() - expected).abs() < 0.002;
    let place = place(&app);
    let load = app.get(&format!("/stations/{}/load", place.station)).await.ok();
    let port = &load["ports"][0];
    assert!(
        near(&port["portLoad"], place.kw) && port["shedState"] == false,
        "{load}"
    );
    assert_eq!(port["sessionId"], place.session);
    let group = app
        .get(&format!("/station-groups/{}/load", place.group))
        .await
        .ok();
    let stations = group["stations"].as_array().unwrap();
    assert_eq!(group["numStations"], stations.len());
    assert!(stations.iter().any(|row| row["stationId"] == place.station));
    assert!(group.get("responseCode").is_none());
    let details = app.get(&format!("/station-groups/{}", place.group)).await.ok();
    let organizations = all(&app, "/organizations").await;
    let mut owners = organizations.iter().filter(|one| one["id"] == place.organization);
    let whose = &owners.next().unwrap()["name"];
    assert!(
        whose.is_string() && details["organizationName"] == *whose,
        "{details}"
    );
    assert_eq!(
        details["numStations"],
        details["stations"].as_array().unwrap().len()
    );
    let tasks = app
        .get(&format!("/station-groups/{}/rights-profile", place.group))
        .await
        .ok();
    assert!(tasks["total"].as_u64().unwrap() > 0 && tasks["items"][0]["task"].is_string());
    let groups = app
        .get(&format!("/organizations/{}/station-groups", place.organization))
        .await
        .ok();
    assert!(
        groups["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["sgId"] == place.group.as_str())
    );
    let organization = place.organization.as_str();
    let known = app
        .get(&format!("/organizations?orgId={organization}"))
        .await
        .ok();
    let tree = known["items"][0]["groups"].as_array().unwrap();
    assert_eq!(
        (&known["total"], &known["items"][0]["id"]),
        (&json!(1), &json!(organization))
    );
    assert!(
        tree.iter().any(|group| group["sgId"] == place.group.as_str()),
        "{known}"
    );
    let all = app.get("/organizations?sort=-groups").await.ok();
    assert!(all["total"].as_u64().unwrap() > 1 && all["problem"].is_null());
    for path in ["/station-groups/999999", "/station-groups/999999/load"] {
        app.get(path).await.problem(404, "/problems/not-found");
    }
    let instances = app.get("/cpn-instances").await.ok();
    assert_eq!(
        (&instances["total"], &instances["items"][0]["cpnName"]),
        (&json!(4), &json!("USA"))
    );

    let ended = ended(&app);
    // Zones are those of the stations that are kept.
    app.get("/stations").await.ok();
    let session = app.get(&format!("/sessions/{}", ended.session)).await.ok();
    assert_eq!(session["stationId"], ended.station);
    assert!(near(&session["energy"], ended.energy));
    let path = format!(
        "/sessions/{}/intervals?energyConsumedInterval=true&pageSize=500",
        ended.session
    );
    let parts = app.get(&path).await.ok();
    let sum: f64 = parts["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|part| part["energy"].as_f64())
        .sum();
    assert!((sum - ended.energy).abs() < 0.01, "{sum} {}", ended.energy);
    // Each part says the same of itself, whichever way it was asked for, and tells the zone of its station's clock.
    let so_far = app
        .get(&format!("/sessions/{}/intervals?pageSize=500", ended.session))
        .await
        .ok();
    let items = |page: &Value| page["items"].as_array().unwrap().clone();
    for (each, part) in items(&parts).iter().zip(&items(&so_far)) {
        for count in ["energy", "energyConsumed"] {
            assert!(near(&each[count], part[count].as_f64().unwrap()), "{part} {each}");
        }
        assert_eq!(part["timeZone"], session["timeZone"], "{part}");
    }
    assert!(!session["timeZone"].is_null(), "{session}");
    let last = items(&so_far).pop().unwrap();
    assert!(near(&last["energyConsumed"], ended.energy), "{last}");
    let paid = app
        .get(&format!("/transactions?transactionId={}", ended.session * 2))
        .await
        .ok();
    assert!(near(&paid["items"][0]["energy"], ended.energy), "{paid}");

    let (vehicle, fleet) = vehicle(&app);
    let found = app
        .get(&format!("/fleet/vehicles?fleetVehicleId={vehicle}"))
        .await
        .ok();
    assert_eq!(
        (&found["total"], &found["items"][0]["fleetName"]),
        (&json!(1), &json!(fleet))
    );
    let driver = app.get("/drivers").await.ok()["items"][0].clone();
    let one = app
        .get(&format!("/drivers/{}", driver["userId"].as_str().unwrap()))
        .await
        .ok();
    assert_eq!(one["lastName"], driver["lastName"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_named_before_a_call_is_spent() {
    let app = app(8).await;
    let before = app.chargepoint().calls();
    for (path, field, said) in [
        (
            "/stations/status?stationId=12345",
            "stationId",
            "must be of the form 1:12345",
        ),
        ("/stations?orgId=7", "orgId", "must be of the form"),
        ("/stations?numStations=501", "numStations", "may be at most 500"),
        ("/stations?numStations=0", "numStations", "must be at least 1"),
        ("/stations?lat=91&long=0", "lat", "must be from -90 to 90"),
        ("/stations?lat=1", "geo", "must be given together: lat, long"),
        (
            "/stations?reservable=perhaps",
            "reservable",
            "must be true or false",
        ),
        ("/stations?startTime=10:00:00", "pricing", "Please provide"),
        ("/stations/status?status=4", "status", "must be 1, 2 or 3"),
        (
            "/stations/status?stationId=1:1&stationIds=1:2",
            "stationIds",
            "Both single",
        ),
        (
            "/alarms?startTime=yesterday",
            "startTime",
            "must be a time in UTC",
        ),
        (
            "/alarms?startTime=2026-11-20T10:00:00Z&endTime=2026-11-19T10:00:00Z",
            "startTime",
            "may not be after endTime",
        ),
        (
            "/transactions?fromTransactionTimeStamp=2026-11-20T10:00:00Z",
            "toTransactionTimeStamp",
            "Provide both",
        ),
        ("/sessions?sessionId=x", "sessionId", "must be a whole number"),
        (
            "/drivers?connection.status=MAYBE",
            "status",
            "must be one of APPROVED",
        ),
        ("/stations?filter=colour:is:red", "filter[0]", "colour"),
    ] {
        let problem = app.get(path).await.problem(422, "/problems/invalid");
        let error = &problem["errors"][0];
        assert_eq!(error["field"], field, "{path}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(said), "{path}: {error}");
        assert!(
            !message.ends_with('.') && !message.starts_with(field),
            "{path}: {error}"
        );
    }
    for (path, said) in [
        (
            "/stations?cty=Leiden",
            "\"cty\" is no parameter here; there are q, filter",
        ),
        ("/stations?city=Leiden&city=Delft", "city stands twice"),
        ("/stations/1:100001?city=Leiden", "city stands"),
        ("/stations/1:100001?stationId=1:2", "stationId stands twice"),
        (
            "/stations/1:100001?weather=fine",
            "\"weather\" is no parameter here; there are",
        ),
    ] {
        let answer = app.get(path).await;
        if answer.status == 400 {
            let problem = answer.problem(400, "/problems/malformed-request");
            assert!(
                problem["detail"].as_str().unwrap().contains(said),
                "{path}: {problem}"
            );
        } else {
            assert_eq!((path, answer.status), ("/stations/1:100001?city=Leiden", 404));
        }
    }
    let filtered = 1;
    assert!(
        app.chargepoint().calls() - before <= filtered + 1,
        "calls were spent"
    );
}

#[tokio::test]
async fn more_rows_than_can_be_shown_are_refused_and_other_questions_answered() {
    let app = super::app(60).await;
    let since = "/sessions?fromTimeStamp=2000-01-01T00:00:00Z";
    let told = app.get(since).await.problem(422, "/problems/invalid");
    assert!(
        told["detail"].as_str().unwrap().contains("a shorter time"),
        "{told}"
    );
    assert_eq!(app.get("/stations").await.ok()["total"], 60);
}
