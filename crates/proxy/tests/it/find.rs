//! `/find`: what a text may mean, whatever it is.

use reqwest::Method;
use serde_json::{Value, json};

use crate::connections::connection;
use crate::driver_requests::ask;
use crate::estate::sample::{Ended, ended};
use crate::limits::{OURS, World, limited};
use crate::support::{Answer, Person, TestApp, on_both, query};

/// Kinds and labels of what is found.
fn told(found: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let items = found["items"].as_array().unwrap().iter();
    items
        .map(|hit| (text(&hit["kind"]), text(&hit["label"])))
        .collect()
}

async fn find(person: &Person, text: &str) -> Vec<(String, String)> {
    told(&person.get(&format!("/find?{}", query(&[("q", text)]))).await.ok())
}

/// A part of a day of the stand-in's, whose clock stands still.
const SESSIONS: &str = "/sessions?fromTimeStamp=2026-11-19T00:00:00Z&toTimeStamp=2026-11-19T12:00:00Z";

fn one(kind: &str, label: &str) -> (String, String) {
    (kind.to_owned(), label.to_owned())
}

on_both! {
    async fn every_kind_of_the_books_is_found(app) {
        let world = World::of(app).await;
        let customer = app.get("/customers").await.ok()["items"][0]["id"].as_str().unwrap().to_uppercase();
        let ada = app.person("Ada", "administrator").await;
        let card = json!({ "authId": "NL-GFX-C00000042-7", "chipId": "04A2B3C4D5E6F7", "visualId": "No 77-Ä" });
        app.token(card).await;
        let own = connection(app, json!({ "orgId": OURS, "connectionName": "Night shift" })).await;
        ask(app, &own, &[("Anneke", "")]).await;
        let token = one("tokens", "NL-GFX-C00000042-7");
        for (text, expected) in [
            ("alpha yard", one("locations", "Alpha Yard")),
            (world.ours(), one("locations", "Alpha Yard")),
            (&customer, one("customers", "Common")),
            ("commo", one("customers", "Common")),
            ("nlgfxc00000042", token.clone()),
            ("NL-GFX-C00000042-7", token.clone()),
            ("04:a2:b3", token.clone()),
            ("no 77-a", token.clone()),
            ("alp-1", one("station_tokens", "ALP-1")),
            ("night", one("connections", "Night shift")),
            ("anneke", one("driver_requests", "Anneke")),
            (OURS, one("organizations", "Alpha")),
            ("sn1:1", one("chargestations", "Alpha 01")),
        ] {
            let found = find(&ada, text).await;
            assert_eq!(found.first(), Some(&expected), "{text}: {found:?}");
        }
        assert_eq!(find(&ada, "   ").await, []);
        assert_eq!(find(&ada, "nothing has this name").await, []);
        ada.get(&format!("/find?q={}", "x".repeat(300))).await.problem(422, "/problems/invalid");
        ada.get("/find?text=x").await.problem(400, "/problems/malformed-request");
    }

    async fn nobody_finds_what_is_not_theirs_to_see(app) {
        let world = World::of(app).await;
        let lena = limited(app, "Lena", &[OURS]).await;
        // None that a random id may hold.
        for text in ["verborgen", "vbg-1", "1:orgb", world.theirs(), "1:2"] {
            assert_eq!(find(&lena, text).await, [], "{text}");
        }
        assert!(find(&lena, "alpha").await.len() >= 3);
        let officer = app.person("Otto", "connections-officer").await;
        let kinds: Vec<String> = find(&officer, "alpha").await.into_iter().map(|(kind, _)| kind).collect();
        assert!(!kinds.is_empty() && kinds.iter().all(|kind| ["connections", "driver_requests", "organizations"].contains(&kind.as_str())), "{kinds:?}");
    }
}

