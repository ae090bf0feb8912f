//! Signing in and out, and what a session is.

use std::time::Duration;

use proxy::access::Settings;
use proxy::books::accounts::{links, password};
use proxy::books::sessions::Lifetime;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Person, TestApp, http, on_both};

const PASSWORD: &str = "violet kettle drives south";

async fn set_password(app: &TestApp, account: &str, password: &str) {
    let hash = password::hash(password).await.unwrap();
    let mut tx = app.app.books.write().await.unwrap();
    password::set(&mut tx, account, &hash).await.unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Answer {
    let url = format!("{}/api/v1/session", app.site());
    Answer::of(
        http()
            .post(url)
            .json(&json!({ "email": email, "password": password })),
    )
    .await
}

async fn with_cookie(app: &TestApp, method: Method, path: &str, cookie: &str) -> Answer {
    let url = format!("{}/api/v1{path}", app.site());
    Answer::of(http().request(method, url).header("cookie", cookie)).await
}

fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie");
    for flag in ["; HttpOnly", "; SameSite=Strict", "; Path=/"] {
        assert!(set.contains(flag), "{set}");
    }
    set.split(';').next().unwrap().to_owned()
}

on_both! {
    async fn a_session_begins_and_ends(app) {
        let account = app.account("Ana Torres", "viewer").await;
        set_password(app, &account.id, PASSWORD).await;
        let signed_in = sign_in(app, " ANA.torres@portal.example ", PASSWORD).await;
        let cookie = cookie(&signed_in);
        assert_eq!(cookie.strip_prefix("ev_portal=").unwrap().len(), 40);
        assert_eq!(signed_in.header("cache-control"), "no-store");
        assert_eq!(signed_in.ok()["name"], "Ana Torres");
        let session = with_cookie(app, Method::GET, "/session", &cookie).await.ok();
        assert_eq!((&session["role"], &session["hasPassword"]), (&json!("Viewer"), &json!(true)));
        let out = with_cookie(app, Method::DELETE, "/session", &cookie).await;
        assert_eq!(out.status, 204);
        assert_eq!(out.header("clear-site-data"), "\"cache\"");
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        // Used again after sign-out, it lets nobody in.
        with_cookie(app, Method::GET, "/session", &cookie).await.problem(401, "/problems/signed-out");
    }

    async fn an_unknown_account_and_a_wrong_password_are_told_alike(app) {
        let account = app.account("Ana Torres", "viewer").await;
        set_password(app, &account.id, PASSWORD).await;
        let without = app.account("Ben Li", "viewer").await;
        let disabled = app.account("Cleo Dent", "viewer").await;
        set_password(app, &disabled.id, PASSWORD).await;
        let tag = json!({ "status": "Disabled" });
        app.change(Method::PATCH, &format!("/accounts/{}", disabled.id), &json!(2), tag).await.ok();
        let mut said = Vec::new();
        for (email, password) in [
            ("nobody@portal.example", PASSWORD),
            (account.email.as_str(), "wrong"),
            (without.email.as_str(), ""),
            (disabled.email.as_str(), PASSWORD),
        ] {
            let answer = sign_in(app, email, password).await;
            assert_eq!(answer.header("set-cookie"), "");
            said.push(answer.problem(401, "/problems/wrong-password"));
        }
        assert!(said.windows(2).all(|two| two[0] == two[1]));
    }

    async fn an_account_that_may_less_is_signed_out_at_once(app) {
        let person = app.person("Ana Torres", "location-manager").await;
        let path = format!("/accounts/{}", person.account.id);
        person.get("/locations").await.ok();
        app.change(Method::PATCH, &path, &json!(1), json!({ "name": "Ana T" })).await.ok();
        person.get("/locations").await.ok();
        app.change(Method::PATCH, &path, &json!(2), json!({ "roleId": "viewer" })).await.ok();
        person.get("/locations").await.problem(401, "/problems/signed-out");
        let again = app.signed_in(person.account.clone()).await;
        app.change(Method::PATCH, &path, &json!(3), json!({ "status": "Disabled" })).await.ok();
        again.get("/locations").await.problem(401, "/problems/signed-out");
    }

    async fn a_page_of_one_account_does_not_go_on_as_another(app) {
        let (ana, ben) = (app.person("Ana Torres", "viewer").await, app.person("Ben Li", "viewer").await);
        let meant = async |id: &str| Answer::of(ben.request(Method::GET, "/session").header("ev-portal-account", id)).await;
        meant(&ben.account.id).await.ok();
        meant(&ana.account.id).await.problem(401, "/problems/signed-out");
        ben.get("/session").await.ok();
    }

    async fn sessions_are_listed_and_ended_one_by_one_or_all(app) {
        let one = app.person("Ana Torres", "viewer").await;
        let two = app.signed_in(one.account.clone()).await;
        let stranger = app.person("Ben Li", "viewer").await;
        let list = one.get("/sign-ins").await.ok();
        let list = list.as_array().unwrap();
        assert_eq!(list.len(), 2);
        let other = list.iter().find(|session| session["current"] == false).unwrap();
        let path = format!("/sign-ins/{}", other["id"].as_str().unwrap());
        stranger.send(Method::DELETE, &path, Value::Null).await.problem(404, "/problems/not-found");
        assert_eq!(one.send(Method::DELETE, &path, Value::Null).await.status, 204);
        two.get("/session").await.problem(401, "/problems/signed-out");
        one.get("/session").await.ok();
        let three = app.signed_in(one.account.clone()).await;
        assert_eq!(three.send(Method::DELETE, "/sign-ins", Value::Null).await.status, 204);
        for person in [&one, &three] {
            person.get("/session").await.problem(401, "/problems/signed-out");
        }
        stranger.get("/session").await.ok();
    }

    async fn a_set_up_link_works_once(app) {
        let account = app.account("Ana Torres", "viewer").await;
        let made = app.post(&format!("/accounts/{}/set-up", account.id), Value::Null).await.ok();
        let url = format!("{}{}", app.site(), made["path"].as_str().unwrap());
        let post = async |password: &str| Answer::of(http().post(&url).form(&[("password", password)])).await;
        assert!(Answer::of(http().get(&url)).await.text.contains("Ana Torres"));
        let weak = post("password123").await;
        assert_eq!(weak.status, 422);
        assert!(weak.text.contains("tried first"), "{}", weak.text);
        let set = post(PASSWORD).await;
        assert_eq!((set.status, set.header("location")), (303, "/"));
        with_cookie(app, Method::GET, "/session", &cookie(&set)).await.ok();
        assert_eq!(post(PASSWORD).await.status, 404);
        sign_in(app, &account.email, PASSWORD).await.ok();
    }
}

