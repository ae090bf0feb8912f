//! What the stand-in answers to which call.

use chargepoint::CpnInstance;
use chargepoint::calls::alarms::{ClearAlarms, GetAlarms};
use chargepoint::calls::clear_shed_state::ClearShedState;
use chargepoint::calls::cpn_instances::{GetCpnInstances, GetCpnInstancesResponse};
use chargepoint::calls::fleet_changes::{AddFleetVehicle, DeleteFleetVehicle, UpdateFleetVehicle};
use chargepoint::calls::fleet_usage::GetFleetUsageData;
use chargepoint::calls::fleet_vehicles::GetFleetVehicles;
use chargepoint::calls::load::GetLoad;
use chargepoint::calls::load_shed_event::{CreateLoadShedEvent, RemoveLoadShedEvent};
use chargepoint::calls::organizations::GetOrgsAndStationGroups;
use chargepoint::calls::rights_profile::GetStationRightsProfile;
use chargepoint::calls::session_intervals::Get15MinChargingSessionData;
use chargepoint::calls::sessions::GetChargingSessionData;
use chargepoint::calls::shed_load::ShedLoad;
use chargepoint::calls::station_groups::{GetStationGroupDetails, GetStationGroups};
use chargepoint::calls::station_rights::GetStationRights;
use chargepoint::calls::station_status::GetStationStatus;
use chargepoint::calls::stations::GetStations;
use chargepoint::calls::transactions::GetTransactionData;
use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::users::GetUsers;
use chargepoint::calls::waitlist::SetWaitlistDone;
use chargepoint::calls::{Call, Coded};
use chargepoint::code::{self, Code};
use chargepoint::codec::envelope::{self, Entry};
use chargepoint::codec::{Broken, Parser, read_record};
use chargepoint::rules::has_wildcard;
use chargepoint::table::Operation;

use super::{Answer, Refused};
use crate::Estate;

/// What a message asks for; with a code it gets that for an answer, whatever it asks.
pub type Request = Box<dyn FnOnce(&mut Estate, i64, Option<&str>) -> Answer>;

/// Reads the content of an operation element.
type Reader = fn(&mut Parser<'_>) -> Result<Request, Broken>;

/// A call that the stand-in answers.
pub trait Answered: Call {
    /// The answer at a moment, in seconds since 1970 UTC.
    fn answer(self, estate: &mut Estate, now: i64) -> Result<Self::Answer, Refused>;
}

/// Every call, by name.
const CALLS: &[(&str, Reader)] = &[
    (Operation::of::<GetCpnInstances>().name, cpn_instances),
    call::<GetStations>(),
    call::<GetStationStatus>(),
    call::<GetStationGroups>(),
    call::<GetStationGroupDetails>(),
    call::<GetOrgsAndStationGroups>(),
    call::<GetStationRights>(),
    call::<GetStationRightsProfile>(),
    call::<GetLoad>(),
    call::<ShedLoad>(),
    call::<ClearShedState>(),
    call::<CreateLoadShedEvent>(),
    call::<RemoveLoadShedEvent>(),
    call::<GetChargingSessionData>(),
    call::<Get15MinChargingSessionData>(),
    call::<GetTransactionData>(),
    call::<GetAlarms>(),
    call::<ClearAlarms>(),
    call::<GetUsers>(),
    call::<UpdateUserStatus>(),
    call::<SetWaitlistDone>(),
    call::<AddFleetVehicle>(),
    call::<UpdateFleetVehicle>(),
    call::<DeleteFleetVehicle>(),
    call::<GetFleetVehicles>(),
    call::<GetFleetUsageData>(),
];

const fn call<C: Answered<Answer: Coded> + 'static>() -> (&'static str, Reader) {
    (Operation::of::<C>().name, read_call::<C>)
}

fn read_call<C: Answered<Answer: Coded> + 'static>(parser: &mut Parser<'_>) -> Result<Request, Broken> {
    let (call, _) = read_record::<C>(parser)?;
    Ok(Box::new(move |estate, now, code| {
        let code = code.or_else(|| {
            let searches = call.wildcard().is_some_and(has_wildcard);
            (searches && !estate.take_wildcard(now)).then_some(Code::WildcardSpent.number())
        });
        let answer = match code {
            Some(code) => C::Answer::of_code(code, code::text(code)),
            None => {
                let answer = call.answer(estate, now);
                answer.unwrap_or_else(|refused| C::Answer::of_code(refused.code, &refused.text))
            }
        };
        (200, envelope::write_answer(&answer))
    }))
}

/// Reads what the element in the Body asks for; none where there is no such call.
pub fn read(entry: Entry<'_>, parser: &mut Parser<'_>) -> Result<Option<Request>, Broken> {
    match CALLS.iter().find(|(name, _)| entry.ours && *name == entry.name) {
        Some((_, read)) => read(parser).map(Some),
        None => parser.skip().map(|()| None),
    }
}

/// The one call whose answer has no response code.
fn cpn_instances(parser: &mut Parser<'_>) -> Result<Request, Broken> {
    let instance = |(id, name, description): (&str, &str, &str)| CpnInstance {
        id: Some(id.to_owned()),
        name: Some(name.to_owned()),
        description: Some(description.to_owned()),
    };
    let known = [
        ("1", "USA", "ChargePoint North America"),
        ("2", "EU", "ChargePoint Europe"),
        ("3", "AU", "ChargePoint Australia"),
        ("4", "CA", "ChargePoint Canada"),
    ];
    parser.skip()?;
    let instances = known.map(instance).to_vec();
    Ok(Box::new(move |_, _, _| {
        (
            200,
            envelope::write_answer(&GetCpnInstancesResponse { instances }),
        )
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chargepoint::table::OPERATIONS;

    use super::*;

    #[test]
    fn every_call_is_answered() {
        let answered: HashSet<_> = CALLS.iter().map(|(name, _)| *name).collect();
        let known: HashSet<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
        assert_eq!(answered, known);
        assert_eq!(CALLS.len(), OPERATIONS.len());
    }
}
