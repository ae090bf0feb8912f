//! The guide's rules: what is refused before a call is spent, by which parameter, and with which code
//! of the guide.

mod loads;
mod searches;
mod times;
mod writes;

use std::fmt::Debug;

use chargepoint::calls::Call;

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The parameter and the code that a call is refused with.
fn refused<C: Call + Debug>(call: &C) -> (&'static str, &'static str) {
    let invalid = call.check().expect_err(&format!("{call:?}"));
    // A sentence of ours, or the guide's words.
    let why = &invalid.why;
    assert!(why.ends_with('.') || why == invalid.code.text(), "{why}");
    (invalid.field, invalid.code.number())
}

fn taken<C: Call + Debug>(call: &C) {
    if let Err(invalid) = call.check() {
        panic!("{call:?}: {invalid:?}");
    }
}
