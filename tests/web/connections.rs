//! Connections as an operator uses them, in the whole app.

use std::cell::RefCell;
use std::rc::Rc;

use domain::connections::{AUTO_APPROVALS, Connection, Invitation, STATUSES};
use domain::listing::Page;
use domain::organizations::Organization;
use domain::problem::{FieldError, Problem, kind};
use ev_portal::app::App;
use ev_portal::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::kit::key;
use crate::page::{Mounted, app_at, mount, until};
use crate::portal::{Portal, Reply, Seen};

/// A server that keeps one connection.
struct Server {
    connection: Connection,
    /// Changes of the code.
    rotated: u32,
    local: bool,
    /// What changes are refused with.
    refused: Option<Problem>,
}

fn connection() -> Connection {
    Connection {
        id: "con1".into(),
        org_id: "1:ORG1".into(),
        org_name: "Bayline Parking".into(),
        connection_name: "Employees".into(),
        connection_status: STATUSES[0].into(),
        approval_type: "Manual".into(),
        connection_type: "Standard".into(),
        visibility: "By search code".into(),
        version: 3,
        updated_at: "2026-11-20T08:00:00Z".into(),
        ..Connection::default()
    }
}

fn page_of<T>(items: Vec<T>) -> Page<T> {
    Page {
        total: items.len() as u64,
        items,
        page: 1,
        page_size: 50,
        as_of: "2026-11-20T08:00:00Z".into(),
    }
}

impl Server {
    fn invitation(&self) -> Invitation {
        Invitation {
            link: format!("https://portal.example/join/link{}", self.rotated),
            search_code: Some(format!("K7MP2X9{}", self.rotated)),
            search_link: "https://portal.example/join".into(),
            open: self.connection.connection_status == STATUSES[0],
            local: self.local,
            made_at: format!("2026-11-20T08:00:0{}Z", self.rotated),
        }
    }

    fn answer(&mut self, seen: &Seen) -> Reply {
        let path = seen.path.split('?').next().unwrap_or_default();
        match (seen.method.as_str(), path) {
            ("GET", "/connections") => Reply::ok(&page_of(vec![self.connection.clone()])),
            ("GET", "/connections/con1") => Reply::ok(&self.connection),
            ("GET", "/connections/con1/invitation") => Reply::ok(&self.invitation()),
            ("GET", "/organizations") => Reply::ok(&page_of(vec![Organization {
                id: "1:ORG1".into(),
                name: "Bayline Parking".into(),
                ours: true,
            }])),
            ("GET", "/customers") => Reply::ok(&page_of(Vec::<Organization>::new())),
            ("POST", "/connections/con1/invitation/rotate") => {
                self.rotated += 1;
                Reply::ok(&self.invitation())
            }
            ("GET", _) => Reply::problem(404, kind::NOT_FOUND),
            _ if self.refused.is_some() => {
                let problem = self.refused.take().unwrap();
                Reply::Json(problem.status, serde_json::to_string(&problem).unwrap())
            }
            ("POST", "/connections") => Reply::ok(&self.connection),
            ("PATCH" | "DELETE", _) if seen.if_match != Some(format!("\"{}\"", self.connection.version)) => {
                Reply::problem(412, kind::STALE)
            }
            ("PATCH", "/connections/con1") => {
                if let Some(status) = seen.json()["connectionStatus"].as_str() {
                    self.connection.connection_status = status.to_owned();
                }
                self.connection.version += 1;
                Reply::ok(&self.connection)
            }
            ("DELETE", "/connections/con1") => Reply::Json(200, String::new()),
            other => panic!("{other:?}"),
        }
    }
}

async fn open(path: &str, change: impl FnOnce(&mut Server)) -> (Portal, Rc<RefCell<Server>>, Mounted) {
    let mut server = Server {
        connection: connection(),
        rotated: 0,
        local: false,
        refused: None,
    };
    change(&mut server);
    let server = Rc::new(RefCell::new(server));
    let own = server.clone();
    let portal = Portal::start(move |seen| own.borrow_mut().answer(seen));
    let page = app_at(path);
    page.dismiss_toasts().await;
    (portal, server, page)
}

const LIST: &str = "/driver-management/connections";
const ONE: &str = "/driver-management/connections/con1";

