//! *Import*: the file, what it would change, and what happens when it cannot be taken.

use domain::problem::kind;
use domain::station_tokens::{ImportDone, ImportPreview, RowChange, RowProblem, Status};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DataTransfer, File, HtmlInputElement};

use crate::page::{Mounted, until};
use crate::portal::{Gate, Portal, Reply, Seen};
use crate::station_tokens::{LIST, choose, in_dialog, open, token};

const IMPORTS: &str = "/station_tokens/imports";
const STAGED: &str = "/station_tokens/imports/sti_1";
const FINALISE: &str = "/station_tokens/imports/sti_1/finalise";

fn preview(new: u64) -> Reply {
    Reply::ok(&found(new))
}

/// The same, with a token that the books know.
fn changing(new: u64) -> Reply {
    Reply::ok(&ImportPreview {
        changed: 1,
        changes: vec![RowChange {
            row: 3,
            token_sn: "CPT12".into(),
            detail: "Part No.: OLD → NEW".into(),
        }],
        ..found(new)
    })
}

fn found(new: u64) -> ImportPreview {
    ImportPreview {
        id: "sti_1".into(),
        rows: new + 5,
        new,
        changed: 0,
        changes: Vec::new(),
        unchanged: 4,
        bad: 1,
        problems: vec![RowProblem {
            row: 6,
            column: "Status".into(),
            message: "one of New, Available, Active, Expired".into(),
        }],
        unknown_columns: vec!["Colour".into()],
        sample: vec![token(77, Status::New)],
    }
}

async fn start(mut answer: impl FnMut(&Seen) -> Option<Reply> + 'static) -> (Portal, Mounted) {
    let (portal, page) = open(LIST, move |seen| answer(seen)).await;
    choose(&page, "Import").await;
    until("the drop zone", || in_dialog(&page, ".drop")).await;
    (portal, page)
}

/// Chooses a file as the browser's dialog does.
fn take(page: &Mounted, content: &JsValue) {
    let file = File::new_with_str_sequence(&Array::of1(content), "november.csv").unwrap();
    let files = DataTransfer::new().unwrap();
    files.items().add_with_file(&file).unwrap();
    let input: HtmlInputElement = page.find("dialog[open] input[type=file]").unchecked_into();
    input.set_files(files.files().as_ref());
    input
        .dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
}

#[wasm_bindgen_test]
async fn a_file_is_seen_before_it_is_taken() {
    let (portal, page) = start(|seen| match seen.path.as_str() {
        IMPORTS => Some(changing(20)),
        FINALISE => Some(Reply::ok(&ImportDone {
            added: 20,
            changed: 0,
        })),
        _ => None,
    })
    .await;
    take(&page, &"Token S/N\nCPT77".into());
    page.shows("Finalise import of 21 tokens").await;
    let text = page.find("dialog[open]").inner_text();
    for words in [
        "1 row is not taken",
        "1 token is changed",
        "Part No.: OLD → NEW",
        "one of New, Available",
        "Colour",
        "CPT77",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let upload = portal
        .seen()
        .into_iter()
        .rfind(|seen| seen.is("POST", IMPORTS))
        .unwrap();
    assert_eq!(upload.body, "Token S/N\nCPT77");
    let lists = portal.count("GET", "/station_tokens");
    // What an earlier test left may be discarded here too.
    let discarded = portal.count("DELETE", STAGED);
    page.press("Finalise import of 21 tokens");
    page.shows("20 station tokens are added, 0 changed.").await;
    until("closed", || !in_dialog(&page, "h2")).await;
    until("the list is read again", || {
        portal.count("GET", "/station_tokens") > lists
    })
    .await;
    assert_eq!(
        portal.count("DELETE", STAGED),
        discarded,
        "nothing is left to discard"
    );
}

#[wasm_bindgen_test]
async fn what_is_not_wanted_is_discarded() {
    let (portal, page) = start(|seen| (seen.path == IMPORTS).then(|| preview(20))).await;
    for way in [
        "dialog[open] .dialog-foot .button",
        "dialog[open] [aria-label=Close]",
    ] {
        until("the drop zone", || in_dialog(&page, ".drop")).await;
        take(&page, &"Token S/N\nCPT77".into());
        page.shows("Finalise import of 20 tokens").await;
        let discarded = portal.count("DELETE", STAGED);
        page.find(way).click();
        until("discarded", || portal.count("DELETE", STAGED) == discarded + 1).await;
    }
    until("closed", || !in_dialog(&page, "h2")).await;
}

#[wasm_bindgen_test]
async fn closed_while_the_file_is_read_nothing_stays_staged() {
    let gate = Gate::default();
    let held = gate.clone();
    let (portal, page) = start(move |seen| (seen.path == IMPORTS).then(|| held.hold(preview(20)))).await;
    take(&page, &"Token S/N\nCPT77".into());
    page.shows("Reading november.csv").await;
    until("sent", || portal.count("POST", IMPORTS) == 1).await;
    let discarded = portal.count("DELETE", STAGED);
    page.find("dialog[open] [aria-label=Close]").click();
    until("closed", || !in_dialog(&page, "h2")).await;
    assert_eq!(portal.count("DELETE", STAGED), discarded, "nothing is staged yet");
    gate.open();
    until("discarded", || portal.count("DELETE", STAGED) == discarded + 1).await;
}

#[wasm_bindgen_test]
async fn a_file_without_anything_new_cannot_be_finalised() {
    let (_portal, page) = start(|seen| (seen.path == IMPORTS).then(|| preview(0))).await;
    take(&page, &"Token S/N\nCPT77".into());
    page.shows("Nothing to import").await;
    assert!(
        page.button("Nothing to import")
            .unwrap()
            .has_attribute("disabled")
    );
}

#[wasm_bindgen_test]
async fn a_file_that_cannot_be_read_says_why_and_another_can_be_chosen() {
    let mut tries = 0;
    let (_portal, page) = start(move |seen| {
        (seen.path == IMPORTS).then(|| {
            tries += 1;
            match tries {
                1 => Reply::problem(422, kind::INVALID),
                2 => Reply::Lost,
                _ => preview(1),
            }
        })
    })
    .await;
    take(&page, &"\u{1}".into());
    page.shows(kind::INVALID).await;
    take(&page, &"Token S/N".into());
    page.shows("No connection to the portal").await;
    take(&page, &"Token S/N\nCPT77".into());
    page.shows("Finalise import of 1 token").await;
}

#[wasm_bindgen_test]
async fn a_file_that_is_too_large_is_not_sent() {
    let (portal, page) = start(|_| None).await;
    take(
        &page,
        &js_sys::Uint8Array::new_with_length(20 * 1024 * 1024 + 1).into(),
    );
    page.shows("november.csv has more than 20 MB.").await;
    assert_eq!(portal.count("POST", IMPORTS), 0);
}

#[wasm_bindgen_test]
async fn when_tokens_changed_meanwhile_the_file_is_read_again() {
    let (portal, page) = start(|seen| match seen.path.as_str() {
        IMPORTS => Some(preview(2)),
        FINALISE => Some(Reply::problem(409, kind::IMPORT_STATE)),
        _ => None,
    })
    .await;
    take(&page, &"Token S/N\nCPT77".into());
    page.shows("Finalise import of 2 tokens").await;
    page.press("Finalise import of 2 tokens");
    page.shows(kind::IMPORT_STATE).await;
    page.press("Read the file again");
    until("read", || portal.count("POST", IMPORTS) == 2).await;
    page.shows("Finalise import of 2 tokens").await;
    assert!(!page.text().contains(kind::IMPORT_STATE));
}
