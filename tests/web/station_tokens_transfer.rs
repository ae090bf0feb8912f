//! *Transfer tokens*: what is checked, what moves, and what is said when it does not.

use domain::problem::kind;
use domain::station_tokens::{Reason, RefusedToken, Status, TransferResult};
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, turn, until};
use crate::portal::{Gate, Portal, Reply, Seen};
use crate::station_tokens::{LIST, choose, in_dialog, open, pick, token};

const CHECK: &str = "/station_tokens/transfers/check";
const TRANSFER: &str = "/station_tokens/transfers";

fn result(moves: u64, refused: u64) -> TransferResult {
    let refusals = |reason: &str, count| Reason {
        reason: reason.into(),
        count,
    };
    TransferResult {
        moves,
        refused,
        reasons: if refused > 0 {
            vec![refusals("Active", refused)]
        } else {
            vec![]
        },
        examples: (0..refused.min(100))
            .map(|n| RefusedToken {
                token_sn: format!("CPT{n}"),
                reason: "Active".into(),
            })
            .collect(),
        repeated: 1,
        org_name: "Sunline".into(),
        version: 5,
    }
}

/// The sheet with serial numbers pasted, to be answered with that result.
async fn pasted(
    serials: &str,
    moves: u64,
    refused: u64,
    mut answer: impl FnMut(&Seen) -> Option<Reply> + 'static,
) -> (Portal, Mounted) {
    let (portal, page) = open(LIST, move |seen| match seen.path.as_str() {
        CHECK => Some(Reply::ok(&result(moves, refused))),
        TRANSFER => answer(seen),
        _ => None,
    })
    .await;
    choose(&page, "Transfer tokens").await;
    until("the form", || in_dialog(&page, "textarea")).await;
    page.fill("dialog[open] textarea", serials);
    (portal, page)
}

fn primary(page: &Mounted) -> web_sys::HtmlElement {
    page.find("dialog[open] .button-primary")
}

fn sent(portal: &Portal, path: &str) -> serde_json::Value {
    let seen = portal.seen().into_iter().rfind(|seen| seen.is("POST", path));
    seen.unwrap().json()
}

#[wasm_bindgen_test]
async fn pasted_serial_numbers_are_counted_checked_and_moved() {
    let (portal, page) = pasted("CPT1, cpt2\n\nCPT3;CPT2\tCPT4", 4, 0, |_| {
        Some(Reply::ok(&result(4, 0)))
    })
    .await;
    page.shows("5 serial numbers, 1 more than once").await;
    pick(&page, "Sunline").await;
    page.press("Check");
    page.shows("4 tokens can move to Sunline.").await;
    page.shows("1 is named more than once; each moves once.").await;
    let expected = json!({ "tokenSns": ["CPT1", "cpt2", "CPT3", "CPT2", "CPT4"], "orgId": "3:ORG9" });
    assert_eq!(sent(&portal, CHECK), expected);
    let lists = portal.count("GET", "/station_tokens");
    page.press("Transfer 4 tokens to Sunline");
    page.shows("4 tokens moved to Sunline.").await;
    assert_eq!(sent(&portal, TRANSFER), expected);
    let transfer = portal.seen().into_iter().rfind(|seen| seen.is("POST", TRANSFER));
    assert_eq!(transfer.unwrap().if_match.as_deref(), Some("\"5\""));
    until("the list is read again", || {
        portal.count("GET", "/station_tokens") > lists
    })
    .await;
    // Nothing typed is left to be asked about.
    primary(&page).click();
    until("closed", || !in_dialog(&page, "h2")).await;
}

#[wasm_bindgen_test]
async fn nothing_moves_while_one_cannot_until_those_are_left_out() {
    let (portal, page) = pasted("CPT1", 240, 112, |_| Some(Reply::ok(&result(240, 0)))).await;
    pick(&page, "Sunline").await;
    page.press("Check");
    page.shows("240 of 352 tokens can move to Sunline. Nothing moves unless all can.")
        .await;
    page.shows("The first 100 that cannot").await;
    assert!(primary(&page).has_attribute("disabled"));
    page.find("dialog[open] [role=switch]").click();
    until("enabled", || !primary(&page).has_attribute("disabled")).await;
    page.press("Transfer 240 tokens to Sunline");
    page.shows("240 tokens moved to Sunline.").await;
    assert_eq!(sent(&portal, TRANSFER)["onlyMovable"], json!(240));
}

#[wasm_bindgen_test]
async fn where_none_can_move_there_is_only_a_way_back() {
    let (_portal, page) = pasted("CPT1", 0, 1, |_| None).await;
    pick(&page, "Sunline").await;
    page.press("Check");
    page.shows("None of 1 token can move to Sunline.").await;
    assert!(!in_dialog(&page, ".button-primary"));
    page.press("Back");
    until("what was pasted is still there", || in_dialog(&page, "textarea")).await;
    let text: web_sys::HtmlTextAreaElement = page.find("dialog[open] textarea").unchecked_into();
    assert_eq!(text.value(), "CPT1");
}

#[wasm_bindgen_test]
async fn when_somebody_was_quicker_it_can_be_checked_again() {
    let (portal, page) = pasted("CPT1", 1, 0, |_| {
        Some(Reply::problem(409, kind::TRANSFER_REFUSED))
    })
    .await;
    pick(&page, "Sunline").await;
    page.press("Check");
    page.shows("1 token can move to Sunline.").await;
    page.press("Transfer 1 token to Sunline");
    page.shows(kind::TRANSFER_REFUSED).await;
    page.press("Check again");
    until("checked again", || portal.count("POST", CHECK) == 2).await;
    until("the problem is gone", || {
        !page.text().contains(kind::TRANSFER_REFUSED)
    })
    .await;
}

