//! The queue of requests as an operator works it off, in the whole app.

use std::cell::RefCell;
use std::rc::Rc;

use domain::driver_requests::{Answer, Decide, Decided, Decision, DriverRequest, Pending, Requests, Undone};
use domain::listing::Page;
use domain::problem::{Problem, kind};
use ev_portal::app::App;
use ev_portal::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, app_at, mount, until};
use crate::portal::{Gate, Portal, Reply, Seen};

/// A server that keeps requests.
struct Server {
    requests: Vec<DriverRequest>,
    /// Who cannot be decided about, and why.
    refused: Option<(&'static str, &'static str)>,
    /// Why ChargePoint's drivers are missing.
    problem: Option<Problem>,
    /// A decision does not come through.
    lost: bool,
    /// What the answer to a decision waits for.
    gate: Option<Gate>,
}

fn request(id: &str, driver: &str, status: &str) -> DriverRequest {
    DriverRequest {
        id: id.into(),
        driver: driver.into(),
        email: format!("{id}@example.com"),
        connection: "Employees".into(),
        connection_id: Some("con1".into()),
        requested_at: Some("2026-11-20T08:00:00Z".into()),
        answers: vec![Answer {
            question: "Employee ID".into(),
            answer: format!("E-{id}"),
        }],
        card_number: "NL-GFX-C12345678-1".into(),
        status: status.into(),
        source: "Invitation".into(),
        version: 1,
        ..DriverRequest::default()
    }
}

impl Server {
    fn answer(&mut self, seen: &Seen) -> Reply {
        let (path, query) = seen.path.split_once('?').unwrap_or((&seen.path, ""));
        match (seen.method.as_str(), path) {
            ("GET", "/driver_requests/pending") => Reply::ok(&Pending {
                count: self.pending().len() as u64,
            }),
            ("GET", "/driver_requests") => {
                let items = match query.contains("Pending") {
                    true => self.pending(),
                    false => self.requests.clone(),
                };
                Reply::ok(&Requests {
                    page: Page {
                        total: items.len() as u64,
                        items,
                        page: 1,
                        page_size: 50,
                        as_of: "2026-11-20T08:00:00Z".into(),
                    },
                    problem: self.problem.clone(),
                })
            }
            ("POST", "/driver_requests/decide") if self.lost => Reply::Lost,
            ("POST", "/driver_requests/decide") => {
                let reply = self.decide(&serde_json::from_str(&seen.body).unwrap());
                match &self.gate {
                    Some(gate) => gate.hold(reply),
                    None => reply,
                }
            }
            ("GET", _) => Reply::problem(404, kind::NOT_FOUND),
            other => panic!("{other:?}"),
        }
    }

    fn pending(&self) -> Vec<DriverRequest> {
        let pending = self.requests.iter().filter(|one| one.status == "Pending");
        pending.cloned().collect()
    }

    fn decide(&mut self, asked: &Decide) -> Reply {
        let mut decided = Decided::default();
        assert_eq!(asked.chosen.count, asked.chosen.ids.len() as u64);
        for request in &mut self.requests {
            if !asked.chosen.ids.contains(&request.id) {
                continue;
            }
            if let Some((_, reason)) = self.refused.filter(|(id, _)| *id == request.id) {
                decided.undone_total += 1;
                decided.undone.push(Undone {
                    driver: request.driver.clone(),
                    reason: reason.into(),
                });
                continue;
            }
            decided.done += 1;
            request.text.clone_from(&asked.text);
            request.status = match asked.decision {
                Decision::Approve => {
                    decided.tokens += 1;
                    "Approved"
                }
                Decision::Deny => "Denied",
                Decision::Remove => "Removed",
            }
            .into();
        }
        Reply::ok(&decided)
    }
}

const PAGE: &str = "/driver-management/requests";

