use chargepoint::calls::Coded;
use chargepoint::calls::user_status::{UpdateUserStatus, UpdateUserStatusResponse};
use chargepoint::{Association, Decision, code};

use crate::Estate;
use crate::estate::drivers::Undecidable;
use crate::search::Refused;

/// Answers updateUserStatus at a moment, in seconds since 1970 UTC.
pub fn answer(
    estate: &mut Estate,
    call: UpdateUserStatus,
    now: i64,
) -> Result<UpdateUserStatusResponse, Refused> {
    let user_id = match call.user_ids.as_slice() {
        [] => return Err(code::MANDATORY),
        [one] => one.trim(),
        _ => return Err(code::INVALID_FIELDS),
    };
    let association = call.association.ok_or(code::MANDATORY)?;
    let status = call.status.ok_or(code::MANDATORY)?;
    let association = Association::of(association.trim()).ok_or(code::INVALID_FIELDS)?;
    let decision = Decision::of(status.trim()).ok_or(code::INVALID_FIELDS)?;
    let driver = estate.driver_mut(user_id).ok_or(code::INVALID_USER)?;
    match driver.decide(association, decision, call.custom_text, now) {
        Ok(()) => Ok(super::success()),
        Err(Undecidable::NoRequest) => Err(code::NO_USER_REQUEST),
        Err(Undecidable::Already(decision)) => {
            let word = if decision == Decision::Approved {
                "Approved"
            } else {
                "Rejected"
            };
            let text = format!("Connection already {word} for this driver");
            Ok(UpdateUserStatusResponse::of_code(code::ALREADY_DECIDED, &text))
        }
    }
}
