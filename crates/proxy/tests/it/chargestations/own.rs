//! Stations that are registered by hand.

use reqwest::Method;
use serde_json::{Value, json};

use super::{exact, page};
use crate::limits::{OURS, World, limited};
use crate::support::{Answer, TestApp, on_both};

const PATH: &str = "/chargestations";

fn edrv() -> Value {
    json!({
        "endpoint": " edrv01 ", "protocol": "ocpp1.6", "manufacturer": "Alfen", "model": "EVE Single Pro",
        "csconfig": [{ "key": "HeartbeatInterval", "value": "300" }, { "key": "NumberOfConnectors", "value": "1", "readonly": true }],
    })
}

on_both! {
    async fn one_is_registered_changed_and_deleted(app) {
        let location = app.location("Yard").await;
        let mut new = edrv();
        new["location"] = location.as_str().into();
        let made = app.post(PATH, new).await;
        assert_eq!((made.status, made.header("etag")), (201, "\"1\""), "{}", made.text);
        let id = made.json["_id"].as_str().unwrap().to_owned();
        assert_eq!(made.header("location"), format!("/api/v1{PATH}/{id}"));
        page(&made.json);
        let one = format!("{PATH}/{id}");
        let read = app.get(&format!("{one}/page")).await;
        assert_eq!((read.header("etag"), &read.json), ("\"1\"", &made.json));
        let record = app.get(&one).await;
        exact(&record.json);
        assert_eq!((record.header("etag"), &record.json["endpoint"]), ("\"1\"", &json!("edrv01")));
        assert_eq!(made.json["can"], json!(["edit", "deactivate", "delete"]));
        for (field, value) in [
            ("endpoint", json!("edrv01")),
            ("protocol", json!("ocpp1.6")),
            ("online", json!(false)),
            ("active", json!(true)),
            ("status", Value::Null),
            ("evses", json!([])),
            ("location", json!(location)),
            ("chargepoint", Value::Null),
            ("organization", Value::Null),
        ] {
            assert_eq!(made.json[field], value, "{field}");
        }
        assert_eq!(made.json["csconfig"][0], json!({ "key": "HeartbeatInterval", "value": "300", "readonly": false }));
        let row = app.get(&format!("{PATH}?filter=locationName:is:yard&filter=protocol:is:ocpp1.6")).await.ok();
        assert_eq!((&row["total"], &row["items"][0]["name"]), (&json!(1), &json!("edrv01")));
        assert_eq!(row["items"][0]["can"], made.json["can"]);
        // Its clock is that of its location, by a name that browsers know.
        let told = app.change(Method::PATCH, &format!("/locations/{location}"), &json!(1), json!({ "timezone": "UTC+01:00" })).await.ok();
        assert_eq!(told["timezone"], "UTC+01:00");
        let row = app.get(&format!("{PATH}?q=edrv01")).await.ok();
        assert_eq!(row["items"][0]["timeZone"], "Europe/Amsterdam");

        app.change(Method::PATCH, &one, &json!(7), json!({ "active": false })).await.problem(412, "/problems/stale");
        Answer::of(app.request(Method::PATCH, &one).json(&json!({}))).await.problem(428, "/problems/version-required");
        let change = json!({ "active": false, "model": "", "csconfig": [{ "key": "HeartbeatInterval", "value": "60" }] });
        let changed = app.change(Method::PATCH, &one, &json!(1), change).await;
        assert_eq!((changed.header("etag"), &changed.json["active"], &changed.json["model"]), ("\"2\"", &json!(false), &Value::Null));
        let same = app.change(Method::PATCH, &one, &json!(2), json!({ "active": false })).await;
        assert_eq!(same.header("etag"), "\"2\"", "nothing has changed");
        let off = app.get(&format!("{PATH}?filter=active:is:no")).await.ok();
        assert_eq!(off["items"][0]["_id"], id.as_str());

        Answer::of(app.request(Method::DELETE, &one).header("if-match", "\"2\"")).await.ok();
        app.get(&one).await.problem(404, "/problems/not-found");
        app.get(&format!("{one}/page")).await.problem(404, "/problems/not-found");
        let history = app.get(&format!("{one}/history")).await.ok();
        let told: Vec<&str> = history["items"].as_array().unwrap().iter().map(|line| line["summary"].as_str().unwrap()).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[1].contains("Active: yes → no") && told[1].contains("HeartbeatInterval = 300"), "{}", told[1]);
        assert!(told[2].contains("Location: Yard") && told[2].contains("Endpoint: edrv01"), "{}", told[2]);
    }

    async fn what_a_station_fixes_stays_fixed(app) {
        let made = app.post(PATH, edrv()).await;
        let one = format!("{PATH}/{}", made.json["_id"].as_str().unwrap());
        let settings = |heartbeat: &str, connectors: &str| json!({ "csconfig": [
            { "key": "HeartbeatInterval", "value": heartbeat }, { "key": "numberofconnectors", "value": connectors },
        ] });
        // Whoever edits one setting sends all of them, by name and value.
        let changed = app.change(Method::PATCH, &one, &json!(1), settings("60", "1")).await.ok();
        assert_eq!(changed["csconfig"][0]["value"], "60");
        assert_eq!(changed["csconfig"][1]["readonly"], true);
        let refused = app.change(Method::PATCH, &one, &json!(2), settings("90", "2")).await;
        let refused = refused.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"], json!([{
            "field": "csconfig[1]",
            "message": "numberofconnectors cannot be changed at the station; it is “1”",
        }]));
        let kept = app.get(&one).await.ok();
        assert_eq!((&kept["csconfig"][0]["value"], &kept["csconfig"][1]["readonly"]), (&json!("60"), &json!(true)));
    }

    async fn values_are_kept_without_the_blanks_around_them(app) {
        let mut new = edrv();
        new["csconfig"] = json!([
            { "key": " Zone ", "value": " a  b\n" }, { "key": "Fixed", "value": "1 ", "readonly": true },
        ]);
        let made = app.post(PATH, new).await.ok();
        let kept = json!([
            { "key": "Zone", "value": "a  b", "readonly": false }, { "key": "Fixed", "value": "1", "readonly": true },
        ]);
        assert_eq!(made["csconfig"], kept);
        let one = format!("{PATH}/{}", made["_id"].as_str().unwrap());
        let same = json!({ "csconfig": [{ "key": "Zone", "value": "a  b " }, { "key": "Fixed", "value": " 1" }] });
        let same = app.change(Method::PATCH, &one, &json!(1), same).await;
        assert_eq!((same.header("etag"), &same.json["csconfig"]), ("\"1\"", &kept), "nothing has changed");
    }

    async fn an_endpoint_is_one_stations_and_a_key_registers_once(app) {
        let send = async |key: &str, body: Value| {
            Answer::of(app.request(Method::POST, PATH).header("idempotency-key", key).json(&body)).await
        };
        let first = send("a", edrv()).await;
        let again = send("a", edrv()).await;
        assert_eq!((&again.json, again.header("etag")), (&first.json, "\"1\""));
        let mut shouted = edrv();
        shouted["endpoint"] = "EDRV01".into();
        let problem = send("b", shouted.clone()).await.problem(409, "/problems/duplicate");
        assert_eq!(problem["detail"], "There is a charge station with the endpoint edrv01 already.");
        shouted["endpoint"] = "edrv02".into();
        let other = send("b", shouted).await.ok();
        let path = format!("{PATH}/{}", other["_id"].as_str().unwrap());
        app.change(Method::PATCH, &path, &json!(1), json!({ "endpoint": "edrv01" })).await.problem(409, "/problems/duplicate");
    }

    async fn an_account_that_is_limited_registers_for_its_own_organizations(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let new = |more: Value| {
            let mut new = json!({ "endpoint": "new", "protocol": "ocpp2.0.1" });
            new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            new
        };
        for (more, said) in [
            (json!({}), "Organization: one of the organizations that your account is limited to"),
            (json!({ "organization": "1:ORGB" }), "Organization: one of the organizations"),
            (json!({ "location": world.theirs() }), "Location: one of the charge locations"),
        ] {
            let problem = person.send(Method::POST, PATH, new(more)).await.problem(422, "/problems/invalid");
            assert_eq!(problem["detail"], said);
        }
        let taken = person.send(Method::POST, PATH, new(json!({ "endpoint": "VERBORGEN", "organization": OURS }))).await;
        let detail = taken.problem(409, "/problems/duplicate")["detail"].clone();
        assert_eq!(detail, "There is a charge station with the endpoint VERBORGEN, of another organization, already.");
        let made = person.send(Method::POST, PATH, new(json!({ "location": world.ours() }))).await.ok();
        assert_eq!(made["organization"], OURS, "it follows its location");
        let names = person.get(PATH).await.ok();
        let names: Vec<&str> = names["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Alpha", "new"]);
        let one = format!("{PATH}/{}", made["_id"].as_str().unwrap());
        let problem = app.change(Method::PATCH, &one, &json!(1), json!({ "location": world.theirs() })).await;
        let problem = problem.problem(422, "/problems/invalid");
        assert!(problem["detail"].as_str().unwrap().ends_with("belongs to another organization than the station"));
    }
}

