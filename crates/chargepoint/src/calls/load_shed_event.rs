//! `createLoadShedEvent` and `removeLoadShedEvent` (guide, sections 5.4 and 5.5).

use super::{Call, answer};
use crate::codec::record;
use crate::codec::text::DateTime;

record! {
    /// Plans a time in which load is shed.
    #[derive(Default)]
    pub struct CreateLoadShedEvent: Sequence "createLoadShedEvent" {
        /// The plan.
        shed_event: ShedEvent => "shedEvent",
    }
}

record! {
    /// A time in which a station, or every station of a group, is shed.
    #[derive(Default)]
    pub struct ShedEvent: Sequence "shedEvent" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// Station group.
        sg_id: Option<String> => "sgID",
        /// When it begins.
        start_time: Option<DateTime> [ONE] => "eventStartTime",
        /// Minutes it lasts.
        duration: Option<i32> [ONE] => "eventDuration",
        /// Whether drivers may opt out; they may where nothing is said.
        allow_opt_out: Option<bool> => "allowOptOut",
        /// Most that is allowed for each port, kW.
        allowed_load: Option<f64> => "allowedLoadPerPort",
        /// Percentage of the power that is shed.
        percent_shed: Option<f64> => "percentShedPerStation",
    }
}

record! {
    /// The event.
    #[derive(Default)]
    pub struct CreateLoadShedEventResponse: Sequence "createLoadShedEventResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// Identifier of the event, to remove it by.
        event_id: Option<String> as Int => "eventId",
    }
}

impl Call for CreateLoadShedEvent {
    type Answer = CreateLoadShedEventResponse;
    const WRITES: bool = true;
}
answer!(CreateLoadShedEventResponse);

record! {
    /// Removes an event that has not begun.
    #[derive(Default)]
    pub struct RemoveLoadShedEvent: Sequence "removeLoadShedEvent" {
        /// Identifier of the event.
        event_id: Option<String> as Int [ONE] => "eventId",
    }
    around ["shedEvent"]
}

record! {
    /// Whether it was removed.
    #[derive(Default)]
    pub struct RemoveLoadShedEventResponse: Sequence "removeLoadShedEventResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The outcome in words.
        response: Option<String> => "response",
    }
}

impl Call for RemoveLoadShedEvent {
    type Answer = RemoveLoadShedEventResponse;
    const WRITES: bool = true;
}
answer!(RemoveLoadShedEventResponse);
