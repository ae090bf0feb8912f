//! What the app sends and reads, against `serde_json`.

use domain::problem::{FieldError, Problem};
use ev_portal::api::Record;
use ev_portal::api::json::{Value, body};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn texts_travel_whatever_they_hold() {
    let text = "\"Quoted\" \\ \u{0}\u{7}\u{1f}\n\t Köln 🔌 \u{2028}";
    let sent = body(&[
        ("a", text.into()),
        ("b", vec![text.to_owned()].into()),
        ("c", Value::Null),
    ]);
    let read: serde_json::Value = serde_json::from_str(&sent).unwrap();
    assert_eq!(read, serde_json::json!({"a": text, "b": [text], "c": null}));
    assert_eq!(Record::parse(&sent).unwrap().text("a"), text);
}

#[wasm_bindgen_test]
fn problems_are_read_as_the_server_writes_them() {
    let problem = Problem {
        kind: "/problems/invalid".into(),
        title: "\"Some\" of it".into(),
        status: 422,
        detail: "Köln".into(),
        code: Some("137".into()),
        errors: vec![FieldError {
            field: "name".into(),
            message: String::new(),
        }],
    };
    let read = |problem: &Problem| {
        let text = serde_json::to_string(problem).unwrap();
        Record::parse(&text).unwrap().as_problem()
    };
    assert_eq!(read(&problem), Some(problem.clone()));
    let bare = Problem {
        title: "Only this".into(),
        ..Problem::default()
    };
    assert_eq!(read(&bare), Some(bare.clone()));
}

#[wasm_bindgen_test]
fn what_is_no_problem_is_none() {
    for text in ["[]", "null", "1", r#"{"title":""}"#, r#"{"title":[]}"#] {
        assert_eq!(Record::parse(text).unwrap().as_problem(), None, "{text}");
    }
    assert!(Record::parse("{").is_none());
}
