//! Two servers over the same books: what one of them changes counts on the other at once.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Person, TestApp, http};

/// The same request to the other server.
async fn there(other: &TestApp, person: &Person, path: &str) -> Answer {
    let url = format!("{}/api/v1{path}", other.site());
    Answer::of(http().get(url).header("cookie", &person.cookie)).await
}

async fn who_may_what_changes_on_both(one: &TestApp, other: &TestApp) {
    let role = json!({ "name": "Night shift", "permissions": ["View:Token", "View:Location"] });
    let role = one.post("/roles", role).await.ok();
    let id = role["id"].as_str().unwrap();
    let person = one.person("Nina Night", id).await;
    for _ in 0..2 {
        there(other, &person, "/tokens").await.ok();
    }
    let fewer = json!({ "permissions": ["View:Location"] });
    one.change(Method::PATCH, &format!("/roles/{id}"), &json!(1), fewer)
        .await
        .ok();
    there(other, &person, "/tokens")
        .await
        .problem(403, "/problems/forbidden");
    there(other, &person, "/locations").await.ok();

    let made = person.send(
        Method::POST,
        "/keys",
        json!({ "name": "nightly", "permissions": ["View:Location"], "days": 1 }),
    );
    let made = made.await.ok();
    let by_key = async || {
        let url = format!("{}/api/v1/locations", other.site());
        Answer::of(http().get(url).bearer_auth(made["secret"].as_str().unwrap())).await
    };
    by_key().await.ok();
    let key = format!("/keys/{}", made["id"].as_str().unwrap());
    assert_eq!(person.send(Method::DELETE, &key, Value::Null).await.status, 204);
    by_key().await.problem(401, "/problems/signed-out");

    let account = format!("/accounts/{}", person.account.id);
    let version = one.get(&account).await.ok()["version"].clone();
    let less = json!({ "roleId": "viewer" });
    one.change(Method::PATCH, &account, &version, less).await.ok();
    there(other, &person, "/locations")
        .await
        .problem(401, "/problems/signed-out");
    let person = one.signed_in(person.account).await;
    there(other, &person, "/locations").await.ok();
    let version = one.get(&account).await.ok()["version"].clone();
    one.change(Method::PATCH, &account, &version, json!({ "status": "Disabled" }))
        .await
        .ok();
    there(other, &person, "/locations")
        .await
        .problem(401, "/problems/signed-out");

    let another = one.person("Olaf Other", "viewer").await;
    there(other, &another, "/locations").await.ok();
    assert_eq!(
        another.send(Method::DELETE, "/session", Value::Null).await.status,
        204
    );
    there(other, &another, "/locations")
        .await
        .problem(401, "/problems/signed-out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    let one = TestApp::sqlite().await;
    let other = one.beside().await;
    who_may_what_changes_on_both(&one, &other).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres() {
    let Some(one) = TestApp::postgres().await else {
        return;
    };
    let other = one.beside().await;
    who_may_what_changes_on_both(&one, &other).await;
}
