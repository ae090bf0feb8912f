//! Imports that are given up, left, or overtaken by somebody else.

use domain::problem::kind;
use ev_portal::pages::locations::import::wizard::{step, work};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::import_server;
use crate::import_wizard::{checked, file, idle, ids, trouble, wizard};
use crate::page::{turn, until};
use crate::portal::Reply;

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
    until("reading", || wizard.rows.get_untracked() > 0).await;
    assert_eq!(
        wizard.work.get_untracked(),
        work::READING,
        "there is more to read"
    );
    wizard.cancel();
    let rows = wizard.rows.get_untracked();
    assert_eq!(wizard.step.get_untracked(), step::FILE);
    for _ in 0..20 {
        turn().await;
    }
    assert_eq!(wizard.rows.get_untracked(), rows, "nothing more is read");
    assert!(
        !wizard.is_read.get_untracked(),
        "nothing comes of what was cancelled"
    );
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
async fn what_an_import_would_do_to_a_changed_list_is_not_told_where_it_is_not_known() {
    let (_portal, server) = import_server::start(&[]);
    let (_owner, wizard) = wizard();
    checked(wizard, &ids(3)).await;
    wizard.stage();
    idle(wizard).await;
    server.borrow_mut().version = 7;
    trouble(&server, "GET", "/preview", Reply::Lost, false);
    wizard.finalise();
    idle(wizard).await;
    assert!(wizard.preview.get_untracked().is_none());
    assert_eq!(wizard.notice.get_untracked(), None);
    let problem = wizard.problem.get_untracked().unwrap();
    assert!(problem.detail.contains("Nothing has changed on the list"));
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
