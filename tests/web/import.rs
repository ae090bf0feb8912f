//! The wizard's steps, forth and back, and the undo.

use domain::identifiers::{Code, Repair};
use ev_portal::pages::locations::import::read::Unread;
use ev_portal::pages::locations::import::wizard::step;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::import_server;
use crate::import_wizard::{checked, idle, ids, undo, wizard};
use crate::page::until;

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
