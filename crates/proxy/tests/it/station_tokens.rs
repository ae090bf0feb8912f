use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

/// Organizations and EVSEs as a sync brings them: two of Acme, one of Bolt; Coal is not ours.
pub async fn estate(app: &TestApp) {
    let evse = |id: &str, org: &str, name: &str| domain::station_tokens::Evse {
        id: id.into(),
        station_sn: format!("18{}", id.replace([':', '-'], "")),
        station_name: format!("{} / GARAGE {id}", name.to_uppercase()),
        org_id: org.into(),
        org_name: name.into(),
        token_sn: None,
    };
    let evses = [
        evse("1:7-1", "1:ORG1", "Acme"),
        evse("1:7-2", "1:ORG1", "Acme"),
        evse("1:8-1", "1:ORG2", "Bolt"),
    ];
    let coal = proxy::books::organizations::foreign("1:ORG3", "Coal").unwrap();
    let mut tx = app.app.books.write().await.unwrap();
    proxy::books::evses::follow(&mut tx, &evses).await.unwrap();
    proxy::books::organizations::add(&mut tx, &[coal]).await.unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
}

/// Adds a token of Acme and gives it.
pub async fn add(app: &TestApp, token_sn: &str, more: Value) -> Value {
    let mut body = json!({ "tokenSn": token_sn, "cloudPlan": "Commercial", "orgId": "1:ORG1" });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    app.post("/station_tokens", body).await.ok()
}

pub fn path(token: &Value) -> String {
    format!("/station_tokens/{}", token["id"].as_str().unwrap())
}

pub async fn apply(app: &TestApp, token: &Value, evse: &str) -> crate::support::Answer {
    let body = json!({ "evseId": evse });
    app.change(
        Method::POST,
        &format!("{}/apply", path(token)),
        &token["version"],
        body,
    )
    .await
}