#[tokio::test]
async fn a_link_that_opens_nothing_says_where_another_one_is() {
    for (app, said) in [
        (TestApp::sqlite().await, "Ask an administrator"),
        (
            TestApp::builder().no_accounts().start().await,
            "start the portal again",
        ),
    ] {
        let url = format!("{}/set-up/{}", app.site(), "a".repeat(40));
        for request in [
            http().get(&url),
            http().post(&url).form(&[("password", PASSWORD)]),
        ] {
            let gone = Answer::of(request).await;
            assert_eq!(gone.status, 404);
            assert!(gone.text.contains(said), "{}", gone.text);
        }
    }
}

#[tokio::test]
async fn signing_in_gives_another_secret_and_ends_the_one_that_was_brought() {
    let app = TestApp::sqlite().await;
    let account = app.account("Ana Torres", "viewer").await;
    set_password(&app, &account.id, PASSWORD).await;
    let brought = cookie(&sign_in(&app, &account.email, PASSWORD).await);
    let url = format!("{}/api/v1/session", app.site());
    let body = json!({ "email": account.email, "password": PASSWORD });
    let again = Answer::of(http().post(&url).header("cookie", &brought).json(&body)).await;
    let fresh = cookie(&again);
    assert_ne!(fresh, brought);
    with_cookie(&app, Method::GET, "/session", &brought)
        .await
        .problem(401, "/problems/signed-out");
    // One that an attacker made up is not taken over.
    let planted = format!("ev_portal={}", "a".repeat(40));
    let answer = Answer::of(http().post(&url).header("cookie", &planted).json(&body)).await;
    assert_ne!(cookie(&answer), planted);
    with_cookie(&app, Method::GET, "/session", &planted)
        .await
        .problem(401, "/problems/signed-out");
}