fn value(page: &Mounted, at: u32) -> String {
    let fields = page.root.query_selector_all("dialog[open] .copy input").unwrap();
    let field = fields.get(at).map(wasm_bindgen::JsCast::unchecked_into);
    field.map_or_else(String::new, |input: web_sys::HtmlInputElement| input.value())
}

async fn closed(page: &Mounted) {
    until("closed", || {
        page.root.query_selector("dialog[open]").unwrap().is_none()
    })
    .await;
}

#[wasm_bindgen_test]
async fn every_row_invites_and_the_code_can_be_rotated() {
    let (portal, _server, page) = open(LIST, |_| ()).await;
    page.shows("Bayline Parking").await;
    let invite = page.find("tbody .row-actions button");
    assert_eq!(
        invite.text_content().as_deref(),
        Some("Invite drivers to Employees")
    );
    invite.click();
    page.shows("Drivers enter it at https://portal.example/join")
        .await;
    assert_eq!(value(&page, 0), "https://portal.example/join/link0");
    assert_eq!(value(&page, 1), "K7MP2X90");
    let picture = page.find(".invite-qr img").get_attribute("src").unwrap();
    assert!(picture.starts_with("/api/v1/connections/con1/invitation/qr.svg"));
    assert!(!page.text().contains("--public-url"), "the address is public");
    page.press("Rotate code");
    page.shows("stop working at once").await;
    assert_eq!(portal.count("POST", "/connections/con1/invitation/rotate"), 0);
    page.find("dialog[open] dialog[open] .button-danger").click();
    until("rotated", || {
        value(&page, 0) == "https://portal.example/join/link1"
    })
    .await;
    assert_eq!(value(&page, 1), "K7MP2X91");
    assert_ne!(page.find(".invite-qr img").get_attribute("src").unwrap(), picture);
    let sheet = page.find("a[href$='sheet?paper=letter']");
    assert_eq!(sheet.get_attribute("target").as_deref(), Some("_blank"));
}

#[wasm_bindgen_test]
async fn an_address_of_this_machine_only_is_said() {
    let (_portal, _server, page) = open(LIST, |server| server.local = true).await;
    page.shows("Bayline Parking").await;
    page.find("tbody .row-actions button").click();
    page.shows("Only this machine can open this address").await;
    page.shows("--public-url").await;
}

