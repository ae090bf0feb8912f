//! Station tokens as an operator uses them, in the whole app: the stock as a picture, the list, one token.

use domain::listing::Page;
use domain::organizations::Organization;
use domain::problem::kind;
use domain::station_tokens::{Evse, Month, PlanSummary, StationToken, Status, Summary};
use ev_portal::prelude::*;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, app_at, until};
use crate::portal::{Portal, Reply, Seen};

pub const LIST: &str = "/organizations/inventory/station-tokens";

pub fn token(number: u64, status: Status) -> StationToken {
    StationToken {
        id: format!("stk_{number}"),
        token_sn: format!("CPT{number}"),
        cloud_plan: "Fleet".into(),
        org_id: "1:ORG1".into(),
        org_name: "Polderlaad".into(),
        status,
        ours: true,
        version: 3,
        ..StationToken::default()
    }
}

pub fn page_of<T: serde::Serialize>(items: Vec<T>) -> Reply {
    Reply::ok(&Page {
        total: items.len() as u64,
        items,
        page: 1,
        page_size: 50,
        as_of: "2026-11-20T08:00:00Z".into(),
    })
}

pub fn organizations() -> Reply {
    let organization = |id: &str, name: &str, ours| Organization {
        id: id.into(),
        name: name.into(),
        ours,
    };
    page_of(vec![
        organization("1:ORG1", "Polderlaad", true),
        organization("3:ORG9", "Sunline", false),
    ])
}

fn summary() -> Reply {
    let plan = |name: &str, counts| PlanSummary {
        cloud_plan: name.into(),
        counts,
    };
    let month = |month: &str, count| Month {
        month: month.into(),
        count,
    };
    Reply::ok(&Summary {
        plans: vec![
            plan("Home", [1, 0, 2, 0]),
            plan("Power & more", [10, 20, 1_234, 4]),
        ],
        activations: vec![month("2025-12", 0), month("2026-01", 7), month("2026-02", 21)],
    })
}

/// The app at a path; what `answer` leaves open is answered as usual.
pub async fn open(path: &str, mut answer: impl FnMut(&Seen) -> Option<Reply> + 'static) -> (Portal, Mounted) {
    let portal = Portal::start(move |seen| {
        if let Some(reply) = answer(seen) {
            return reply;
        }
        match seen.path.split('?').next().unwrap_or_default() {
            "/organizations" => organizations(),
            "/station_tokens" => page_of(vec![token(1, Status::New), token(2, Status::Active)]),
            "/station_tokens/summary" => summary(),
            "/station_tokens/stk_1" => Reply::ok(&token(1, Status::New)),
            "/station_tokens/stk_1/history" => page_of(vec![crate::history::line()]),
            _ => Reply::problem(404, kind::NOT_FOUND),
        }
    });
    let page = app_at(path);
    page.dismiss_toasts().await;
    (portal, page)
}

pub fn in_dialog(page: &Mounted, selector: &str) -> bool {
    let selector = format!("dialog[open] {selector}");
    page.root.query_selector(&selector).unwrap().is_some()
}

/// Opens a line of the menu beside *Add station token*.
pub async fn choose(page: &Mounted, line: &str) {
    until("the page", || page.button("Add station token").is_some()).await;
    page.find("[aria-label='More for station tokens']").click();
    until("the menu", || page.button(line).is_some()).await;
    page.press(line);
    until("the dialog", || in_dialog(page, "h2")).await;
}

/// Types into the combobox of the open dialog and takes the choice with these words.
pub async fn pick(page: &Mounted, words: &str) {
    page.fill("dialog[open] [role=combobox]", &words[..3]);
    let option = || {
        let all = page
            .root
            .query_selector_all("dialog[open] [role=option]")
            .unwrap();
        (0..all.length())
            .filter_map(|at| all.get(at)?.dyn_into::<web_sys::HtmlElement>().ok())
            .find(|option| option.text_content().unwrap_or_default().contains(words))
    };
    // None of those that other words found can be chosen.
    let fresh = || in_dialog(page, "[role=option]:not([aria-disabled])");
    until(words, || fresh() && option().is_some()).await;
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = web_sys::Event::new_with_event_init_dict("mousedown", &init).unwrap();
    option().unwrap().dispatch_event(&event).unwrap();
}

#[wasm_bindgen_test]
async fn only_what_can_move_offers_transfer_in_its_row() {
    let foreign = StationToken {
        ours: false,
        ..token(3, Status::Available)
    };
    let tokens = vec![
        token(1, Status::New),
        token(2, Status::Active),
        foreign,
        token(4, Status::Expired),
        token(5, Status::Available),
    ];
    let (_portal, page) = open(LIST, move |seen| {
        let path = seen.path.split('?').next();
        (path == Some("/station_tokens")).then(|| page_of(tokens.clone()))
    })
    .await;
    page.shows("CPT5").await;
    let offers = |number: u64| {
        let button = format!("tr[data-id=stk_{number}] .row-action");
        page.root.query_selector(&button).unwrap().is_some()
    };
    let found: Vec<u64> = (1..=5).filter(|number| offers(*number)).collect();
    assert_eq!(found, [1, 5]);
}

