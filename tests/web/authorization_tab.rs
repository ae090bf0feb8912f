//! The Authorization tab as an operator uses it, in the whole app.

use std::cell::RefCell;
use std::rc::Rc;

use domain::authorization::{AddTokens, Authorization, ListChange, RemoveEntries, TokenEntry};
use domain::identifiers::IdKind;
use domain::listing::Page;
use domain::locations::{Address, Location};
use domain::privacy::{Visibility, opens};
use domain::problem::kind;
use domain::search::SearchResult;
use ev_portal::app::App;
use ev_portal::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{KeyboardEvent, KeyboardEventInit};

use crate::page::{Mounted, app_at, mount, until};
use crate::portal::{Portal, Reply, Seen};

/// A server that keeps one location's external Auth IDs.
struct Server {
    /// The list does not come.
    broken: bool,
    ids: Vec<String>,
    version: u64,
    published: bool,
}

impl Server {
    fn visibility(&self) -> Visibility {
        Visibility::of(self.published, self.ids.len() as u64)
    }

    fn authorization(&self) -> Authorization {
        Authorization {
            location_id: "L1".into(),
            visibility: self.visibility(),
            published: self.published,
            customers: 0,
            tokens: self.ids.len() as u64,
            customer_tokens: 0,
            version: self.version,
        }
    }

    fn location(&self) -> Location {
        Location {
            id: "L1".into(),
            name: "Depot".into(),
            address: Address::default(),
            coordinates: None,
            timezone: None,
            opening_hours: None,
            operator_name: String::new(),
            notes: String::new(),
            published: self.published,
            visibility: self.visibility(),
            stations: vec!["1:1".into(), "1:2".into()],
            customers: 0,
            tokens: self.ids.len() as u64,
            gone: false,
            version: self.version,
            created_at: "2026-11-20T08:00:00Z".into(),
            updated_at: "2026-11-20T08:00:00Z".into(),
        }
    }

    fn answer(&mut self, seen: &Seen) -> Reply {
        let path = seen.path.split('?').next().unwrap_or_default();
        match (seen.method.as_str(), path) {
            ("GET", "/locations/L1") => Reply::ok(&self.location()),
            ("GET", path) if self.broken && path.contains("/authorization") => Reply::Lost,
            ("GET", "/locations/L1/authorization") => Reply::ok(&self.authorization()),
            ("GET", "/locations/L1/authorization/tokens") => Reply::ok(&self.entries(&seen.path)),
            ("GET", "/search") => Reply::ok(&SearchResult::default()),
            ("POST", path) if seen.if_match != Some(format!("\"{}\"", self.version)) => {
                assert!(path.starts_with("/locations/L1/authorization/tokens"));
                Reply::problem(412, kind::STALE)
            }
            ("POST", "/locations/L1/authorization/tokens") => {
                let add: AddTokens = serde_json::from_str(&seen.body).unwrap();
                self.change(|ids| ids.extend(add.auth_ids))
            }
            ("POST", "/locations/L1/authorization/tokens/remove") => {
                let mut remove: RemoveEntries = serde_json::from_str(&seen.body).unwrap();
                if let Some(chosen) = remove.chosen.take() {
                    assert_eq!(chosen.query.as_deref(), Some("q=EXT"));
                    remove.entry_ids = self.found("q=EXT");
                    assert_eq!(chosen.count, remove.entry_ids.len() as u64);
                }
                let left = self
                    .ids
                    .iter()
                    .filter(|id| !remove.all && !remove.entry_ids.contains(id))
                    .count();
                if opens(self.ids.len() as u64, left as u64) && !remove.confirm {
                    return Reply::problem(409, kind::OPENS_LOCATION);
                }
                self.change(|ids| ids.retain(|id| !remove.all && !remove.entry_ids.contains(id)))
            }
            _ => Reply::problem(404, kind::NOT_FOUND),
        }
    }

    fn found(&self, path: &str) -> Vec<String> {
        let meant = |id: &&String| !path.contains("q=EXT") || id.contains("EXT");
        self.ids.iter().filter(meant).cloned().collect()
    }

    fn entries(&self, path: &str) -> Page<TokenEntry> {
        let found = self.found(path);
        let entry = |id: &String| TokenEntry {
            entry_id: id.clone(),
            kind: IdKind::AuthId,
            id: id.clone(),
            token: None,
            added_at: "2026-11-20T08:00:00Z".into(),
            import_id: None,
            in_apps: false,
        };
        Page {
            items: found.iter().take(50).map(entry).collect(),
            total: found.len() as u64,
            page: 1,
            page_size: 50,
            as_of: "2026-11-20T08:00:00Z".into(),
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut Vec<String>)) -> Reply {
        let (visibility_before, before) = (self.visibility(), self.ids.len() as u64);
        change(&mut self.ids);
        self.version += 1;
        self.published &= self.ids.is_empty();
        let after = self.ids.len() as u64;
        Reply::ok(&ListChange {
            added: after.saturating_sub(before),
            already_listed: 0,
            removed: before.saturating_sub(after),
            visibility_before,
            authorization: self.authorization(),
        })
    }
}

async fn open(ids: &[&str], published: bool) -> (Portal, Rc<RefCell<Server>>, Mounted) {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    let server = Rc::new(RefCell::new(Server {
        broken: false,
        ids,
        version: 1,
        published,
    }));
    let own = server.clone();
    let portal = Portal::start(move |seen| own.borrow_mut().answer(seen));
    let path = "/cpo/charge-locations/L1/authorization/tokens";
    let page = app_at(path);
    page.dismiss_toasts().await;
    (portal, server, page)
}

