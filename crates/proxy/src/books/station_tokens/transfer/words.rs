//! A transfer in words.

use domain::problem::FieldError;
use domain::station_tokens::{Reason, RefusedToken, TransferResult};

use crate::problem::Error;

/// How many tokens that cannot move are named.
const NAMED: usize = 100;

/// How many cannot move, by reason.
pub fn reasons(refused: &[(String, &'static str)]) -> Vec<Reason> {
    let mut all: Vec<Reason> = Vec::new();
    for (_, reason) in refused {
        match all.iter_mut().find(|known| known.reason == *reason) {
            Some(known) => known.count += 1,
            None => all.push(Reason {
                reason: (*reason).to_owned(),
                count: 1,
            }),
        }
    }
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
    all
}

/// The first of them.
pub fn examples(refused: Vec<(String, &'static str)>) -> Vec<RefusedToken> {
    refused.into_iter().take(NAMED).map(example).collect()
}

fn example((token_sn, reason): (String, &'static str)) -> RefusedToken {
    RefusedToken {
        token_sn,
        reason: reason.to_owned(),
    }
}

/// Why nothing was moved. `meant`: how many the sender meant.
pub fn refusal(result: &TransferResult, meant: Option<u64>) -> Error {
    let all = result.moves + result.refused;
    let reasons: Vec<String> = result
        .reasons
        .iter()
        .map(|one| format!("{} {}", one.count, one.reason))
        .collect();
    let cannot = match result.refused {
        0 => format!("All {all} tokens can move"),
        refused => format!("{refused} of {all} tokens cannot move: {}", reasons.join(", ")),
    };
    let meant = match meant {
        Some(meant) if meant != result.moves => {
            format!(" Meant were {meant} that can, by now there are {}.", result.moves)
        }
        _ => String::new(),
    };
    let error = |refused: &RefusedToken| FieldError {
        field: "tokenSns".into(),
        message: format!("{}: {}", refused.token_sn, refused.reason),
    };
    Error::TransferRefused {
        detail: format!("{cannot}.{meant} Nothing was moved."),
        errors: result.examples.iter().map(error).collect(),
    }
}
