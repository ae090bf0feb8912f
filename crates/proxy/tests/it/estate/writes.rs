//! What the changes do, what they are told of, and that none is made twice.

use std::time::Duration;

use reqwest::Method;
use sandbox::Fault;
use serde_json::{Value, json};

use super::app;
use super::sample::{alarmed, place, unreached, vehicle, waiting};
use crate::audit::lines;
use crate::support::{Answer, TestApp};

/// A portal that waits not long for ChargePoint.
async fn impatient() -> TestApp {
    TestApp::builder()
        .estate(160)
        .timeout(Duration::from_secs(2))
        .start()
        .await
}

async fn keyed(app: &TestApp, path: &str, key: &str, body: &Value) -> Answer {
    Answer::of(
        app.request(Method::POST, path)
            .header("idempotency-key", key)
            .json(body),
    )
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn load_is_shed_and_given_back() {
    let app = app(160).await;
    let place = place(&app);
    let load = async || app.get(&format!("/stations/{}/load", place.station)).await.ok()["ports"][0].clone();
    let shed = json!({ "shedStation": { "stationId": place.station, "allowedLoadPerStation": 1.5 }, "timeInterval": 15 });
    let done = app.post("/load/shed", shed).await.ok();
    assert_eq!(
        (&done["success"], &done["stationId"]),
        (&json!(true), &json!(place.station))
    );
    let other = json!({ "shedStation": { "stationId": place.station, "percentShedPerStation": 10 }, "timeInterval": 15 });
    let problem = app
        .post("/load/shed", other)
        .await
        .problem(409, "/problems/chargepoint-refused");
    assert_eq!(problem["code"], "179");
    assert_eq!(load().await["shedState"], true);
    let clear = json!({ "shedStation": { "stationId": place.station } });
    app.post("/load/clear", clear).await.ok();
    assert_eq!(load().await["shedState"], false);
    let told = &lines(&app, "filter=action:is:Load%20shed").await[0];
    assert_eq!(
        (told.resource.as_str(), told.record_id.as_str()),
        ("stations", place.station.as_str())
    );
    assert!(
        told.summary.contains("Allowed load per station: 1.5"),
        "{}",
        told.summary
    );
    assert_eq!(told.organization, place.organization.to_lowercase());
    assert_eq!(lines(&app, "filter=action:is:Load%20given%20back").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_alarms_drivers_and_vehicles_are_changed() {
    let app = app(160).await;
    let place = place(&app);
    let event = json!({ "stationId": place.station, "eventStartTime": "2026-11-20T11:00:00Z", "eventDuration": 60,
                        "allowOptOut": true, "allowedLoadPerPort": 3.5 });
    let made = app.post("/load/events", event).await;
    assert_eq!(made.status, 201);
    let id = made.json["eventId"].as_str().unwrap().to_owned();
    assert_eq!(app.delete(&format!("/load/events/{id}")).await.status, 204);
    app.delete(&format!("/load/events/{id}"))
        .await
        .problem(404, "/problems/not-found");

    let (station, count) = alarmed(&app);
    let path = format!("/alarms?stationId={station}&filter=state:is:Open");
    assert_eq!(app.get(&path).await.ok()["total"], count);
    app.post(
        "/alarms/clear",
        json!({ "stationId": station, "clearReason": "seen" }),
    )
    .await
    .ok();
    assert_eq!(app.get(&path).await.ok()["total"], 0);

    let waiting_driver =
        app.get("/drivers?connection.status=PENDING").await.ok()["items"][0]["userId"].clone();
    let path = format!("/drivers/{}", waiting_driver.as_str().unwrap());
    let decision = json!({ "associationType": "CONNECTION", "status": "APPROVED", "customText": "Welcome" });
    app.post(&format!("{path}/status"), decision.clone()).await.ok();
    assert_eq!(app.get(&path).await.ok()["connection"]["status"], "APPROVED");
    let again = app.post(&format!("{path}/status"), decision).await;
    assert_eq!(again.problem(409, "/problems/chargepoint-refused")["code"], "192");

    let (station, port, body) = waiting(&app);
    app.post(&format!("/stations/{station}/ports/{port}/waitlist-done"), body)
        .await
        .ok();

    let (_, fleet) = vehicle(&app);
    let new = |plate: &str| {
        json!({ "chargePointCards": [{ "chargePointCardSn": "CNCP0001" }], "licensePlate": plate, "fleetName": fleet,
                "make": "Nissan", "model": "LEAF", "year": 2020 })
    };
    let one = app.post("/fleet/vehicles", new("EV-1")).await;
    assert_eq!(one.status, 201, "{}", one.text);
    let two = app
        .post(
            "/fleet/vehicles",
            json!({ "vehicles": [new("EV-2"), new("EV-3")] }),
        )
        .await
        .ok();
    assert_eq!(two["fleetVehicleIds"].as_array().unwrap().len(), 2);
    let id = one.json["fleetVehicleIds"][0].as_str().unwrap();
    let change = json!({ "fleetVehicleId": id, "color": "Green" });
    let changed = app
        .change(Method::PATCH, "/fleet/vehicles", &json!(1), change)
        .await
        .ok();
    assert_eq!(changed["vehicles"][0]["color"], "Green", "{changed}");
    assert_eq!(app.delete(&format!("/fleet/vehicles/{id}")).await.status, 204);
    app.delete(&format!("/fleet/vehicles/{id}"))
        .await
        .problem(404, "/problems/not-found");
    let added = lines(&app, "filter=action:is:Added&filter=kind:is:Fleet%20vehicle").await;
    assert_eq!(added.len(), 3);
    assert!(
        added.iter().all(|line| !line.summary.contains("CNCP0001")),
        "cards let in"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rules_of_the_guide_are_kept_before_anything_is_sent() {
    let app = app(8).await;
    let before = app.chargepoint().calls();
    let station = |more: Value| {
        let mut station = json!({ "stationId": "1:100001" });
        station
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({ "shedStation": station, "timeInterval": 5 })
    };
    for (path, body, field, said) in [
        (
            "/load/shed",
            json!({ "timeInterval": 5 }),
            "shedStation",
            "group, station, or port level",
        ),
        (
            "/load/shed",
            json!({ "shedGroup": { "sgId": 1 }, "shedStation": {}, "timeInterval": 5 }),
            "shedGroup",
            "not both",
        ),
        (
            "/load/shed",
            station(json!({ "percentShedPerStation": 101 })),
            "percentShedPerStation",
            "from 0 to 100",
        ),
        (
            "/load/shed",
            station(json!({ "percentShedPerStation": 1, "allowedLoadPerStation": 1 })),
            "allowedLoadPerStation",
            "not both",
        ),
        (
            "/load/shed",
            json!({ "shedGroup": { "sgId": 1, "percentShedPerStation": 5 } }),
            "timeInterval",
            "must be given",
        ),
        (
            "/load/shed",
            json!({ "shedGroup": { "sgId": 1, "percentShedPerStation": 5 }, "timeInterval": -5 }),
            "timeInterval",
            "must be 0 or more",
        ),
        (
            "/load/shed",
            json!({ "shedgroup": 1 }),
            "shedgroup",
            "is not known here; there are shedGroup",
        ),
        (
            "/load/events",
            json!({ "sgId": "1" }),
            "eventStartTime",
            "must be given",
        ),
        ("/alarms/clear", json!({}), "orgId", "Say which alarms"),
        (
            "/drivers/1/status",
            json!({ "associationType": "FRIEND", "status": "APPROVED" }),
            "associationType",
            "must be one of CONNECTION",
        ),
        (
            "/fleet/vehicles",
            json!({ "vehicles": [] }),
            "vehicles",
            "At least one vehicle",
        ),
        (
            "/fleet/vehicles",
            json!({ "licensePlate": "X" }),
            "chargePointCards",
            "Each vehicle needs a card",
        ),
        (
            "/stations/1:100001/ports/1/waitlist-done",
            json!({}),
            "userId",
            "must be given",
        ),
        (
            "/stations/1:100001/ports/1/waitlist-done",
            json!({ "stationId": "1:2" }),
            "stationId",
            "stands in the address",
        ),
    ] {
        let problem = app.post(path, body).await.problem(422, "/problems/invalid");
        let error = &problem["errors"][0];
        assert_eq!(error["field"], field, "{path}: {problem}");
        assert!(
            error["message"].as_str().unwrap().contains(said),
            "{path}: {error}"
        );
    }
    app.post("/load/shed?timeInterval=5", json!({}))
        .await
        .problem(400, "/problems/malformed-request");
    assert_eq!(app.chargepoint().calls(), before);
}

/// What ChargePoint was told is in the audit log, also where whoever told it has gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_told_of_though_nobody_waits_for_it() {
    let app = impatient().await;
    let place = place(&app);
    app.chargepoint().set_fault(Some(Fault::Hang));
    let before = app.chargepoint().calls();
    let body = json!({ "shedStation": { "stationId": place.station } });
    let sent = app.request(Method::POST, "/load/clear").json(&body).send();
    let arrives = async {
        while app.chargepoint().calls() == before {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        _ = sent => panic!("an answer came"),
        () = arrives => {}
    }
    let told = async {
        loop {
            match lines(&app, "filter=action:is:Load%20given%20back").await.pop() {
                Some(line) => break line,
                None => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    let told = tokio::time::timeout(Duration::from_secs(20), told).await;
    let told = told.expect("the log tells of it");
    assert!(told.summary.contains("Outcome: not known"), "{}", told.summary);
}

/// A write whose answer does not come, or does not say that nothing was done, may have been done: it is told of, and its key is not given back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_change_is_made_twice() {
    let app = impatient().await;
    let place = place(&app);
    let body = json!({ "stationId": place.station, "eventStartTime": "2026-11-20T11:00:00Z", "eventDuration": 60,
                       "allowedLoadPerPort": 3.5 });
    let first = keyed(&app, "/load/events", "one", &body).await;
    let again = keyed(&app, "/load/events", "one", &body).await;
    assert_eq!((first.status, &first.json), (again.status, &again.json));
    let another = json!({ "stationId": place.station });
    keyed(&app, "/load/events", "one", &another)
        .await
        .problem(422, "/problems/invalid");

    let clear = json!({ "shedStation": { "stationId": place.station } });
    for (number, (fault, status, kind)) in [
        (Fault::Hang, 504, "chargepoint-timeout"),
        (Fault::SoapFault, 502, "chargepoint-fault"),
        (Fault::SoapFault200, 502, "chargepoint-fault"),
        (Fault::Code(143), 502, "chargepoint-fault"),
        (Fault::Code(999), 502, "chargepoint-fault"),
        (Fault::Http503, 503, "chargepoint-unavailable"),
    ]
    .into_iter()
    .enumerate()
    {
        let key = format!("lost-{number}");
        app.chargepoint().set_fault(Some(fault));
        let before = app.chargepoint().calls();
        let lost = keyed(&app, "/load/clear", &key, &clear)
            .await
            .problem(status, &format!("/problems/{kind}"));
        let detail = lost["detail"].as_str().unwrap();
        assert!(
            detail.contains("it may be made there or not"),
            "{fault}: {detail}"
        );
        app.chargepoint().set_fault(None);
        keyed(&app, "/load/clear", &key, &clear)
            .await
            .problem(409, "/problems/in-use");
        assert_eq!(app.chargepoint().calls() - before, 1, "{fault}");
        let told = lines(&app, "filter=action:is:Load%20given%20back").await;
        assert_eq!(told.len(), number + 1, "{fault}");
        assert!(
            told[0].summary.contains("Outcome: not known"),
            "{}",
            told[0].summary
        );
    }

    for (key, fault, status, kind) in [
        ("code", Fault::Code(126), 409, "chargepoint-refused"),
        ("operation", Fault::Code(188), 502, "chargepoint-fault"),
        ("key", Fault::InvalidSecurity, 502, "chargepoint-refused-key"),
        ("often", Fault::Http429, 429, "too-many-requests"),
    ] {
        app.chargepoint().set_fault(Some(fault));
        keyed(&app, "/load/clear", key, &clear)
            .await
            .problem(status, &format!("/problems/{kind}"));
        app.chargepoint().set_fault(None);
        keyed(&app, "/load/clear", key, &clear).await.ok();
    }
}

/// A station that is not reached may be in a while.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn load_of_a_station_that_is_not_reached_may_be_shed_later() {
    let app = app(400).await;
    let gone = unreached(&app);
    let of_station =
        json!({ "shedStation": { "stationId": gone, "percentShedPerStation": 10 }, "timeInterval": 5 });
    let clear = json!({ "shedStation": { "stationId": gone } });
    for (path, body) in [("/load/shed", of_station), ("/load/clear", clear)] {
        let refused = app.post(path, body).await;
        assert_eq!(refused.header("retry-after"), "60", "{path}");
        let problem = refused.problem(503, "/problems/chargepoint-unavailable");
        assert_eq!(problem["code"], "115", "{path}");
    }
    assert_eq!(
        lines(&app, "filter=action:is:Load%20shed").await.len(),
        0,
        "nothing was done"
    );
}

/// Modes are not mixed at a station, by events either.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_is_not_planned_over_another_kind_of_shedding() {
    let app = app(160).await;
    let place = place(&app);
    let shed = json!({ "shedStation": { "stationId": place.station, "percentShedPerStation": 10 }, "timeInterval": 0 });
    app.post("/load/shed", shed).await.ok();
    let event = json!({ "stationId": place.station, "eventStartTime": "2026-11-20T11:00:00Z", "eventDuration": 60,
                        "allowedLoadPerPort": 3.5 });
    let refused = app.post("/load/events", event.clone()).await;
    assert_eq!(
        refused.problem(409, "/problems/chargepoint-refused")["code"],
        "179"
    );
    let clear = json!({ "shedStation": { "stationId": place.station } });
    app.post("/load/clear", clear).await.ok();
    assert_eq!(app.post("/load/events", event).await.status, 201);
}

/// The errors of a refusal: fields and what is said of them.
fn errors(problem: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let errors = problem["errors"].as_array().into_iter().flatten();
    errors
        .map(|error| (text(&error["field"]), text(&error["message"])))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_of_vehicles_names_the_field_of_the_right_one() {
    let app = app(160).await;
    let known = super::all(&app, "/fleet/vehicles").await;
    let of = |field: &str| known[0][field].clone();
    let new = |field: &str, value: Value| {
        let mut new = json!({ "chargePointCards": [{ "chargePointCardSn": "CNCP0001" }], "licensePlate": "EV-1",
            "fleetName": of("fleetName"), "make": of("make"), "model": of("model"), "year": of("year") });
        if !field.is_empty() {
            new[field] = value;
        }
        new
    };
    let good = || new("", Value::Null);
    let card = json!([{ "chargePointCardSn": "?" }]);
    for (field, value, said) in [
        ("fleetName", json!("Trams"), "Fleet not found"),
        ("model", json!("Unicorn"), "Invalid Vehicle Type"),
        ("chargePointCards", card.clone(), "Invalid RFID card provided"),
        ("licensePlate", Value::Null, "must be given"),
        ("driverId", json!("seven"), "must be a whole number"),
        ("year", json!("old"), "must be a whole number"),
    ] {
        let one = app.post("/fleet/vehicles", new(field, value.clone())).await;
        let one = errors(&one.problem(422, "/problems/invalid"));
        assert_eq!(one[0].0, field, "{one:?}");
        assert!(
            one[0].1.contains(said) && !one[0].1.contains(field) && !one[0].1.ends_with('.'),
            "{one:?}"
        );
        let many = json!({ "vehicles": [good(), new(field, value)] });
        let many = app
            .post("/fleet/vehicles", many)
            .await
            .problem(422, "/problems/invalid");
        let many = errors(&many);
        match field {
            // ChargePoint does not say of which vehicle.
            "chargePointCards" => assert_eq!(many[0].0, "vehicles", "{many:?}"),
            _ => assert_eq!(many[0].0, format!("vehicles[1].{field}"), "{many:?}"),
        }
        assert_eq!(many.len(), 1);
    }
    let id = of("fleetVehicleId");
    for (change, field) in [
        (json!({ "fleetVehicleId": id, "fleetName": "Trams" }), "fleetName"),
        (json!({ "fleetVehicleId": id, "make": "Unicorn" }), "model"),
        (
            json!({ "fleetVehicleId": id, "chargePointCards": card }),
            "chargePointCards",
        ),
        (json!({ "fleetVehicleId": "7", "color": "Red" }), "fleetVehicleId"),
        // ChargePoint would take these and keep what it has.
        (
            json!({ "fleetVehicleId": id, "make": "VW", "color": "" }),
            "color",
        ),
        (
            json!({ "fleetVehicleId": id, "vehiclePortMacIds": [] }),
            "vehiclePortMacIds",
        ),
        (json!({ "fleetVehicleId": id, "vin": "  " }), "vin"),
        (
            json!({ "fleetVehicleId": id, "vehiclePortMacIds": [""] }),
            "vehiclePortMacIds",
        ),
    ] {
        let refused = app
            .change(Method::PATCH, "/fleet/vehicles", &json!(1), change)
            .await;
        let refused = errors(&refused.problem(422, "/problems/invalid"));
        assert_eq!(refused[0].0, field, "{refused:?}");
    }
    assert_eq!(
        super::all(&app, "/fleet/vehicles").await.len(),
        known.len(),
        "none was added"
    );
}
