//! Accounts, roles, keys and one's own account, in the whole app.

use std::cell::RefCell;
use std::rc::Rc;

use domain::accounts::{Account, ApiKey, Role};
use domain::listing::Page;
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
use crate::station_tokens::pick;

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

fn page_of<T>(items: Vec<T>) -> Reply
where
    T: serde::Serialize,
{
    Reply::ok(&Page {
        total: items.len() as u64,
        items,
        page: 1,
        page_size: 50,
        as_of: "2026-11-20T08:00:00Z".into(),
    })
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

/// The boxes of the open form, by their words: whether each is ticked.
fn boxes(page: &Mounted) -> Vec<(String, bool)> {
    let all = page
        .root
        .query_selector_all("dialog[open] .permits label")
        .unwrap();
    let labels = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok());
    let state = |label: HtmlElement| {
        let input: HtmlInputElement = label.query_selector("input").unwrap().unwrap().unchecked_into();
        (label.text_content().unwrap_or_default(), input.checked())
    };
    labels.map(state).collect()
}

fn tick(page: &Mounted, words: &str) {
    let all = page
        .root
        .query_selector_all("dialog[open] .permits label")
        .unwrap();
    let mut labels = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok());
    let found = labels.find(|label| label.text_content().as_deref() == Some(words));
    found.unwrap_or_else(|| panic!("no box {words}")).click();
}

fn submit(page: &Mounted) {
    page.find("dialog[open] .dialog-foot [type=submit]").click();
}

/// The box with those words in the open form.
fn choice(page: &Mounted, words: &str) -> HtmlInputElement {
    let all = page
        .root
        .query_selector_all("dialog[open] .choices label")
        .unwrap();
    let mut labels = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok());
    let found = labels.find(|label| label.text_content().as_deref() == Some(words));
    let label = found.unwrap_or_else(|| panic!("no box {words}"));
    label.query_selector("input").unwrap().unwrap().unchecked_into()
}

#[wasm_bindgen_test]
async fn an_account_is_limited_by_names_and_what_is_gone_stays_until_it_is_taken_away() {
    let (portal, server, page) = open("/settings/accounts/acc2").await;
    server.borrow_mut().limits = Some(vec!["1:ORGB".into(), "1:GONE".into()]);
    drop(page);
    let page = mount(|| view! { <App /> });
    page.shows("Bolt, 1:GONE").await;
    page.press("Edit");
    until("the form", || {
        let boxes = page
            .root
            .query_selector_all("dialog[open] .choices label")
            .unwrap();
        boxes.length() == 3
    })
    .await;
    assert!(
        page.text()
            .contains("With none of them, the account reaches every organization.")
    );
    let (acme, bolt, gone) = (
        choice(&page, "Acme (1:ORGA)"),
        choice(&page, "Bolt (1:ORGB)"),
        choice(&page, "1:GONE"),
    );
    assert!(!acme.checked() && bolt.checked() && gone.checked());
    acme.click();
    gone.click();
    submit(&page);
    until("sent", || portal.count("PATCH", "/accounts/acc2") == 1).await;
    let sent: serde_json::Value =
        serde_json::from_str(&last(&portal, "PATCH", "/accounts/acc2").body).unwrap();
    assert_eq!(sent, json!({ "organizations": ["1:ORGA", "1:ORGB"] }));
}

#[wasm_bindgen_test]
async fn a_role_is_ticked_in_words_and_sent_in_the_usual_order() {
    let (portal, _server, page) = open("/settings/roles/rol1").await;
    page.shows("See charge tokens").await;
    has(&page, "have it: give them another role first.").await;
    page.press("Edit");
    until("the form", || boxes(&page).len() > 10).await;
    let ticked = || {
        boxes(&page)
            .into_iter()
            .filter(|(_, on)| *on)
            .map(|(words, _)| words)
    };
    assert_eq!(
        ticked().collect::<Vec<_>>(),
        [
            "See charge locations and their Authorization lists",
            "See charge tokens"
        ]
    );
    tick(&page, "Approve and deny drivers");
    tick(&page, "See charge tokens");
    tick(&page, "See customers");
    submit(&page);
    until("sent", || portal.count("PATCH", "/roles/rol1") == 1).await;
    let sent = last(&portal, "PATCH", "/roles/rol1");
    assert_eq!(sent.if_match.as_deref(), Some("\"3\""));
    assert_eq!(
        sent.json(),
        json!({ "permissions": ["View:Location", "View:Customer", "Approve:Connection"] })
    );
}

