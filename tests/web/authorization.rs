//! The Authorization list: what is said, what is picked, and how a change goes its way.

use std::cell::RefCell;
use std::rc::Rc;

use domain::authorization::{Authorization, CustomerEntry, ListChange, TokenEntry, TokenRef};
use domain::identifiers::{Code, IdKind};
use domain::privacy::Visibility;
use domain::problem::kind;
use domain::search::{SearchResult, TokenHit};
use domain::tokens::{CustomerRef, TokenState};
use ev_portal::api::Record;
use ev_portal::pages::locations::authorization::change::Change;
use ev_portal::pages::locations::authorization::editor::Editor;
use ev_portal::pages::locations::authorization::list::List;
use ev_portal::pages::locations::authorization::picker::{Offer, Picker, offers};
use ev_portal::pages::locations::authorization::words;
use ev_portal::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{owner, until};
use crate::portal::{Portal, Reply, Seen};
use crate::record::record;

fn list(customers: u64, tokens: u64) -> Authorization {
    Authorization {
        location_id: "L1".into(),
        visibility: Visibility::of(false, customers + tokens),
        published: false,
        customers,
        tokens,
        customer_tokens: customers * 10,
        version: 4,
    }
}

#[wasm_bindgen_test]
fn what_the_list_means_is_said_in_numbers() {
    let meaning = |list: &Authorization| words::meaning(&record(list));
    let private = "Private: for 3 customers (30 charge tokens) and 12 charge tokens. Nobody else sees the location or \
                   may charge here.";
    assert_eq!(meaning(&list(3, 12)), private);
    assert!(meaning(&list(0, 1)).starts_with("Private: for 1 charge token."));
    let nobody = Authorization {
        customer_tokens: 0,
        ..list(1, 0)
    };
    assert!(meaning(&nobody).contains("nobody may charge here"));
    let open = Authorization {
        visibility: Visibility::Published,
        ..list(0, 0)
    };
    assert!(meaning(&open).starts_with("Published: everybody may charge."));
    assert!(meaning(&list(0, 0)).starts_with("Unpublished"));
}

#[wasm_bindgen_test]
fn a_removal_names_what_goes_on_its_button() {
    assert_eq!(
        words::remove_button(12, List::Tokens, false),
        "Remove 12 charge tokens"
    );
    let last = "Remove the last charge token and open the location";
    assert_eq!(words::remove_button(1, List::Tokens, true), last);
    let all = "Remove all 2 customers and open the location";
    assert_eq!(words::remove_button(2, List::Customers, true), all);
    assert!(words::opening(1, List::Tokens, 4).contains("its 4 charging stations"));
}

#[wasm_bindgen_test]
fn a_change_of_visibility_is_said_and_none_is_not() {
    assert!(
        words::visibility_change("Published", "Private")
            .unwrap()
            .contains("private now")
    );
    assert!(
        words::visibility_change("Private", "Unpublished")
            .unwrap()
            .contains("open now")
    );
    assert_eq!(words::visibility_change("Private", "Private"), None);
}

fn offer(id: &str, listed: bool) -> Offer {
    Offer {
        id: id.into(),
        external: false,
        title: id.into(),
        detail: String::new(),
        listed,
        warnings: vec![],
    }
}

#[wasm_bindgen_test]
fn keys_move_and_pick_and_the_space_bar_types_until_the_list_is_entered() {
    let owner = owner();
    owner.with(|| {
        let picker = Picker::default();
        picker.show(vec![offer("a", true), offer("b", false), offer("c", false)]);
        assert_eq!(
            picker.active.get_untracked(),
            Some(1),
            "what is listed already is not offered first"
        );
        assert!(!picker.key(" "));
        assert!(picker.picked.get_untracked().is_empty());
        assert!(picker.key("ArrowDown") && picker.key(" "));
        assert!(picker.is_picked("c"));
        assert!(picker.key("ArrowDown") && picker.key("Enter"));
        assert_eq!(
            picker.picked.with_untracked(Vec::len),
            1,
            "what is listed already cannot be picked"
        );
        assert!(picker.key("End") && picker.key("Enter"));
        assert!(
            picker.picked.get_untracked().is_empty(),
            "picked again is put back"
        );
        picker.typed("x".into());
        assert!(!picker.key(" ") && !picker.key("Home"));
        assert!(!picker.key("a"));
        picker.key("Enter");
        assert!(
            picker.picked.get_untracked().is_empty(),
            "Enter picks nothing that was found for other words"
        );
        assert!(picker.key("ArrowDown") && picker.key("Enter"));
        assert_eq!(
            (
                picker.active.get_untracked(),
                picker.picked.with_untracked(Vec::len)
            ),
            (None, 0),
            "nor do the arrow keys lead to it"
        );
        assert!(!picker.key(" "), "and the space bar types");
        picker.show(vec![offer("d", false)]);
        assert!(picker.key("Enter") && picker.is_picked("d"));
    });
}

