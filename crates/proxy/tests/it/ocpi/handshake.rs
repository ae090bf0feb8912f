//! Versions, and credentials both ways.

use reqwest::Method;
use serde_json::{Value, json};

use super::partner::{Peer, Remote};
use crate::audit::lines;
use crate::support::{Answer, TestApp, http, on_both};

on_both! {
    async fn a_partner_registers_changes_and_leaves(app) {
        let peer = app.partner("NL-TNM", "EMSP").await;
        let remote = Remote::of(&["2.1.1", "2.2.1"]).await;
        let versions = peer.get("/versions").await.data();
        let url = format!("{}/ocpi/2.2.1", app.site());
        assert_eq!(versions, json!([{ "version": "2.2.1", "url": url }]));
        let details = peer.get("/2.2.1").await.data();
        let endpoints = details["endpoints"].as_array().unwrap();
        let credentials = endpoints.iter().find(|one| one["identifier"] == "credentials").unwrap();
        assert_eq!(credentials["url"], format!("{url}/credentials"));
        assert_eq!(peer.get("/2.2.1/credentials").await.data()["token"], peer.token);

        let told = remote.credentials("token-b", "nl-tnm", &["EMSP"]);
        for method in [Method::PUT, Method::DELETE] {
            peer.ask(method, "/2.2.1/credentials", told.clone()).await.refusal(405, 2000);
        }
        let ours = peer.post("/2.2.1/credentials", told.clone()).await.data();
        assert_eq!(ours["url"], format!("{}/ocpi/versions", app.site()));
        assert_eq!(ours["roles"][0], json!({ "role": "CPO", "country_code": "NL", "party_id": "EVP",
            "business_details": { "name": "EV portal" } }));
        // The token of the invitation counts no more, and the portal asked with theirs, in base64.
        peer.get("/versions").await.refusal(401, 2000);
        let heard = remote.heard.lock().unwrap().clone();
        let asked: Vec<&str> = heard.iter().map(|(path, ..)| path.as_str()).collect();
        assert_eq!(asked, ["/versions", "/2.2.1"]);
        assert!(heard.iter().all(|(_, authorization, _)| authorization == "Token dG9rZW4tYg=="));

        let peer = Peer::of(app, &peer.id, ours["token"].as_str().unwrap());
        peer.get("/2.2.1/cpo/locations").await.data();
        peer.post("/2.2.1/credentials", told.clone()).await.refusal(405, 2000);
        let again = peer.put("/2.2.1/credentials", told).await.data();
        peer.get("/2.2.1/cpo/locations").await.refusal(401, 2000);
        let peer = Peer::of(app, &peer.id, again["token"].as_str().unwrap());
        let known = app.get(&format!("/partners/{}", peer.id)).await.ok();
        assert_eq!((&known["status"], &known["versionsUrl"]), (&json!("Registered"), &json!(remote.versions())));
        let left = peer.ask(Method::DELETE, "/2.2.1/credentials", Value::Null).await;
        assert_eq!((left.status, &left.json["status_code"]), (200, &json!(1000)));
        peer.get("/versions").await.refusal(401, 2000);
        let told = lines(app, "filter=kind:is:Partner").await;
        let told: Vec<(&str, &str)> = told.iter().map(|line| (line.action.as_str(), line.who.as_str())).collect();
        let them = "Partner NL-TNM, partner NL-TNM";
        let us = "Tess Tester, API key tests";
        assert_eq!(told, [("Ended", them), ("Registered", them), ("Registered", them), ("Added", us)]);
    }

    async fn the_portal_registers_with_a_partner(app) {
        let peer = app.partner("DE-8AA", "CPO").await;
        let remote = Remote::of(&["2.2.1"]).await;
        remote.answers(remote.credentials("token-c", "DE-8AA", &["CPO"]));
        let given = json!({ "versionsUrl": remote.versions(), "token": "token-a" });
        let partner = app.post(&format!("/partners/{}/register", peer.id), given.clone()).await.ok();
        assert_eq!(partner["status"], "Registered");
        let heard = remote.heard.lock().unwrap().clone();
        let (_, authorization, body) = heard.last().unwrap();
        assert_eq!(authorization, "Token dG9rZW4tYQ==");
        let ours: Value = serde_json::from_str(body).unwrap();
        Peer::of(app, &peer.id, ours["token"].as_str().unwrap()).get("/2.2.1/emsp/tokens").await.data();
        peer.get("/versions").await.refusal(401, 2000);
        let again = app.post(&format!("/partners/{}/register", peer.id), given).await;
        assert!(again.problem(409, "/problems/in-use")["detail"].as_str().unwrap().contains("registered already"));
    }
}

