//! The transport and what pages show of it, over a portal that answers as a test says.

use std::cell::Cell;
use std::rc::Rc;

use domain::listing::ListQuery;
use domain::problem::{Problem, kind};
use ev_portal::api::transport::{Asked, Call};
use ev_portal::api::{self, Loaded, Record, Rows, Write, records};
use ev_portal::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{mount, until};
use super::portal::{Portal, Reply};

fn customers(query: &ListQuery) -> Asked<Rows> {
    Call::get("/customers").list(query).fetch()
}

#[wasm_bindgen_test]
async fn a_list_is_asked_for_with_what_is_not_usual() {
    let portal =
        Portal::start(|_| Reply::Json(200, r#"{"items":[],"total":0,"page":1,"pageSize":50}"#.into()));
    customers(&ListQuery::default()).await.unwrap();
    let query = ListQuery {
        q: "a & b".into(),
        sort: "-name".into(),
        page: 3,
        page_size: 25,
        ..ListQuery::default()
    };
    customers(&query).await.unwrap();
    let paths: Vec<_> = portal.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(
        paths,
        ["/customers", "/customers?q=a+%26+b&sort=-name&page=3&pageSize=25"]
    );
}

#[wasm_bindgen_test]
async fn a_change_names_its_version_and_only_what_changed() {
    let portal = Portal::start(|_| Reply::problem(412, kind::STALE));
    let path = api::locations::path("a/b");
    let changed = api::records::patch(&path, 7, &[("notes", "x".into())]).await;
    let problem = changed.err().unwrap();
    assert_eq!(problem.kind, kind::STALE);
    let seen = portal.seen().remove(0);
    assert!(seen.is("PATCH", "/locations/a%2Fb"));
    assert_eq!(seen.if_match.as_deref(), Some("\"7\""));
    assert_eq!(seen.body, r#"{"notes":"x"}"#);
}

async fn problem_of(reply: impl Fn() -> Reply + 'static) -> Problem {
    let _portal = Portal::start(move |_| reply());
    customers(&ListQuery::default()).await.err().unwrap()
}

#[wasm_bindgen_test]
async fn what_is_no_answer_says_so() {
    assert_eq!(problem_of(|| Reply::Lost).await.kind, kind::CONNECTION);
    let gateway = problem_of(|| Reply::Json(502, "<html>Bad gateway</html>".into())).await;
    assert_eq!(gateway.kind, kind::CONNECTION);
    let html = problem_of(|| Reply::Json(500, "<html>Oops</html>".into())).await;
    assert_eq!((html.kind.as_str(), html.status), (kind::INTERNAL, 500));
    let other = problem_of(|| Reply::Json(200, r#"{"unexpected":true}"#.into())).await;
    assert_eq!(other.kind, kind::INTERNAL);
    assert!(other.detail.contains("Reload"));
}

#[wasm_bindgen_test]
async fn an_answer_without_content_is_enough_for_a_deletion() {
    let portal = Portal::start(|_| Reply::Json(200, String::new()));
    records::delete("/tokens/t", 2).await.unwrap();
    assert!(portal.seen().remove(0).is("DELETE", "/tokens/t"));
}

#[wasm_bindgen_test]
async fn a_newer_question_leaves_the_older_answer_aside() {
    let id = RwSignal::new("slow".to_owned());
    let [slow_asked, let_go, slow_arrived] = [(); 3].map(|()| Rc::new(Cell::new(false)));
    let (asked, may, arrived) = (slow_asked.clone(), let_go.clone(), slow_arrived.clone());
    let made = Rc::new(Cell::new(None));
    let slot = made.clone();
    let page = mount(move || {
        let loaded = Loaded::new(move || {
            let (id, asked, may, arrived) = (id.get(), asked.clone(), may.clone(), arrived.clone());
            Asked::of(async move {
                if id == "slow" {
                    asked.set(true);
                    until("let go", || may.get()).await;
                    arrived.set(true);
                }
                Ok(serde_json::to_string(&id).unwrap())
            })
        });
        slot.set(Some(loaded));
        view! { <p>{move || loaded.with(|record: &Record| record.text(""))}</p> }
    });
    let loaded: Loaded<Record> = made.get().unwrap();
    until("asked", || slow_asked.get()).await;
    id.set("quick".into());
    page.shows("quick").await;
    let_go.set(true);
    for _ in 0..5 {
        super::page::turn().await;
    }
    assert!(!slow_arrived.get());
    assert_eq!(loaded.with(|record| record.text("")).as_deref(), Some("quick"));
}

#[wasm_bindgen_test]
async fn a_change_is_sent_once_and_keeps_its_problem_by_field() {
    let portal = Portal::start(|_| {
        let body = r#"{"type":"/problems/invalid","title":"Not valid","status":422,"detail":"","errors":[{"field":"name","message":"A name is needed."}]}"#;
        Reply::Json(422, body.into())
    });
    let made = Rc::new(Cell::new(None));
    let slot = made.clone();
    let _page = mount(move || {
        let write = Write::new();
        slot.set(Some((write, write.field("name"), write.field("email"))));
    });
    let (write, name, email) = made.get().unwrap();
    for _ in 0..2 {
        write.run(records::post("/customers", &[]), |_| panic!("was refused"));
    }
    until("answered", || !write.pending().get_untracked()).await;
    assert_eq!(portal.count("POST", "/customers"), 1);
    assert_eq!(name.get_untracked().as_deref(), Some("A name is needed."));
    assert_eq!(email.get_untracked(), None);
    assert!(!write.stale().get_untracked());
}
