use chargepoint::calls::user_status::{UpdateUserStatus, UpdateUserStatusResponse};
use chargepoint::code::Code;
use chargepoint::{Association, Decision};

use crate::Estate;
use crate::estate::drivers::Undecidable;
use crate::service::calls::Answered;
use crate::service::{Refused, success};

impl Answered for UpdateUserStatus {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<UpdateUserStatusResponse, Refused> {
        let user_id = match self.user_ids.as_slice() {
            [] => return Err(Code::Mandatory.into()),
            [one] => one.trim(),
            _ => return Err(Code::InvalidFields.into()),
        };
        let association = self.association.ok_or(Code::Mandatory)?;
        let status = self.status.ok_or(Code::Mandatory)?;
        let association = Association::of(association.trim()).ok_or(Code::InvalidFields)?;
        let decision = Decision::of(status.trim()).ok_or(Code::InvalidFields)?;
        let driver = estate.driver_mut(user_id).ok_or(Code::InvalidUser)?;
        match driver.decide(association, decision, self.custom_text, now) {
            Ok(()) => Ok(success()),
            Err(Undecidable::NoRequest) => Err(Code::NoUserRequest.into()),
            Err(Undecidable::Already(decision)) => {
                let word = if decision == Decision::Approved {
                    "Approved"
                } else {
                    "Rejected"
                };
                let text = format!("Connection already {word} for this driver");
                Err(Refused::because(Code::AlreadyDecided, text))
            }
        }
    }
}