on_both! {
    async fn a_station_token_is_added_changed_and_deleted(app) {
        estate(app).await;
        let made = add(app, " CPT-1 ", json!({ "partNo": "CPCLD-1", "orderDate": "2026-11-02", "customerName": "Łódź Ltd" })).await;
        for (field, value) in [
            ("tokenSn", json!("CPT-1")), ("status", json!("New")), ("orgName", json!("Acme")), ("ours", json!(true)),
            ("orderDate", json!("2026-11-02")), ("shipDate", json!(null)), ("version", json!(1)),
        ] {
            assert_eq!(made[field], value, "{field}");
        }
        let path = path(&made);
        assert_eq!(app.get(&path).await.header("etag"), "\"1\"");
        let patch = json!({ "cloudPlan": "Fleet", "orderDate": "", "status": "Expired" });
        let changed = app.change(Method::PATCH, &path, &json!(1), patch).await.ok();
        assert_eq!((&changed["cloudPlan"], &changed["orderDate"], &changed["status"], &changed["version"]),
            (&json!("Fleet"), &json!(null), &json!("Expired"), &json!(2)));
        assert_eq!(app.get(&path).await.ok(), changed);
        // Nothing new is no new version.
        let same = app.change(Method::PATCH, &path, &json!(2), json!({ "cloudPlan": "Fleet" })).await.ok();
        assert_eq!(same["version"], 2);
        app.change(Method::PATCH, &path, &json!(1), json!({ "partNo": "x" })).await.problem(412, "/problems/stale");
        let history = app.get(&format!("{path}/history")).await.ok();
        let lines = history["items"].as_array().unwrap();
        let words: Vec<&str> = lines.iter().map(|line| line["action"].as_str().unwrap()).collect();
        assert_eq!(words, ["Changed", "Added"]);
        assert_eq!(lines[0]["summary"], "Cloud Plan: Commercial → Fleet · Order Date: 2026-11-02 → nothing · Status: New → Expired");
        assert_eq!(app.delete(&path).await.status, 204);
        app.get(&path).await.problem(404, "/problems/not-found");
        assert_eq!(app.get(&format!("{path}/history")).await.ok()["items"][0]["action"], "Deleted");
    }

    async fn a_serial_number_is_unique_whatever_its_case(app) {
        estate(app).await;
        let one = add(app, "CPT-Ä1", json!({})).await;
        let refused = app.post("/station_tokens", json!({ "tokenSn": "cpt-ä1 ", "cloudPlan": "Fleet", "orgId": "1:ORG2" })).await;
        let problem = refused.problem(409, "/problems/duplicate");
        assert!(problem["detail"].as_str().unwrap().contains("CPT-Ä1 already; it belongs to Acme"));
        let two = add(app, "CPT-2", json!({})).await;
        let refused = app.change(Method::PATCH, &path(&two), &json!(1), json!({ "tokenSn": "CPT-ä1" })).await;
        assert_eq!(refused.problem(409, "/problems/duplicate")["errors"][0]["field"], "tokenSn");
        // Its own, respelled, is no duplicate.
        app.change(Method::PATCH, &path(&one), &json!(1), json!({ "tokenSn": "cpt-ä1" })).await.ok();
        let create = || app.post("/station_tokens", json!({ "tokenSn": "CPT-3", "cloudPlan": "Fleet", "orgId": "1:ORG2" }));
        let (a, b, c) = tokio::join!(create(), create(), create());
        let mut statuses = [a.status, b.status, c.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409]);
    }

    async fn what_a_station_token_cannot_be(app) {
        estate(app).await;
        let with = |key: &str, value: Value| {
            let mut body = json!({ "tokenSn": "CPT-1", "cloudPlan": "Fleet", "orgId": "1:org1" });
            body[key] = value;
            body
        };
        for (key, value) in [
            ("tokenSn", json!(" ")),
            ("tokenSn", json!("a\nb")),
            ("tokenSn", json!("a b")),
            ("cloudPlan", json!("")),
            ("cloudPlan", json!(null)),
            ("orgId", json!("1:ORG3")),
            ("orgId", json!("1:ORG9")),
            ("orgId", json!("")),
            ("orderDate", json!("tomorrow")),
            ("shipDate", json!("2026-02-30")),
            ("description", json!("x".repeat(256))),
            ("status", json!("Active")),
        ] {
            let refused = app.post("/station_tokens", with(key, value.clone())).await;
            assert_eq!(refused.problem(422, "/problems/invalid")["errors"][0]["field"], key, "{value}");
        }
        app.post("/station_tokens", with("status", json!("Lost"))).await.problem(400, "/problems/malformed-request");
        app.post("/station_tokens", with("evseId", json!("1:7-1"))).await.problem(400, "/problems/malformed-request");
        assert_eq!(app.get("/station_tokens").await.ok()["total"], 0);
        let token = add(app, "CPT-1", json!({})).await;
        for (key, value) in [("tokenSn", json!("")), ("orgId", json!("1:ORG2")), ("status", json!("Active"))] {
            let refused = app.change(Method::PATCH, &path(&token), &json!(1), json!({ key: value })).await;
            assert_eq!(refused.problem(422, "/problems/invalid")["errors"][0]["field"], key);
        }
        assert_eq!(app.get(&path(&token)).await.ok(), token);
    }

    async fn a_creating_request_that_is_sent_again_is_done_once(app) {
        estate(app).await;
        let body = json!({ "tokenSn": "CPT-1", "cloudPlan": "Fleet", "orgId": "1:ORG1" });
        let send = || crate::support::Answer::of(app.request(Method::POST, "/station_tokens").header("idempotency-key", "k1").json(&body));
        let (first, second) = (send().await, send().await);
        assert_eq!((first.status, first.header("location")), (201, format!("/api/v1{}", path(&first.json)).as_str()));
        assert_eq!(first.ok(), second.ok());
    }

    async fn a_free_token_is_applied_to_a_station(app) {
        estate(app).await;
        let token = add(app, "CPT-1", json!({ "status": "Available" })).await;
        let applied = apply(app, &token, " 1:7-2").await.ok();
        for (field, value) in [("status", "Active"), ("evseId", "1:7-2"), ("stationSn", "18172"), ("stationName", "ACME / GARAGE 1:7-2")] {
            assert_eq!(applied[field], value);
        }
        assert_eq!(applied["activationDate"], applied["appliedDate"]);
        assert!(applied["activationDate"].as_str().unwrap() >= token["createdAt"].as_str().unwrap());
        let history = app.get(&format!("{}/history", path(&token))).await.ok();
        let last = &history["items"][0];
        assert_eq!(last["action"], "Applied to station");
        assert!(last["summary"].as_str().unwrap().starts_with("EVSE ID: 1:7-2 · Station S/N: 18172 · Station Name: ACME / GARAGE 1:7-2 · "), "{last}");

        let evses = app.get("/evses?q=garage").await.ok();
        let seen: Vec<(&str, Option<&str>)> = evses["items"].as_array().unwrap().iter()
            .map(|evse| (evse["id"].as_str().unwrap(), evse["tokenSn"].as_str())).collect();
        assert_eq!(seen, [("1:7-1", None), ("1:7-2", Some("CPT-1")), ("1:8-1", None)]);
        assert_eq!(app.get("/evses?q=18171").await.ok()["items"][0]["id"], "1:7-1");
        assert_eq!(app.get("/evses?q=bolt").await.ok()["total"], 1);

        // In use, it stays as it is.
        apply(app, &applied, "1:7-1").await.problem(409, "/problems/in-use");
        app.delete(&path(&token)).await.problem(409, "/problems/in-use");
        let expire = app.change(Method::PATCH, &path(&token), &applied["version"], json!({ "status": "Expired" })).await;
        assert_eq!(expire.problem(422, "/problems/invalid")["errors"][0]["field"], "status");
        let note = app.change(Method::PATCH, &path(&token), &applied["version"], json!({ "status": "Active", "partNo": "x" })).await;
        assert_eq!(note.ok()["partNo"], "x");
    }

    async fn what_cannot_be_applied(app) {
        estate(app).await;
        let active = add(app, "CPT-1", json!({})).await;
        apply(app, &active, "1:7-1").await.ok();
        let token = add(app, "CPT-2", json!({})).await;
        let taken = apply(app, &token, "1:7-1").await.problem(409, "/problems/in-use");
        assert!(taken["detail"].as_str().unwrap().starts_with("CPT-1 is Active on 1:7-1"), "{taken}");
        let unknown = apply(app, &token, "1:9-1").await.problem(422, "/problems/invalid");
        assert_eq!(unknown["errors"][0]["field"], "evseId");
        let others = apply(app, &token, "1:8-1").await.problem(422, "/problems/invalid");
        assert_eq!(others["errors"][0]["field"], "evseId");
        assert!(others["detail"].as_str().unwrap().starts_with("EVSE ID: 1:8-1 belongs to Bolt, and CPT-2 to Acme;"), "{others}");
        let offered = app.get(&format!("{}/evses?q=garage", path(&token))).await.ok();
        let ids: Vec<&str> = offered["items"].as_array().unwrap().iter().map(|evse| evse["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["1:7-1", "1:7-2"]);
        app.get("/station_tokens/stk_none/evses").await.problem(404, "/problems/not-found");
        let expired = add(app, "CPT-3", json!({ "status": "Expired" })).await;
        apply(app, &expired, "1:7-2").await.problem(409, "/problems/in-use");
        let stale = json!({ "id": token["id"], "version": 7 });
        apply(app, &stale, "1:7-2").await.problem(412, "/problems/stale");
        let nobody = json!({ "id": "stk_none", "version": 1 });
        apply(app, &nobody, "1:7-2").await.problem(404, "/problems/not-found");
        assert_eq!(app.get(&path(&token)).await.ok(), token);
    }

    async fn two_tokens_applied_at_once_do_not_both_win(app) {
        estate(app).await;
        for (turn, evse) in ["1:7-1", "1:7-2"].into_iter().enumerate() {
            let (a, b) = (add(app, &format!("A{turn}"), json!({})).await, add(app, &format!("B{turn}"), json!({})).await);
            let (a, b) = tokio::join!(apply(app, &a, evse), apply(app, &b, evse));
            let mut statuses = [a.status, b.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409]);
            let lost = if a.status == 409 { a } else { b };
            lost.problem(409, "/problems/in-use");
        }
        assert_eq!(app.get("/station_tokens?sort=-status&pageSize=3").await.ok()["total"], 4);
    }

    async fn an_organization_that_is_not_ours_keeps_its_tokens(app) {
        estate(app).await;
        let token = add(app, "CPT-1", json!({ "orgId": "1:ORG2" })).await;
        let all = app.get("/organizations").await.ok();
        let names: Vec<(&str, bool)> = all["items"].as_array().unwrap().iter()
            .map(|one| (one["name"].as_str().unwrap(), one["ours"].as_bool().unwrap())).collect();
        assert_eq!(names, [("Acme", true), ("Bolt", true), ("Coal", false)]);
        assert_eq!(app.get("/organizations?q=org2").await.ok()["items"][0]["name"], "Bolt");
        // ChargePoint no longer shows stations of Bolt.
        let acme = domain::station_tokens::Evse { id: "1:7-1".into(), org_id: "1:ORG1".into(), org_name: "Acme II".into(), ..Default::default() };
        let mut tx = app.app.books.write().await.unwrap();
        proxy::books::evses::follow(&mut tx, &[acme]).await.unwrap();
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        assert_eq!(app.get(&path(&token)).await.ok()["ours"], false);
        let path = path(&token);
        app.change(Method::PATCH, &path, &json!(1), json!({ "partNo": "x" })).await.problem(409, "/problems/not-ours");
        app.delete(&path).await.problem(409, "/problems/not-ours");
        apply(app, &token, "1:7-1").await.problem(409, "/problems/not-ours");
        let names = app.get("/organizations").await.ok();
        assert_eq!(names["items"][0]["name"], "Acme II");
    }

    async fn the_stock_is_summed_up(app) {
        estate(app).await;
        for (sn, plan, status) in [("1", "Fleet", "New"), ("2", "fleet", "New"), ("3", "Fleet", "Expired"), ("4", "Home", "Available")] {
            add(app, sn, json!({ "cloudPlan": plan, "status": status })).await;
        }
        let token = add(app, "5", json!({ "cloudPlan": "Home" })).await;
        apply(app, &token, "1:7-1").await.ok();
        let summary = app.get("/station_tokens/summary").await.ok();
        let counts: Vec<(String, Value)> = summary["plans"].as_array().unwrap().iter()
            .map(|plan| (plan["cloudPlan"].as_str().unwrap().to_lowercase(), plan["counts"].clone())).collect();
        assert_eq!(counts, [("fleet".into(), json!([2, 0, 0, 1])), ("home".into(), json!([0, 1, 1, 0]))]);
        let months = summary["activations"].as_array().unwrap();
        let counts: Vec<u64> = months.iter().map(|month| month["count"].as_u64().unwrap()).collect();
        // The month may have ended since.
        assert_eq!((counts.len(), counts[10] + counts[11], counts[..10].iter().sum()), (12, 1, 0));
    }
}
