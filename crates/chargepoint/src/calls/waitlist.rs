//! `setWaitlistDone` (guide, section 9.3).

use super::{Call, answer};
use crate::codec::record;
use crate::rules::{self, Checked};

/// What the driver is told where nothing else is said. The contract requires a text, the guide does
/// not and names this one.
pub const FULLY_CHARGED: &str = "Your vehicle is fully charged.";

record! {
    /// Tells a driver that their session is done and others wait.
    pub struct SetWaitlistDone: All "setWaitlistDone" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> [ONE] => "stationID",
        /// Port.
        port_id: Option<String> [ONE] => "portID",
        /// Driver.
        user_id: Option<String> [ONE] => "userID",
        /// First part of the message; [`FULLY_CHARGED`] where none is given.
        custom_message_text: String => "customMessageText",
    }
}

impl Default for SetWaitlistDone {
    fn default() -> Self {
        Self {
            station_id: None,
            port_id: None,
            user_id: None,
            custom_message_text: FULLY_CHARGED.to_owned(),
        }
    }
}

record! {
    /// Whether it was done.
    #[derive(Default)]
    pub struct SetWaitlistDoneResponse: Sequence "setWaitlistDoneResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
    }
}

impl Call for SetWaitlistDone {
    type Answer = SetWaitlistDoneResponse;
    const WRITES: bool = true;

    fn check(&self) -> Checked {
        rules::given("stationID", self.station_id.as_deref())?;
        rules::station_id(self.station_id.as_deref())?;
        rules::given("portID", self.port_id.as_deref())?;
        rules::given("userID", self.user_id.as_deref()).map(drop)
    }
}
answer!(SetWaitlistDoneResponse);
