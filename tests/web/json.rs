//! Records on their way through the app's own JSON, against `serde_json`.

use std::fmt::Debug;

use domain::listing::Page;
use domain::locations::{Coordinates, LocationPatch, OpeningHours, OpeningSpan};
use domain::privacy::{Decision, Via};
use domain::problem::{FieldError, Problem};
use ev_portal::api::json::{from_str, to_string};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen_test::wasm_bindgen_test;

/// It is read as the server writes it, and the server reads what is written.
fn travels<T: Serialize + DeserializeOwned + PartialEq + Debug>(record: &T) {
    let theirs = serde_json::to_string(record).unwrap();
    assert_eq!(from_str::<T>(&theirs).unwrap(), *record);
    let own = to_string(record).unwrap();
    assert_eq!(serde_json::from_str::<T>(&own).unwrap(), *record, "{own}");
}

#[wasm_bindgen_test]
fn records_travel() {
    travels(&Problem {
        title: "\"Quoted\" \\ \u{0}\u{7}\u{1f}\n\t Köln 🔌 \u{2028}".into(),
        status: 422,
        errors: vec![FieldError {
            field: "name".into(),
            message: String::new(),
        }],
        ..Problem::default()
    });
    let span = OpeningSpan {
        start_time: "08:00".into(),
        end_time: "24:00".into(),
    };
    let week = OpeningHours::from([("0".into(), vec![]), ("1".into(), vec![span.clone(), span])]);
    travels(&LocationPatch {
        coordinates: Some(Coordinates {
            latitude: -0.123_456_789,
            longitude: 1e-9,
        }),
        opening_hours: Some(week),
        ..LocationPatch::default()
    });
    travels(&Page {
        items: vec![true, false],
        total: (1 << 53) - 1,
        page: 1,
        page_size: 50,
        as_of: "2026-11-20T08:00:00Z".into(),
    });
    travels(&Some(-7_i64));
    travels(&None::<String>);
}

#[wasm_bindgen_test]
fn reasons_travel_with_what_they_name() {
    let (id, name) = ("c".to_owned(), "Customer".to_owned());
    travels(&Decision::Listed(Via::Customer { id, name }));
    travels(&Decision::Listed(Via::Token));
    travels(&Decision::Expired);
}

#[wasm_bindgen_test]
fn what_has_another_shape_is_refused() {
    let wrong = [
        "",
        "{",
        "[]",
        "null",
        r#"{"latitude":1}"#,
        r#"{"latitude":"1","longitude":2}"#,
        r#"{"latitude":null,"longitude":2}"#,
    ];
    for text in wrong {
        assert!(from_str::<Coordinates>(text).is_err(), "{text}");
    }
    let lacking = from_str::<Coordinates>(r#"{"latitude":1,"unknown":[{}]}"#).unwrap_err();
    assert_eq!(lacking.to_string(), "longitude");
    for text in ["1.5", "-1", "true", "\"1\""] {
        assert!(from_str::<u32>(text).is_err(), "{text}");
    }
    assert!(to_string(&'c').is_err());
    assert!(to_string(&-1_i64).is_ok());
}
