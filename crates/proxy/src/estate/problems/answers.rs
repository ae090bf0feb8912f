//! What ChargePoint's response codes mean to who asked.

use chargepoint::{Code, Meaning};
use domain::problem::{FieldError, Problem, kind};

/// The problem of an answer that is neither done nor an empty list, and about these parameters of the call. Its
/// number is the problem's `code`, its words, or the guide's where it has none, the `detail`.
pub fn of(meaning: Option<Meaning>, number: &str, said: &str, fields: &[String]) -> Problem {
    let code = Code::of(number);
    let meaning = meaning.unwrap_or(Meaning::Upstream);
    let (kind, status, title) = head(meaning);
    let said = match (said.trim(), code) {
        // ChargePoint's words are about programs, and the same whatever was asked for.
        _ if meaning == Meaning::PlanRestricted => NOT_IN_PLAN,
        ("", Some(code)) => code.text(),
        ("", None) => "ChargePoint gave no reason.",
        (said, _) => said,
    };
    let error = |field: &String| FieldError {
        field: field.clone(),
        message: super::ended(said).to_owned(),
    };
    let errors = fields.iter().map(error).collect();
    Problem {
        kind: kind.into(),
        title: title.into(),
        status,
        detail: said.to_owned(),
        code: Some(number.to_owned()),
        errors,
    }
}

const NOT_IN_PLAN: &str = "Your service plan at ChargePoint does not cover this. ChargePoint's customer support can \
                           change the plan; the rest of the portal works without it.";

fn head(meaning: Meaning) -> (&'static str, u16, &'static str) {
    match meaning {
        Meaning::NothingFound => (kind::NOT_FOUND, 404, "ChargePoint knows no such record"),
        Meaning::PlanRestricted => (
            kind::PLAN_RESTRICTED,
            403,
            "The plan at ChargePoint does not include this",
        ),
        Meaning::NotYours => (
            kind::NOT_YOURS,
            403,
            "It is another organization's at ChargePoint",
        ),
        Meaning::Invalid(_) => (kind::INVALID, 422, "ChargePoint would not take this"),
        Meaning::Conflict => (
            kind::CHARGEPOINT_REFUSED,
            409,
            "ChargePoint does not do this as things are",
        ),
        Meaning::RateLimited => (kind::TOO_MANY, 429, "ChargePoint was asked too often"),
        Meaning::Unavailable => (
            kind::CHARGEPOINT_UNAVAILABLE,
            503,
            "ChargePoint or the station cannot do this now",
        ),
        // No answer that says "done" comes here; one that does is not understood.
        Meaning::Upstream | Meaning::Done => (
            kind::CHARGEPOINT_FAULT,
            502,
            "ChargePoint reported an error of its own",
        ),
    }
}