async fn open(path: &str, change: impl FnOnce(&mut Server)) -> (Portal, Rc<RefCell<Server>>, Mounted) {
    let mut server = Server {
        requests: vec![
            request("r1", "Anna de Vries", "Pending"),
            request("r2", "Bram Jansen", "Pending"),
            request("r3", "Chloe Martin", "Approved"),
        ],
        refused: None,
        problem: None,
        lost: false,
        gate: None,
    };
    change(&mut server);
    let server = Rc::new(RefCell::new(server));
    let own = server.clone();
    let portal = Portal::start(move |seen| own.borrow_mut().answer(seen));
    let page = app_at(path);
    page.dismiss_toasts().await;
    (portal, server, page)
}

fn badge(page: &Mounted) -> String {
    let badge = page.root.query_selector(".nav-badge").unwrap();
    badge.and_then(|badge| badge.text_content()).unwrap_or_default()
}

fn row_button(page: &Mounted, words: &str) {
    let button = page
        .button(words)
        .unwrap_or_else(|| panic!("no {words}\n{}", page.text()));
    assert!(button.closest(".row-actions").unwrap().is_some());
    button.click();
}

#[wasm_bindgen_test]
async fn the_bare_address_shows_what_waits_and_the_badge_says_how_much() {
    let (_portal, _server, page) = open(PAGE, |_| ()).await;
    page.shows("Bram Jansen").await;
    assert!(window().location().search().unwrap().contains("Pending"));
    assert!(!page.text().contains("Chloe Martin"));
    page.shows("Employee ID: E-r1").await;
    until("the badge", || badge(&page) == "2").await;
    let current = page.find(".tabs [aria-current]");
    assert_eq!(current.text_content().as_deref(), Some("Pending2"));
    let all = page.find(".tabs li:last-child a").get_attribute("href").unwrap();
    drop(page);
    let (_portal, _server, page) = open(&all, |_| ()).await;
    page.shows("Chloe Martin").await;
    assert_eq!(
        page.find(".tabs [aria-current]").text_content().as_deref(),
        Some("All")
    );
}

#[wasm_bindgen_test]
async fn one_request_is_approved_with_a_text() {
    let (portal, server, page) = open(PAGE, |_| ()).await;
    page.shows("Anna de Vries").await;
    row_button(&page, "Approve Anna de Vries");
    page.shows("a driver's new card becomes a charge token of that customer")
        .await;
    let asked = page.find("dialog[open]").inner_text();
    for words in [
        "Approve 1 request?",
        "Anna de Vries",
        "E-r1",
        "NL-GFX-C12345678-1",
    ] {
        assert!(asked.contains(words), "{words}: {asked}");
    }
    page.fill("dialog[open] textarea", "Welcome");
    let press = page.find("dialog[open] .button-primary");
    press.click();
    press.click();
    until("approved", || server.borrow().requests[0].status == "Approved").await;
    assert_eq!(server.borrow().requests[0].text, "Welcome");
    page.shows("Approved 1 request. 1 charge token was made of their cards.")
        .await;
    until("the row is gone and the badge follows", || {
        badge(&page) == "1" && !page.find("tbody:last-of-type").inner_text().contains("Anna")
    })
    .await;
    assert_eq!(
        portal.count("POST", "/driver_requests/decide"),
        1,
        "pressed twice"
    );
}

#[wasm_bindgen_test]
async fn a_decision_is_made_though_the_page_is_left_meanwhile() {
    let gate = Gate::default();
    let own = gate.clone();
    let (_portal, server, page) = open(PAGE, |server| server.gate = Some(own)).await;
    page.shows("Anna de Vries").await;
    row_button(&page, "Approve Anna de Vries");
    until("asked", || {
        page.root
            .query_selector("dialog[open] .button-primary")
            .unwrap()
            .is_some()
    })
    .await;
    page.find("dialog[open] .button-primary").click();
    until("sent", || server.borrow().requests[0].status == "Approved").await;
    drop(page);
    gate.open();
    let page = mount(|| view! { <App /> });
    until("said", || {
        let toast = page.root.query_selector(".toast").unwrap();
        toast.is_some_and(|toast| {
            toast
                .text_content()
                .unwrap_or_default()
                .contains("Approved 1 request.")
        })
    })
    .await;
}

