//! The audit log: what it tells, and what shows when somebody tampers with it.

use domain::audit::Line;
use proxy::books::audit::{Noted, Wrong, verify};
use proxy::books::{Books, Engine};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Executor;

use crate::connections::{connection, fields, organization};
use crate::driver_requests::{ask, decide};
use crate::support::{TestApp, on_both};

/// The lines that a query finds, the newest first.
pub async fn lines(app: &TestApp, query: &str) -> Vec<Line> {
    let page = app.get(&format!("/audit?pageSize=500&{query}")).await.ok();
    serde_json::from_value(page["items"].clone()).unwrap()
}

/// Checks the chain and gives how many lines there are.
pub async fn whole(app: &TestApp) -> i64 {
    checked(app, None).await.unwrap()
}

async fn checked(app: &TestApp, anchor: Option<(i64, String)>) -> Result<i64, Wrong> {
    let mut tx = app.app.books.read().await.unwrap();
    let checked = verify(&mut tx, anchor.as_ref()).await.unwrap();
    checked.map(|whole| whole.lines)
}

/// Changes the log as somebody would who owns the database.
async fn tamper(app: &TestApp, statements: &[&'static str]) {
    let books = &app.app.books;
    let mut tx = books.write().await.unwrap();
    let disarm: &[&str] = match books.engine() {
        Engine::Sqlite => &[
            "DROP TRIGGER IF EXISTS audit_update",
            "DROP TRIGGER IF EXISTS audit_delete",
        ],
        Engine::Postgres => &["DROP TRIGGER IF EXISTS audit_change ON audit"],
    };
    for statement in disarm.iter().chain(statements) {
        (&mut *tx).execute(*statement).await.unwrap();
    }
    tx.silently("a test tampers");
    tx.commit().await.unwrap();
}

async fn ten_lines(app: &TestApp) -> i64 {
    for n in 0..10 {
        app.customer(&format!("Customer {n}")).await;
    }
    whole(app).await
}

on_both! {
    async fn a_line_tells_who_changed_what_from_where(app) {
        let person = app.person("Ana Torres", "administrator").await;
        let made = person.send(Method::POST, "/customers", json!({ "name": "Acme", "note": "Ring" })).await.ok();
        let id = made["id"].as_str().unwrap();
        let path = format!("/customers/{id}");
        let changed = person.request(Method::PATCH, &path).header("if-match", "*").header("x-request-id", "req-4711");
        changed.json(&json!({ "name": "Acme Ltd", "note": "", "email": "a@acme.example" })).send().await.unwrap();
        let told = lines(app, "filter=kind:is:Customer").await;
        assert_eq!(told.iter().map(|line| line.action.as_str()).collect::<Vec<_>>(), ["Changed", "Added"]);
        let line = &told[0];
        assert_eq!(
            (line.who.as_str(), line.account_id.as_str(), line.record.as_str(), line.record_id.as_str()),
            ("Ana Torres", person.account.id.as_str(), "Acme Ltd", id)
        );
        assert_eq!(line.summary, "Name: Acme → Acme Ltd · E-mail: a@acme.example · Note: Ring → nothing");
        assert_eq!((line.address.as_str(), line.batch.as_str()), ("127.0.0.1", ""));
        assert!(!line.request.is_empty() && line.at.ends_with('Z'));
        // By a program, the key is named too.
        app.delete(&path).await;
        let last = &lines(app, "filter=action:is:Deleted").await[0];
        assert_eq!(last.who, "Tess Tester, API key tests");
        assert_eq!(last.changes[0].before.as_deref(), Some("Acme Ltd"));
        // The record's own history outlives it.
        let history = app.get(&format!("{path}/history")).await.ok();
        assert_eq!(history["total"], 3);
        whole(app).await;
    }

    async fn what_did_not_happen_leaves_no_line(app) {
        let before = whole(app).await;
        app.post("/customers", json!({ "name": "" })).await.problem(422, "/problems/invalid");
        let id = app.customer("Acme").await;
        app.change(Method::PATCH, &format!("/customers/{id}"), &json!(9), json!({ "name": "X" })).await.problem(412, "/problems/stale");
        let same = app.change(Method::PATCH, &format!("/customers/{id}"), &json!(1), json!({ "name": "Acme" })).await;
        assert_eq!(same.ok()["version"], 1);
        let mut tx = app.app.books.write().await.unwrap();
        tx.note(Noted::new("Added", "customers", "cus_x", "Never"));
        drop(tx);
        assert_eq!(whole(app).await, before + 1);
    }

    async fn a_change_that_tells_nothing_is_refused(app) {
        let mut tx = app.app.books.write().await.unwrap();
        (&mut *tx).execute("UPDATE customers SET note = note").await.unwrap();
        let refused = tx.commit().await.unwrap_err().to_string();
        assert!(refused.contains("Tx::silently"), "{refused}");
    }

    async fn a_list_tells_who_came_and_went_and_what_visibility_followed(app) {
        let id = app.location("Oosteinde").await;
        let customer = app.customer("Acme").await;
        let list = format!("/locations/{id}/authorization");
        app.change_any(&format!("{list}/customers"), json!({ "customerIds": [customer] })).await.ok();
        app.list(&id, &["NL-GFX-C00000001-4", "NL-GFX-C00000002-1"]).await;
        app.change_any(&format!("{list}/tokens/remove"), json!({ "all": true })).await.ok();
        app.delete(&format!("{list}/customers/{customer}?confirm=true")).await.ok();
        let import = app.stage(&id, "auth-id", &[&["NL-GFX-C00000001-4", "NL-GFX-C00000003-9"]]).await;
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 2, "clear": true })).await.ok();
        app.change_any(&format!("{import}/undo"), json!({ "confirm": true })).await.ok();
        let history = app.get(&format!("/locations/{id}/history")).await.ok();
        let told: Vec<Line> = serde_json::from_value(history["items"].clone()).unwrap();
        let told: Vec<String> = told.iter().rev().map(|line| format!("{}: {}", line.action, line.summary)).collect();
        assert_eq!(told, [
            "List changed: Added: Acme · Customers: 0 → 1 · Visibility: Published → Private",
            "List changed: Added: NL-GFX-C00000001-4, NL-GFX-C00000002-1 · Charge tokens: 0 → 2",
            "List changed: Removed: NL-GFX-C00000001-4, NL-GFX-C00000002-1 → nothing · Charge tokens: 2 → 0",
            "List changed: Removed: Acme → nothing · Customers: 1 → 0 · Visibility: Private → Unpublished",
            "Imported: File: tokens.csv · Added: 2 · Charge tokens: 0 → 2 · Visibility: Unpublished → Private",
            "Import undone: File: tokens.csv · Taken off: 2 · Charge tokens: 2 → 0 · Visibility: Private → Unpublished",
        ]);
        let import_id = import.rsplit('/').next().unwrap();
        assert_eq!(lines(app, &format!("filter=batch:is:{import_id}")).await.len(), 2);
    }

    async fn many_at_once_have_a_line_each_and_a_batch_in_common(app) {
        let mut ids = Vec::new();
        for n in 1..4 {
            ids.push(app.token(json!({ "authId": format!("AB-{n}") })).await);
        }
        app.post("/tokens/block", json!({ "ids": ids[..2] })).await.ok();
        // One of them was blocked before.
        app.post("/tokens/block", json!({ "ids": ids })).await.ok();
        app.post("/tokens/delete", json!({ "ids": ids })).await.ok();
        let blocked = lines(app, "filter=action:is:Blocked").await;
        assert_eq!(blocked.len(), 3);
        assert_eq!((blocked[0].record.as_str(), blocked[0].batch.as_str()), ("AB-3", ""));
        assert!(blocked[1].batch.starts_with("bat_") && blocked[1].batch == blocked[2].batch);
        let deleted = lines(app, "filter=action:is:Deleted").await;
        assert_eq!(deleted.len(), 3);
        assert!(deleted.iter().all(|line| line.batch == deleted[0].batch && line.summary.contains("Valid: no")));
        whole(app).await;
    }

    async fn lines_are_found_filtered_and_exported(app) {
        let before = whole(app).await;
        app.customer("Größe & Söhne").await;
        app.token(json!({ "authId": "AB-1", "note": "Spare" })).await;
        let count = async |query: &str| app.get(&format!("/audit?{query}")).await.ok()["total"].as_i64().unwrap();
        assert_eq!(count("q=sohne").await, 1);
        assert_eq!(count("q=spare").await, 1);
        assert_eq!(count("filter=who:contains:tess&filter=action:is:Added").await, 2);
        assert_eq!(count("filter=kind:is:Charge%20token").await, 1);
        assert_eq!(count("filter=changes:contains:auth%20id").await, 1);
        assert_eq!(count("filter=at:after:2020-01-01").await, before + 2);
        let newest = lines(app, "sort=-at").await;
        assert_eq!(newest[0].id, (before + 2).to_string());
        assert_eq!(lines(app, "sort=at").await[0].id, "1");
        let file = app.get("/audit/export?format=csv&columns=who,action,record,changes").await.text;
        assert!(file.contains("Auth ID: AB-1"), "{file}");
        // The log can be read by whom its permission is given to, a history by whoever sees the record.
        let viewer = app.person("Vera Viewer", "viewer").await;
        viewer.get("/audit").await.problem(403, "/problems/forbidden");
        let token = app.get("/tokens").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/tokens/{token}/history");
        assert_eq!(app.get(&path).await.ok()["items"][0]["address"], "127.0.0.1");
        let history = viewer.get(&path).await.ok();
        assert_eq!((&history["total"], &history["items"][0]["address"]), (&json!(1), &json!("")));
        assert_eq!(viewer.get(&format!("{path}?filter=address:contains:127")).await.ok()["total"], 0);
    }

    async fn no_line_changes_or_goes(app) {
        ten_lines(app).await;
        for statement in ["UPDATE audit SET who = 'x' WHERE id = 3", "DELETE FROM audit WHERE id = 3"] {
            let mut tx = app.app.books.write().await.unwrap();
            let refused = (&mut *tx).execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains("lines of the audit log do not change"), "{refused}");
        }
        whole(app).await;
    }

    async fn tampering_shows(app) {
        let last = ten_lines(app).await;
        let hash = lines(app, "").await[2].hash.clone();
        checked(app, Some((last - 2, hash.clone()))).await.unwrap();
        assert_eq!(checked(app, Some((last - 1, hash))).await, Err(Wrong::Anchor(last - 1)));
        tamper(app, &["UPDATE audit SET who = 'Nobody' WHERE id = 5"]).await;
        assert_eq!(checked(app, None).await, Err(Wrong::Altered(5)));
        tamper(app, &["UPDATE audit SET who_fold = 'nobody' WHERE id = 4"]).await;
        assert_eq!(checked(app, None).await, Err(Wrong::Altered(4)));
        tamper(app, &["DELETE FROM audit WHERE id = 3"]).await;
        assert_eq!(checked(app, None).await, Err(Wrong::Missing(3)));
        tamper(app, &["DELETE FROM audit WHERE id < 3"]).await;
        assert_eq!(checked(app, None).await, Err(Wrong::Missing(1)));
    }

    async fn a_line_written_twice_and_a_cut_tail_show(app) {
        let last = ten_lines(app).await;
        let copy = "INSERT INTO audit SELECT id + 1, at, who, account_id, action, resource, record_id, record, organization, \
                    changes, address, request, batch, hash, who_fold, kind_fold, record_fold, changes_fold FROM audit \
                    WHERE id = (SELECT MAX(id) FROM audit)";
        tamper(app, &[copy]).await;
        assert_eq!(checked(app, None).await, Err(Wrong::Altered(last + 1)));
        tamper(app, &["DELETE FROM audit WHERE id = (SELECT MAX(id) FROM audit)"]).await;
        whole(app).await;
        tamper(app, &["DELETE FROM audit WHERE id = (SELECT MAX(id) FROM audit)"]).await;
        assert_eq!(checked(app, None).await, Err(Wrong::Cut { last: last - 1, written: last }));
        tamper(app, &["UPDATE audit_head SET id = id - 1"]).await;
        assert_eq!(checked(app, None).await, Err(Wrong::Head(last - 1)));
        tamper(app, &["DELETE FROM audit_head"]).await;
        assert_eq!(checked(app, None).await, Err(Wrong::NoHead));
    }

    async fn a_line_that_is_there_twice_shows(app) {
        ten_lines(app).await;
        tamper(app, &[
            "ALTER TABLE audit RENAME TO audit_before",
            "CREATE TABLE audit AS SELECT * FROM audit_before",
            "INSERT INTO audit SELECT * FROM audit_before WHERE id = 3",
        ]).await;
        assert_eq!(checked(app, None).await, Err(Wrong::Doubled(3)));
    }

    async fn writers_at_once_keep_one_chain(app) {
        let before = whole(app).await;
        let work = (0..40).map(|n| app.post("/customers", json!({ "name": format!("Customer {n}") })));
        for answer in futures::future::join_all(work).await {
            answer.ok();
        }
        assert_eq!(whole(app).await, before + 40);
    }

    async fn no_secret_stands_in_a_line(app) {
        organization(app).await;
        let mut secrets = vec!["violet kettle drives south".to_owned()];
        let ana = app.person("Ana Torres", "administrator").await;
        let key = json!({ "name": "Robot", "permissions": ["View:Token"], "days": 3 });
        let made = ana.send(Method::POST, "/keys", key).await.ok();
        secrets.push(made["secret"].as_str().unwrap().to_owned());
        let account = app.account("Ben Li", "viewer").await;
        let link = app.post(&format!("/accounts/{}/set-up", account.id), Value::Null).await.ok();
        let path = link["path"].as_str().unwrap().to_owned();
        let set = crate::support::http().post(format!("{}{path}", app.site())).form(&[("password", secrets[0].as_str())]);
        let set = crate::support::Answer::of(set).await;
        secrets.push(path.rsplit('/').next().unwrap().to_owned());
        secrets.push(set.header("set-cookie").split(['=', ';']).nth(1).unwrap().to_owned());
        // Some type the password where the e-mail address goes.
        let typed = json!({ "email": secrets[0], "password": "wrong" });
        let failed = crate::support::http().post(format!("{}/api/v1/session", app.site())).json(&typed);
        crate::support::Answer::of(failed).await.problem(401, "/problems/wrong-password");
        let id = connection(app, fields(json!({}))).await;
        let invitation = app.get(&format!("/connections/{id}/invitation")).await.ok();
        let anew = app.post(&format!("/connections/{id}/invitation/rotate"), Value::Null).await.ok();
        for codes in [&invitation, &anew] {
            secrets.push(codes["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned());
            secrets.extend(codes["searchCode"].as_str().map(str::to_owned));
        }
        let asked = ask(app, &id, &[("Anna", "")]).await;
        decide(app, "Approve", &[&asked[0]]).await;
        let told = app.get("/audit/export?format=json").await.text;
        for what in ["Signed in", "Sign-in failed", "An unknown e-mail address", "Password changed", "Set-up link made", "Invitation rotated", "Requested", "Approved", "A set-up link", "A driver"] {
            assert!(told.contains(what), "{what}");
        }
        for secret in &secrets {
            assert!(secret.len() > 7 && !told.contains(secret.as_str()), "{secret}");
        }
        assert!(!told.contains("anna@example.com"), "a driver's address goes with the request");
        // Nor does what the books know the secrets by.
        for hash in ["argon2", "digest"] {
            assert!(!told.contains(hash), "{hash}");
        }
    }
}

/// Books of before the log: what was told of station tokens then is its beginning.
#[tokio::test]
async fn what_was_told_before_the_log_stands_in_it() {
    let app = TestApp::sqlite().await;
    crate::station_tokens::estate(&app).await;
    let token = crate::station_tokens::add(&app, "CPT-1", json!({})).await;
    let lines_then = whole(&app).await;
    tamper(
        &app,
        &[
            "DELETE FROM migrations WHERE version = 9",
            "DROP INDEX audit_organization",
            "ALTER TABLE station_token_import_rows ADD COLUMN detail TEXT",
            "CREATE TABLE station_token_events (token_id TEXT, version BIGINT, at TEXT, what TEXT, detail TEXT)",
            "INSERT INTO station_token_events SELECT id, 1, '2025-01-02T03:04:05Z', 'Transferred', 'from Acme to Bolt' \
             FROM station_tokens",
            "INSERT INTO station_token_events SELECT id, 2, updated_at, 'Added', 'told by the log too' FROM station_tokens",
        ],
    )
    .await;
    let app = app.restart().await;
    // The event of before, and the key with which the tests ask the portal that was started again.
    assert_eq!(whole(&app).await, lines_then + 2);
    let path = format!("{}/history", crate::station_tokens::path(&token));
    let told = &app.get(&path).await.ok()["items"][0];
    assert_eq!(
        [&told["at"], &told["action"], &told["summary"]],
        ["2025-01-02T03:04:05Z", "Transferred", "Detail: from Acme to Bolt"]
    );
}

/// Looking needs books of this version.
#[tokio::test]
async fn books_are_looked_at_without_a_change() {
    let app = TestApp::sqlite().await;
    app.customer("Acme").await;
    let books = Books::look(&app.url).await.unwrap();
    let mut tx = books.read().await.unwrap();
    assert!(verify(&mut tx, None).await.unwrap().unwrap().lines > 1);
    tamper(
        &app,
        &["DELETE FROM migrations WHERE version = (SELECT MAX(version) FROM migrations)"],
    )
    .await;
    let refused = Books::look(&app.url).await.err().unwrap().to_string();
    assert!(refused.contains("start the portal once"), "{refused}");
}
