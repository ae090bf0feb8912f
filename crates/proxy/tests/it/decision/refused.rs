//! What was refused is told of, by token and not by question.

use std::time::{Duration, Instant};

use domain::limits::MAX_REFUSED;
use proxy::books::authorization::refused::write_lot;
use serde_json::{Value, json};

use super::world::execute;
use crate::audit::lines;
use crate::support::{TestApp, on_both};

async fn ask(app: &TestApp, location: &str, field: &str, id: &str) -> Value {
    app.post("/authorize", json!({ "locationId": location, field: id }))
        .await
        .ok()
}

/// The list as soon as it is as wanted: refusals are written beside their answers.
pub async fn refused(app: &TestApp, location: &str, is_there: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let page = app
            .get(&format!("/locations/{location}/refused?pageSize=500"))
            .await
            .ok();
        let items = page["items"].as_array().unwrap();
        assert_eq!(page["total"], items.len());
        if is_there(items) {
            return items.clone();
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{page}");
    }
}

fn times(items: &[Value]) -> u64 {
    items.iter().map(|item| item["count"].as_u64().unwrap()).sum()
}

on_both! {
    async fn a_refused_token_is_one_line_however_it_is_shown(app) {
        let (id, other) = (app.location("Oosteinde").await, app.location("Haven").await);
        let acme = app.customer("Acme").await;
        app.token(json!({ "authId": "NL-GFX-C00000001-4", "chipId": "04A1B2C3D4E5F6", "customerId": acme })).await;
        app.token(json!({ "authId": "BLOCKED-1", "valid": false })).await;
        app.list(&id, &["CARD-1"]).await;
        for (field, shown) in [
            ("authId", "CARD-1"),
            ("authId", "nlgfxc00000001"),
            ("chipId", "04:a1:b2:c3:d4:e5:f6"),
            ("authId", "Stranger-1"),
            ("authId", "STRANGER1"),
            ("authId", "STRANGER-1"),
            ("chipId", "04A1B2C3"),
            ("authId", "BLOCKED-1"),
        ] {
            ask(app, &id, field, shown).await;
        }
        ask(app, &other, "authId", "STRANGER-1").await;
        ask(app, "loc_nowhere", "authId", "STRANGER-1").await;
        write_lot(&app.app.books).await;
        let rows = refused(app, &id, |items| times(items) == 7).await;
        let row = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id}: {rows:?}"));
        let own = row("NL-GFX-C00000001-4");
        assert_eq!((&own["count"], &own["reason"], &own["token"]["customer"]["name"]), (&json!(2), &json!("Not listed"), &json!("Acme")));
        assert!(own["lastAt"].as_str() >= own["firstAt"].as_str());
        assert_eq!(own["can"], json!(["authorize", "forget"]));
        let stranger = row("STRANGER-1");
        assert_eq!((&stranger["count"], &stranger["reason"], &stranger["token"]), (&json!(3), &json!("Unknown token"), &Value::Null));
        let card = row("04A1B2C3");
        assert_eq!((&card["count"], &card["kind"]), (&json!(1), &json!("chip-id")));
        assert_eq!(row("BLOCKED-1")["reason"], "Blocked");
        assert_eq!(rows.len(), 4);
        // Nothing was refused where all is open.
        assert!(refused(app, &other, |_| true).await.is_empty());
        for (filter, total) in [("filter=reason:is:Blocked", 1), ("filter=count:gt:1", 2), ("q=acme", 1), ("sort=-count", 4)] {
            assert_eq!(app.get(&format!("/locations/{id}/refused?{filter}")).await.ok()["total"], total, "{filter}");
        }
        app.get("/locations/loc_nowhere/refused").await.problem(404, "/problems/not-found");
    }

    async fn what_was_refused_is_forgotten_one_by_one_or_all_at_once(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["CARD-1"]).await;
        for card in ["CARD-2", "CARD-3", "CARD-4"] {
            ask(app, &id, "authId", card).await;
        }
        ask(app, &id, "chipId", "04A1B2C3").await;
        let rows = refused(app, &id, |items| times(items) == 4).await;
        let forget = format!("/locations/{id}/refused/forget");
        let two: Vec<&Value> = rows.iter().filter(|row| row["id"] == "CARD-2" || row["kind"] == "chip-id").map(|row| &row["entryId"]).collect();
        assert_eq!(app.post(&forget, json!({ "entryIds": two })).await.ok(), json!({ "forgotten": 2 }));
        assert_eq!(app.post(&forget, json!({ "entryIds": two })).await.ok(), json!({ "forgotten": 0 }));
        let left = refused(app, &id, |_| true).await;
        assert!(left.len() == 2 && left.iter().all(|row| row["id"] == "CARD-3" || row["id"] == "CARD-4"), "{left:?}");
        assert_eq!(app.post(&forget, json!({ "all": true })).await.ok(), json!({ "forgotten": 2 }));
        assert!(refused(app, &id, |_| true).await.is_empty());
        assert_eq!(lines(app, "filter=action:is:Refusals%20forgotten").await.len(), 2);
        // Refused again, it is told of again.
        ask(app, &id, "authId", "CARD-2").await;
        assert_eq!(refused(app, &id, |items| times(items) == 1).await[0]["count"], 1);
        app.post("/locations/loc_nowhere/refused/forget", json!({ "all": true })).await.problem(404, "/problems/not-found");
    }

    /// Whoever is refused while the books cannot be written is told of later.
    async fn what_could_not_be_written_is_not_lost(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["CARD-1"]).await;
        execute(app, "ALTER TABLE refused RENAME TO away").await;
        for _ in 0..3 {
            ask(app, &id, "authId", "CARD-2").await;
        }
        let begun = Instant::now();
        while write_lot(&app.app.books).await.is_none_or(|rest| rest < Duration::from_secs(60)) {
            assert!(begun.elapsed() < Duration::from_secs(60), "it was written");
            tokio::task::yield_now().await;
        }
        execute(app, "ALTER TABLE away RENAME TO refused").await;
        let rest = write_lot(&app.app.books).await;
        assert!(rest.is_some_and(|rest| rest < Duration::from_secs(60)), "{rest:?}");
        assert_eq!(times(&refused(app, &id, |_| true).await), 3);
    }

    /// Whoever tries many ids fills no disk, and the latest are there.
    async fn the_oldest_go_where_there_are_too_many(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["CARD-1"]).await;
        ask(app, &id, "authId", "OLD-1").await;
        refused(app, &id, |items| times(items) == 1).await;
        execute(app, "UPDATE refused SET last_at = '2020-01-01T00:00:00Z'").await;
        for n in 0..MAX_REFUSED {
            ask(app, &id, "authId", &format!("NEW{n:04}")).await;
        }
        let is_new = |row: &Value| row["id"].as_str().unwrap().starts_with("NEW");
        let all = MAX_REFUSED as usize;
        refused(app, &id, |items| items.len() == all && items.iter().all(is_new)).await;
        // And no more come to be kept.
        execute(app, "UPDATE refused SET last_at = '2021-01-01T00:00:00Z'").await;
        let last = ["NEW9998", "NEW9999"];
        for card in last {
            ask(app, &id, "authId", card).await;
        }
        let has = |items: &[Value], id: &str| items.iter().any(|row| row["id"] == id);
        let rows = refused(app, &id, |items| last.iter().all(|id| has(items, id))).await;
        assert_eq!(rows.len(), all);
    }
}
