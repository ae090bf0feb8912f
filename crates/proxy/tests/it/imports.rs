use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const A: &str = "NL-GFX-C00000001-4";
const B: &str = "NL-GFX-C00000002-1";
const C: &str = "NL-GFX-C00000003-3";

fn list(id: &str) -> String {
    format!("/locations/{id}/authorization")
}

fn pick(value: &Value, fields: &[&str]) -> Vec<u64> {
    fields
        .iter()
        .map(|field| value[*field].as_u64().unwrap())
        .collect()
}

on_both! {
    async fn an_import_is_staged_previewed_and_finalised(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &[A]).await;
        app.token(json!({ "authId": B, "valid": false })).await;
        let import = app.stage(&id, "auth-id", &[&["nl gfx c00000001", B], &[C, B]]).await;
        let staged = app.get(&import).await.ok();
        assert_eq!(pick(&staged, &["ids", "nextChunk"]), [3, 2], "an id in two chunks counts once");
        assert_eq!(app.listed(&id).await, [A], "nothing has changed yet");

        let preview = app.get(&format!("{import}/preview")).await.ok();
        let fields = ["ids", "added", "alreadyListed", "known", "external", "refusedThoughListed", "removed", "version"];
        assert_eq!(pick(&preview, &fields), [3, 2, 1, 1, 1, 1, 0, 2]);
        assert_eq!((&preview["visibilityBefore"], &preview["visibilityAfter"]), (&json!("Private"), &json!("Private")));

        let done = app.change_any(&format!("{import}/finalise"), json!({ "ids": 3 })).await;
        assert_eq!(done.header("etag"), "\"3\"");
        let done = done.ok();
        assert_eq!(pick(&done["import"], &["added", "alreadyListed", "removed"]), [2, 1, 0]);
        assert_eq!(done["import"]["state"], "finalised");
        assert_eq!(done["authorization"]["tokens"], 3);
        assert_eq!(app.listed(&id).await, [A, B, C]);
        let entries = app.get(&format!("{}/tokens?sort=-state", list(&id))).await.ok();
        let of = |entry: &Value| (entry["id"].clone(), entry["importId"].is_string());
        let rows: Vec<_> = entries["items"].as_array().unwrap().iter().map(of).collect();
        assert_eq!(rows, [(json!(A), false), (json!(C), true), (json!(B), true)]);
    }

    async fn the_same_file_again_adds_nothing(app) {
        let id = app.location("Oosteinde").await;
        for expected in [[2, 0], [0, 2]] {
            let import = app.stage(&id, "auth-id", &[&[A, B]]).await;
            let done = app.change_any(&format!("{import}/finalise"), json!({ "ids": 2, "clear": true })).await.ok();
            assert_eq!(pick(&done["import"], &["added", "alreadyListed"]), expected);
            assert_eq!(done["authorization"]["version"], 2, "the second time nothing changes");
        }
    }

    async fn clearing_replaces_the_tokens_and_undo_brings_them_back(app) {
        let id = app.location("Oosteinde").await;
        let customer = app.customer("Acme").await;
        app.token(json!({ "authId": B, "customerId": customer })).await;
        app.list(&id, &[A, "nl gfx c00000002"]).await;
        app.change_any(&format!("{}/customers", list(&id)), json!({ "customerIds": [customer] })).await.ok();
        let import = app.stage(&id, "auth-id", &[&[C, A]]).await;

        let preview = app.get(&format!("{import}/preview?clear=true")).await.ok();
        assert_eq!(pick(&preview, &["added", "alreadyListed", "removed"]), [1, 1, 1]);
        assert_eq!(preview["removedSample"], json!([{ "id": B, "customer": "Acme" }]));
        let all = app.get(&format!("{import}/removed?pageSize=1")).await.ok();
        assert_eq!((&all["total"], &all["items"][0]["customer"]), (&json!(1), &json!("Acme")));

        let done = app.change_any(&format!("{import}/finalise"), json!({ "ids": 2, "clear": true })).await.ok();
        assert_eq!(pick(&done["import"], &["added", "alreadyListed", "removed"]), [1, 1, 1]);
        assert_eq!(done["import"]["cleared"], true);
        assert_eq!(pick(&done["authorization"], &["customers", "tokens"]), [1, 2], "customers stay");
        assert_eq!(app.listed(&id).await, [A, C]);
        assert_eq!(app.get(&format!("{import}/removed")).await.ok()["items"][0]["id"], B, "what went stays known");

        let undone = app.change_any(&format!("{import}/undo"), json!({})).await.ok();
        assert_eq!(undone["import"]["state"], "undone");
        assert_eq!(undone["authorization"]["tokens"], 2);
        assert_eq!(app.listed(&id).await, [A, B]);
        app.change_any(&format!("{import}/undo"), json!({})).await.problem(409, "/problems/import-state");
    }

    async fn undo_leaves_what_operators_changed_since(app) {
        let id = app.location("Oosteinde").await;
        let import = app.stage(&id, "auth-id", &[&[A, B]]).await;
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 2 })).await.ok();
        let removed = json!({ "entryIds": ["a-NLGFXC00000001"] });
        app.change_any(&format!("{}/tokens/remove", list(&id)), removed).await.ok();
        app.list(&id, &[A, C]).await;
        let undone = app.change_any(&format!("{import}/undo"), json!(null)).await;
        undone.problem(400, "/problems/malformed-request");
        app.change_any(&format!("{import}/undo"), json!({})).await.ok();
        assert_eq!(app.listed(&id).await, [A, C], "A was listed by hand again");
    }

    /// Neither a token that was deleted meanwhile, nor what came by an import that was undone itself.
    async fn undo_brings_back_only_what_is_still_wanted(app) {
        let id = app.location("Oosteinde").await;
        let token = app.token(json!({ "authId": A })).await;
        app.list(&id, &[A, C]).await;
        let first = app.stage(&id, "auth-id", &[&[B]]).await;
        app.change_any(&format!("{first}/finalise"), json!({ "ids": 1 })).await.ok();
        let second = app.stage(&id, "auth-id", &[&[C]]).await;
        app.change_any(&format!("{second}/finalise"), json!({ "ids": 1, "clear": true })).await.ok();
        assert_eq!(app.listed(&id).await, [C]);
        assert_eq!(app.delete(&format!("/tokens/{token}")).await.status, 204);
        app.change_any(&format!("{first}/undo"), json!({})).await.ok();
        app.change_any(&format!("{second}/undo"), json!({})).await.ok();
        assert_eq!(app.listed(&id).await, [C]);
    }

    async fn an_undo_that_opens_the_location_asks_first(app) {
        let id = app.location("Oosteinde").await;
        let import = app.stage(&id, "auth-id", &[&[A]]).await;
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 1 })).await.ok();
        app.change_any(&format!("{import}/undo"), json!({})).await.problem(409, "/problems/opens-location");
        assert_eq!(app.listed(&id).await, [A]);
        let undone = app.change_any(&format!("{import}/undo"), json!({ "confirm": true })).await.ok();
        assert_eq!((&undone["visibilityBefore"], &undone["authorization"]["visibility"]), (&json!("Private"), &json!("Unpublished")));
    }

    async fn chip_ids_of_known_tokens_are_listed_as_auth_ids(app) {
        let id = app.location("Oosteinde").await;
        app.token(json!({ "authId": A, "chipId": "04:A1:B2:C3" })).await;
        app.token(json!({ "authId": B, "chipId": "04A1B2C4" })).await;
        app.list(&id, &[A, C]).await;
        let import = app.stage(&id, "chip-id", &[&["04a1b2c3", "04A1B2C4", "04A1B2C5"]]).await;
        let preview = app.get(&format!("{import}/preview?clear=true")).await.ok();
        assert_eq!(pick(&preview, &["added", "alreadyListed", "known", "external", "removed"]), [2, 1, 1, 1, 1]);
        assert_eq!(preview["removedSample"][0]["id"], C);
        let done = app.change_any(&format!("{import}/finalise"), json!({ "ids": 3, "clear": true })).await.ok();
        assert_eq!(pick(&done["import"], &["added", "alreadyListed", "removed"]), [2, 1, 1]);
        assert_eq!(app.listed(&id).await, [A, B, "04A1B2C5"]);
        // Undone after the chip got a token, its card comes back under that token's Auth ID.
        let second = app.stage(&id, "auth-id", &[&[A]]).await;
        app.change_any(&format!("{second}/finalise"), json!({ "ids": 1, "clear": true })).await.ok();
        app.token(json!({ "authId": "NL-GFX-C00000005-8", "chipId": "04A1B2C5" })).await;
        app.change_any(&format!("{second}/undo"), json!({})).await.ok();
        assert_eq!(app.listed(&id).await, [A, B, "NL-GFX-C00000005-8"]);
    }

    /// A Chip ID that means another token since the preview would take others off than were shown.
    async fn a_preview_is_stale_once_its_chip_ids_mean_other_tokens(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &[A]).await;
        let import = app.stage(&id, "chip-id", &[&["04A1B2C3", "04A1B2C4"]]).await;
        let path = format!("{import}/finalise");
        let body = || json!({ "ids": 2, "clear": true });
        let version = async || app.get(&format!("{import}/preview?clear=true")).await.ok()["version"].clone();
        let before = version().await;
        app.token(json!({ "authId": B, "chipId": "04A1B2C5" })).await;
        assert_eq!(version().await, before, "another chip");
        let token = app.token(json!({ "authId": A, "chipId": "04A1B2C3" })).await;
        app.change(Method::POST, &path, &before, body()).await.problem(412, "/problems/stale");
        let path_of_token = format!("/tokens/{token}");
        for change in [json!({ "chipId": "04A1B2C6" }), json!({ "chipId": "04A1B2C4" }), json!({ "chipId": "" })] {
            let before = version().await;
            app.change(Method::PATCH, &path_of_token, &app.get(&path_of_token).await.ok()["version"], change).await.ok();
            app.change(Method::POST, &path, &before, body()).await.problem(412, "/problems/stale");
        }
        let before = version().await;
        app.change(Method::PATCH, &path_of_token, &json!(4), json!({ "note": "x" })).await.ok();
        assert_eq!(version().await, before, "the chip is the same");
        app.change(Method::POST, &path, &before, body()).await.ok();
    }

    async fn imports_are_listed_the_newest_first_without_those_given_up(app) {
        let id = app.location("Oosteinde").await;
        let first = app.stage(&id, "auth-id", &[&[A]]).await;
        assert_eq!(app.delete(&first).await.status, 204);
        assert_eq!(app.get(&first).await.ok()["state"], "discarded", "it is known by its id");
        let second = app.stage(&id, "auth-id", &[&[A]]).await;
        app.change_any(&format!("{second}/finalise"), json!({ "ids": 1, "clear": true })).await.ok();
        app.stage(&id, "auth-id", &[&[B]]).await;
        let states = async |query: &str| {
            let all = app.get(&format!("{}/imports{query}", list(&id))).await.ok();
            let state = |import: &Value| import["state"].as_str().unwrap().to_owned();
            all["items"].as_array().unwrap().iter().map(state).collect::<Vec<_>>()
        };
        assert_eq!(states("?sort=-state").await, ["staged", "finalised"]);
        assert_eq!(states("?sort=state").await, ["finalised", "staged"]);
        assert_eq!(states("?filter=state:is:Staged").await, ["staged"]);
        assert_eq!(states("?filter=cleared:is:yes").await, ["finalised"]);
        assert_eq!(states("?filter=undoneAt:isEmpty:&filter=added:gt:0").await, ["finalised"]);
        let file = app.get_file(&format!("/api/v1{}/imports/export?format=csv&sort=-state&columns=state,added,cleared", list(&id)), "text/csv").await;
        let lines: Vec<_> = file.text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect();
        assert_eq!(lines, ["State,Added,List cleared before", "Staged,0,no", "Finalised,1,yes"]);
        app.get(&first.replace(&id, "loc_none")).await.problem(404, "/problems/not-found");
    }
}
