//! The wizard's state: reading, sending, what comes of trouble on the way, and the undo.

use std::cell::RefCell;
use std::rc::Rc;

use domain::identifiers::{Code, IdKind, Repair};
use domain::imports::MAX_CHUNK_IDS;
use domain::problem::{Problem, kind};
use domain::token_file::Options;
use ev_portal::api::Record;
use ev_portal::api::transport::Asked;
use ev_portal::pages::locations::import::read::{Source, Unread, read};
use ev_portal::pages::locations::import::send::{chunks, send};
use ev_portal::pages::locations::import::wizard::{Wizard, step, work};
use ev_portal::prelude::*;
use js_sys::{Array, Uint8Array};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::File;

use crate::import_server::{self, Shared};
use crate::page::{owner, turn, until};
use crate::portal::Reply;

const AUTH: Options = Options {
    kind: IdKind::AuthId,
    encoding: None,
    delimiter: None,
    header: None,
    column: None,
    repairs: domain::identifiers::Repairs::NONE,
};

fn file(bytes: &[u8]) -> Source {
    let parts = Array::of1(&Uint8Array::from(bytes));
    Source::File(File::new_with_u8_array_sequence(&parts, "tokens.csv").unwrap())
}

fn ids(count: usize) -> String {
    let mut text = String::from("Auth ID\n");
    (0..count).for_each(|n| text.push_str(&format!("NL-GFX-C{n:08}\n")));
    text
}

/// A wizard in an owner of its own.
fn wizard() -> (Owner, Wizard) {
    let owner = owner();
    let wizard = owner.with(|| Wizard::new("L1".into()));
    (owner, wizard)
}

async fn checked(wizard: Wizard, text: &str) {
    wizard.pick(Source::Text(text.to_owned()));
    until("checked", || wizard.is_read.get_untracked()).await;
}

async fn idle(wizard: Wizard) {
    until("idle", || wizard.work.get_untracked() == work::IDLE).await;
}

fn undo(wizard: Wizard, confirm: bool) {
    let result = wizard.result.get_untracked().unwrap();
    wizard.undo(result.text("import.id"), confirm);
}

fn trouble(server: &Shared, method: &'static str, end: &'static str, reply: Reply, works: bool) {
    server.borrow_mut().trouble = Some((method, end, reply, works));
}

#[wasm_bindgen_test]
async fn a_file_larger_than_one_piece_is_read_whole() {
    let text = ids(300_000);
    assert!(text.len() > 4 << 20);
    let heard = Rc::new(RefCell::new(0));
    let hears = heard.clone();
    let said = move |bytes: u64, _| {
        assert!(bytes >= *hears.borrow(), "progress goes forward");
        *hears.borrow_mut() = bytes;
    };
    let report = read(file(text.as_bytes()), AUTH, &said).await.ok().unwrap();
    assert_eq!(report.accepted_count(), 300_000);
    assert_eq!(report.accepted().last().unwrap().display, "NL-GFX-C00299999");
    assert_eq!(*heard.borrow(), text.len() as u64);
}

#[wasm_bindgen_test]
async fn a_file_that_is_none_is_refused() {
    for (bytes, code) in [
        (&b""[..], Code::FEmpty),
        (b"Auth ID\n", Code::FNoRows),
        (b"PK\x03\x04", Code::FXlsx),
        (b"a;b\n1;2\n", Code::FNeedsMapping),
    ] {
        match read(file(bytes), AUTH, &|_, _| {}).await {
            Err(Unread::Refused { code: found, .. }) => assert_eq!(found, code),
            other => panic!("{code}: {:?}", other.err()),
        }
    }
}

