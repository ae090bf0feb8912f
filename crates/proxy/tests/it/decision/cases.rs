//! Each case of the table, asked of the function and of REST.

use super::table::CASES;
use super::world::{Portal, Sets};
use crate::support::{TestApp, on_both};

on_both! {
    async fn every_case_has_one_answer(app) {
        println!("{:<46} {:<16} {:<16} shown", "case", "function", "REST");
        let mut wrong = Vec::new();
        for case in CASES {
            let (mut sets, mut portal) = (Sets::published(), Portal::of(app).await);
            for step in case.steps {
                sets.apply(*step);
                portal.apply(*step).await;
            }
            let (function, rest) = (sets.answer(&case.ask), portal.answer(&case.ask).await);
            println!("{:<46} {:<16} {:<16} {}", case.name, function.0, rest.0, rest.1);
            let expected = (case.says.to_owned(), case.shown);
            if function != expected || rest != expected {
                wrong.push(format!("{}: function {function:?}, REST {rest:?}, expected {expected:?}", case.name));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