#[wasm_bindgen_test]
fn an_unknown_auth_id_is_offered_as_external_with_its_warnings() {
    let none = record(&SearchResult::default());
    let (found, refused) = offers(&none, "NL-GFX-C0B34A240-X", List::Tokens);
    assert_eq!(refused, None);
    assert_eq!(
        (found[0].id.as_str(), found[0].external),
        ("NL-GFX-C0B34A240-X", true)
    );
    assert!(
        found[0]
            .title
            .starts_with("Add NL-GFX-C0B34A240-X as an external Auth ID")
    );
    assert_eq!(found[0].warnings, [Code::WCheckDigit.meaning()]);
    let (found, refused) = offers(&none, "n/a", List::Tokens);
    assert!(found.is_empty());
    assert_eq!(refused, Some(Code::EPlaceholder));
    assert!(offers(&none, "NL-GFX-C0B34A240-X", List::Customers).0.is_empty());
    assert!(offers(&none, "  ", List::Tokens).0.is_empty());
}

#[wasm_bindgen_test]
fn a_token_that_is_found_is_not_offered_as_external_too() {
    let token = token("t1", TokenState::Blocked);
    for words in ["nlgfxc00000001", "NL*GFX*C00000001", "04:a1:b2:c3"] {
        let hit = TokenHit {
            token: token.clone(),
            listed: true,
        };
        let result = SearchResult {
            tokens: vec![hit],
            total: 1,
            ..SearchResult::default()
        };
        let (found, _) = offers(&record(&result), words, List::Tokens);
        assert_eq!(found.len(), 1, "{words}");
        assert!(found[0].listed);
        assert_eq!(found[0].warnings, ["Blocked: refused though listed"]);
    }
}

fn token(id: &str, state: TokenState) -> TokenRef {
    TokenRef {
        id: id.into(),
        auth_id: "NL-GFX-C00000001".into(),
        chip_id: Some("04A1B2C3".into()),
        visual_id: None,
        customer: None,
        state,
    }
}

fn entry(id: &str, kind: IdKind, token: Option<TokenRef>) -> TokenEntry {
    TokenEntry {
        entry_id: format!("e-{id}"),
        kind,
        id: id.into(),
        token,
        added_at: "2026-11-20T08:00:00Z".into(),
        import_id: None,
        in_apps: false,
    }
}

#[wasm_bindgen_test]
fn what_is_removed_is_put_back_as_what_it_was() {
    let known = entry(
        "NL-GFX-C00000001",
        IdKind::AuthId,
        Some(token("t1", TokenState::Valid)),
    );
    let external = entry("NL-EXT-1", IdKind::AuthId, None);
    let removal = Change::remove(List::Tokens, &[record(&known), record(&external)]);
    assert_eq!((removal.count, removal.all), (2, false));
    let back = removal.back().unwrap();
    assert!(!back.removes);
    assert_eq!(
        (back.ids, back.auth_ids),
        (vec!["t1".to_owned()], vec!["NL-EXT-1".to_owned()])
    );
    let chip = entry("04A1B2C3", IdKind::ChipId, None);
    let back = Change::remove(List::Tokens, &[record(&known), record(&chip)])
        .back()
        .unwrap();
    assert_eq!(
        (back.ids, back.chip_ids),
        (vec!["t1".to_owned()], vec!["04A1B2C3".to_owned()])
    );
    assert!(
        !Change::remove(List::Tokens, &[]).all,
        "nothing selected is not everything"
    );
}

#[wasm_bindgen_test]
fn a_customer_that_is_removed_is_put_back_by_its_id() {
    let entry = CustomerEntry {
        entry_id: "e1".into(),
        customer: CustomerRef {
            id: "c1".into(),
            external_id: "K-1".into(),
            name: "Volta".into(),
        },
        tokens: 3,
        added_at: "2026-11-20T08:00:00Z".into(),
    };
    let removal = Change::remove(List::Customers, &[record(&entry)]);
    assert_eq!(removal.entries, ["e1"]);
    assert_eq!(removal.back().unwrap().ids, ["c1"]);
}

/// An editor over a list, and a portal that answers changes with what `reply` says.
async fn editor(
    before: Authorization,
    mut reply: impl FnMut(&Seen) -> Reply + 'static,
) -> (Owner, Portal, Editor, Rc<RefCell<Vec<Record>>>) {
    let now = before.clone();
    let portal = Portal::start(move |seen| match seen.method.as_str() {
        "GET" => Reply::ok(&now),
        _ => reply(seen),
    });
    let owner = owner();
    let made: Rc<RefCell<Vec<Record>>> = Rc::default();
    let editor = owner.with(|| {
        let signal = StoredValue::new(send_wrapper::SendWrapper::new(made.clone()));
        let hears = Callback::new(move |(_, _, done): (Editor, Change, Record)| {
            signal.with_value(|made| made.borrow_mut().push(done));
        });
        Editor::new("L1".into(), hears)
    });
    until("loaded", || untrack(|| editor.list.is_loaded())).await;
    (owner, portal, editor, made)
}

fn changed(authorization: Authorization) -> Reply {
    Reply::ok(&ListChange {
        added: 0,
        already_listed: 0,
        removed: 1,
        visibility_before: Visibility::Private,
        authorization,
    })
}