#[wasm_bindgen_test]
async fn the_stock_is_a_picture_that_readers_have_as_a_table() {
    let (_portal, page) = open(LIST, |_| None).await;
    page.shows("Tokens by cloud plan and status").await;
    until("bars", || page.root.query_selector(".bar").unwrap().is_some()).await;
    let chart = page.find("[role=table][aria-label='Tokens by cloud plan and status']");
    let texts = |selector: &str| {
        let all = chart.query_selector_all(selector).unwrap();
        (0..all.length())
            .map(|at| all.get(at).unwrap().text_content().unwrap().trim().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        texts("[role=columnheader]"),
        ["Cloud plan", "New", "Available", "Active", "Expired"]
    );
    // The plan with the most stands first; none is no part to press.
    assert_eq!(texts("[role=rowheader]"), ["Power & more", "Home"]);
    assert_eq!(chart.query_selector_all("svg rect").unwrap().length(), 6);
    assert_eq!(texts("[role=cell]"), ["10", "20", "1,234", "4", "1", "", "2", ""]);
    let month = page.find("[aria-label='Feb 2026, Activations: 21']");
    assert_eq!(
        month.get_attribute("href").unwrap(),
        "?filter=activationDate%3Abetween%3A2026-02-01%2C2026-02-28"
    );
}

// That pressing it filters the table is shown end to end: here apps of other tests share the page.
#[wasm_bindgen_test]
async fn a_part_is_a_link_to_its_tokens() {
    let (_portal, page) = open(LIST, |_| None).await;
    until("bars", || page.root.query_selector(".bar").unwrap().is_some()).await;
    let part = page.find("[aria-label='Power & more, Active: 1,234']");
    let href = part.get_attribute("href").unwrap();
    let filters: Vec<&str> = href.strip_prefix('?').unwrap().split('&').collect();
    let readable = |filter: &&str| String::from(js_sys::decode_uri_component(filter).unwrap());
    let filters: Vec<String> = filters.iter().map(readable).collect();
    assert_eq!(
        filters,
        ["filter=cloudPlan:is:Power & more", "filter=status:is:Active"]
    );
}

#[wasm_bindgen_test]
async fn the_picture_folds_and_that_is_remembered() {
    let storage = window().local_storage().unwrap().unwrap();
    let (_portal, page) = open(LIST, |_| None).await;
    until("bars", || page.root.query_selector(".bar").unwrap().is_some()).await;
    page.press("Stock in numbers");
    let kept = || storage.get_item("stock").unwrap().unwrap_or_default();
    until("remembered", || kept() == "folded").await;
    drop(page);
    let (_portal, page) = open(LIST, |_| None).await;
    until("the rows", || page.text().contains("CPT1")).await;
    assert!(!page.find("details.stock").has_attribute("open"));
    page.press("Stock in numbers");
    until("remembered", || kept() == "open").await;
    storage.remove_item("stock").unwrap();
}

#[wasm_bindgen_test]
async fn a_summary_that_does_not_come_says_why_and_can_be_asked_again() {
    let mut tries = 0;
    let (_portal, page) = open(LIST, move |seen| {
        tries += u32::from(seen.path == "/station_tokens/summary");
        (seen.path == "/station_tokens/summary" && tries == 1).then_some(Reply::Lost)
    })
    .await;
    page.shows("No connection to the portal").await;
    page.shows("CPT1").await;
    page.press("Try again");
    until("bars", || page.root.query_selector(".bar").unwrap().is_some()).await;
}

#[wasm_bindgen_test]
async fn an_empty_stock_says_how_tokens_get_here() {
    let (_portal, page) = open(LIST, |seen| match seen.path.as_str() {
        "/station_tokens" => Some(page_of(Vec::<StationToken>::new())),
        "/station_tokens/summary" => Some(Reply::ok(&Summary::default())),
        _ => None,
    })
    .await;
    page.shows("No station tokens yet").await;
    until("no picture", || !page.text().contains("Stock in numbers")).await;
}

#[wasm_bindgen_test]
async fn a_token_is_added_to_an_organization_of_ours() {
    let (portal, page) = open(LIST, |seen| {
        (seen.method == "POST").then(|| Reply::ok(&token(1, Status::New)))
    })
    .await;
    until("the page", || page.button("Add station token").is_some()).await;
    page.press("Add station token");
    until("the form", || in_dialog(&page, "[role=combobox]")).await;
    // One of others is in sight, but not to be chosen.
    pick(&page, "Sunline").await;
    assert!(in_dialog(&page, "[role=option][aria-disabled=true]"));
    pick(&page, "Polderlaad").await;
    page.fill("dialog[open] .mono", "cpt1");
    page.fill("dialog[open] input[list]", "Fleet");
    let all = page
        .root
        .query_selector_all("dialog[open] .button-primary")
        .unwrap();
    all.get(0)
        .unwrap()
        .unchecked_into::<web_sys::HtmlElement>()
        .click();
    page.shows("Station token CPT1 is added.").await;
    let sent = portal
        .seen()
        .into_iter()
        .find(|seen| seen.method == "POST")
        .unwrap();
    assert_eq!(
        sent.json(),
        json!({ "tokenSn": "cpt1", "cloudPlan": "Fleet", "orgId": "1:ORG1" })
    );
    until("its page", || page.find("h1").inner_text() == "CPT1").await;
}

#[wasm_bindgen_test]
async fn a_token_has_its_facts_and_its_history() {
    let (_portal, page) = open(&format!("{LIST}/stk_1"), |_| None).await;
    page.shows("Polderlaad").await;
    page.shows("Changed by Ana Torres").await;
    assert_eq!(page.find(".page-title .badge").inner_text().trim(), "New");
    let groups = page.root.query_selector_all(".fact-group").unwrap();
    assert_eq!(groups.length(), 5);
}

#[wasm_bindgen_test]
async fn a_free_token_is_applied_to_an_evse_without_one() {
    let evse = |id: &str, taken: Option<&str>| Evse {
        id: id.into(),
        station_name: "Depot 01".into(),
        token_sn: taken.map(str::to_owned),
        ..Evse::default()
    };
    let mut tries = 0;
    let (portal, page) = open(&format!("{LIST}/stk_1"), move |seen| {
        if seen.path.contains("/evses") {
            return Some(page_of(vec![evse("1:7-1", Some("CPT9")), evse("1:7-2", None)]));
        }
        (seen.method == "POST").then(|| {
            tries += 1;
            match tries {
                1 => Reply::problem(409, kind::IN_USE),
                2 => Reply::problem(412, kind::STALE),
                _ => Reply::ok(&StationToken {
                    station_name: "Depot 01".into(),
                    ..token(1, Status::Active)
                }),
            }
        })
    })
    .await;
    until("free", || page.button("Apply to station").is_some()).await;
    page.press("Apply to station");
    until("the form", || in_dialog(&page, "[role=combobox]")).await;
    let submit = || {
        let button = page.find("dialog[open] [type=submit]");
        button.click();
    };
    submit();
    page.shows("Choose where the token is to be active.").await;
    pick(&page, "1:7-1: CPT9 is active").await;
    submit();
    assert_eq!(portal.count("POST", "/station_tokens/stk_1/apply"), 0);
    pick(&page, "1:7-2").await;
    page.shows("EVSE ID").await;
    // Another one was quicker: it says so, and what was chosen stays.
    submit();
    page.shows(kind::IN_USE).await;
    submit();
    page.shows("Somebody else changed this meanwhile").await;
    submit();
    page.shows("Station token CPT1 is active on Depot 01.").await;
    let sent = portal
        .seen()
        .into_iter()
        .rfind(|seen| seen.method == "POST")
        .unwrap();
    assert_eq!(
        (sent.json(), sent.if_match.as_deref()),
        (json!({ "evseId": "1:7-2" }), Some("\"3\""))
    );
    until("active", || {
        page.find(".page-title .badge").inner_text().trim() == "Active"
    })
    .await;
    assert!(page.button("Apply to station").is_none());
}

#[wasm_bindgen_test]
async fn a_token_of_others_can_only_be_looked_at() {
    let (_portal, page) = open(&format!("{LIST}/stk_1"), |seen| {
        let foreign = StationToken {
            ours: false,
            ..token(1, Status::New)
        };
        (seen.path == "/station_tokens/stk_1").then(|| Reply::ok(&foreign))
    })
    .await;
    page.shows("here it can only be looked at").await;
    assert!(page.button("Edit").is_none() && page.button("Apply to station").is_none());
}

#[wasm_bindgen_test]
async fn deleting_a_token_asks_and_says_why_it_was_refused() {
    let mut tries = 0;
    let (portal, page) = open(&format!("{LIST}/stk_1"), move |seen| {
        (seen.method == "DELETE").then(|| {
            tries += 1;
            match tries {
                1 => Reply::problem(409, kind::IN_USE),
                _ => Reply::Json(200, String::new()),
            }
        })
    })
    .await;
    until("the page", || page.button("Edit").is_some()).await;
    page.find("[aria-label='More for this station token']").click();
    until("the menu", || page.button("Delete station token").is_some()).await;
    page.press("Delete station token");
    page.shows("Delete this station token?").await;
    let confirm = || page.find("dialog[open] .button-danger").click();
    confirm();
    page.shows(kind::IN_USE).await;
    confirm();
    page.shows("The station token is deleted.").await;
    assert_eq!(portal.count("DELETE", "/station_tokens/stk_1"), 2);
    until("the list", || page.find("h1").inner_text() == "Station tokens").await;
}

#[wasm_bindgen_test]
async fn a_token_that_does_not_exist_says_so() {
    let (_portal, page) = open(&format!("{LIST}/stk_404"), |_| None).await;
    page.shows("There is no such station token.").await;
    assert!(page.button("Edit").is_none());
}