#[tokio::test]
async fn what_cannot_be_is_said_field_by_field() {
    let app = TestApp::sqlite().await;
    let setting = |key: &str, value: &str| json!({ "csconfig": [{ "key": key, "value": value }] });
    for (change, field, said) in [
        (json!({ "endpoint": "" }), "endpoint", "this cannot stay empty"),
        (
            json!({ "endpoint": "a b" }),
            "endpoint",
            "an endpoint has letters without accents, digits and * - _ = : + | @ . only",
        ),
        (
            json!({ "endpoint": "x".repeat(49) }),
            "endpoint",
            "at most 48 characters",
        ),
        (
            json!({ "protocol": "ocpp1.5" }),
            "protocol",
            "one of ocpp1.6, ocpp2.0.1",
        ),
        (json!({ "protocol": "" }), "protocol", "this cannot stay empty"),
        (
            json!({ "model": "x".repeat(256) }),
            "model",
            "at most 255 characters",
        ),
        (
            json!({ "manufacturer": "a\u{7}b" }),
            "manufacturer",
            "a control character cannot be kept",
        ),
        (
            json!({ "location": "loc_nowhere" }),
            "location",
            "one of the charge locations",
        ),
        (
            json!({ "organization": "9:X" }),
            "organization",
            "one of the organizations",
        ),
        (setting("", "1"), "csconfig[0]", "a setting has a name"),
        (
            setting("A B", "1"),
            "csconfig[0]",
            "a name of at most 50 letters, digits and signs, without blanks",
        ),
        (
            setting("authorizationkey", "1"),
            "csconfig[0]",
            "authorizationkey is the station's password, which is not kept here",
        ),
        (
            setting("K", &"x".repeat(2_501)),
            "csconfig[0]",
            "K: at most 2500 characters",
        ),
        (
            setting("K", "a\0"),
            "csconfig[0]",
            "K: a control character cannot be kept",
        ),
        (setting("K", "a\nb"), "csconfig[0]", "K: a value has one line"),
        (setting("K", "a\rb"), "csconfig[0]", "K: a value has one line"),
        (
            json!({ "csconfig": [{ "key": "K" }, { "key": "k" }] }),
            "csconfig[1]",
            "k stands twice",
        ),
        (
            json!({ "csconfig": vec![json!({ "key": "K" }); 501] }),
            "csconfig",
            "at most 500 settings",
        ),
    ] {
        let mut new = edrv();
        new.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let problem = app.post(PATH, new).await.problem(422, "/problems/invalid");
        let errors = problem["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{problem}");
        assert_eq!(
            (&errors[0]["field"], &errors[0]["message"]),
            (&json!(field), &json!(said))
        );
    }
    app.post(
        PATH,
        json!({ "endpoint": "a", "protocol": "ocpp1.6", "online": true }),
    )
    .await
    .problem(400, "/problems/malformed-request");
    assert_eq!(app.get(PATH).await.ok()["total"], 0);
}

#[tokio::test]
async fn without_chargepoint_there_are_ones_own() {
    let app = TestApp::sqlite().await;
    app.post(PATH, edrv()).await.ok();
    let page = app.get(PATH).await.ok();
    assert_eq!((&page["total"], &page["problem"]), (&json!(1), &Value::Null));
    app.get(&format!("{PATH}/1:100001"))
        .await
        .problem(404, "/problems/not-found");
    app.get(&format!("{PATH}/chs_none"))
        .await
        .problem(404, "/problems/not-found");
    let file = app
        .get(&format!("{PATH}/export?format=csv&columns=name,protocol,active"))
        .await
        .text;
    assert!(file.contains("edrv01,ocpp1.6,"), "{file}");
}
