//! Each case of the table, asked of the function, of REST, and by partners in OCPI.

use super::table::cases;
use super::world::{Partners, Portal, Sets};
use crate::support::{TestApp, on_both};

on_both! {
    async fn every_case_has_one_answer(app) {
        println!("{:<46} {:<16} {:<16} {:<14} shown", "case", "function", "REST", "OCPI");
        let partners = Partners::of(app).await;
        let mut wrong = Vec::new();
        for case in cases() {
            let (mut sets, mut portal) = (Sets::published(), Portal::of(app).await);
            for step in case.steps {
                sets.apply(*step);
                portal.apply(*step).await;
            }
            let (function, rest) = (sets.answer(&case.ask), portal.answer(&case.ask).await);
            let location = if case.ask.elsewhere { "loc_nowhere" } else { &portal.location };
            let told = partners.answer(&case.ask, location).await;
            println!("{:<46} {:<16} {:<16} {told:<14} {}", case.name, function.0, rest.0, rest.1);
            let expected = (case.says.to_owned(), case.shown);
            let in_ocpi = Partners::expected(&case.ask, case.says, sets.knows(&case.ask));
            if function != expected || rest != expected || told != in_ocpi {
                wrong.push(format!(
                    "{}: function {function:?}, REST {rest:?}, expected {expected:?}; OCPI {told}, expected {in_ocpi}",
                    case.name
                ));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
