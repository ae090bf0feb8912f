use serde_json::json;

use crate::support::{TestApp, on_both};

const A: &str = "NL-GFX-C00000001-4";
const B: &str = "NL-GFX-C00000002-1";
const C: &str = "NL-GFX-C00000003-3";

on_both! {
    async fn a_chunk_sent_again_replaces_itself(app) {
        let id = app.location("Oosteinde").await;
        let import = app.stage(&id, "auth-id", &[&[A, B], &[C]]).await;
        let same = app.put(&format!("{import}/chunks/0"), json!({ "ids": [A, B] })).await.ok();
        assert_eq!((&same["ids"], &same["nextChunk"]), (&json!(3), &json!(2)), "the same ids change nothing");
        let other = app.put(&format!("{import}/chunks/0"), json!({ "ids": [C] })).await.ok();
        assert_eq!((&other["ids"], &other["nextChunk"]), (&json!(1), &json!(1)), "other ids take back what follows");
        let next = app.put(&format!("{import}/chunks/1"), json!({ "ids": [C, A] })).await.ok();
        assert_eq!((&next["ids"], &next["nextChunk"]), (&json!(2), &json!(2)));
        app.put(&format!("{import}/chunks/3"), json!({ "ids": [B] })).await.problem(409, "/problems/import-state");
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 2 })).await.ok();
        assert_eq!(app.listed(&id).await, [A, C]);
    }

    async fn an_import_that_is_not_whole_is_not_finalised(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &[C]).await;
        let import = app.stage(&id, "auth-id", &[&[A]]).await;
        let refused = app.change_any(&format!("{import}/finalise"), json!({ "ids": 2, "clear": true })).await;
        let problem = refused.problem(409, "/problems/import-incomplete");
        assert!(problem["detail"].as_str().unwrap().starts_with("1 of 2"), "{problem}");
        assert_eq!(app.listed(&id).await, [C]);
    }

    async fn an_import_without_ids_changes_nothing(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &[C]).await;
        let import = app.stage(&id, "auth-id", &[&[]]).await;
        let preview = app.get(&format!("{import}/preview?clear=true")).await.ok();
        assert_eq!((&preview["removed"], &preview["added"]), (&json!(0), &json!(0)));
        let refused = app.change_any(&format!("{import}/finalise"), json!({ "ids": 0, "clear": true })).await;
        refused.problem(409, "/problems/nothing-to-import");
        assert_eq!(app.listed(&id).await, [C]);
    }

    async fn the_browser_is_not_trusted(app) {
        let id = app.location("Oosteinde").await;
        let import = app.stage(&id, "auth-id", &[]).await;
        let chunk = format!("{import}/chunks/0");
        let refused = app.put(&chunk, json!({ "ids": [A, "=1+1", "", B] })).await.problem(422, "/problems/invalid");
        let fields: Vec<&str> = refused["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["ids[1]", "ids[2]"]);
        let many: Vec<String> = (0..50_001).map(|n| format!("X{n}")).collect();
        app.put(&chunk, json!({ "ids": many })).await.problem(413, "/problems/too-large");
        app.put(&chunk, json!({ "ids": ["x".repeat(8_000_000)] })).await.problem(413, "/problems/too-large");
        app.put(&chunk, json!({ "ids": "x" })).await.problem(400, "/problems/malformed-request");
        assert_eq!(app.get(&import).await.ok()["ids"], 0);
    }

    async fn an_ended_import_takes_nothing_more(app) {
        let id = app.location("Oosteinde").await;
        let import = app.stage(&id, "auth-id", &[&[A]]).await;
        assert_eq!(app.delete(&import).await.status, 204);
        app.delete(&import).await.problem(409, "/problems/import-state");
        app.put(&format!("{import}/chunks/1"), json!({ "ids": [B] })).await.problem(409, "/problems/import-state");
        app.get(&format!("{import}/preview")).await.problem(409, "/problems/import-state");
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 1 })).await.problem(409, "/problems/import-state");
        app.change_any(&format!("{import}/undo"), json!({})).await.problem(409, "/problems/import-state");
        app.get(&format!("{import}x")).await.problem(404, "/problems/not-found");
    }
}

async fn goes_on_after_a_restart(app: TestApp) {
    let id = app.location("Oosteinde").await;
    let import = app.stage(&id, "auth-id", &[&[A, B]]).await;
    let app = app.restart().await;
    let staged = app.get(&import).await.ok();
    assert_eq!(
        (&staged["state"], &staged["ids"], &staged["nextChunk"]),
        (&json!("staged"), &json!(2), &json!(1))
    );
    let next = app
        .put(&format!("{import}/chunks/1"), json!({ "ids": [B, C] }))
        .await
        .ok();
    assert_eq!(next["ids"], 3, "what was staged before is still known");
    app.change_any(&format!("{import}/finalise"), json!({ "ids": 3 }))
        .await
        .ok();
    assert_eq!(app.listed(&id).await, [A, B, C]);
}

#[tokio::test]
async fn a_staged_import_goes_on_after_a_restart_on_sqlite() {
    goes_on_after_a_restart(TestApp::sqlite().await).await;
}

#[tokio::test]
async fn a_staged_import_goes_on_after_a_restart_on_postgres() {
    if let Some(app) = TestApp::postgres().await {
        goes_on_after_a_restart(app).await;
    }
}

on_both! {
    async fn the_sweep_drops_what_nobody_needs(app) {
        let id = app.location("Oosteinde").await;
        let old = app.stage(&id, "auth-id", &[&[A]]).await;
        let mut tx = app.app.books.write().await.unwrap();
        sqlx::query("UPDATE imports SET touched_at = '2026-01-01T00:00:00Z'").execute(&mut *tx).await.unwrap();
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        let new = app.stage(&id, "auth-id", &[&[B]]).await;
        proxy::books::imports::sweep(&app.app.books).await.unwrap();
        assert_eq!(app.get(&old).await.ok()["state"], "discarded");
        assert_eq!(app.get(&new).await.ok()["state"], "staged");
        let mut tx = app.app.books.read().await.unwrap();
        let rows = sqlx::query("SELECT key FROM import_rows").fetch_all(&mut *tx).await.unwrap();
        assert_eq!(rows.len(), 1, "the rows of the old one are gone");
    }
}
