//! Accounts, roles, keys and one's own account, in the whole app.

use std::cell::RefCell;
use std::rc::Rc;

use domain::accounts::{Account, ApiKey, Role};
use domain::problem::{FieldError, Problem, kind};
use domain::sessions::{Session, SignedIn};
use ev_portal::app::App;
use ev_portal::prelude::*;
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::page::{Mounted, mount, turn, until};
use crate::portal::{Portal, Reply, Seen};
use crate::station_tokens::page_of;

mod accounts;
mod own;

/// A server that somebody is signed in to.
#[derive(Default)]
struct Server {
    /// The session has ended.
    out: bool,
    keys: Vec<ApiKey>,
    /// The account of others has these limits, and nothing of it is fixed.
    limits: Option<Vec<String>>,
    refused: Option<Problem>,
}

fn session() -> Session {
    Session {
        id: "acc1".into(),
        name: "Ana".into(),
        email: "ana@acme.example".into(),
        role: "Own".into(),
        permissions: vec!["View:Token".into(), "Manage:Account".into()],
        has_password: true,
        ..Session::default()
    }
}

fn account() -> Account {
    Account {
        id: "acc2".into(),
        name: "Ben".into(),
        role_id: "rol1".into(),
        role: "Own".into(),
        status: "Enabled".into(),
        version: 4,
        fixed: Some("This is the last one.".into()),
        ..Account::default()
    }
}

fn role(built_in: bool) -> Role {
    Role {
        id: if built_in { "viewer" } else { "rol1" }.into(),
        name: if built_in { "Viewer" } else { "Own" }.into(),
        permissions: vec!["View:Location".into(), "View:Token".into()],
        built_in,
        accounts: 2,
        version: 3,
    }
}

impl Server {
    fn answer(&mut self, seen: &Seen) -> Reply {
        let path = seen.path.split('?').next().unwrap_or_default();
        match (seen.method.as_str(), path) {
            ("POST", "/session") if seen.body.contains("kettle") => {
                self.out = false;
                Reply::ok(&session())
            }
            ("POST", "/session") => Reply::problem(401, kind::WRONG_PASSWORD),
            _ if self.out => Reply::problem(401, kind::SIGNED_OUT),
            ("GET", "/session") => Reply::ok(&session()),
            ("GET", "/sign-ins") => Reply::ok(&vec![SignedIn {
                browser: "Chrome on Linux".into(),
                current: true,
                ..SignedIn::default()
            }]),
            ("GET", "/keys") => page_of(self.keys.clone()),
            ("GET", "/roles") => page_of(vec![role(true), role(false)]),
            ("GET", "/roles/viewer") => Reply::ok(&role(true)),
            ("GET", "/roles/rol1") => Reply::ok(&role(false)),
            ("GET", "/accounts") => page_of(vec![account()]),
            ("GET", "/accounts/acc2") => Reply::ok(&match &self.limits {
                Some(limits) => Account {
                    organizations: limits.clone(),
                    email: "ben@acme.example".into(),
                    fixed: None,
                    ..account()
                },
                None => account(),
            }),
            ("GET", "/organizations") => page_of(vec![
                json!({ "id": "1:ORGA", "name": "Acme", "ours": true }),
                json!({ "id": "1:ORGB", "name": "Bolt", "ours": true }),
            ]),
            ("GET", _) => Reply::problem(404, kind::NOT_FOUND),
            _ if self.refused.is_some() => {
                let problem = self.refused.take().unwrap();
                Reply::Json(problem.status, serde_json::to_string(&problem).unwrap())
            }
            ("POST", "/keys") => {
                let key = ApiKey {
                    id: "key1".into(),
                    name: "nightly".into(),
                    ..ApiKey::default()
                };
                self.keys.push(key);
                Reply::Json(201, json!({ "id": "key1", "secret": "evp_secret" }).to_string())
            }
            ("DELETE", "/keys/key1") => {
                self.keys.clear();
                Reply::Json(200, String::new())
            }
            ("POST", "/accounts/acc2/set-up") => Reply::Json(
                200,
                json!({ "path": "/set-up/abc", "expiresAt": "2026-11-23T08:00:00Z" }).to_string(),
            ),
            ("POST", "/roles") => Reply::ok(&role(false)),
            ("PATCH", "/roles/rol1") => Reply::ok(&role(false)),
            ("POST", "/accounts") | ("PATCH", "/accounts/acc2") => Reply::ok(&account()),
            ("PUT", "/session/password") => Reply::ok(&session()),
            other => panic!("{other:?}"),
        }
    }
}

async fn open(path: &str) -> (Portal, Rc<RefCell<Server>>, Mounted) {
    let server = Rc::new(RefCell::new(Server::default()));
    let own = server.clone();
    let portal = Portal::start(move |seen| own.borrow_mut().answer(seen));
    let history = window().history().unwrap();
    history
        .push_state_with_url(&JsValue::NULL, "", Some(path))
        .unwrap();
    let page = mount(|| view! { <App /> });
    page.dismiss_toasts().await;
    (portal, server, page)
}

/// Waits for words, also for those of a menu that is closed.
async fn has(page: &Mounted, words: &str) {
    until(words, || {
        page.root.text_content().unwrap_or_default().contains(words)
    })
    .await;
}

/// The last request of that kind.
fn last(portal: &Portal, method: &str, path: &str) -> Seen {
    let mut seen = portal.seen();
    seen.retain(|seen| seen.is(method, path));
    seen.pop().unwrap_or_else(|| panic!("no {method} {path}"))
}

/// The labels of the open form in the element of that class.
fn labels(page: &Mounted, class: &str) -> Vec<HtmlElement> {
    let all = format!("dialog[open] .{class} label");
    let all = page.root.query_selector_all(&all).unwrap();
    (0..all.length())
        .filter_map(|at| all.get(at)?.dyn_into().ok())
        .collect()
}

/// The label with those words.
fn label(page: &Mounted, class: &str, words: &str) -> HtmlElement {
    let mut labels = labels(page, class).into_iter();
    let found = labels.find(|label| label.text_content().as_deref() == Some(words));
    found.unwrap_or_else(|| panic!("no box {words}"))
}

/// The box of a label.
fn input(label: &HtmlElement) -> HtmlInputElement {
    label.query_selector("input").unwrap().unwrap().unchecked_into()
}

/// The boxes of the open form, by their words: whether each is ticked.
fn boxes(page: &Mounted) -> Vec<(String, bool)> {
    let state = |label: HtmlElement| (label.text_content().unwrap_or_default(), input(&label).checked());
    labels(page, "permits").into_iter().map(state).collect()
}

fn tick(page: &Mounted, words: &str) {
    label(page, "permits", words).click();
}

fn submit(page: &Mounted) {
    page.find("dialog[open] .dialog-foot [type=submit]").click();
}

/// The box with those words in the open form.
fn choice(page: &Mounted, words: &str) -> HtmlInputElement {
    input(&label(page, "choices", words))
}