/// What is meant exactly stands before what only begins so or holds it, and no kind fills the list.
#[tokio::test]
async fn the_best_stands_first_and_the_list_has_an_end() {
    let app = TestApp::sqlite().await;
    let ada = app.person("Ada", "administrator").await;
    for n in 0..30 {
        app.customer(&format!("A Yard {n}")).await;
        app.token(json!({ "authId": format!("YARD{n:04}") })).await;
    }
    app.customer("Yard").await;
    app.location("Yard keepers").await;
    let found = find(&ada, "yard").await;
    assert_eq!(found[0], one("customers", "Yard"), "{found:?}");
    assert_eq!(found[1], one("locations", "Yard keepers"));
    for kind in ["customers", "tokens"] {
        let of = found.iter().filter(|(own, _)| own == kind).count();
        assert!((1..=6).contains(&of), "{kind}: {of}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_chargepoint_told_is_found_without_asking_it_again() {
    let app = TestApp::builder().estate(60).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let ada = app.person("Ada", "administrator").await;
    let first = |page: Value| page["items"][0].clone();
    let station = first(app.get("/stations").await.ok());
    let session = first(app.get(SESSIONS).await.ok());
    let driver = first(app.get("/drivers").await.ok());
    let group = first(app.get("/organizations?filter=groups:gt:0").await.ok());
    let asked = app.chargepoint().calls();
    let text = |value: &Value| {
        value
            .as_str()
            .unwrap_or_else(|| panic!("{value}"))
            .trim()
            .to_owned()
    };
    let name = text(&station["stationName"]);
    let group = (
        text(&group["groups"][0]["sgId"]),
        text(&group["groups"][0]["sgName"]),
    );
    let number = text(&session["sessionId"]);
    for (wanted, expected) in [
        (text(&station["stationId"]), one("chargestations", &name)),
        (name.clone(), one("chargestations", &name)),
        (number.clone(), one("sessions", &number)),
        (group.0, one("station-groups", &group.1)),
    ] {
        let found = find(&ada, &wanted).await;
        assert!(found.contains(&expected), "{wanted}: {found:?}");
    }
    let driver_name = format!("{} {}", text(&driver["firstName"]), text(&driver["lastName"]));
    assert!(
        find(&ada, &text(&driver["lastName"]))
            .await
            .contains(&one("drivers", &driver_name))
    );
    assert_eq!(app.chargepoint().calls(), asked);
    // What is no record's own id may be that of another, which is asked for besides.
    for (wanted, expected) in [
        (&station["stationSerialNum"], one("chargestations", &name)),
        (&station["stationMacAddr"], one("chargestations", &name)),
        (&session["credentialId"], one("sessions", &number)),
        (&session["userId"], one("sessions", &number)),
        (&session["driverAccountNumber"], one("sessions", &number)),
    ] {
        let found = find(&ada, &text(wanted)).await;
        assert!(found.contains(&expected), "{wanted}: {found:?}");
    }
}

/// A station whose name holds a number does not stand before the session of that number.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_holds_a_number_hides_no_record_of_it() {
    let app = TestApp::builder().estate(160).start().await;
    let ada = app.person("Ada", "administrator").await;
    let session = ended(&app).session.to_string();
    app.chargepoint().estate(|estate| {
        let site = estate.sites()[0].id;
        assert!(estate.rename_site(site, &format!("Bay {session}")));
    });
    app.get("/stations").await.ok();
    let found = find(&ada, &session).await;
    assert_eq!(found[0], one("sessions", &session), "{found:?}");
    assert!(
        found.iter().any(|(kind, _)| kind == "chargestations"),
        "{found:?}"
    );
}

/// When a session was is told as a moment and a zone, and a name that runs from right to left keeps to itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_says_when_and_where() {
    let app = TestApp::builder().estate(24).start().await;
    app.chargepoint().estate(|estate| {
        let sites: Vec<_> = estate.sites().iter().map(|site| site.id).collect();
        assert!(
            sites
                .into_iter()
                .all(|site| estate.rename_site(site, "\u{5d7}\u{5e0}\u{5d9}"))
        );
    });
    app.get("/stations").await.ok();
    let session = &app.get(SESSIONS).await.ok()["items"][0];
    let (id, name) = (
        session["sessionId"].as_str().unwrap(),
        session["stationName"].as_str().unwrap(),
    );
    assert!(name.contains("\u{5d7}"), "{name}");
    let found = app.get(&format!("/find?q={id}")).await.ok();
    let hit = &found["items"][0];
    assert!(
        session["startTime"].is_string() && session["timeZone"].is_string(),
        "{session}"
    );
    assert_eq!(
        (&hit["at"], &hit["timeZone"]),
        (&session["startTime"], &session["timeZone"])
    );
    let detail = hit["detail"].as_str().unwrap();
    assert!(detail.starts_with(&format!("\u{2068}{name}\u{2069}")), "{detail}");
}

/// Before anything is kept: a record by its whole id, in one call for each kind that has such ids, and no search.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_that_nobody_asked_for_is_asked_for_once() {
    let app = TestApp::builder().estate(160).start().await;
    let ada = app.person("Ada", "administrator").await;
    let Ended { session, station, .. } = ended(&app);
    let session = session.to_string();
    let asked = app.chargepoint().calls();
    assert_eq!(find(&ada, &station).await[0].0, "chargestations");
    assert_eq!(app.chargepoint().calls(), asked + 1);
    assert_eq!(find(&ada, &session).await, [one("sessions", &session)]);
    let after = app.chargepoint().calls();
    assert!(after <= asked + 3, "the session, and a driver of that number");
    find(&ada, &session).await;
    for text in ["garage", "a*", "%", "12", "9:x"] {
        find(&ada, text).await;
    }
    assert_eq!(app.chargepoint().calls(), after);
    app.chargepoint().set_fault(Some(sandbox::Fault::Http500));
    let lost = Answer::of(ada.request(Method::GET, "/find?q=1:999999"))
        .await
        .ok();
    assert_eq!(lost["items"], json!([]), "the books answer all the same");
}