#[wasm_bindgen_test]
async fn a_copy_of_a_built_in_role_is_sent_whole() {
    let (portal, _server, page) = open("/settings/roles/viewer").await;
    page.shows("Built in").await;
    assert!(page.button("Edit").is_none());
    page.press("Make a copy");
    until("the form", || boxes(&page).len() > 10).await;
    submit(&page);
    page.shows("This cannot stay empty.").await;
    page.fill("dialog[open] input.input", "Mine");
    submit(&page);
    until("sent", || portal.count("POST", "/roles") == 1).await;
    assert_eq!(
        last(&portal, "POST", "/roles").json(),
        json!({ "name": "Mine", "permissions": ["View:Location", "View:Token"] })
    );
}

#[wasm_bindgen_test]
async fn a_new_account_needs_a_role_and_gets_its_link_once() {
    let (portal, server, page) = open("/settings/accounts").await;
    page.shows("Ben").await;
    page.press("New account");
    until("the form", || {
        page.root
            .query_selector("dialog[open] .combobox")
            .unwrap()
            .is_some()
    })
    .await;
    page.fill("dialog[open] [autofocus]", "Ben");
    page.fill("dialog[open] [inputmode=email]", "ben");
    submit(&page);
    page.shows("An e-mail address has an @.").await;
    assert_eq!(portal.count("POST", "/accounts"), 0);
    page.fill("dialog[open] [inputmode=email]", "ben@acme.example");
    server.borrow_mut().refused = Some(Problem {
        kind: kind::INVALID.into(),
        title: "Not valid".into(),
        status: 422,
        errors: vec![FieldError {
            field: "roleId".into(),
            message: "an account needs a role".into(),
        }],
        ..Problem::default()
    });
    submit(&page);
    page.shows("an account needs a role").await;
    pick(&page, "Own").await;
    submit(&page);
    page.shows("Set-up link for Ben").await;
    let sent = last(&portal, "POST", "/accounts").json();
    assert_eq!(sent["roleId"], "rol1");
    until("the link", || {
        page.root
            .query_selector("dialog[open] .copy input")
            .unwrap()
            .is_some()
    })
    .await;
    let link: HtmlInputElement = page.find("dialog[open] .copy input").unchecked_into();
    assert!(link.value().starts_with("http") && link.value().ends_with("/set-up/abc"));
    assert_eq!(portal.count("POST", "/accounts/acc2/set-up"), 1);
}

#[wasm_bindgen_test]
async fn what_an_account_may_not_is_said_before_the_click() {
    let (portal, _server, page) = open("/settings/accounts/acc2").await;
    has(&page, "This is the last one.").await;
    for words in [
        "Disable accountThis is the last one.",
        "Delete accountThis is the last one.",
    ] {
        let line = page.button(words).unwrap();
        assert_eq!(line.get_attribute("aria-disabled").as_deref(), Some("true"));
        line.click();
    }
    page.press("Edit");
    until("the form", || {
        page.root.query_selector("dialog[open] form").unwrap().is_some()
    })
    .await;
    assert!(
        page.root
            .query_selector("dialog[open] .combobox")
            .unwrap()
            .is_none()
    );
    turn().await;
    assert_eq!(portal.count("PATCH", "/accounts/acc2"), 0);
}

#[wasm_bindgen_test]
async fn a_key_may_not_more_than_its_account_and_is_shown_once() {
    let (portal, _server, page) = open("/account").await;
    page.shows("No API keys").await;
    page.press("New API key");
    until("the form", || !boxes(&page).is_empty()).await;
    let offered: Vec<String> = boxes(&page).into_iter().map(|(words, _)| words).collect();
    assert_eq!(offered, ["See charge tokens", "Manage accounts and roles"]);
    page.fill("dialog[open] input.input", "nightly");
    submit(&page);
    page.shows("This cannot stay empty.").await;
    tick(&page, "See charge tokens");
    page.fill("dialog[open] input[inputmode=numeric]", "90");
    submit(&page);
    until("made", || {
        page.root
            .query_selector("dialog[open] .copy input")
            .unwrap()
            .is_some()
    })
    .await;
    assert_eq!(
        last(&portal, "POST", "/keys").json(),
        json!({ "name": "nightly", "permissions": ["View:Token"], "days": 90 })
    );
    let secret: HtmlInputElement = page.find("dialog[open] .copy input").unchecked_into();
    assert_eq!(secret.value(), "evp_secret");
    page.press("Done");
    page.shows("Revoke").await;
    until("forgotten", || {
        page.root.query_selector(".copy").unwrap().is_none()
    })
    .await;
    page.press("Revoke");
    page.shows("Revoke this API key").await;
    assert!(page.find("dialog[open]").inner_text().contains("nightly"));
    submit(&page);
    page.shows("No API keys").await;
    assert_eq!(portal.count("DELETE", "/keys/key1"), 1);
}