#[wasm_bindgen_test]
async fn of_many_those_that_stay_say_why() {
    let (_portal, server, page) = open(PAGE, |server| {
        server.refused = Some(("r2", "is not known to ChargePoint any more"));
    })
    .await;
    page.shows("Bram Jansen").await;
    page.find("thead .checkbox").click();
    until("selected", || page.button("Approve 2").is_some()).await;
    page.press("Approve 2");
    until("asked", || {
        page.root
            .query_selector("dialog[open] .button-primary")
            .unwrap()
            .is_some()
    })
    .await;
    page.find("dialog[open] .button-primary").click();
    page.shows("1 request stays as it was:").await;
    let said = page.find("dialog[open]").inner_text();
    assert!(said.contains("Approved 1 request."), "{said}");
    assert!(
        said.contains("Bram Jansen is not known to ChargePoint any more"),
        "{said}"
    );
    until("the rest is done", || badge(&page) == "1").await;
    page.press("Close");
    assert_eq!(server.borrow().requests[1].status, "Pending");
    until("unselected", || page.button("Unselect").is_none()).await;
}

#[wasm_bindgen_test]
async fn a_decision_that_does_not_come_through_keeps_the_text() {
    let (_portal, server, page) = open(PAGE, |server| server.lost = true).await;
    page.shows("Anna de Vries").await;
    row_button(&page, "Deny Anna de Vries");
    page.shows("A denied request can still be approved later.").await;
    page.fill("dialog[open] textarea", "Not of this company");
    page.find("dialog[open] .button-danger").click();
    page.shows("No connection to the portal").await;
    server.borrow_mut().lost = false;
    page.find("dialog[open] .button-danger").click();
    until("denied", || server.borrow().requests[0].status == "Denied").await;
    assert_eq!(server.borrow().requests[0].text, "Not of this company");
}

#[wasm_bindgen_test]
async fn without_chargepoint_the_own_requests_are_there() {
    let (_portal, _server, page) = open(PAGE, |server| {
        server.problem = Some(Problem {
            kind: kind::CHARGEPOINT_UNREACHABLE.into(),
            title: "ChargePoint does not answer".into(),
            detail: "No answer within 10 seconds.".into(),
            ..Problem::default()
        });
    })
    .await;
    page.shows("Drivers that ChargePoint reports are missing or old")
        .await;
    page.shows("No answer within 10 seconds.").await;
    page.shows("Anna de Vries").await;
}

#[wasm_bindgen_test]
async fn when_nothing_waits_the_page_says_so_and_there_is_no_badge() {
    let (_portal, _server, page) = open(PAGE, |server| {
        server.requests.retain(|one| one.status == "Approved");
    })
    .await;
    page.shows("No request waits for a decision").await;
    assert_eq!(badge(&page), "");
}

#[wasm_bindgen_test]
async fn old_answers_and_newer_ones_are_told() {
    let (_portal, _server, page) = open(&format!("{PAGE}?match=all"), |server| {
        server.requests[0].renews = true;
        server.requests[2].answers_due = Some("2026-04-05T10:00:00Z".into());
        let mut later = request("r4", "Daan Bakker", "Approved");
        later.answers_due = Some("2999-01-01T10:00:00Z".into());
        server.requests.push(later);
    })
    .await;
    page.shows("Connected already: these are newer answers").await;
    page.shows("Answers due since 5 Apr 2026").await;
    assert_eq!(page.text().matches("Answers due since").count(), 1);
    row_button(&page, "Approve Anna de Vries");
    until("told where it is decided", || {
        let dialog = page.root.query_selector("dialog[open]").unwrap();
        dialog.is_some_and(|dialog| {
            let words = dialog.text_content().unwrap_or_default();
            words.contains("Connected already: these are newer answers")
        })
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_connected_driver_can_be_removed() {
    let (_portal, server, page) = open(&format!("{PAGE}?match=all"), |_| ()).await;
    page.shows("Chloe Martin").await;
    row_button(&page, "Remove Chloe Martin");
    page.shows("Remove 1 driver?").await;
    page.shows("is blocked").await;
    page.find("dialog[open] .button-danger").click();
    until("removed", || server.borrow().requests[2].status == "Removed").await;
}
