//! Every route × every role: what the table says is what the server does.

use std::collections::BTreeSet;

use domain::access::{PERMISSIONS, ROLES};
use proxy::access::routes::{self, Needs};
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Person, TestApp, http};

/// Method and path of every route that the description names.
async fn described(app: &TestApp) -> BTreeSet<(String, String)> {
    let document = app.get("/api/openapi.json").await.ok();
    let paths = document["paths"].as_object().unwrap();
    let routes = paths.iter().flat_map(|(path, methods)| {
        let path = path.strip_prefix("/api/v1").unwrap().to_owned();
        let methods = methods.as_object().unwrap().keys();
        methods
            .map(|method| (method.to_uppercase(), path.clone()))
            .collect::<Vec<_>>()
    });
    routes.collect()
}

/// The router's routes and the table's are the same: a route that the table does not know would be refused,
/// and a line without a route would promise what is not there.
#[tokio::test]
async fn the_table_knows_every_route_and_no_other() {
    let app = TestApp::sqlite().await;
    let known: BTreeSet<(String, String)> = routes::all()
        .map(|(method, path, _)| (method.to_string(), path.to_owned()))
        .collect();
    assert_eq!(known, described(&app).await);
}

/// Every permission is needed by some route.
#[test]
fn every_permission_opens_something() {
    let needed: BTreeSet<&str> = routes::all()
        .flat_map(|(_, _, needs)| match needs {
            Needs::Permission(one) => vec![one],
            Needs::Either(one, other) => vec![one, other],
            Needs::Nothing | Needs::Account => vec![],
        })
        .collect();
    let known: BTreeSet<&str> = PERMISSIONS.iter().map(|permission| permission.key).collect();
    assert_eq!(needed, known);
}

/// What comes before the handler: 401 and 403 of the table. A handler's own refusals have other kinds.
async fn outcome(request: reqwest::RequestBuilder) -> u16 {
    let answer = Answer::of(request).await;
    match answer.json["type"].as_str() {
        Some("/problems/signed-out") => 401,
        Some("/problems/forbidden") if answer.json["detail"].as_str().unwrap().contains("permission to") => {
            403
        }
        _ => 200,
    }
}

/// Requests reach no record, so that the order of the routes does not matter: `x` is no id of anything.
fn path_of(pattern: &str) -> String {
    let parts = pattern
        .split('/')
        .map(|part| if part.starts_with('{') { "x" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_route_for_every_role() {
    let app = TestApp::sqlite().await;
    let mut people: Vec<(&str, Person)> = Vec::new();
    for role in ROLES {
        people.push((role.id, app.person(role.name, role.id).await));
    }
    let role = app
        .post("/roles", json!({ "name": "Nothing", "permissions": [] }))
        .await
        .ok();
    people.push(("nothing", app.person("None", role["id"].as_str().unwrap()).await));
    let (mut allowed, mut forbidden, mut unknown) = (0, 0, 0);
    for (method, pattern, needs) in routes::all() {
        let path = path_of(pattern);
        let nobody = http().request(method.clone(), format!("{}/api/v1{path}", app.site()));
        let expected = if needs == Needs::Nothing { 200 } else { 401 };
        assert_eq!(outcome(nobody).await, expected, "{method} {path} for nobody");
        unknown += 1;
        for (role, person) in &people {
            let built_in = ROLES.iter().find(|built_in| built_in.id == *role);
            let holds = |key: &str| built_in.is_some_and(|role| role.holds(key));
            let may = match needs {
                Needs::Nothing | Needs::Account => true,
                Needs::Permission(one) => holds(one),
                Needs::Either(one, other) => holds(one) || holds(other),
            };
            let expected = if may { 200 } else { 403 };
            // What ends sessions is asked by others of the same role.
            let ends = (path == "/session" || path.starts_with("/sign-ins")) && *method == Method::DELETE;
            let answer = if ends {
                let role = person.account.role_id.as_str();
                let leaving = app
                    .person(&format!("{role} leaving {allowed} {forbidden}"), role)
                    .await;
                outcome(leaving.request(method.clone(), &path)).await
            } else {
                outcome(person.request(method.clone(), &path)).await
            };
            assert_eq!(answer, expected, "{method} {path} for {role}");
            if may {
                allowed += 1;
            } else {
                forbidden += 1;
            }
        }
    }
    let told = format!(
        "matrix of routes and roles: {} checks: {allowed} allowed, {forbidden} forbidden (403), {unknown} without an \
         account (401 but for signing in)",
        allowed + forbidden + unknown
    );
    println!("{told}");
    // `cargo xtask test` shows it.
    if let Some(file) = std::env::var_os("EV_PORTAL_MATRIX") {
        std::fs::write(file, told).unwrap();
    }
    assert!(allowed > 100 && forbidden > 100 && unknown > 50);
}

/// They stand beside the table's routes.
#[tokio::test]
async fn what_tells_of_the_api_and_its_use_takes_an_account() {
    let app = TestApp::sqlite().await;
    let viewer = app.person("Vera Viewer", "viewer").await;
    for path in ["/metrics", "/api/openapi.json", "/api/docs"] {
        let ask = || http().get(format!("{}{path}", app.site()));
        assert_eq!(ask().send().await.unwrap().status(), 401, "{path} for nobody");
        let known = ask().header("cookie", &viewer.cookie).send().await.unwrap();
        assert_eq!(known.status(), 200, "{path} for a viewer");
    }
}

#[tokio::test]
async fn a_refusal_says_what_is_missing_and_who_can_give_it() {
    let app = TestApp::sqlite().await;
    let viewer = app.person("Vera Viewer", "viewer").await;
    let refused = viewer
        .send(Method::POST, "/customers", json!({ "name": "X" }))
        .await
        .problem(403, "/problems/forbidden");
    assert_eq!(
        refused["detail"],
        "You need permission to manage customers (Manage:Customer). Tess Tester can give it to you."
    );
    assert_eq!(app.get("/customers").await.ok()["total"], 0);
}