#[tokio::test]
async fn a_partner_who_cannot_be_asked_is_told_why() {
    let app = TestApp::sqlite().await;
    let peer = app.partner("NL-TNM", "EMSP").await;
    let old = Remote::of(&["2.1.1"]).await;
    let told = old.credentials("b", "NL-TNM", &["EMSP"]);
    peer.post("/2.2.1/credentials", told.clone())
        .await
        .refusal(200, 3002);
    for url in [
        "http://127.0.0.1:9/versions".to_owned(),
        "ftp://127.0.0.1/versions".to_owned(),
        "http://10.1.2.3/versions".to_owned(),
        format!("{}/nothing", old.url),
    ] {
        let mut told = told.clone();
        told["url"] = json!(url);
        peer.post("/2.2.1/credentials", told).await.refusal(200, 3001);
    }
    // Nothing has changed: the same token still registers.
    assert_eq!(
        app.get(&format!("/partners/{}", peer.id)).await.ok()["status"],
        "Invited"
    );
    peer.get("/versions").await.data();
    let path = format!("/partners/{}/register", peer.id);
    for (versions, said) in [
        (old.versions(), "version 2.2.1 is not offered"),
        ("http://127.0.0.1:9/versions".to_owned(), "gave no answer"),
        ("nonsense".to_owned(), "no https address"),
    ] {
        let given = json!({ "versionsUrl": versions, "token": "a" });
        let problem = app.post(&path, given).await.problem(422, "/problems/invalid");
        assert!(problem["detail"].as_str().unwrap().contains(said), "{problem}");
    }
    let given = json!({ "versionsUrl": old.versions(), "token": "a b" });
    app.post(&path, given).await.problem(422, "/problems/invalid");
}

