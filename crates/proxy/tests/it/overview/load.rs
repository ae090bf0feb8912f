use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::estate::all;
use crate::estate::sample::place;
use crate::limits::limited;
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_station_stands_with_what_it_draws_and_could() {
    let app = TestApp::builder().estate(160).start().await;
    let place = place(&app);
    let before = app.chargepoint().calls();
    let rows = all(&app, "/load").await;
    let calls = app.chargepoint().calls() - before;
    assert_eq!(rows.len(), 160);
    assert!(calls < 60, "groups are asked, not stations: {calls} calls");
    let loads: Vec<f64> = rows
        .iter()
        .map(|row| row["stationLoad"].as_f64().unwrap_or(-1.0))
        .collect();
    assert!(
        loads.is_sorted_by(|a, b| a >= b),
        "who draws the most stands first"
    );
    let row = rows
        .iter()
        .find(|row| row["stationId"] == place.station.as_str())
        .unwrap();
    let one = app.get(&format!("/stations/{}/load", place.station)).await.ok();
    assert_eq!(row["stationLoad"], one["stationLoad"]);
    assert_eq!(
        row["ports"].as_array().unwrap().len(),
        one["ports"].as_array().unwrap().len()
    );
    assert!(row["capacity"].as_f64().unwrap() >= row["stationLoad"].as_f64().unwrap());
    let group = all(&app, &format!("/load?sgId={}", place.group)).await;
    assert!(!group.is_empty() && group.len() < 160);
    assert!(
        group
            .iter()
            .all(|row| row["groupIds"].as_array().unwrap().contains(&json!(place.group)))
    );
    let groups = app.get("/load/groups").await.ok();
    let groups = groups["items"].as_array().unwrap();
    assert!(
        groups.is_sorted_by_key(|group| std::cmp::Reverse((group["load"].as_f64().unwrap() * 1000.0) as u64)),
        "who draws the most stands first"
    );
    let own = groups
        .iter()
        .find(|one| one["sgId"] == place.group.as_str())
        .unwrap();
    assert_eq!(own["stations"], group.len());
    for (key, of) in [("load", "stationLoad"), ("capacity", "capacity")] {
        let sum: f64 = group.iter().filter_map(|row| row[of].as_f64()).sum();
        assert!(
            (own[key].as_f64().unwrap() - sum).abs() < 0.01,
            "{key}: {own} {sum}"
        );
    }
    let one = app.get(&format!("/load/groups?sgId={}", place.group)).await.ok();
    assert_eq!(one["items"], json!([own]));
    assert_eq!(one["total"], 1);
    app.get("/load/groups?page=2")
        .await
        .problem(400, "/problems/malformed-request");
    let file = app
        .get(&format!(
            "/load/export?format=csv&sgId={}&columns=stationId,stationLoad",
            place.group
        ))
        .await;
    assert_eq!(file.text.lines().count(), group.len() + 1);
    let refused = app
        .get("/load?sgId=north")
        .await
        .problem(422, "/problems/invalid");
    assert_eq!(refused["errors"][0]["field"], "sgId");
    app.get("/load?sgid=1")
        .await
        .problem(400, "/problems/malformed-request");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_frees_what_shedding_frees() {
    let app = TestApp::builder().estate(160).start().await;
    let place = place(&app);
    let shed = json!({ "shedStation": { "stationId": place.station, "percentShedPerStation": 40 }, "timeInterval": 15 });
    let told = app.post("/load/shed/preview", shed.clone()).await.ok();
    let load = async || {
        app.get(&format!("/stations/{}/load", place.station)).await.ok()["stationLoad"]
            .as_f64()
            .unwrap()
    };
    assert_eq!(
        (told["nowKw"].as_f64().unwrap(), &told["stations"]),
        (load().await, &json!(1))
    );
    app.post("/load/shed", shed).await.ok();
    let after = load().await;
    assert!(
        (told["afterKw"].as_f64().unwrap() - after).abs() < 0.01,
        "{told} {after}"
    );
    let row = app.get("/load?filter=shed:isNotEmpty:").await.ok();
    assert_eq!(row["total"], 1);
    assert_eq!(row["items"][0]["percentShed"], 40.0);
    assert_eq!(row["items"][0]["shed"], "40 %");
    assert!(row["items"][0]["shedUntil"].is_string(), "{row}");
    // While a percentage is shed, ChargePoint refuses a load: so does the preview.
    let other = json!({ "shedStation": { "stationId": place.station, "allowedLoadPerStation": 1.5 }, "timeInterval": 15 });
    let told = app.post("/load/shed/preview", other.clone()).await;
    let told = told.problem(409, "/problems/chargepoint-refused");
    assert_eq!(told["code"], "179");
    let refused = app.post("/load/shed", other).await;
    assert_eq!(told, refused.problem(409, "/problems/chargepoint-refused"));
    let group =
        json!({ "shedGroup": { "sgId": place.group, "allowedLoadPerStation": 0 }, "timeInterval": 0 });
    let told = app.post("/load/shed/preview", group.clone()).await;
    told.problem(409, "/problems/chargepoint-refused");
    let clear = json!({ "shedStation": { "stationId": place.station } });
    app.post("/load/clear", clear).await.ok();
    assert_eq!(app.get("/load?filter=shed:isNotEmpty:").await.ok()["total"], 0);

    let told = app.post("/load/shed/preview", group).await.ok();
    assert_eq!(
        (told["afterKw"].as_f64(), told["freedKw"].as_f64()),
        (Some(0.0), told["nowKw"].as_f64())
    );
    let port = |number: &str| {
        json!({ "shedStation": { "stationId": place.station, "ports": [{ "portNumber": number, "percentShedPerPort": 100 }] },
                "timeInterval": 0 })
    };
    let told = app.post("/load/shed/preview", port("1")).await.ok();
    assert_eq!((&told["ports"], told["afterKw"].as_f64()), (&json!(1), Some(0.0)));
    let refused = app
        .post("/load/shed/preview", port("9"))
        .await
        .problem(422, "/problems/invalid");
    assert_eq!(refused["errors"][0]["message"], "the station has no port 9");
    for wrong in [
        json!({ "timeInterval": 0 }),
        json!({ "shedStation": { "stationId": place.station, "percentShedPerStation": 140 }, "timeInterval": 0 }),
    ] {
        app.post("/load/shed/preview", wrong)
            .await
            .problem(422, "/problems/invalid");
    }
    let unknown =
        json!({ "shedStation": { "stationId": "1:1", "percentShedPerStation": 10 }, "timeInterval": 0 });
    assert!(matches!(
        app.post("/load/shed/preview", unknown).await.status,
        404 | 422
    ));
}

fn moment(minutes: i64) -> String {
    let at = OffsetDateTime::now_utc() + Duration::minutes(minutes);
    at.replace_nanosecond(0).unwrap().format(&Rfc3339).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_stay_to_be_seen() {
    let app = TestApp::builder().sandbox(160).start().await;
    let (station, group, name) = app.chargepoint().estate(|estate| {
        let unit = estate
            .units()
            .iter()
            .find(|unit| unit.traits.organization.unwrap().utility)
            .unwrap();
        let whole = estate.group(*unit.traits.groups.last().unwrap()).unwrap();
        (
            unit.station.station_id.clone().unwrap(),
            whole.id.to_string(),
            format!("{} · {}", whole.name, whole.organization.name),
        )
    });
    let of_station = json!({ "stationId": station, "eventStartTime": moment(60), "eventDuration": 30,
                             "allowOptOut": false, "allowedLoadPerPort": 3.5 });
    let made = app.post("/load/events", of_station).await.ok();
    let of_group = json!({ "sgId": group, "eventStartTime": moment(120), "eventDuration": 15, "percentShedPerStation": 20 });
    app.post("/load/events", of_group).await.ok();
    let list = app.get("/load/events").await.ok();
    assert_eq!(list["total"], 2);
    let (later, first) = (&list["items"][0], &list["items"][1]);
    assert_eq!((&later["sgId"], &later["percent"]), (&json!(group), &json!(20.0)));
    assert_eq!(later["name"], name, "each organization has such a group");
    assert_eq!(
        (&later["eventDuration"], &later["allowOptOut"]),
        (&json!(15), &json!(true))
    );
    assert_eq!(
        (&first["stationId"], &first["held"]),
        (&json!(station), &json!("to 3.5 kW a port"))
    );
    assert_eq!(
        (&first["state"], &first["eventId"]),
        (&json!("Planned"), &made["eventId"])
    );
    assert!(
        first["name"].as_str().unwrap().contains('/'),
        "the station's name: {first}"
    );
    assert!(first["timeZone"].as_str().is_some_and(|zone| zone.contains('/')));
    assert!(later["timeZone"].is_null(), "a group has no clock: {later}");
    assert!(first["eventEndTime"].as_str().unwrap() > first["eventStartTime"].as_str().unwrap());
    assert_eq!(
        app.delete(&format!("/load/events/{}", made["eventId"].as_str().unwrap()))
            .await
            .status,
        204
    );
    let removed = app.get("/load/events?filter=state:is:Removed").await.ok();
    assert_eq!(removed["total"], 1);
    let told = removed["items"][0].clone();
    assert!(
        told["removedAt"].is_string() && told["removedBy"].is_string(),
        "{told}"
    );
    let file = app
        .get("/load/events/export?format=json&columns=name,state")
        .await;
    assert_eq!(file.json.as_array().map(Vec::len), Some(2), "{}", file.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn load_of_others_is_not_shown() {
    let app = TestApp::builder().estate(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let (own, theirs) = (
        place(&app),
        app.chargepoint().estate(|estate| {
            let units = estate.units().iter();
            let ids: Vec<_> = units
                .map(|unit| {
                    (
                        unit.station.org_id.clone().unwrap(),
                        unit.station.station_id.clone().unwrap(),
                        unit.traits.groups[0].to_string(),
                    )
                })
                .collect();
            ids
        }),
    );
    let (_, station, group) = theirs.iter().find(|(org, ..)| *org != own.organization).unwrap();
    let person = limited(&app, "Lena", &[own.organization.as_str()]).await;
    let rows = person.get("/load?pageSize=500").await.ok();
    let items = rows["items"].as_array().unwrap();
    assert!(!items.is_empty() && items.len() < 160);
    assert!(items.iter().all(|row| row["orgId"] == own.organization.as_str()));
    person
        .get(&format!("/load?sgId={group}"))
        .await
        .problem(404, "/problems/not-found");
    let shed =
        json!({ "shedStation": { "stationId": station, "percentShedPerStation": 40 }, "timeInterval": 0 });
    let limited = person
        .send(reqwest::Method::POST, "/load/shed/preview", shed.clone())
        .await;
    limited.problem(404, "/problems/not-found");
    let ana = app.person("Ana Torres", "viewer").await;
    let refused = ana.send(reqwest::Method::POST, "/load/shed/preview", shed).await;
    refused.problem(403, "/problems/forbidden");
}