fn key(page: &Mounted, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    page.find("dialog[open] [role=combobox]")
        .dispatch_event(&event)
        .unwrap();
}

#[wasm_bindgen_test]
async fn an_external_auth_id_makes_the_location_private_and_the_page_says_so() {
    let (_portal, server, page) = open(&[], true).await;
    page.shows("Published: everybody may charge.").await;
    until("enabled", || {
        page.button("Add charge token")
            .is_some_and(|b| !b.has_attribute("disabled"))
    })
    .await;
    page.press("Add charge token");
    until("dialog", || {
        page.root
            .query_selector("dialog[open] [role=combobox]")
            .unwrap()
            .is_some()
    })
    .await;
    page.fill("dialog[open] [role=combobox]", "FR-XYZ-C12345678-1");
    page.shows("Add FR-XYZ-C12345678-1 as an external Auth ID").await;
    page.shows("The check character at the end of the Auth ID does not fit it.")
        .await;
    key(&page, "Enter");
    page.shows("Add 1 charge token").await;
    page.press("Add 1 charge token");
    page.shows("The location is private now").await;
    page.shows("Private: for 1 charge token.").await;
    assert_eq!(server.borrow().ids, ["FR-XYZ-C12345678-1"]);
    until("badge", || {
        page.find(".page-head").inner_text().contains("Private")
    })
    .await;
    let spoken = || page.find("[aria-live=polite]").text_content().unwrap_or_default();
    until("spoken", || spoken().contains("The location is private now")).await;
}

#[wasm_bindgen_test]
async fn a_removed_token_comes_back_by_undo() {
    let (_portal, server, page) = open(&["NL-EXT-1", "NL-EXT-2"], false).await;
    page.shows("NL-EXT-2").await;
    let remove = page.find("tbody tr:not(.waiting) .split button");
    remove.focus().unwrap();
    remove.click();
    page.shows("Removed 1 charge token.").await;
    assert_eq!(server.borrow().ids, ["NL-EXT-2"]);
    until("the focus stays at the list", || {
        let active = document().active_element();
        active.is_some_and(|active| active.class_list().contains("table-region"))
    })
    .await;
    page.press("Undo");
    page.shows("Added 1 charge token.").await;
    assert_eq!(server.borrow().ids, ["NL-EXT-2", "NL-EXT-1"]);
    page.shows("NL-EXT-1").await;
}

#[wasm_bindgen_test]
async fn all_that_match_go_by_the_query_after_a_question() {
    let ids: Vec<String> = (0..60)
        .map(|n| format!("NL-EXT-{n}"))
        .chain(["FR-1".into()])
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (_portal, server, page) = open(&ids, false).await;
    page.shows("NL-EXT-2").await;
    page.fill("[type=search]", "EXT");
    page.shows("of 60 charge tokens").await;
    page.find("thead input").click();
    page.shows("50 charge tokens selected").await;
    page.press("Select all 60 that match");
    page.shows("All 60 charge tokens that match selected").await;
    page.press("Remove 60");
    page.shows("Remove 60 charge tokens?").await;
    page.shows("All that match the search and the filters go, on all pages.")
        .await;
    assert_eq!(server.borrow().ids.len(), 61);
    page.press("Remove 60 charge tokens");
    until("removed", || server.borrow().ids == ["FR-1"]).await;
    until("unselected", || page.button("Unselect").is_none()).await;
    assert!(
        page.button("Undo").is_none(),
        "nothing is promised that cannot be kept"
    );
}

#[wasm_bindgen_test]
async fn the_last_token_goes_only_after_the_question() {
    let (_portal, server, page) = open(&["NL-EXT-1"], false).await;
    page.shows("NL-EXT-1").await;
    page.find("tbody tr:not(.waiting) .split button").click();
    page.shows("Remove the last charge token and open the location")
        .await;
    page.shows("everybody may start a session at its 2 charging stations")
        .await;
    assert_eq!(server.borrow().ids.len(), 1);
    page.press("Remove the last charge token and open the location");
    // The words alone may be those that an earlier test had spoken.
    until("removed", || server.borrow().ids.is_empty()).await;
    page.shows("The location is open now").await;
    until("closed", || {
        page.root.query_selector("dialog[open]").unwrap().is_none()
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_colleague_was_faster_and_the_removal_is_offered_again() {
    let (_portal, server, page) = open(&["NL-EXT-1", "NL-EXT-2"], false).await;
    page.shows("NL-EXT-2").await;
    {
        let mut server = server.borrow_mut();
        server.version = 9;
        server.ids.push("NL-EXT-3".into());
    }
    page.find("tbody tr:not(.waiting) .split button").click();
    page.shows("A colleague changed the list meanwhile").await;
    page.shows("NL-EXT-3").await;
    assert_eq!(server.borrow().ids.len(), 3);
    page.press("Remove 1 charge token from the new list");
    // The words alone may be those that an earlier test had spoken.
    until("removed", || server.borrow().ids == ["NL-EXT-2", "NL-EXT-3"]).await;
    page.shows("Removed 1 charge token.").await;
}

#[wasm_bindgen_test]
async fn a_list_that_does_not_come_says_why_and_can_be_tried_again() {
    let (_portal, server, page) = open(&["NL-EXT-1"], false).await;
    page.shows("NL-EXT-1").await;
    drop(page);
    server.borrow_mut().broken = true;
    let page = mount(|| view! { <App /> });
    page.shows("No connection to the portal").await;
    assert!(
        page.root
            .query_selector(".authorization table")
            .unwrap()
            .is_none(),
        "said once"
    );
    server.borrow_mut().broken = false;
    page.press("Try again");
    page.shows("NL-EXT-1").await;
}
