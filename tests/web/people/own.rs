//! One's own account, its keys, and signing in again.

use super::*;

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

/// A changed role that was sent when the session had ended.
async fn sent_signed_out() -> (Portal, Rc<RefCell<Server>>, Mounted) {
    let opened = open("/settings/roles/rol1").await;
    let (_, server, page) = &opened;
    page.shows("See charge tokens").await;
    has(page, "Ana").await;
    page.press("Edit");
    until("the form", || boxes(page).len() > 10).await;
    tick(page, "See customers");
    server.borrow_mut().out = true;
    submit(page);
    page.shows("Your session has ended").await;
    opened
}

#[wasm_bindgen_test]
async fn what_was_asked_for_waits_until_somebody_signs_in_again() {
    let (portal, server, page) = sent_signed_out().await;
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
    let (portal, server, page) = sent_signed_out().await;
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
