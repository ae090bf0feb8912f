//! Each case of the table, asked of the function, of REST, and by partners in OCPI.

use super::table::cases;
use super::world::{Partners, Portal, Sets};
use crate::support::{TestApp, on_both, show};

/// What the words of the table's third column stand for.
const OCPI: &str = "\
In OCPI a card is asked for by `authorize`: ALLOWED (open, listed), NOT_ALLOWED (not listed), BLOCKED, EXPIRED, 2003 (no
such location or EVSE), 2004 (nobody knows the card). A contract is asked for by START_SESSION, which knows two answers:
REJECTED (whatever the reason) and, since ChargePoint carries out no command, NOT_SUPPORTED for who may charge.";

on_both! {
    async fn every_case_has_one_answer(app) {
        let mut table = format!("{OCPI}\n{:<46} {:<16} {:<16} {:<14} shown\n", "case", "function", "REST", "OCPI");
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
            table += &format!("{:<46} {:<16} {:<16} {told:<14} {}\n", case.name, function.0, rest.0, rest.1);
            let expected = (case.says.to_owned(), case.shown);
            let in_ocpi = Partners::expected(&case.ask, case.says, sets.knows(&case.ask));
            if function != expected || rest != expected || told != in_ocpi {
                wrong.push(format!(
                    "{}: function {function:?}, REST {rest:?}, expected {expected:?}; OCPI {told}, expected {in_ocpi}",
                    case.name
                ));
            }
        }
        show("cases", &table);
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