#[wasm_bindgen_test]
async fn more_than_can_be_moved_at_once_is_said_before_anything_is_sent() {
    let serials: Vec<String> = (0..10_001).map(|n| n.to_string()).collect();
    let (portal, page) = pasted(&serials.join("\n"), 1, 0, |_| None).await;
    page.shows("At most 10,000 at once; these are 10,001.").await;
    page.press("Check");
    assert_eq!(portal.count("POST", CHECK), 0);
}

#[wasm_bindgen_test]
async fn another_organization_needs_its_id_and_name() {
    let (portal, page) = pasted("CPT1", 1, 0, |_| None).await;
    page.find("dialog[open] [role=switch]").click();
    until("fields instead of the list", || {
        !in_dialog(&page, "[role=combobox]")
    })
    .await;
    page.press("Check");
    page.shows("This cannot stay empty.").await;
    assert_eq!(portal.count("POST", CHECK), 0);
    page.fill("dialog[open] input.mono", "3:ORG77");
    page.fill("dialog[open] input.input:not(.mono)", "Dune Charging");
    page.press("Check");
    until("checked", || portal.count("POST", CHECK) == 1).await;
    assert_eq!(
        sent(&portal, CHECK),
        json!({ "tokenSns": ["CPT1"], "orgId": "3:ORG77", "orgName": "Dune Charging" })
    );
}

#[wasm_bindgen_test]
async fn one_token_is_moved_from_its_own_page() {
    let (portal, page) = open(&format!("{LIST}/stk_1"), |seen| match seen.path.as_str() {
        CHECK | TRANSFER => Some(Reply::ok(&result(1, 0))),
        _ => None,
    })
    .await;
    until("the page", || page.button("Edit").is_some()).await;
    page.find("[aria-label='More for this station token']").click();
    until("the menu", || page.button("Transfer tokens").is_some()).await;
    page.press("Transfer tokens");
    page.shows("1 token selected").await;
    pick(&page, "Sunline").await;
    page.press("Check");
    page.shows("1 token can move to Sunline.").await;
    page.press("Transfer 1 token to Sunline");
    page.shows("1 token moved to Sunline.").await;
    assert_eq!(
        sent(&portal, TRANSFER),
        json!({ "chosen": { "ids": ["stk_1"], "count": 1 }, "orgId": "3:ORG9" })
    );
    until("read again", || portal.count("GET", "/station_tokens/stk_1") == 2).await;
}

#[wasm_bindgen_test]
async fn an_active_token_says_why_it_stays() {
    let (_portal, page) = open(&format!("{LIST}/stk_1"), |seen| {
        (seen.path == "/station_tokens/stk_1").then(|| Reply::ok(&token(1, Status::Active)))
    })
    .await;
    until("the page", || page.button("Edit").is_some()).await;
    page.find("[aria-label='More for this station token']").click();
    until("the reason", || page.text().matches("It is Active.").count() == 2).await;
    assert!(page.button("Apply to station").is_none());
}

fn sunline() -> Reply {
    let found = json!([{"id": "3:ORG9", "name": "Sunline", "ours": false}]);
    Reply::ok(&json!({"items": found, "total": 1, "page": 1, "pageSize": 8}))
}

/// Whoever types fast presses Enter before the answer is there.
#[wasm_bindgen_test]
async fn what_other_words_found_is_not_chosen() {
    let gate = Gate::default();
    let held = gate.clone();
    let (_portal, page) = open(LIST, move |seen| {
        let searched = seen.path.split_once("q=").map_or("", |(_, words)| words);
        match searched.split('&').next() {
            Some("Sun") => Some(held.hold(sunline())),
            Some("lost") => Some(Reply::problem(504, "/problems/unreachable")),
            _ => None,
        }
    })
    .await;
    choose(&page, "Transfer tokens").await;
    let first = "dialog[open] [role=option]";
    until("the organizations", || in_dialog(&page, "[role=option]")).await;
    page.fill("dialog[open] [role=combobox]", "Sun");
    until("they are those of other words", || {
        in_dialog(&page, "[role=option][aria-disabled]")
    })
    .await;
    let down = || {
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let down = web_sys::Event::new_with_event_init_dict("mousedown", &init).unwrap();
        page.find(first).dispatch_event(&down).unwrap();
    };
    let input = page.find("dialog[open] [role=combobox]");
    let value = || {
        input
            .clone()
            .unchecked_into::<web_sys::HtmlInputElement>()
            .value()
    };
    let press = |key: &str| {
        let init = web_sys::KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        let key = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        input.dispatch_event(&key).unwrap();
    };
    down();
    press("ArrowDown");
    press("Enter");
    assert_eq!(value(), "Sun");
    gate.open();
    until("the answer", || !in_dialog(&page, "[role=option][aria-disabled]")).await;
    press("Enter");
    assert_eq!(value(), "Sun", "no key led into the answer yet");
    press("ArrowDown");
    press("Enter");
    until("the first is chosen", || value() == "Sunline").await;
    // Nobody types before it is drawn.
    turn().await;
    // Nor is it chosen where the answer does not come.
    page.fill("dialog[open] [role=combobox]", "lost");
    page.shows("/problems/unreachable").await;
    down();
    press("ArrowDown");
    press("Enter");
    assert_eq!(value(), "lost");
}
