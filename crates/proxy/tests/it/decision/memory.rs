//! Answers from memory are those of the books: across servers, after every kind of change, and none where the books
//! cannot be read.

use domain::station_tokens::Evse;
use proxy::books::audit::Noted;
use proxy::books::evses;
use reqwest::Method;
use serde_json::{Value, json};

use super::world::execute;
use crate::audit::lines;
use crate::limits::{OURS, World, limited};
use crate::support::{Answer, TestApp, on_both};

/// What is said of a token, with the copy just read: so it is said from memory.
async fn remembered(app: &TestApp, location: &str, auth: &str) -> Value {
    asked(app, json!({ "locationId": location, "authId": auth })).await
}

/// The same of any question.
async fn asked(app: &TestApp, question: Value) -> Value {
    let books = &app.app.books;
    books.index.follow(books).await.unwrap();
    let [before, _] = books.index.answered();
    let told = app.post("/authorize", question).await.ok();
    assert_eq!(books.index.answered()[0], before + 1, "not from memory");
    told
}

async fn change(app: &TestApp, method: Method, path: &str, body: Value) -> Value {
    let request = app.request(method, path).header("if-match", "*");
    Answer::of(request.json(&body)).await.ok()
}

on_both! {
    async fn what_changes_on_one_server_counts_on_the_other_at_once(app) {
        let other = app.beside().await;
        let id = app.location("Oosteinde").await;
        other.app.books.index.forget();
        let list = format!("/locations/{id}/authorization/tokens");
        app.list(&id, &["ALWAYS"]).await;
        for turn in 0..20 {
            app.list(&id, &["CARD1"]).await;
            let question = json!({ "locationId": id, "authId": "CARD1" });
            assert_eq!(other.post("/authorize", question.clone()).await.ok()["reason"], "listed", "{turn}");
            assert_eq!(remembered(&other, &id, "CARD1").await["reason"], "listed", "{turn}");
            let gone = json!({ "entryIds": ["a-CARD1"] });
            change(app, Method::POST, &format!("{list}/remove"), gone).await;
            assert_eq!(other.post("/authorize", question).await.ok()["reason"], "unknownToken", "{turn}");
            assert_eq!(remembered(&other, &id, "CARD1").await["reason"], "unknownToken", "{turn}");
        }
    }

    async fn every_kind_of_change_is_followed(app) {
        let id = app.location("Oosteinde").await;
        let (acme, auth) = (app.customer("Acme").await, "NL-GFX-C00000001");
        assert_eq!(remembered(app, &id, auth).await["reason"], "open");
        let token = app.token(json!({ "authId": auth, "chipId": "04A1B2C3", "customerId": acme })).await;
        assert_eq!(remembered(app, &id, auth).await["token"]["customer"]["name"], "Acme");
        let customers = format!("/locations/{id}/authorization/customers");
        change(app, Method::POST, &customers, json!({ "customerIds": [acme] })).await;
        change(app, Method::PATCH, &format!("/customers/{acme}"), json!({ "name": "Bolt" })).await;
        let told = remembered(app, &id, auth).await;
        assert_eq!((&told["via"]["name"], &told["token"]["customer"]["name"]), (&json!("Bolt"), &json!("Bolt")));
        change(app, Method::PATCH, &format!("/locations/{id}"), json!({ "name": "Haven" })).await;
        assert_eq!(remembered(app, &id, auth).await["location"]["name"], "Haven");
        let path = format!("/tokens/{token}");
        for (body, reason) in [
            (json!({ "valid": false }), "blocked"),
            (json!({ "valid": true, "expires": "2020-01-01T00:00:00Z" }), "expired"),
            (json!({ "expires": "", "customerId": "" }), "notListed"),
        ] {
            change(app, Method::PATCH, &path, body).await;
            assert_eq!(remembered(app, &id, auth).await["reason"], reason);
        }
        change(app, Method::PATCH, &path, json!({ "authId": "NL-GFX-C00000002", "chipId": "" })).await;
        assert_eq!(remembered(app, &id, auth).await["reason"], "unknownToken");
        assert_eq!(remembered(app, &id, "NL-GFX-C00000002").await["reason"], "notListed");
        change(app, Method::DELETE, &path, Value::Null).await;
        assert_eq!(remembered(app, &id, "NL-GFX-C00000002").await["reason"], "unknownToken");
        let import = app.stage(&id, "auth-id", &[&["CARD1", "CARD2"]]).await;
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 2 })).await.ok();
        assert_eq!(remembered(app, &id, "CARD2").await["reason"], "listed");
        app.change_any(&format!("{import}/undo"), json!({})).await.ok();
        assert_eq!(remembered(app, &id, "CARD2").await["reason"], "unknownToken");
        let (tokens, _) = app.app.books.index.size();
        assert_eq!(tokens, 0);
    }

    /// Names of customers are not unique; what is listed is the customer.
    async fn of_two_customers_of_one_name_the_listed_one_counts(app) {
        let id = app.location("Oosteinde").await;
        let (listed, other) = (app.customer("Jan Jansen").await, app.customer("Jan Jansen").await);
        let token = app.token(json!({ "authId": "CARD1", "customerId": listed })).await;
        let customers = format!("/locations/{id}/authorization/customers");
        change(app, Method::POST, &customers, json!({ "customerIds": [listed] })).await;
        assert_eq!(remembered(app, &id, "CARD1").await["reason"], "listed");
        for (customer, reason) in [(&other, "notListed"), (&listed, "listed")] {
            change(app, Method::PATCH, &format!("/tokens/{token}"), json!({ "customerId": customer })).await;
            assert_eq!(remembered(app, &id, "CARD1").await["reason"], reason);
        }
        let told = &lines(app, &format!("filter=recordId:is:{token}")).await[0];
        assert_eq!(told.summary, format!("Customer: Jan Jansen ({other}) → Jan Jansen ({listed})"));
    }

    async fn to_a_limited_account_anothers_location_is_unknown(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        app.app.books.index.follow(&app.app.books).await.unwrap();
        for (location, reason) in [(world.ours(), "listed"), (world.theirs(), "unknownLocation")] {
            let body = json!({ "locationId": location, "authId": "NL-GFX-C00000001-4" });
            let told = person.send(Method::POST, "/authorize", body).await.ok();
            assert_eq!(told["reason"], reason);
        }
        assert_eq!(app.app.books.index.answered(), [2, 0]);
    }

    async fn what_would_change_a_refusal_is_told_to_who_may(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["ALWAYS"]).await;
        let acme = app.customer("Acme").await;
        let token = app.token(json!({ "authId": "CARD1", "customerId": acme })).await;
        let told = app.post("/authorize", json!({ "locationId": id, "authId": "CARD1" })).await.ok();
        assert_eq!(told["remedies"], json!([
            { "kind": "addToken", "id": token, "label": "Add CARD1 to the list" },
            { "kind": "addCustomer", "id": acme, "label": "Add its customer Acme to the list" },
        ]));
        let path = format!("/locations/{id}/authorization/tokens");
        change(app, Method::POST, &path, json!({ "tokenIds": [told["remedies"][0]["id"]] })).await;
        assert_eq!(remembered(app, &id, "CARD1").await["remedies"], json!([]));
        let question = json!({ "locationId": id, "authId": "CARD2" });
        assert_eq!(app.post("/authorize", question.clone()).await.ok()["remedies"][0]["kind"], "addAuthId");
        let account = app.account("Ana Torres", "administrator").await.id;
        let system = crate::decision::edges::key_for(app, &account, "Ask:Authorization").await;
        let url = format!("{}/api/v1/authorize", app.site());
        let told = Answer::of(system.post(url).json(&question)).await.ok();
        assert_eq!((&told["reason"], &told["remedies"]), (&json!("unknownToken"), &json!([])));
    }

    async fn an_evse_that_is_not_there_is_no_place(app) {
        let (id, other) = (app.location("Oosteinde").await, app.location("Haven").await);
        for (location, station) in [(&id, "1:7"), (&other, "1:8")] {
            let sql = format!("INSERT INTO location_stations (location_id, station_id, name) VALUES ('{location}', '{station}', '')");
            execute(app, &sql).await;
        }
        // Of 1:9 no port is kept.
        execute(app, &format!("INSERT INTO location_stations (location_id, station_id, name) VALUES ('{id}', '1:9', '')")).await;
        execute(app, "INSERT INTO organizations (key, id, name, name_fold, ours) VALUES ('1:o', '1:O', 'O', 'o', 1)").await;
        for evse in ["1:7-1", "1:7-2", "1:7-1-1"] {
            let sql = format!("INSERT INTO evses (key, id, station_sn, station_name, org_key, search) VALUES ('{evse}', '{evse}', '', '', '1:o', '')");
            execute(app, &sql).await;
        }
        for (evse, reason) in [
            ("1:7-1", "open"),
            (" 1:7-2 ", "open"),
            ("1:7", "open"),
            ("1:7-3", "unknownLocation"),
            ("1:7-foo", "unknownLocation"),
            ("1:7-", "unknownLocation"),
            ("1:7-1-1", "unknownLocation"),
            ("1:9-1", "open"),
            ("1:8-1", "unknownLocation"),
            ("1:77-1", "unknownLocation"),
        ] {
            let question = json!({ "locationId": id, "authId": "CARD1", "evseId": evse });
            assert_eq!(asked(app, question.clone()).await["reason"], reason, "{evse}");
            app.app.books.index.forget();
            let before = app.app.books.index.answered()[1];
            assert_eq!(app.post("/authorize", question).await.ok()["reason"], reason, "{evse} from the books");
            assert_eq!(app.app.books.index.answered()[1], before + 1);
        }
    }

    /// A sync moves ports without a word of their location.
    async fn ports_are_followed(app) {
        let id = app.location("Oosteinde").await;
        execute(app, &format!("INSERT INTO location_stations (location_id, station_id, name) VALUES ('{id}', '1:7', '')")).await;
        let question = json!({ "locationId": id, "authId": "CARD1", "evseId": "1:7-2" });
        assert_eq!(asked(app, question.clone()).await["reason"], "open");
        let evse = Evse { id: "1:7-1".into(), org_id: "1:O".into(), ..Evse::default() };
        let mut tx = app.app.books.write().await.unwrap();
        tx.note(Noted::new("Synced", "portal", "", "ChargePoint"));
        evses::follow(&mut tx, &[evse]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(asked(app, question).await["reason"], "unknownLocation");
    }

    /// The operator's word about a contract holds for every card of it.
    async fn a_blocked_contract_blocks_a_partners_card(app) {
        let id = app.location("Oosteinde").await;
        app.token(json!({ "authId": "NL-TNM-C00000001", "valid": false })).await;
        app.list(&id, &["NL-TNM-C00000001"]).await;
        let peer = app.registered("NL-TNM", "EMSP").await;
        let sent = json!({ "country_code": "NL", "party_id": "TNM", "uid": "04A1B2C3", "type": "RFID",
            "contract_id": "NL-TNM-C00000001", "issuer": "TNM", "valid": true, "whitelist": "NEVER",
            "last_updated": "2026-11-20T08:00:00Z" });
        peer.put("/2.2.1/cpo/tokens/NL/TNM/04A1B2C3", sent.clone()).await;
        let mut question = json!({ "locationId": id, "chipId": "04A1B2C3" });
        assert_eq!(asked(app, question.clone()).await["reason"], "blocked");
        // Of whatever type its own card is.
        app.token(json!({ "authId": "NL-TNM-C00000002", "valid": false, "type": "Other" })).await;
        app.list(&id, &["NL-TNM-C00000002"]).await;
        let mut sent = sent;
        (sent["uid"], sent["contract_id"]) = (json!("04A1B2C4"), json!("NL-TNM-C00000002"));
        peer.put("/2.2.1/cpo/tokens/NL/TNM/04A1B2C4", sent).await;
        (question["chipId"], question["type"]) = (json!("04A1B2C4"), json!("RFID"));
        assert_eq!(asked(app, question).await["reason"], "blocked");
        let visible = app.get("/locations/visible?chipId=04A1B2C4&type=RFID").await.ok();
        assert_eq!(visible["total"], 0);
    }

    async fn partners_tokens_are_followed(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["NL-TNM-C00000001"]).await;
        assert_eq!(remembered(app, &id, "NL-TNM-C00000001").await["reason"], "listed");
        let peer = app.registered("NL-TNM", "EMSP").await;
        let sent = json!({ "country_code": "NL", "party_id": "TNM", "uid": "04A1B2C3", "type": "RFID",
            "contract_id": "NL-TNM-C00000001", "issuer": "TNM", "valid": false, "whitelist": "NEVER",
            "last_updated": "2026-11-20T08:00:00Z" });
        peer.put("/2.2.1/cpo/tokens/NL/TNM/04A1B2C3", sent).await;
        assert_eq!(remembered(app, &id, "NL-TNM-C00000001").await["reason"], "blocked");
        // With whom it is over, their word counts no more.
        app.post(&format!("/partners/{}/revoke", peer.id), Value::Null).await.ok();
        assert_eq!(remembered(app, &id, "NL-TNM-C00000001").await["reason"], "listed");
        app.delete(&format!("/partners/{}", peer.id)).await.ok();
        assert_eq!(remembered(app, &id, "NL-TNM-C00000001").await["reason"], "listed");
    }
}

#[tokio::test]
async fn where_the_books_cannot_be_read_there_is_no_answer() {
    let app = TestApp::sqlite().await;
    let id = app.location("Oosteinde").await;
    assert_eq!(remembered(&app, &id, "CARD1").await["reason"], "open");
    let caller = proxy::access::Caller::portal();
    app.app.books.close().await;
    let shown = proxy::books::authorization::ask::Shown {
        kind: domain::identifiers::IdKind::AuthId,
        id: domain::identifiers::judge(domain::identifiers::IdKind::AuthId, "CARD1").unwrap(),
        token_type: None,
    };
    let question = proxy::books::index::Question {
        shown: &shown,
        location_id: &id,
        evses: &[],
        caller: &caller,
    };
    assert!(
        proxy::books::index::Index::ask(&app.app, &question)
            .await
            .is_err()
    );
}
