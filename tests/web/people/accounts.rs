//! Accounts and roles.

use super::*;
use crate::station_tokens::pick;

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