#[tokio::test]
async fn failures_make_the_next_try_wait() {
    let app = TestApp::sqlite().await;
    let account = app.account("Ana Torres", "viewer").await;
    set_password(&app, &account.id, PASSWORD).await;
    for email in [account.email.as_str(), "nobody@portal.example"] {
        for _ in 0..3 {
            sign_in(&app, email, "wrong")
                .await
                .problem(401, "/problems/wrong-password");
        }
        // Together with those that were just answered, these make a wait that no slow machine sits out.
        for _ in 0..9 {
            app.app.access.failures.note(email, "127.0.0.1");
        }
        let refused = sign_in(&app, email, PASSWORD).await;
        let wait: u64 = refused.header("retry-after").parse().unwrap();
        assert!((257..=512).contains(&wait), "{wait}");
        refused.problem(429, "/problems/too-many-requests");
    }
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    for lifetime in [Lifetime { idle: 0, whole: 60 }, Lifetime { idle: 60, whole: 0 }] {
        let access = Settings {
            lifetime,
            ..Settings::default()
        };
        let app = TestApp::builder().access(access).start().await;
        let person = app.person("Ana Torres", "viewer").await;
        // Its moment is kept to the second.
        let ended = async {
            while person.get("/session").await.status != 401 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), ended)
            .await
            .unwrap();
        let page = person.page("/locations?q=a").await;
        assert_eq!(
            (page.status, page.header("location")),
            (303, "/sign-in?next=%2Flocations%3Fq%3Da")
        );
    }
}

#[tokio::test]
async fn the_first_account_is_made_by_a_link() {
    let app = TestApp::sqlite().await;
    let mut tx = app.app.books.write().await.unwrap();
    let link = links::make(&mut tx, None).await.unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
    let url = format!("{}{}", app.site(), link.path);
    let send = async |fields: &[(&str, &str)]| Answer::of(http().post(&url).form(fields)).await;
    let missing = send(&[
        ("name", ""),
        ("email", "ada@acme.example"),
        ("password", PASSWORD),
    ])
    .await;
    assert_eq!(missing.status, 422);
    let fields = [
        ("name", "Ada"),
        ("email", "ada@acme.example"),
        ("password", PASSWORD),
    ];
    let made = send(&fields).await;
    let session = with_cookie(&app, Method::GET, "/session", &cookie(&made))
        .await
        .ok();
    assert_eq!(session["role"], "Administrator");
    assert_eq!(send(&fields).await.status, 404);
}

/// What other pages and programs may try with the form.
#[tokio::test]
async fn the_sign_in_page_leads_nowhere_else_and_takes_no_strangers_form() {
    let app = TestApp::sqlite().await;
    let account = app.account("Ana Torres", "viewer").await;
    set_password(&app, &account.id, PASSWORD).await;
    let url = format!("{}/sign-in", app.site());
    let send = async |next: &str| {
        let form = [
            ("email", account.email.as_str()),
            ("password", PASSWORD),
            ("next", next),
        ];
        Answer::of(http().post(&url).form(&form)).await
    };
    for next in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
    ] {
        assert_eq!(send(next).await.header("location"), "/", "{next}");
    }
    assert_eq!(send("/tokens?q=x").await.header("location"), "/tokens?q=x");
    let shown = Answer::of(http().get(format!("{url}?next=%22%3E%3Cscript%3E"))).await;
    assert!(shown.text.contains("value=\"&quot;&gt;&lt;script&gt;\""));
    let policy = shown.header("content-security-policy");
    assert!(
        policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"),
        "{policy}"
    );
    let foreign = http()
        .post(&url)
        .header("origin", "https://evil.example")
        .form(&[("email", account.email.as_str()), ("password", PASSWORD)]);
    Answer::of(foreign).await.problem(403, "/problems/cross-site");
    let not_here = http()
        .post(format!("{}/sign-in/try", app.site()))
        .form(&[("account", "demo")]);
    Answer::of(not_here).await.problem(404, "/problems/not-found");
}