#[wasm_bindgen_test]
async fn a_password_is_checked_before_it_is_sent_and_sent_as_it_is_typed() {
    let (portal, _server, page) = open("/account").await;
    page.shows("Chrome on Linux").await;
    page.press("Change password");
    until("the form", || {
        page.root
            .query_selector("dialog[open] [type=password]")
            .unwrap()
            .is_some()
    })
    .await;
    let (current, new) = (
        "dialog[open] [autocomplete=current-password]",
        "dialog[open] [autocomplete=new-password]",
    );
    page.fill(current, " old ");
    page.fill(new, "too short");
    submit(&page);
    page.shows("At least 10 characters; ").await;
    assert_eq!(portal.count("PUT", "/session/password"), 0);
    page.fill(new, " blanks count ");
    submit(&page);
    page.shows("Your password is changed.").await;
    assert_eq!(
        last(&portal, "PUT", "/session/password").json(),
        json!({ "current": " old ", "new": " blanks count " })
    );
}

#[wasm_bindgen_test]
async fn what_was_asked_for_waits_until_somebody_signs_in_again() {
    let (portal, server, page) = open("/settings/roles/rol1").await;
    page.shows("See charge tokens").await;
    has(&page, "Ana").await;
    page.press("Edit");
    until("the form", || boxes(&page).len() > 10).await;
    tick(&page, "See customers");
    server.borrow_mut().out = true;
    submit(&page);
    page.shows("Your session has ended").await;
    assert_eq!(portal.count("PATCH", "/roles/rol1"), 1);
    page.fill("dialog[open] [type=password]", "not this one");
    page.find("dialog[open] .dialog-foot .button-primary[type=submit]");
    let all = page
        .root
        .query_selector_all("dialog[open] [type=submit]")
        .unwrap();
    let sign_in: HtmlElement = all.get(all.length() - 1).unwrap().unchecked_into();
    sign_in.click();
    page.shows(kind::WRONG_PASSWORD).await;
    assert!(server.borrow().out);
    page.fill("dialog[open] [type=password]", "violet kettle drives south");
    sign_in.click();
    until("sent again", || portal.count("PATCH", "/roles/rol1") == 2).await;
    page.shows("is saved").await;
    assert_eq!(
        last(&portal, "POST", "/session").json(),
        json!({ "email": "ana@acme.example", "password": "violet kettle drives south" })
    );
    let bodies: Vec<String> = portal
        .seen()
        .into_iter()
        .filter(|seen| seen.is("PATCH", "/roles/rol1"))
        .map(|seen| seen.body)
        .collect();
    assert_eq!(bodies[0], bodies[1]);
}

#[wasm_bindgen_test]
async fn whoever_does_not_sign_in_gets_the_form_back() {
    let (portal, server, page) = open("/settings/roles/rol1").await;
    page.shows("See charge tokens").await;
    has(&page, "Ana").await;
    page.press("Edit");
    until("the form", || boxes(&page).len() > 10).await;
    tick(&page, "See customers");
    server.borrow_mut().out = true;
    submit(&page);
    page.shows("Your session has ended").await;
    let crosses = page
        .root
        .query_selector_all("dialog[open] .dialog-head [aria-label=Close]")
        .unwrap();
    let cross: HtmlElement = crosses.get(crosses.length() - 1).unwrap().unchecked_into();
    cross.click();
    page.shows(kind::SIGNED_OUT).await;
    assert!(boxes(&page).contains(&("See customers".into(), true)));
    assert_eq!(portal.count("PATCH", "/roles/rol1"), 1);
    server.borrow_mut().out = false;
    submit(&page);
    until("sent", || portal.count("PATCH", "/roles/rol1") == 2).await;
}
