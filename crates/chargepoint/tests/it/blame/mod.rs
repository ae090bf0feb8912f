//! Which parameter a refusal is about, for every code and call.

mod cases;

use chargepoint::calls::users::{GetUsers, UsersQuery};
use chargepoint::code::{Code, Meaning, blamed};
use chargepoint::table::{Kind, OPERATIONS, Operation, Shape};
use chargepoint::{Error, Invalid};
use serde_json::{Value, json};

use crate::fake::{Fake, envelope, http};
use crate::json::sample;

/// No call has what they are about: a person's e-mail address and password, a handle of an account, a
/// reservation, a group's code, a subscriber.
const NOBODY: &[&str] = &["104", "108", "113", "140", "170"];

fn operation(name: &str) -> &'static Operation {
    OPERATIONS
        .iter()
        .find(|operation| operation.name == name)
        .unwrap()
}

fn fields(operation: &'static Operation, request: &Value, code: &str, said: &str) -> Vec<String> {
    blamed(&operation.request, request, Code::of(code).unwrap(), said)
}

/// Whether a request of this shape has a place of that name.
fn has(shape: &'static Shape, name: &str) -> bool {
    shape.parameters().iter().any(|one| one.name == name) || has_place(shape, name)
}

fn has_place(shape: &Shape, name: &str) -> bool {
    let nested = |kind: Kind, rest: &str| match kind {
        Kind::Complex(nested) => rest.is_empty() || has_place(nested, rest),
        _ => rest.is_empty(),
    };
    let (first, rest) = name.split_once('.').unwrap_or((name, ""));
    let first = first.split('[').next().unwrap();
    if !shape.is_wrapper() {
        return shape
            .fields
            .iter()
            .any(|field| field.json == first && nested(field.kind, rest));
    }
    let only = &shape.fields[0];
    let item = match only.kind {
        Kind::Complex(item) => has_place(item, name),
        _ => false,
    };
    item || only.json == first && nested(only.kind, rest)
}

/// With nothing given, all given, and each parameter alone; in the guide's words, none, and with names.
#[test]
fn every_code_is_about_a_parameter_of_the_call_or_about_none_of_any() {
    let mut nobody = Vec::new();
    let invalid = |code: &&Code| matches!(code.meaning(), Meaning::Invalid(_));
    for code in Code::ALL.iter().filter(invalid) {
        let mut some = false;
        for operation in OPERATIONS {
            let all = sample(&operation.request, &mut 0);
            let mut requests = vec![Value::Null, json!({}), all.clone()];
            if let Value::Object(given) = &all {
                requests.extend(given.iter().map(|(name, value)| json!({ name: value })));
            }
            let about: Vec<bool> = requests
                .iter()
                .flat_map(|request| {
                    ["", code.text(), "Wrong <colour>", "Wrong <sgID>, <stationId>"]
                        .map(|said| (request, said))
                })
                .map(|(request, said)| {
                    let names = fields(operation, request, code.number(), said);
                    for name in &names {
                        assert!(
                            has(&operation.request, name),
                            "{code:?} {}: {name} of {request}",
                            operation.name
                        );
                    }
                    let error = Error::Response {
                        code: code.number().into(),
                        text: said.into(),
                        fields: names.clone(),
                    };
                    let is_ours = error.meaning() == Some(Meaning::Upstream);
                    assert_eq!(is_ours, names.is_empty(), "{code:?}");
                    assert!(!error.leaves_open(), "it was refused");
                    !names.is_empty()
                })
                .collect();
            assert!(
                about.iter().all(|one| *one == about[0]),
                "{code:?} {}: it depends on the call alone",
                operation.name
            );
            some |= about[0];
        }
        if !some {
            nobody.push(code.number());
        }
    }
    assert_eq!(nobody, NOBODY);
}

/// What a call can be refused for by its own rules can be told by an answer, too.
#[test]
fn a_general_refusal_names_something_wherever_there_is_a_parameter() {
    for operation in OPERATIONS {
        for code in ["135", "171", "172"] {
            let names = fields(operation, &Value::Null, code, "");
            assert_eq!(
                names.is_empty(),
                operation.name == "getCPNInstances",
                "{}",
                operation.name
            );
        }
    }
}

#[tokio::test]
async fn the_client_tells_it_with_the_answer() {
    let answer = "<ns1:getUsersResponse><responseCode>189</responseCode></ns1:getUsersResponse>";
    let client = Fake::always(http(200, "", envelope(answer))).await.client();
    let search_query = UsersQuery {
        last_name: Some("Ming".into()),
        ..UsersQuery::default()
    };
    match client.call(&GetUsers { search_query }).await.unwrap_err() {
        Error::Response { fields, .. } => assert_eq!(fields, ["numUsers"]),
        other => panic!("{other:?}"),
    }
    // What was never sent names its parameter itself.
    let unsent = Error::from(Invalid::of("userID", Code::InvalidUser));
    assert!(matches!(unsent.meaning(), Some(Meaning::Invalid(_))));
}