#[tokio::test]
async fn the_sandbox_lets_people_try_its_accounts() {
    let access = Settings {
        sandbox: true,
        ..Settings::default()
    };
    let app = TestApp::builder().access(access).start().await;
    proxy::sign_in::fill(&app.app.books).await.unwrap();
    let page = Answer::of(http().get(format!("{}/sign-in", app.site()))).await;
    assert!(page.text.contains("stand-in for ChargePoint"), "{}", page.text);
    for (account, role) in [
        ("demo", "Administrator"),
        ("manager", "Location manager"),
        ("viewer", "Viewer"),
    ] {
        let form = [("account", account), ("next", "/tokens")];
        let entered = Answer::of(http().post(format!("{}/sign-in/try", app.site())).form(&form)).await;
        assert_eq!((entered.status, entered.header("location")), (303, "/tokens"));
        let session = with_cookie(&app, Method::GET, "/session", &cookie(&entered))
            .await
            .ok();
        assert_eq!(session["role"], role);
    }
}

#[tokio::test]
async fn a_password_is_changed_with_the_one_before() {
    let app = TestApp::sqlite().await;
    let account = app.account("Ana Torres", "viewer").await;
    set_password(&app, &account.id, PASSWORD).await;
    let (here, elsewhere): (Person, Person) = (
        app.signed_in(account.clone()).await,
        app.signed_in(account.clone()).await,
    );
    let change = async |current: &str, new: &str| {
        here.send(
            Method::PUT,
            "/session/password",
            json!({ "current": current, "new": new }),
        )
        .await
    };
    let refused = change("wrong", "another kettle turns north").await;
    assert_eq!(
        refused.problem(422, "/problems/invalid")["errors"][0]["field"],
        "current"
    );
    let refused = change(PASSWORD, "qwertyuiop").await;
    assert_eq!(
        refused.problem(422, "/problems/invalid")["errors"][0]["field"],
        "new"
    );
    let changed = change(PASSWORD, "another kettle turns north").await;
    let fresh = cookie(&changed);
    for old in [&here, &elsewhere] {
        old.get("/session").await.problem(401, "/problems/signed-out");
    }
    with_cookie(&app, Method::GET, "/session", &fresh).await.ok();
    sign_in(&app, &account.email, "another kettle turns north")
        .await
        .ok();
    sign_in(&app, &account.email, PASSWORD)
        .await
        .problem(401, "/problems/wrong-password");
}

/// Many at once get a session each; ending one ends no other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_sign_ins_are_sessions_of_their_own() {
    let app = TestApp::sqlite().await;
    let account = app.account("Ana Torres", "viewer").await;
    set_password(&app, &account.id, PASSWORD).await;
    let all = (0..12).map(|_| sign_in(&app, &account.email, PASSWORD));
    let cookies: Vec<String> = futures::future::join_all(all).await.iter().map(cookie).collect();
    let distinct: std::collections::BTreeSet<&String> = cookies.iter().collect();
    assert_eq!(distinct.len(), 12);
    with_cookie(&app, Method::DELETE, "/session", &cookies[0]).await;
    with_cookie(&app, Method::GET, "/session", &cookies[0])
        .await
        .problem(401, "/problems/signed-out");
    for cookie in &cookies[1..] {
        with_cookie(&app, Method::GET, "/session", cookie).await.ok();
    }
}

#[tokio::test]
async fn only_the_sandboxs_own_accounts_are_open_and_only_there() {
    let settings = Settings {
        sandbox: true,
        ..Settings::default()
    };
    let app = TestApp::builder().access(settings).start().await;
    proxy::sign_in::fill(&app.app.books).await.unwrap();
    let other = app.account("Ana Torres", "viewer").await;
    sign_in(&app, "manager@sandbox.example", "").await.ok();
    for (email, password) in [
        ("manager@sandbox.example", "guess"),
        (other.email.as_str(), ""),
        ("nobody@sandbox.example", ""),
    ] {
        let refused = sign_in(&app, email, password).await;
        refused.problem(401, "/problems/wrong-password");
    }
    let app = TestApp::sqlite().await;
    proxy::sign_in::fill(&app.app.books).await.unwrap();
    let refused = sign_in(&app, "demo@sandbox.example", "").await;
    refused.problem(401, "/problems/wrong-password");
}
