use reqwest::Method;
use serde_json::{Value, json};

use crate::station_tokens::{add, apply, estate, path};
use crate::support::{Answer, TestApp, on_both};

const TRANSFERS: &str = "/station_tokens/transfers";

/// Adds that many tokens of Acme, `BULK00000` and on.
async fn bulk(app: &TestApp, count: usize) -> Vec<String> {
    let tokens: Vec<_> = (0..count)
        .map(|n| domain::station_tokens::StationToken {
            id: format!("stk_bulk{n:05}"),
            token_sn: format!("BULK{n:05}"),
            cloud_plan: "Fleet".into(),
            org_id: "1:ORG1".into(),
            version: 1,
            created_at: "2026-11-20T08:00:00Z".into(),
            updated_at: "2026-11-20T08:00:00Z".into(),
            ..Default::default()
        })
        .collect();
    let mut tx = app.app.books.write().await.unwrap();
    proxy::books::station_tokens::write(&mut tx, &tokens)
        .await
        .unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
    tokens.into_iter().map(|token| token.token_sn).collect()
}

async fn held_by(app: &TestApp, org_id: &str) -> Value {
    let all = app.get("/station_tokens?pageSize=500").await.ok();
    let of = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|token| token["orgId"] == org_id);
    of.map(|token| token["tokenSn"].clone()).collect()
}

