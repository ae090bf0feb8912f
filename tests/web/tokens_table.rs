//! A table of charge tokens over a portal that answers as a test says.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::tokens::Token;
use ev_portal::prelude::*;
use ev_portal::table::{BulkAction, DataTable, List, QueryState, Selection};
use serde_json::{Value, json};

use crate::page::{Mounted, mount};
use crate::portal::{Gate, Portal, Reply, Seen};

/// A portal with charge tokens, of which a filter leaves seven, and with what is kept of the table.
pub struct Server {
    settings: Value,
    /// What is kept is not told before it is open.
    kept: Gate,
    pub tokens: u64,
    /// What the portal answers to the next change.
    pub refuses: bool,
}

impl Server {
    fn answer(&mut self, seen: &Seen) -> Reply {
        let (path, query) = seen.path.split_once('?').unwrap_or((&seen.path, ""));
        match (seen.method.as_str(), path) {
            ("GET", "/tokens") => Reply::ok(&self.page(query)),
            (_, _) if self.refuses => Reply::problem(409, "/problems/refused"),
            ("GET", path) if path.starts_with("/tables/") => self.kept.hold(Reply::ok(&self.settings)),
            ("PUT", path) if path.starts_with("/tables/") && !path.contains("/views/") => {
                let sent = seen.json();
                for key in ["columns", "compact", "defaultView"] {
                    self.settings[key] = sent[key].clone();
                }
                Reply::ok(&self.settings)
            }
            ("POST", path) if path.ends_with("/views") => {
                let mut view = seen.json();
                view["id"] = json!("v9");
                view["mine"] = json!(true);
                self.settings["views"].as_array_mut().unwrap().push(view.clone());
                Reply::ok(&view)
            }
            ("PUT", path) => {
                let views = self.settings["views"].as_array_mut().unwrap();
                let view = views
                    .iter_mut()
                    .find(|view| path.ends_with(view["id"].as_str().unwrap()));
                let view = view.unwrap();
                for (key, value) in seen.json().as_object().unwrap() {
                    view[key] = value.clone();
                }
                Reply::ok(view)
            }
            ("DELETE", path) => {
                let views = self.settings["views"].as_array_mut().unwrap();
                views.retain(|view| !path.ends_with(view["id"].as_str().unwrap()));
                Reply::Json(200, String::new())
            }
            ("POST", "/tokens/block") => Reply::ok(&json!({"changed": seen.json()["count"]})),
            ("POST", "/tokens/export") => Reply::Json(200, "authId\r\n".into()),
            _ => Reply::problem(404, "/problems/not-found"),
        }
    }

    fn page(&self, query: &str) -> Value {
        let number = |key: &str, usual: u64| {
            let mut parts = query.split('&').filter_map(|part| part.split_once('='));
            parts
                .find(|(own, _)| *own == key)
                .map_or(usual, |(_, value)| value.parse().unwrap())
        };
        let total = if query.contains("filter=") { 7 } else { self.tokens };
        let (page, size) = (number("page", 1), number("pageSize", 50));
        let token = |n: u64| json!({"id": format!("t{n}"), "authId": format!("NL-GFX-{n}"), "visualId": format!("V-{n}"), "chipId": format!("C-{n}"), "type": "RFID", "valid": true, "note": format!("note {n}")});
        let items: Vec<Value> = (1..=total)
            .skip(((page - 1) * size) as usize)
            .take(size as usize)
            .map(token)
            .collect();
        json!({"items": items, "total": total, "page": page, "pageSize": size})
    }
}

pub struct Table {
    pub page: Mounted,
    pub query: QueryState,
    pub selection: Selection,
    pub portal: Portal,
    pub server: Rc<RefCell<Server>>,
}

/// A table of charge tokens.
pub fn table(settings: Value, tokens: u64) -> Table {
    let kept = Gate::default();
    kept.open();
    table_of(settings, kept, tokens)
}

/// The same, which learns what is kept of it when the gate is open. Settings are kept for the whole app: each test has
/// a list of its own.
pub fn table_of(settings: Value, kept: Gate, tokens: u64) -> Table {
    thread_local! {
        static NEXT: Cell<usize> = const { Cell::new(0) };
    }
    let number = NEXT.replace(NEXT.get() + 1);
    let server = Rc::new(RefCell::new(Server {
        settings,
        kept,
        tokens,
        refuses: false,
    }));
    let own = server.clone();
    let portal = Portal::start(move |seen| own.borrow_mut().answer(seen));
    let made = Rc::new(Cell::new(None));
    let slot = made.clone();
    let page = mount(move || {
        let list = List {
            name: format!("test-{number}").leak(),
            ..List::of::<Token>("/tokens")
        };
        let (query, selection) = (QueryState::local(list), Selection::new());
        slot.set(Some((query, selection)));
        view! {
            <DataTable
                label="Charge tokens"
                noun=("charge token", "charge tokens")
                query
                page=query.load()
                selection
                bulk=vec![BulkAction::post("Block", "Manage:Token", "/tokens/block", "blocked")]
                search="Search"
                empty=|| "Nothing here"
            />
            <ev_portal::kit::toast::ToastRegion />
        }
    });
    let (query, selection) = made.get().unwrap();
    Table {
        page,
        query,
        selection,
        portal,
        server,
    }
}

pub fn nothing_kept() -> Value {
    json!({"columns": null, "compact": false, "defaultView": null, "views": []})
}

pub fn heads(page: &Mounted) -> Vec<String> {
    let all = page.root.query_selector_all("thead th").unwrap();
    let texts = (0..all.length()).map(|at| all.get(at).unwrap().text_content().unwrap());
    texts
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// What the first row shows in the column with that head.
pub fn shows_in(page: &Mounted, head: &str) -> String {
    let at = heads(page).iter().position(|own| own == head);
    let cells = page
        .find("tbody tr[data-id]")
        .query_selector_all("td:not(.pick), th")
        .unwrap();
    let cell = at.and_then(|at| cells.get(at as u32));
    cell.and_then(|cell| cell.text_content()).unwrap_or_default()
}

/// The last request for rows, without the one that counts.
pub fn asked(portal: &Portal) -> String {
    let rows = portal
        .seen()
        .into_iter()
        .filter(|seen| seen.path.starts_with("/tokens"));
    let mut rows = rows.filter(|seen| !seen.path.contains("pageSize=1"));
    String::from(js_sys::decode_uri_component(&rows.next_back().unwrap().path).unwrap())
}
