use chargepoint::calls::waitlist::{SetWaitlistDone, SetWaitlistDoneResponse};
use chargepoint::code::Code;

use crate::Estate;
use crate::service::calls::Answered;
use crate::service::refused::refuse_if;
use crate::service::{Refused, asked, success};

impl Answered for SetWaitlistDone {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<SetWaitlistDoneResponse, Refused> {
        let (number, policy, user_id) = {
            let port = self.port_id.as_deref().ok_or(Code::Mandatory)?;
            let user_id = self.user_id.as_deref().ok_or(Code::Mandatory)?.trim();
            let unit = asked::station(estate, self.station_id.as_deref())?;
            let mut ports = unit.station.ports.iter();
            let port = ports.position(|known| known.port_number.as_deref() == Some(port.trim()));
            let port = port.ok_or(Code::PortMissing)?;
            let mut drivers = estate.drivers().iter();
            let known = drivers.any(|driver| driver.user.user_id.as_deref() == Some(user_id));
            refuse_if(!known, Code::InvalidUser)?;
            let policy = unit.traits.waitlist.ok_or(Code::StationNotAvailable)?;
            let session = estate.session_at(unit, port, now).ok_or(Code::InvalidSession)?;
            let driver = estate.who(&session).driver;
            let own = driver.is_some_and(|driver| driver.user.user_id.as_deref() == Some(user_id));
            refuse_if(!own, Code::InvalidSession)?;
            (session.visit.id, policy, user_id)
        };
        estate.tell_done(number, policy, user_id, &self.custom_message_text, now);
        Ok(success())
    }
}