fn removal(count: u64) -> Change {
    let ids = (0..count).map(|n| record(&entry(&format!("NL-EXT-{n}"), IdKind::AuthId, None)));
    Change::remove(List::Tokens, &ids.collect::<Vec<_>>())
}

fn posts(portal: &Portal) -> Vec<Seen> {
    portal
        .seen()
        .into_iter()
        .filter(|seen| seen.method == "POST")
        .collect()
}

#[wasm_bindgen_test]
async fn a_removal_that_leaves_entries_is_made_at_once_for_the_version_that_is_shown() {
    let (_owner, portal, editor, made) = editor(list(1, 2), |_| changed(list(1, 1))).await;
    editor.start(removal(1));
    until("made", || made.borrow().len() == 1).await;
    let sent = posts(&portal);
    assert!(sent[0].is("POST", "/locations/L1/authorization/tokens/remove"));
    assert_eq!(sent[0].if_match.as_deref(), Some("\"4\""));
    assert_eq!(sent[0].json()["confirm"], false);
    assert_eq!(editor.list.with_untracked(|list| list.count("tokens")), Some(1));
}

#[wasm_bindgen_test]
async fn the_last_entry_asks_before_anything_is_sent_and_goes_confirmed() {
    let (_owner, portal, editor, made) = editor(list(0, 1), |_| changed(list(0, 0))).await;
    editor.start(removal(1));
    assert!(editor.question.get_untracked().unwrap().opens);
    assert!(posts(&portal).is_empty());
    editor.confirm();
    editor.confirm();
    until("made", || made.borrow().len() == 1).await;
    let sent = posts(&portal);
    assert_eq!(sent.len(), 1, "a second press sends nothing");
    assert_eq!(sent[0].json()["confirm"], true);
    assert!(editor.question.get_untracked().is_none());
}

#[wasm_bindgen_test]
async fn the_server_may_know_better_that_the_list_is_emptied() {
    let mut asked = 0;
    let reply = move |_: &Seen| {
        asked += 1;
        if asked == 1 {
            Reply::problem(409, kind::OPENS_LOCATION)
        } else {
            changed(list(0, 0))
        }
    };
    let (_owner, portal, editor, made) = editor(list(0, 2), reply).await;
    editor.start(removal(1));
    until("asked", || {
        editor
            .question
            .get_untracked()
            .is_some_and(|question| question.opens)
    })
    .await;
    assert!(made.borrow().is_empty());
    editor.confirm();
    until("made", || made.borrow().len() == 1).await;
    assert_eq!(posts(&portal)[1].json()["confirm"], true);
}

#[wasm_bindgen_test]
async fn removing_all_asks_with_the_number_that_is_listed() {
    let (_owner, portal, editor, _made) = editor(list(1, 12), |_| changed(list(1, 0))).await;
    editor.start(Change::remove_all(List::Tokens, 0));
    let question = editor.question.get_untracked().unwrap();
    assert_eq!((question.count, question.opens), (12, false));
    assert!(posts(&portal).is_empty());
    editor.confirm();
    until("sent", || posts(&portal).len() == 1).await;
    assert_eq!(posts(&portal)[0].json()["all"], true);
}

/// The list may be read anew below an open question: the answer is about what the question told.
#[wasm_bindgen_test]
async fn a_question_is_answered_for_the_list_that_it_was_about() {
    let (_owner, portal, editor, _made) = editor(list(1, 12), |_| Reply::problem(412, kind::STALE)).await;
    editor.start(Change::remove_all(List::Tokens, 0));
    editor.list.set(record(&Authorization {
        version: 9,
        ..list(1, 500)
    }));
    editor.confirm();
    until("too late", || editor.stale.get_untracked().is_some()).await;
    assert_eq!(posts(&portal)[0].if_match.as_deref(), Some("\"4\""));
}

#[wasm_bindgen_test]
async fn a_change_that_a_colleague_was_faster_than_is_kept_and_can_be_made_again() {
    let mut stale = true;
    let reply = move |_: &Seen| {
        if std::mem::take(&mut stale) {
            Reply::problem(412, kind::STALE)
        } else {
            changed(list(1, 1))
        }
    };
    let (_owner, portal, editor, made) = editor(list(1, 2), reply).await;
    editor.send(removal(1));
    until("too late", || editor.stale.get_untracked().is_some()).await;
    assert_eq!(editor.stale.get_untracked(), Some(removal(1)));
    assert!(made.borrow().is_empty());
    until("read again", || {
        portal.count("GET", "/locations/L1/authorization") == 2
    })
    .await;
    editor.again();
    until("made", || made.borrow().len() == 1).await;
    assert!(editor.stale.get_untracked().is_none());
}

#[wasm_bindgen_test]
async fn a_change_that_fails_says_why() {
    let (_owner, _portal, editor, made) = editor(list(1, 2), |_| Reply::Lost).await;
    editor.send(removal(1));
    until("failed", || editor.problem.get_untracked().is_some()).await;
    assert_eq!(editor.problem.get_untracked().unwrap().kind, kind::CONNECTION);
    assert!(made.borrow().is_empty());
    assert!(!editor.busy.get_untracked(), "it can be tried again");
}