#[tokio::test]
async fn a_public_portal_asks_nobody_in_its_own_net() {
    let app = TestApp::builder()
        .public_url("https://portal.example")
        .start()
        .await;
    let peer = app.partner("NL-TNM", "EMSP").await;
    let remote = Remote::of(&["2.2.1"]).await;
    let port = remote.url.rsplit(':').next().unwrap();
    for url in [remote.versions(), format!("https://localhost:{port}/versions")] {
        let mut told = remote.credentials("b", "NL-TNM", &["EMSP"]);
        told["url"] = json!(url);
        let request = peer.request(Method::POST, "/2.2.1/credentials").json(&told);
        let said = Answer::of(request).await.refusal(200, 3001);
        assert!(said.contains("no https address"), "{said}");
    }
    assert!(remote.heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn credentials_that_do_not_fit() {
    let app = TestApp::sqlite().await;
    let peer = app.partner("NL-TNM", "EMSP").await;
    let remote = Remote::of(&["2.2.1"]).await;
    let good = remote.credentials("b", "NL-TNM", &["EMSP"]);
    for (pointer, value) in [
        ("/token", json!("")),
        ("/token", json!("a b")),
        ("/roles", json!([])),
        ("/roles/0/role", json!("KING")),
        ("/roles/0/party_id", json!("TNMX")),
        ("/roles/0/party_id", json!("EVP")),
        ("/roles/0/country_code", json!("DE")),
        ("/url", json!(7)),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        peer.post("/2.2.1/credentials", bad).await.refusal(200, 2001);
    }
    let broken = peer.request(Method::POST, "/2.2.1/credentials").body("{");
    Answer::of(broken).await.refusal(400, 2001);
    // Whoever passes on may be any party.
    let hub = app.partner("NL-HUB", "HUB").await;
    let told = remote.credentials("b", "DE-8AA", &["EMSP", "CPO"]);
    hub.post("/2.2.1/credentials", told).await.data();
}

#[tokio::test]
async fn who_is_let_in() {
    let app = TestApp::sqlite().await;
    let mut peer = app.partner("NL-TNM", "EMSP").await;
    // Before they are registered, partners may register and nothing else.
    for path in ["/2.2.1/cpo/locations", "/2.2.1/emsp/tokens", "/2.2.1/nothing"] {
        peer.get(path).await.refusal(401, 2000);
    }
    peer.plain = true;
    peer.get("/versions").await.refusal(401, 2000);
    let partner = app.get(&format!("/partners/{}", peer.id)).await.ok();
    let path = format!("/partners/{}", peer.id);
    let switch = json!({ "unencodedToken": true });
    app.change(Method::PATCH, &path, &partner["version"], switch)
        .await
        .ok();
    peer.get("/versions").await.data();
    peer.plain = false;
    peer.get("/versions").await.data();

    let url = format!("{}/ocpi/versions", app.site());
    for header in ["", "Token", "Bearer x", "Token eA==", "Token \u{fc}"] {
        let request = http().get(&url).header("authorization", header.as_bytes());
        let answer = Answer::of(request).await;
        assert_eq!(answer.header("www-authenticate"), "Token");
        answer.refusal(401, 2000);
    }
    Answer::of(http().get(&url)).await.refusal(401, 2000);
    // A key of the portal's own API is none here, and a partner's token is none there.
    let key = ocpi::authorization::write(&app.key, false);
    for authorization in [key, format!("Bearer {}", app.key)] {
        Answer::of(http().get(&url).header("authorization", authorization))
            .await
            .refusal(401, 2000);
    }
    let api = format!("{}/api/v1/locations", app.site());
    for scheme in ["Token", "Bearer"] {
        let request = http()
            .get(&api)
            .header("authorization", format!("{scheme} {}", peer.token));
        Answer::of(request).await.problem(401, "/problems/signed-out");
    }
    app.post(&format!("{path}/revoke"), Value::Null).await.ok();
    peer.get("/versions").await.refusal(401, 2000);
}

#[tokio::test]
async fn every_answer_echoes_its_ids_and_is_wrapped() {
    let app = TestApp::sqlite().await;
    let peer = app.registered("NL-TNM", "EMSP").await;
    for (method, path, http, status) in [
        (Method::GET, "/versions", 200, 1000),
        (Method::GET, "/2.2.1/nothing", 404, 2000),
        (Method::GET, "/nothing", 404, 2000),
        (Method::PATCH, "/versions", 405, 2000),
        (Method::DELETE, "/2.2.1/cpo/locations", 405, 2000),
        (Method::GET, "/2.2.1/cpo/locations/loc_none", 404, 2003),
        (Method::GET, "/2.2.1/cpo/locations?date_from=soon", 200, 2001),
    ] {
        let request = peer.request(method, path);
        let request = request
            .header("x-request-id", "r-1")
            .header("x-correlation-id", "c-1");
        let answer = Answer::of(request).await;
        assert_eq!(
            (answer.status, &answer.json["status_code"]),
            (http, &json!(status)),
            "{}",
            answer.text
        );
        assert_eq!(
            (answer.header("x-request-id"), answer.header("x-correlation-id")),
            ("r-1", "c-1")
        );
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_portal_that_is_no_party_has_no_partners() {
    let app = TestApp::builder().no_party().start().await;
    let input = json!({ "name": "A", "countryCode": "NL", "partyId": "TNM", "role": "EMSP" });
    let problem = app
        .post("/partners", input)
        .await
        .problem(409, "/problems/in-use");
    assert!(problem["detail"].as_str().unwrap().contains("--ocpi-party"));
    let request = http().get(format!("{}/ocpi/versions", app.site()));
    Answer::of(request).await.refusal(404, 2000);
}
