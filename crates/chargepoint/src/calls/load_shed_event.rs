//! `createLoadShedEvent` and `removeLoadShedEvent` (guide, sections 5.4 and 5.5).

use super::{Call, answer};
use crate::code::Code;
use crate::codec::record;
use crate::codec::text::DateTime;
use crate::rules::{self, Checked, Invalid};

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

    fn check(&self) -> Checked {
        let event = &self.shed_event;
        rules::station_id(event.station_id.as_deref())?;
        rules::group(event.sg_id.as_deref())?;
        if event.station_id.is_some() == event.sg_id.is_some() {
            return Err(Invalid::of("stationID", Code::GroupOrStation));
        }
        rules::given("eventStartTime", event.start_time.as_deref())?;
        rules::moment("eventStartTime", event.start_time.as_ref())?;
        let why = match event.duration {
            None => "eventDuration must be given.",
            Some(_) => "eventDuration must be 1 or more.",
        };
        rules::ensure(
            event.duration.is_some_and(|minutes| minutes > 0),
            "eventDuration",
            Code::InvalidDuration,
            why,
        )?;
        rules::shed(
            ("allowedLoadPerPort", event.allowed_load),
            ("percentShedPerStation", event.percent_shed),
        )
    }
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

    fn check(&self) -> Checked {
        rules::given("eventId", self.event_id.as_deref())?;
        rules::number("eventId", self.event_id.as_deref(), Code::InvalidEvent)
    }
}
answer!(RemoveLoadShedEventResponse);