on_both! {
    async fn tokens_move_to_another_organization(app) {
        estate(app).await;
        let token = add(app, "CPT-1", json!({ "status": "Available" })).await;
        add(app, "CPT-2", json!({})).await;
        let body = json!({ "tokenSns": [" cpt-1 ", "", "CPT-2", "CPT-1"], "orgId": "1:org3", "reference": "PO-4711" });
        let check = app.post(&format!("{TRANSFERS}/check"), body.clone()).await;
        assert_eq!(check.header("etag"), format!("\"{}\"", check.json["version"]));
        let check = check.ok();
        for (field, value) in [("moves", json!(2)), ("refused", json!(0)), ("repeated", json!(1)), ("orgName", json!("Coal")), ("reasons", json!([]))] {
            assert_eq!(check[field], value, "{field}");
        }
        assert_eq!(app.get(&path(&token)).await.ok(), token);
        let done = app.change(Method::POST, TRANSFERS, &check["version"], body).await.ok();
        assert_eq!(done["moves"], 2);
        let moved = app.get(&path(&token)).await.ok();
        for (field, value) in [
            ("orgId", json!("1:ORG3")), ("orgName", json!("Coal")), ("ours", json!(false)), ("status", json!("Available")), ("version", json!(2)),
        ] {
            assert_eq!(moved[field], value, "{field}");
        }
        let history = app.get(&format!("{}/history", path(&token))).await.ok();
        let last = &history["items"][0];
        assert_eq!(last["action"], "Transferred");
        assert_eq!(last["summary"], "Org ID: 1:ORG1 → 1:ORG3 · Org Name: Acme → Coal · Reference: PO-4711");
    }

    async fn the_receiving_organization_may_be_new(app) {
        estate(app).await;
        add(app, "CPT-1", json!({})).await;
        let body = |name: &str| json!({ "tokenSns": ["CPT-1"], "orgId": "3:ORG77", "orgName": name });
        let nameless = app.post(TRANSFERS, body(" ")).await;
        assert_eq!(nameless.problem(422, "/problems/invalid")["errors"][0]["field"], "orgName");
        app.post(&format!("{TRANSFERS}/check"), body("Dune")).await.ok();
        assert_eq!(app.get("/organizations?q=dune").await.ok()["total"], 0);
        app.post(TRANSFERS, body("Dune")).await.ok();
        assert_eq!(app.get("/organizations?q=dune").await.ok()["items"], json!([{ "id": "3:ORG77", "name": "Dune", "ours": false, "groups": [] }]));
        assert_eq!(held_by(app, "3:ORG77").await, json!(["CPT-1"]));
    }

    async fn all_move_or_none_and_each_reason_is_said(app) {
        estate(app).await;
        let active = add(app, "ACTIVE", json!({})).await;
        apply(app, &active, "1:7-1").await.ok();
        add(app, "OLD", json!({ "status": "Expired" })).await;
        add(app, "THERE", json!({ "orgId": "1:ORG2" })).await;
        for sn in ["GONE", "FREE"] {
            add(app, sn, json!({})).await;
        }
        app.post(TRANSFERS, json!({ "tokenSns": ["GONE"], "orgId": "1:ORG3" })).await.ok();
        let mut body = json!({ "tokenSns": ["ACTIVE", "OLD", "THERE", "GONE", "FREE", "NO-1", "NO-2"], "orgId": "1:ORG2" });
        let check = app.post(&format!("{TRANSFERS}/check"), body.clone()).await.ok();
        assert_eq!((&check["moves"], &check["refused"]), (&json!(1), &json!(6)));
        let reasons: Vec<String> = check["reasons"].as_array().unwrap().iter()
            .map(|one| format!("{} {}", one["count"], one["reason"].as_str().unwrap())).collect();
        assert_eq!(reasons, ["2 unknown", "1 Active", "1 Expired", "1 already there", "1 not yours"]);
        assert_eq!(check["examples"][0], json!({ "tokenSn": "ACTIVE", "reason": "Active" }));
        let refused = app.post(TRANSFERS, body.clone()).await.problem(409, "/problems/transfer-refused");
        assert_eq!(refused["detail"], "6 of 7 tokens cannot move: 2 unknown, 1 Active, 1 Expired, 1 already there, 1 not yours. Nothing was moved.");
        assert_eq!(refused["errors"][1], json!({ "field": "tokenSns", "message": "OLD: Expired" }));
        assert_eq!(held_by(app, "1:ORG2").await, json!(["THERE"]));

        // Without those that cannot: only as many as were meant.
        body["onlyMovable"] = json!(2);
        let refused = app.post(TRANSFERS, body.clone()).await.problem(409, "/problems/transfer-refused");
        assert!(refused["detail"].as_str().unwrap().contains("Meant were 2 that can, by now there are 1."), "{refused}");
        body["onlyMovable"] = json!(1);
        assert_eq!(app.post(TRANSFERS, body.clone()).await.ok()["moves"], 1);
        assert_eq!(held_by(app, "1:ORG2").await, json!(["FREE", "THERE"]));
        body["onlyMovable"] = json!(0);
        app.post(TRANSFERS, body).await.problem(409, "/problems/transfer-refused");
    }

    async fn a_transfer_of_all_that_match_means_the_tokens_that_were_seen(app) {
        estate(app).await;
        add(app, "CPT-1", json!({})).await;
        let all = |as_of: &Value| json!({ "chosen": { "query": "q=cpt", "count": 1, "asOf": as_of }, "orgId": "1:ORG2" });
        for path in [TRANSFERS.to_owned(), format!("{TRANSFERS}/check")] {
            let refused = app.post(&path, all(&json!("2026-01-01T00:00:00Z"))).await.problem(409, "/problems/selection-changed");
            assert!(refused["detail"].as_str().unwrap().starts_with("1 were chosen, and 1 of them came or was changed"), "{refused}");
            let wrong = app.post(&path, all(&json!("soon"))).await.problem(422, "/problems/invalid");
            assert_eq!(wrong["errors"][0]["field"], "asOf");
        }
        assert_eq!(held_by(app, "1:ORG2").await, json!([]));
        let seen = app.get("/station_tokens?q=cpt").await.ok()["asOf"].clone();
        assert_eq!(app.post(TRANSFERS, all(&seen)).await.ok()["moves"], 1);
        assert_eq!(held_by(app, "1:ORG2").await, json!(["CPT-1"]));
    }

    async fn what_is_no_transfer(app) {
        estate(app).await;
        let many: Vec<String> = (0..10_001).map(|n| n.to_string()).collect();
        for (body, field) in [
            (json!({ "orgId": "1:ORG2" }), "tokenSns"),
            (json!({ "tokenSns": [" "], "orgId": "1:ORG2" }), "tokenSns"),
            (json!({ "tokenSns": many, "orgId": "1:ORG2" }), "tokenSns"),
            (json!({ "tokenSns": ["A"], "chosen": { "ids": ["stk_x"], "count": 1 }, "orgId": "1:ORG2" }), "tokenSns"),
            (json!({ "tokenSns": ["A"] }), "orgId"),
            (json!({ "tokenSns": ["A"], "orgId": "x".repeat(300), "orgName": "x" }), "orgId"),
            (json!({ "tokenSns": ["A"], "orgId": "1:ORG2", "reference": "a\nb" }), "reference"),
        ] {
            for path in [TRANSFERS.to_owned(), format!("{TRANSFERS}/check")] {
                let refused = app.post(&path, body.clone()).await;
                assert_eq!(refused.problem(422, "/problems/invalid")["errors"][0]["field"], field);
            }
        }
    }

    async fn of_ten_thousand_one_that_is_active_keeps_all(app) {
        estate(app).await;
        let mut names = bulk(app, 10_000).await;
        let last = json!({ "id": "stk_bulk09999", "version": 1 });
        apply(app, &last, "1:7-1").await.ok();
        let refused = app.post(TRANSFERS, json!({ "tokenSns": names, "orgId": "1:ORG3" })).await;
        let problem = refused.problem(409, "/problems/transfer-refused");
        assert_eq!(problem["detail"], "1 of 10000 tokens cannot move: 1 Active. Nothing was moved.");
        assert_eq!(problem["errors"][0]["message"], "BULK09999: Active");
        assert_eq!(held_by(app, "1:ORG3").await, json!([]));
        names.pop();
        assert_eq!(app.post(TRANSFERS, json!({ "tokenSns": names, "orgId": "1:ORG3" })).await.ok()["moves"], 9_999);
        let left = app.get("/station_tokens?sort=orgId&pageSize=1").await.ok();
        assert_eq!((&left["items"][0]["tokenSn"], &left["total"]), (&json!("BULK09999"), &json!(10_000)));
    }

    /// One wins; of what the other meant nothing moves.
    async fn two_people_transfer_the_same_token(app) {
        estate(app).await;
        let send = |names: [String; 2], to: &'static str| async move {
            app.post(TRANSFERS, json!({ "tokenSns": names, "orgId": to, "orgName": to })).await
        };
        for turn in 0..8 {
            let name = |which: &str| format!("T{turn}-{which}");
            for which in ["A", "B", "BOTH"] {
                add(app, &name(which), json!({})).await;
            }
            let (a, b) = tokio::join!(
                send([name("A"), name("BOTH")], "3:ORG1"),
                send([name("BOTH"), name("B")], "3:ORG2"),
            );
            let (won, lost, winner, kept) = if a.status == 201 { (a, b, "3:ORG1", "B") } else { (b, a, "3:ORG2", "A") };
            assert_eq!(won.ok()["moves"], 2);
            assert_eq!(lost.problem(409, "/problems/transfer-refused")["errors"][0]["message"], format!("{}: not yours", name("BOTH")));
            let of = async |which: &str| {
                let page = app.get(&format!("/station_tokens?q={}", name(which))).await.ok();
                page["items"][0]["orgId"].as_str().unwrap().to_owned()
            };
            assert_eq!((of("BOTH").await.as_str(), of(kept).await.as_str()), (winner, "1:ORG1"));
        }
    }

    async fn tokens_are_chosen_in_the_table(app) {
        estate(app).await;
        let mut ids = Vec::new();
        for n in 0..4 {
            let status = if n < 3 { "Available" } else { "New" };
            ids.push(add(app, &format!("CPT-{n}"), json!({ "status": status })).await["id"].clone());
        }
        let by_id = json!({ "chosen": { "ids": [ids[3], ids[3], "stk_none"], "count": 3 }, "orgId": "1:ORG3" });
        let check = app.post(&format!("{TRANSFERS}/check"), by_id).await.ok();
        assert_eq!((&check["moves"], &check["refused"], &check["repeated"]), (&json!(1), &json!(1), &json!(1)));
        assert_eq!(check["examples"], json!([{ "tokenSn": "stk_none", "reason": "unknown" }]));
        let all = |query: &str, count: u64| json!({ "chosen": { "query": query, "count": count }, "orgId": "1:ORG3" });
        let changed = app.post(TRANSFERS, all("filter=status%3Ais%3AAvailable", 2)).await;
        changed.problem(409, "/problems/selection-changed");
        let odd = app.post(TRANSFERS, all("filter=colour:is:red", 2)).await;
        assert_eq!(odd.problem(422, "/problems/invalid")["errors"][0]["field"], "filter[0]");
        app.post(TRANSFERS, all("q=none", 0)).await.problem(409, "/problems/transfer-refused");
        assert_eq!(app.post(TRANSFERS, all("filter=status%3Ais%3AAvailable&page=2&pageSize=1", 3)).await.ok()["moves"], 3);
        assert_eq!(held_by(app, "1:ORG3").await, json!(["CPT-0", "CPT-1", "CPT-2"]));
    }

    /// Both hold what was checked before: within our own organizations too, the second is told.
    async fn what_changed_since_the_check_is_not_moved(app) {
        estate(app).await;
        let token = add(app, "CPT-1", json!({})).await;
        let body = json!({ "tokenSns": ["CPT-1"], "orgId": "1:ORG2" });
        let version = app.post(&format!("{TRANSFERS}/check"), body.clone()).await.ok()["version"].clone();
        app.change(Method::PATCH, &path(&token), &json!(1), json!({ "partNo": "x" })).await.ok();
        let stale = app.change(Method::POST, TRANSFERS, &version, body.clone()).await;
        stale.problem(412, "/problems/stale");
        assert_eq!(held_by(app, "1:ORG2").await, json!([]));
        let version = app.post(&format!("{TRANSFERS}/check"), body.clone()).await.ok()["version"].clone();
        let elsewhere = json!({ "tokenSns": ["CPT-1"], "orgId": "1:ORG3" });
        app.change(Method::POST, TRANSFERS, &version, elsewhere).await.problem(412, "/problems/stale");
        app.change(Method::POST, TRANSFERS, &version, body).await.ok();
    }

    async fn a_transfer_that_is_sent_again_is_done_once(app) {
        estate(app).await;
        add(app, "CPT-1", json!({})).await;
        let body = json!({ "tokenSns": ["CPT-1"], "orgId": "1:ORG3" });
        let send = || Answer::of(app.request(Method::POST, TRANSFERS).header("idempotency-key", "k1").json(&body));
        assert_eq!(send().await.ok(), send().await.ok());
        app.post(TRANSFERS, body.clone()).await.problem(409, "/problems/transfer-refused");
    }
}
