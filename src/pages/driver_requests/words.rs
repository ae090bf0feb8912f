//! The decisions in words.

use domain::driver_requests::STATUSES;

use crate::api::Record;
use crate::kit::format::count;
use crate::kit::time::{local, now};
use crate::kit::{Look, Tone};

/// A decision.
pub struct Decision {
    /// On buttons, and as it is sent.
    pub word: &'static str,
    pub done: &'static str,
    /// As a request's `can` names it.
    pub action: &'static str,
    /// What it is made about: one and many.
    noun: (&'static str, &'static str),
    pub look: Look,
    /// What follows from it.
    pub follows: &'static str,
}

pub const DECISIONS: &[Decision] = &[
    Decision {
        word: "Approve",
        done: "Approved",
        action: "approve",
        noun: ("request", "requests"),
        look: Look::Primary,
        follows: "Where the connection names a customer, a driver's new card becomes a charge token of that customer.",
    },
    Decision {
        word: "Deny",
        done: "Denied",
        action: "deny",
        noun: ("request", "requests"),
        look: Look::Danger,
        follows: "A denied request can still be approved later.",
    },
    Decision {
        word: "Remove",
        done: "Removed",
        action: "remove",
        noun: ("driver", "drivers"),
        look: Look::Danger,
        follows: "They are no longer connected. A card that became a charge token by their approval is blocked, unless another driver has it.",
    },
];

impl Decision {
    /// "12 requests"
    fn things(&self, many: u64) -> String {
        count(many, self.noun.0, self.noun.1)
    }

    /// On the button: "Approve 12 requests".
    pub fn button(&self, many: u64) -> String {
        format!("{} {}", self.word, self.things(many))
    }

    /// What came of it: "Approved 12 requests. 3 charge tokens were made of their cards."
    pub fn outcome(&self, decided: &Record) -> String {
        let mut words = format!("{} {}.", self.done, self.things(decided.count("done")));
        let tokens = decided.count("tokens");
        if tokens > 0 {
            let made = if tokens == 1 { "was" } else { "were" };
            let tokens = count(tokens, "charge token", "charge tokens");
            words.push_str(&format!(" {tokens} {made} made of their cards."));
        }
        words
    }
}

/// What a driver answered, in one line.
pub fn answers(request: &Record) -> String {
    let line = |answer: &Record| format!("{}: {}", answer.text("question"), answer.text("answer"));
    let lines: Vec<String> = request.records("answers").iter().map(line).collect();
    lines.join("; ")
}

/// What is to be known beside the status: why the last decision was not carried out, that the driver is
/// connected already, or that the answers are old.
pub fn note(request: &Record) -> String {
    let due = request.text("answersDue");
    if request.has("problem") {
        request.text("problem")
    } else if request.flag("renews") {
        "Connected already: these are newer answers".into()
    } else if !due.is_empty() && due < now() {
        format!("Answers due since {}", local(&due))
    } else {
        String::new()
    }
}

/// The tone of a status.
pub fn tone(status: &str) -> Tone {
    match STATUSES.iter().position(|own| *own == status) {
        Some(0) => Tone::Attention,
        Some(1) => Tone::Good,
        Some(2) => Tone::Bad,
        _ => Tone::Neutral,
    }
}