#[wasm_bindgen_test]
async fn a_disabled_connection_invites_nobody() {
    let (_portal, _server, page) = open(LIST, |server| {
        server.connection.connection_status = STATUSES[1].into();
    })
    .await;
    page.shows("Bayline Parking").await;
    let invite = page
        .root
        .query_selector("tbody .row-actions button, .invite, .copy");
    assert!(invite.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_new_connection_asks_only_what_counts() {
    let (portal, server, page) = open(LIST, |_| ()).await;
    page.shows("Bayline Parking").await;
    page.press("New connection");
    page.shows("Create connection").await;
    until("opened", || {
        page.root.query_selector("dialog[open] form").unwrap().is_some()
    })
    .await;
    assert!(!page.text().contains("E-mail domains"));
    page.choose("Approval type", "Auto");
    page.shows("Approve automatically").await;
    page.choose("Approve automatically", AUTO_APPROVALS[1]);
    page.shows("E-mail domains").await;
    page.press("Create connection");
    page.shows("This cannot stay empty.").await;
    assert_eq!(portal.count("POST", "/connections"), 0);

    page.find("dialog[open] [role=combobox]").focus().unwrap();
    page.fill("dialog[open] [role=combobox]", "Bay");
    until("offered", || {
        page.root
            .query_selector("dialog[open] [role=option]")
            .unwrap()
            .is_some()
    })
    .await;
    key("ArrowDown");
    key("Enter");
    page.fill("dialog[open] input[list]", "Employees");
    page.fill("dialog[open] textarea", "bayline.example");
    page.choose("Visibility", "Public");
    server.borrow_mut().refused = Some(Problem {
        kind: kind::INVALID.into(),
        title: "Some fields are not right".into(),
        status: 422,
        errors: vec![FieldError {
            field: "emailDomains".into(),
            message: "“bayline.example” is no domain".into(),
        }],
        ..Problem::default()
    });
    page.press("Create connection");
    page.shows("“bayline.example” is no domain.").await;
    // Left only when it goes with the sheet.
    page.find("dialog[open] [role=combobox]").focus().unwrap();
    page.press("Create connection");
    page.shows("Employees is created.").await;
    page.shows("Invite drivers").await;
    let sent: Vec<Seen> = portal.seen();
    let sent = sent.iter().rfind(|seen| seen.is("POST", "/connections")).unwrap();
    // What it starts with goes without saying.
    let expected = serde_json::json!({
        "connectionName": "Employees",
        "approvalType": "Auto",
        "autoApproval": "By e-mail domain",
        "emailDomains": ["bayline.example"],
        "visibility": "Public",
        "orgId": "1:ORG1",
    });
    assert_eq!(sent.json(), expected);
}

#[wasm_bindgen_test]
async fn disabling_says_what_it_does_and_is_undone() {
    let (_portal, server, page) = open(ONE, |_| ()).await;
    page.shows("Connected drivers").await;
    page.press("Disable connection");
    let status = || server.borrow().connection.connection_status.clone();
    until("disabled", || status() == "Disabled").await;
    until("Undo", || page.button("Undo").is_some()).await;
    let toast = page.find(".toast").inner_text();
    assert!(
        toast.contains("take no requests, connected drivers stay"),
        "{toast}"
    );
    page.shows("Enable connection").await;
    page.press("Undo");
    until("enabled", || status() == "Enabled").await;
    page.shows("Invite drivers").await;
}

/// The app on another page.
fn elsewhere() -> Mounted {
    app_at("/customers")
}

#[wasm_bindgen_test]
async fn disabling_is_undone_from_another_page_too() {
    let (portal, server, page) = open(ONE, |_| ()).await;
    page.shows("Connected drivers").await;
    page.press("Disable connection");
    until("Undo", || page.button("Undo").is_some()).await;
    drop(page);
    let page = elsewhere();
    server.borrow_mut().refused = Some(Problem {
        kind: kind::STALE.into(),
        title: "Somebody changed it".into(),
        status: 412,
        ..Problem::default()
    });
    page.press("Undo");
    page.shows("Not undone. Somebody changed it.").await;
    assert_eq!(server.borrow().connection.connection_status, "Disabled");
    drop((portal, page));

    let (_portal, server, page) = open(ONE, |_| ()).await;
    page.shows("Connected drivers").await;
    page.press("Disable connection");
    until("Undo", || page.button("Undo").is_some()).await;
    drop(page);
    let page = elsewhere();
    page.press("Undo");
    until("enabled", || {
        server.borrow().connection.connection_status == "Enabled"
    })
    .await;
    page.dismiss_toasts().await;
}

#[wasm_bindgen_test]
async fn somebody_else_was_faster_and_the_next_press_counts() {
    let (_portal, server, page) = open(ONE, |_| ()).await;
    page.shows("Connected drivers").await;
    server.borrow_mut().connection.version = 9;
    server.borrow_mut().connection.org_name = "Bayline West".into();
    page.press("Disable connection");
    page.shows("stale").await;
    page.shows("Bayline West").await;
    page.press("Disable connection");
    page.shows("take no requests, connected drivers stay").await;
}

#[wasm_bindgen_test]
async fn a_connection_with_drivers_is_not_deleted() {
    let (portal, server, page) = open(ONE, |server| server.connection.connected_drivers = 12).await;
    page.shows("Connected drivers").await;
    let drivers = page.find(".facts a").get_attribute("href").unwrap();
    assert_eq!(
        drivers,
        "/driver-management/requests?filter=connectionId:is:con1&filter=status:is:Approved"
    );
    let delete = page.find(".menu-danger");
    let words = delete.text_content().unwrap();
    assert!(
        words.contains("12 drivers are connected: remove them first"),
        "{words}"
    );
    delete.click();
    assert!(page.root.query_selector("dialog[open]").unwrap().is_none());
    drop(page);

    server.borrow_mut().connection.connected_drivers = 0;
    let page = mount(|| view! { <App /> });
    page.shows("Connected drivers").await;
    page.find(".menu-danger").click();
    page.shows("all requests to join it").await;
    server.borrow_mut().refused = Some(Problem {
        kind: kind::IN_USE.into(),
        title: "It is in use".into(),
        status: 409,
        detail: "Employees has 1 connected driver.".into(),
        ..Problem::default()
    });
    page.find("dialog[open] .button-danger").click();
    page.shows("Employees has 1 connected driver.").await;
    page.find("dialog[open] .button-danger").click();
    page.shows("The connection is deleted.").await;
    assert_eq!(portal.count("DELETE", "/connections/con1"), 2);
    closed(&page).await;
}
