//! The one table of what the portal does with each call: how long answers of reads are kept, and what
//! answers a write makes old.

use std::time::Duration;

use chargepoint::calls::Call;
use chargepoint::calls::alarms::{ClearAlarms, GetAlarms};
use chargepoint::calls::clear_shed_state::ClearShedState;
use chargepoint::calls::cpn_instances::GetCpnInstances;
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
use chargepoint::codec::Record;
use domain::moment;

use crate::clock;

/// A call that reads.
pub trait Read: Call + PartialEq + Send + 'static {
    /// How long its answers are passed on.
    const KEPT: Duration;

    /// The most rows that a question may mean. Where pages have 100 rows, two thirds of the calls of a minute: who
    /// wants more asks for a shorter time. Stations and drivers come by 500, and all of them are wanted.
    const MOST: usize = 20_000;

    /// Without a word of the call's own about time, a list that grows means what began within this.
    fn of_late(&mut self, _within: &Within) {}

    /// What else may hold the one record that is named, where this holds none.
    fn instead(&self) -> Option<Self> {
        None
    }
}

/// How many days after a time what began within it may end: filters mean when sessions began, and ChargePoint is told
/// until when they ended. Vehicles stay plugged in over a weekend and over holidays, and each day is a day more of rows
/// to read; what lasts longer is found by its station.
const LONGEST: i64 = 7;

/// A time.
pub struct Within {
    pub from: String,
    /// Up to before this, which is later than now where it has no end.
    pub to: String,
    /// It has an end.
    pub ends: bool,
}

impl Within {
    /// The second before it, for calls that mean what begins after the moment that they name.
    fn before(&self) -> Option<String> {
        let from = moment::read(&self.from)?;
        Some(moment::write(from - 1))
    }

    /// When what began within it has ended, if it has an end; within a moment nothing began.
    fn over(&self) -> Option<String> {
        let end = self.ends.then_some(&self.to)?;
        match *end > self.from {
            true => clock::days_after(end, LONGEST),
            false => Some(end.clone()),
        }
    }
}

/// A call that changes something.
pub trait Write: Call + Send + 'static {
    /// The calls whose answers are old then.
    const CHANGES: &'static [&'static str];
}

macro_rules! reads {
    ($($call:ty: $seconds:expr $(, most $most:literal)? $(, of late $of_late:expr)? $(, instead $instead:expr)?;)*) => {
        $( impl Read for $call {
            const KEPT: Duration = Duration::from_secs($seconds);
            $( const MOST: usize = $most; )?
            $(
                fn of_late(&mut self, within: &Within) {
                    let narrow: fn(&mut Self, &Within) = $of_late;
                    narrow(self, within);
                }
            )?
            $(
                fn instead(&self) -> Option<Self> {
                    let instead: fn(&Self) -> Option<Self> = $instead;
                    instead(self)
                }
            )?
        } )*

        /// Every call that reads, and how long its answers are passed on.
        pub const READS: &[(&str, Duration)] = &[$( (<$call>::SHAPE.name, <$call as Read>::KEPT), )*];
    };
}

macro_rules! writes {
    ($($call:ty: $($read:ty),*;)*) => {
        $( impl Write for $call {
            const CHANGES: &'static [&'static str] = &[$( <$read>::SHAPE.name, )*];
        } )*

        /// Every call that changes something, and the calls whose answers are old then.
        pub const WRITES: &[(&str, &[&str])] = &[$( (<$call>::SHAPE.name, <$call as Write>::CHANGES), )*];
    };
}

const MINUTE: u64 = 60;

reads! {
    GetCpnInstances: 15 * MINUTE;
    GetStations: 15 * MINUTE, most 100_000;
    GetStationStatus: MINUTE, most 100_000;
    GetStationGroups: 15 * MINUTE;
    GetStationGroupDetails: 15 * MINUTE;
    GetOrgsAndStationGroups: 15 * MINUTE;
    GetStationRights: 15 * MINUTE;
    GetStationRightsProfile: 15 * MINUTE;
    GetLoad: MINUTE;
    GetChargingSessionData: 5 * MINUTE, of late |call, within| {
        let query = &mut call.search_query;
        let is_told = query.session_id.is_some() || query.active_sessions_only == Some(true);
        if !is_told && query.from_time_stamp.is_none() && query.to_time_stamp.is_none() {
            query.from_time_stamp = Some(within.from.as_str().into());
            // ChargePoint's end is that of sessions: those under way would be missing.
            query.to_time_stamp = within.over().as_deref().map(Into::into);
        }
    }, instead |call| {
        // Sessions are told once they have ended, unless those under way are asked for.
        let query = &call.search_query;
        let is_named = query.session_id.is_some() && query.active_sessions_only.is_none();
        is_named.then(|| {
            let mut under_way = call.clone();
            under_way.search_query.active_sessions_only = Some(true);
            under_way
        })
    };
    Get15MinChargingSessionData: 5 * MINUTE;
    GetTransactionData: 5 * MINUTE, of late |call, within| {
        let query = &mut call.search_query;
        if query.transaction_id.is_none() && query.from_time_stamp.is_none() && query.to_time_stamp.is_none() {
            query.from_time_stamp = Some(within.from.as_str().into());
            query.to_time_stamp = Some(within.to.as_str().into());
        }
    };
    GetAlarms: MINUTE, of late |call, within| {
        let query = &mut call.search_query;
        if query.start_time.is_none() && query.end_time.is_none() {
            query.start_time = Some(within.from.as_str().into());
            query.end_time = within.ends.then(|| within.to.as_str().into());
        }
    };
    GetUsers: MINUTE, most 100_000;
    GetFleetVehicles: 5 * MINUTE;
    GetFleetUsageData: 5 * MINUTE, of late |call, within| {
        let query = &mut call.search_query;
        if query.transaction_id.is_none() && query.from_time_stamp.is_none() && query.to_time_stamp.is_none() {
            query.from_time_stamp = within.before().as_deref().map(Into::into);
            query.to_time_stamp = within.over().as_deref().map(Into::into);
        }
    };
}

writes! {
    ShedLoad: GetLoad, GetStationStatus, GetChargingSessionData;
    ClearShedState: GetLoad, GetStationStatus, GetChargingSessionData;
    CreateLoadShedEvent: GetLoad;
    RemoveLoadShedEvent: GetLoad;
    ClearAlarms: GetAlarms;
    UpdateUserStatus: GetUsers;
    SetWaitlistDone: GetChargingSessionData, GetStationStatus, GetLoad;
    AddFleetVehicle: GetFleetVehicles;
    UpdateFleetVehicle: GetFleetVehicles;
    DeleteFleetVehicle: GetFleetVehicles;
}

#[cfg(test)]
mod tests {
    use super::*;
    use chargepoint::table::OPERATIONS;

    #[test]
    fn every_call_is_in_it_and_changes_name_reads() {
        let reads: Vec<&str> = READS.iter().map(|(call, _)| *call).collect();
        for operation in OPERATIONS {
            let is_write = WRITES.iter().any(|(call, _)| *call == operation.name);
            assert_eq!(is_write, operation.writes, "{}", operation.name);
            assert_eq!(
                reads.contains(&operation.name),
                !operation.writes,
                "{}",
                operation.name
            );
        }
        for (call, changes) in WRITES {
            assert!(!changes.is_empty(), "{call} changes something");
            assert!(changes.iter().all(|read| reads.contains(read)), "{call}");
        }
    }
}
