//! Reading a file and sending what it holds: in pieces, on from where it stopped, and whole or not at all.

use std::cell::RefCell;
use std::rc::Rc;

use domain::identifiers::Code;
use domain::imports::MAX_CHUNK_IDS;
use domain::problem::{Problem, kind};
use ev_portal::api::Record;
use ev_portal::api::transport::Asked;
use ev_portal::pages::locations::import::read::{Unread, read};
use ev_portal::pages::locations::import::send::{chunks, send};
use ev_portal::pages::locations::import::wizard::step;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::import_server;
use crate::import_wizard::{AUTH, checked, file, idle, ids, trouble, wizard};
use crate::page::until;
use crate::portal::Reply;

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