#[wasm_bindgen_test]
async fn sending_goes_on_from_the_next_chunk_and_stops_at_trouble() {
    let tried = Rc::new(RefCell::new(Vec::new()));
    let tries = tried.clone();
    let put = move |seq: u64| {
        let lost = seq == 3 && !tries.borrow().contains(&3);
        tries.borrow_mut().push(seq);
        Asked::of(async move {
            match lost {
                true => Err(Problem {
                    kind: kind::CONNECTION.into(),
                    ..Problem::default()
                }),
                false => Ok(format!(r#"{{"nextChunk":{}}}"#, seq + 1)),
            }
        })
    };
    let heard = RefCell::new(Vec::new());
    let sent = |import: &Record| heard.borrow_mut().push(import.count("nextChunk"));
    let lost = send(1, 5, &put, &sent).await;
    assert_eq!(lost.unwrap_err().kind, kind::CONNECTION);
    send(3, 5, &put, &sent).await.unwrap();
    assert_eq!(*tried.borrow(), [1, 2, 3, 3, 4]);
    assert_eq!(*heard.borrow(), [2, 3, 4, 5]);
    let most = MAX_CHUNK_IDS as u64;
    assert_eq!([0, 1, most, most + 1].map(chunks), [0, 1, 1, 2]);
}

#[wasm_bindgen_test]
async fn a_file_goes_through_all_steps_and_back_by_undo() {
    let (portal, server) = import_server::start(&["NL-OLD-C00000001"]);
    let (_owner, wizard) = wizard();
    checked(wizard, "Auth ID\nNL-GFX-C00000001\nNL-OLD-C00000001\nn/a\n").await;
    assert_eq!(wizard.step.get_untracked(), step::CHECK);
    assert_eq!(wizard.accepted(), 2);
    wizard.stage();
    wizard.stage();
    idle(wizard).await;
    let preview = wizard.preview.get_untracked().unwrap();
    assert_eq!((preview.count("added"), preview.count("alreadyListed")), (1, 1));
    assert_eq!(server.borrow().listed.len(), 1, "nothing has changed yet");
    wizard.finalise();
    wizard.finalise();
    idle(wizard).await;
    assert_eq!(wizard.step.get_untracked(), step::DONE);
    assert_eq!(server.borrow().listed.len(), 2);
    let finalises = portal.count("POST", "/locations/L1/authorization/imports/imp-1/finalise");
    assert_eq!(finalises, 1, "a second click does nothing");
    assert_eq!(portal.count("POST", "/locations/L1/authorization/imports"), 1);
    undo(wizard, false);
    idle(wizard).await;
    assert_eq!(server.borrow().listed.len(), 1);
    let state = wizard
        .result
        .with_untracked(|result| result.as_ref().unwrap().text("import.state"));
    assert_eq!(state, "undone");
}

#[wasm_bindgen_test]
async fn a_lost_connection_changes_nothing_and_goes_on_where_it_stopped() {
    let (portal, server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(2 * MAX_CHUNK_IDS + 10)).await;
    trouble(&server, "PUT", "/chunks/1", Reply::Lost, false);
    wizard.stage();
    idle(wizard).await;
    let problem = wizard.problem.get_untracked().unwrap();
    assert_eq!(problem.kind, kind::CONNECTION);
    assert!(problem.detail.contains("Nothing has changed"));
    assert!(wizard.preview.get_untracked().is_none());
    wizard.stage();
    idle(wizard).await;
    let ids = wizard
        .preview
        .with_untracked(|preview| preview.as_ref().unwrap().count("ids"));
    assert_eq!(ids, 2 * MAX_CHUNK_IDS as u64 + 10);
    assert_eq!(
        portal.count("PUT", "/locations/L1/authorization/imports/imp-1/chunks/0"),
        1,
        "not sent again"
    );
    assert_eq!(portal.count("POST", "/locations/L1/authorization/imports"), 1);
    assert!(server.borrow().listed.is_empty());
}

#[wasm_bindgen_test]
async fn the_same_file_goes_on_in_another_visit_and_another_file_does_not() {
    let (portal, server) = import_server::start(&[]);
    let text = ids(MAX_CHUNK_IDS + 1);
    {
        let (_owner, wizard) = wizard();
        checked(wizard, &text).await;
        trouble(&server, "PUT", "/chunks/1", Reply::Lost, false);
        wizard.stage();
        idle(wizard).await;
    }
    let (_owner, wizard) = wizard();
    checked(wizard, &text).await;
    wizard.stage();
    idle(wizard).await;
    assert_eq!(portal.count("POST", "/locations/L1/authorization/imports"), 1);
    assert_eq!(
        portal.count("PUT", "/locations/L1/authorization/imports/imp-1/chunks/0"),
        1
    );
    assert!(wizard.notice.get_untracked().unwrap().contains("50,000"));
    checked(wizard, "Auth ID\nNL-GFX-C00000001\n").await;
    until("discarded", || server.borrow().import.is_none()).await;
    wizard.stage();
    idle(wizard).await;
    assert_eq!(portal.count("POST", "/locations/L1/authorization/imports"), 2);
}

#[wasm_bindgen_test]
async fn cancel_throws_the_staged_import_away() {
    let (_portal, server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(10)).await;
    trouble(&server, "PUT", "/chunks/0", Reply::Never, false);
    wizard.stage();
    until("sending", || server.borrow().trouble.is_none()).await;
    wizard.cancel();
    assert_eq!(wizard.work.get_untracked(), work::IDLE);
    assert_eq!(wizard.step.get_untracked(), step::CHECK);
    until("discarded", || server.borrow().import.is_none()).await;
    assert!(wizard.is_read.get_untracked(), "the checked file stays");
}

#[wasm_bindgen_test]
async fn cancel_while_reading_goes_back_to_the_file() {
    let (_owner, wizard) = wizard();
    wizard.pick(file(ids(300_000).as_bytes()));
    until("reading", || wizard.work.get_untracked() == work::READING).await;
    wizard.cancel();
    assert_eq!(wizard.step.get_untracked(), step::FILE);
    for _ in 0..20 {
        turn().await;
    }
    assert!(
        !wizard.is_read.get_untracked(),
        "nothing comes of what was cancelled"
    );
}

#[wasm_bindgen_test]
async fn a_list_that_a_colleague_changed_is_previewed_again() {
    let (portal, server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(3)).await;
    wizard.stage();
    idle(wizard).await;
    {
        let mut server = server.borrow_mut();
        server.version = 7;
        server.listed.insert("NL-GFX-C00000001".into());
    }
    wizard.finalise();
    idle(wizard).await;
    assert_eq!(wizard.step.get_untracked(), step::PREVIEW);
    assert!(
        wizard
            .notice
            .get_untracked()
            .unwrap()
            .contains("A colleague changed the list")
    );
    let preview = wizard.preview.get_untracked().unwrap();
    assert_eq!(
        (
            preview.count("added"),
            preview.count("alreadyListed"),
            preview.count("version")
        ),
        (2, 1, 7)
    );
    wizard.finalise();
    idle(wizard).await;
    assert_eq!(wizard.step.get_untracked(), step::DONE);
    let sent = portal.seen();
    let last = sent
        .iter()
        .rfind(|seen| seen.path.ends_with("/finalise"))
        .unwrap();
    assert_eq!(last.if_match.as_deref(), Some("\"7\""));
}

#[wasm_bindgen_test]
async fn a_finalised_import_whose_answer_was_lost_is_recognised() {
    let (_portal, server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(3)).await;
    wizard.stage();
    idle(wizard).await;
    trouble(&server, "POST", "/finalise", Reply::Lost, true);
    wizard.finalise();
    idle(wizard).await;
    assert_eq!(wizard.step.get_untracked(), step::DONE);
    assert_eq!(server.borrow().listed.len(), 3);
}

#[wasm_bindgen_test]
async fn a_finalise_that_did_not_arrive_says_so_and_can_be_pressed_again() {
    let (_portal, server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(3)).await;
    wizard.stage();
    idle(wizard).await;
    trouble(&server, "POST", "/finalise", Reply::Lost, false);
    wizard.finalise();
    idle(wizard).await;
    assert!(
        wizard
            .problem
            .get_untracked()
            .unwrap()
            .detail
            .contains("nothing is imported twice")
    );
    wizard.finalise();
    idle(wizard).await;
    assert_eq!(wizard.step.get_untracked(), step::DONE);
}

#[wasm_bindgen_test]
async fn fewer_ids_than_meant_are_not_finalised() {
    let (_portal, server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(3)).await;
    wizard.stage();
    idle(wizard).await;
    trouble(
        &server,
        "POST",
        "/finalise",
        Reply::problem(409, kind::IMPORT_INCOMPLETE),
        false,
    );
    wizard.finalise();
    idle(wizard).await;
    assert_eq!(
        wizard.problem.get_untracked().unwrap().kind,
        kind::IMPORT_INCOMPLETE
    );
    assert!(server.borrow().listed.is_empty());
}

#[wasm_bindgen_test]
async fn a_file_without_a_good_row_sends_nothing() {
    let (portal, _server) = import_server::start(&["NL-OLD-C00000001"]);
    let (_owner, wizard) = wizard();
    wizard.clear.set(true);
    checked(wizard, "Auth ID\nn/a\n#REF!\n").await;
    assert_eq!(wizard.accepted(), 0);
    wizard.stage();
    idle(wizard).await;
    assert_eq!(wizard.step.get_untracked(), step::CHECK);
    assert!(portal.seen().is_empty());
}

#[wasm_bindgen_test]
async fn an_undo_that_empties_the_list_asks_first() {
    let (portal, server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(2)).await;
    wizard.stage();
    idle(wizard).await;
    wizard.finalise();
    idle(wizard).await;
    undo(wizard, false);
    idle(wizard).await;
    assert!(wizard.asks_undo.get_untracked());
    assert_eq!(server.borrow().listed.len(), 2);
    undo(wizard, true);
    idle(wizard).await;
    assert!(server.borrow().listed.is_empty());
    assert!(!wizard.asks_undo.get_untracked());
    let sent = portal.seen();
    let last = sent.iter().rfind(|seen| seen.path.ends_with("/undo")).unwrap();
    assert_eq!(last.json()["confirm"], true);
}

#[wasm_bindgen_test]
async fn a_repair_reads_again_and_can_be_taken_back() {
    let (_owner, wizard) = wizard();
    wizard.chips.set(true);
    checked(wizard, "Chip ID\n4A1B2C3\n04A1B2C4\n").await;
    assert_eq!(wizard.accepted(), 1);
    wizard.repair(Repair::PadZero, true);
    until("repaired", || wizard.accepted() == 2).await;
    wizard.repair(Repair::PadZero, false);
    until("taken back", || wizard.accepted() == 1).await;
}

#[wasm_bindgen_test]
async fn back_goes_one_step_and_after_the_end_begins_anew() {
    let (_portal, _server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(2)).await;
    wizard.stage();
    idle(wizard).await;
    wizard.back_to(step::CHECK);
    assert_eq!(wizard.step.get_untracked(), step::CHECK);
    wizard.stage();
    idle(wizard).await;
    wizard.finalise();
    idle(wizard).await;
    wizard.back_to(step::PREVIEW);
    assert_eq!(wizard.step.get_untracked(), step::FILE);
    assert!(!wizard.is_read.get_untracked());
}

#[wasm_bindgen_test]
async fn a_refused_file_keeps_its_reason() {
    let (_owner, wizard) = wizard();
    checked(wizard, "a,b\n1,2\n").await;
    let code = match wizard.unread().as_deref() {
        Some(Unread::Refused { code, .. }) => Some(*code),
        _ => None,
    };
    assert_eq!(code, Some(Code::FNeedsMapping));
}

#[wasm_bindgen_test]
async fn a_preview_that_does_not_come_leaves_nothing_to_finalise() {
    let (portal, server) = import_server::start(&["NL-OLD-C00000001"]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(2)).await;
    wizard.stage();
    idle(wizard).await;
    trouble(&server, "GET", "/preview", Reply::Lost, false);
    wizard.clear.set(true);
    wizard.look_again();
    idle(wizard).await;
    assert!(wizard.preview.get_untracked().is_none());
    wizard.finalise();
    idle(wizard).await;
    assert!(portal.seen().iter().all(|seen| !seen.path.ends_with("/finalise")));
    wizard.stage();
    idle(wizard).await;
    assert_eq!(
        wizard
            .preview
            .with_untracked(|preview| preview.as_ref().unwrap().count("removed")),
        1
    );
    assert_eq!(
        portal.count("PUT", "/locations/L1/authorization/imports/imp-1/chunks/0"),
        1
    );
}

#[wasm_bindgen_test]
async fn the_switch_turned_back_at_once_shows_what_it_stands_for() {
    let (portal, _server) = import_server::start(&["NL-OLD-C00000001"]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(2)).await;
    wizard.stage();
    idle(wizard).await;
    for clear in [true, false, true] {
        wizard.clear.set(clear);
        wizard.look_again();
    }
    idle(wizard).await;
    assert_eq!(
        wizard
            .preview
            .with_untracked(|preview| preview.as_ref().unwrap().count("removed")),
        1
    );
    wizard.finalise();
    idle(wizard).await;
    let sent = portal.seen();
    let last = sent
        .iter()
        .rfind(|seen| seen.path.ends_with("/finalise"))
        .unwrap();
    assert_eq!(last.json()["clear"], true);
}

#[wasm_bindgen_test]
async fn leaving_while_it_is_finalised_does_no_harm() {
    for (reply, works) in [(Reply::problem(412, kind::STALE), false), (Reply::Lost, true)] {
        let (portal, server) = import_server::start(&[]);
        let (owner, wizard) = wizard();
        checked(wizard, &ids(2)).await;
        wizard.stage();
        idle(wizard).await;
        trouble(&server, "POST", "/finalise", reply, works);
        wizard.finalise();
        owner.cleanup();
        let asked = || {
            portal
                .seen()
                .iter()
                .rposition(|seen| seen.path.ends_with("/finalise"))
        };
        until("asked what came of it", || {
            asked().is_some_and(|at| portal.seen().len() > at + 1)
        })
        .await;
        for _ in 0..10 {
            turn().await;
        }
        assert_eq!(server.borrow().listed.len(), if works { 2 } else { 0 });
    }
}

#[wasm_bindgen_test]
async fn cancel_before_the_import_is_begun_leaves_none_behind() {
    let (portal, server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(10)).await;
    server.borrow_mut().meanwhile = Some(Box::new(move || wizard.cancel()));
    wizard.stage();
    until("discarded", || {
        portal.count("DELETE", "/locations/L1/authorization/imports/imp-1") == 1
    })
    .await;
    assert!(server.borrow().import.is_none());
    assert_eq!(wizard.step.get_untracked(), step::CHECK);
    assert_eq!(wizard.work.get_untracked(), work::IDLE);
}
