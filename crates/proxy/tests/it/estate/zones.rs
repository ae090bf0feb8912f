//! The zone of a station's clock, beside what happened at the station.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{all, app};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happened_at_a_station_tells_its_zone() {
    let app = app(60).await;
    let lists = [
        "/stations/status",
        "/sessions?fromTimeStamp=2026-11-19T00:00:00Z&toTimeStamp=2026-11-19T12:00:00Z",
        "/alarms",
        "/transactions?fromTransactionTimeStamp=2026-11-19T00:00:00Z&toTransactionTimeStamp=2026-11-19T12:00:00Z",
    ];
    let of_parts = |row: &Value| {
        let split = ["Texas", "Oregon", "Ontario", "Spain"];
        ["state", "country"]
            .iter()
            .any(|key| split.contains(&row[key].as_str().unwrap_or_default()))
    };
    // No station is kept yet: a session names its place, which is enough where there is one clock.
    let mut told = BTreeMap::new();
    for list in lists {
        for row in all(&app, list).await {
            if list.starts_with("/sessions") && !of_parts(&row) {
                told.insert(row["stationId"].clone().to_string(), row["timeZone"].clone());
            } else if !list.starts_with("/sessions") {
                assert_eq!(row["timeZone"], Value::Null, "{list}");
            }
        }
    }
    let stations = all(&app, "/chargestations").await;
    let zones: BTreeMap<&str, &Value> = stations
        .iter()
        .map(|row| (row["_id"].as_str().unwrap(), &row["timeZone"]))
        .collect();
    assert!(
        zones
            .values()
            .all(|zone| zone.as_str().is_some_and(|zone| zone.contains('/'))),
        "{zones:?}"
    );
    assert!(!told.is_empty());
    for (station, zone) in &told {
        assert_eq!(zone, zones[station.trim_matches('"')], "{station}");
    }
    for list in lists {
        let rows = all(&app, list).await;
        assert!(!rows.is_empty(), "{list}");
        for row in &rows {
            assert_eq!(
                row["timeZone"],
                *zones[row["stationId"].as_str().unwrap()],
                "{list}"
            );
        }
    }
    for row in all(&app, "/load").await {
        assert_eq!(row["timeZone"], *zones[row["stationId"].as_str().unwrap()]);
    }
    let usage = "/fleet/usage?fromTimeStamp=2026-11-19T00:00:00Z&toTimeStamp=2026-11-19T12:00:00Z";
    let rows = all(&app, usage).await;
    let known = rows
        .iter()
        .filter_map(|row| Some((row, zones.get(row["stationId"].as_str()?)?)));
    let known: Vec<_> = known.collect();
    assert!(!known.is_empty(), "{rows:?}");
    for (row, zone) in known {
        assert_eq!(row["timeZone"], **zone);
    }
    let session = all(&app, lists[1]).await.remove(0);
    let path = format!("/sessions/{}", session["sessionId"].as_str().unwrap());
    assert_eq!(app.get(&path).await.ok()["timeZone"], session["timeZone"]);
    assert!(
        all(&app, "/fleet/vehicles")
            .await
            .iter()
            .all(|row| row.get("timeZone").is_none())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alarm_that_was_cleared_tells_the_zone_that_it_told() {
    let app = app(60).await;
    all(&app, "/stations").await;
    let open = all(&app, "/alarms").await;
    let (one, other) = (&open[0], open.last().unwrap());
    assert!(one["timeZone"].is_string(), "{one}");
    // By what is chosen of the list, and by what ChargePoint takes.
    let chosen = json!({ "chosen": { "ids": [one["id"]] }, "reason": "" });
    app.post("/alarms/clear", chosen).await.ok();
    app.post("/alarms/clear", json!({ "stationId": other["stationId"] }))
        .await
        .ok();
    let cleared = all(&app, "/alarms?filter=state:is:Cleared").await;
    assert!(cleared.len() >= 2);
    for alarm in &cleared {
        let before = open.iter().find(|open| open["id"] == alarm["id"]).unwrap();
        assert_eq!(alarm["timeZone"], before["timeZone"]);
        assert!(alarm["timeZone"].is_string(), "{alarm}");
    }
}
