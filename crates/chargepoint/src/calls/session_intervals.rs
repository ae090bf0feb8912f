//! `get15minChargingSessionData` (guide, section 6.2).

use super::{Call, answer, whole};
use crate::code::Code;
use crate::codec::record;
use crate::codec::text::DateTime;
use crate::rules::{self, Checked};

record! {
    /// Asks for a session's parts of 15 minutes.
    #[derive(Default)]
    pub struct Get15MinChargingSessionData: Sequence "get15minChargingSessionData" {
        /// Session.
        session_id: Option<String> as Long [ONE] => "sessionID",
        /// Whether energies are those of each part; they are those since the start where nothing is
        /// said.
        energy_consumed_interval: Option<bool> => "energyConsumedInterval",
    }
}

record! {
    /// The parts of a session.
    #[derive(Default)]
    pub struct Get15MinChargingSessionDataResponse: Sequence "get15minChargingSessionDataResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// Session.
        session_id: Option<String> as Long => "sessionID",
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// Port.
        port_number: Option<String> => "portNumber",
        /// The parts.
        intervals: Vec<Interval> => "fifteenminData",
    }
}

record! {
    /// 15 minutes of a session, by the clock: the first and the last may be shorter.
    #[derive(Default)]
    pub struct Interval: Sequence "oChargingSessionsData" {
        /// When the meter was read, at the start.
        station_time: Option<DateTime> => "stationTime",
        /// Energy of this part or since the start, kWh.
        energy_consumed: Option<f64> => "energyConsumed",
        /// Highest power, kW.
        peak_power: Option<f64> => "peakPower",
        /// Mean power, kW.
        rolling_power_avg: Option<f64> => "rollingPowerAvg",
    }
}

impl Call for Get15MinChargingSessionData {
    type Answer = Get15MinChargingSessionDataResponse;

    fn check(&self) -> Checked {
        let id = rules::given("sessionID", self.session_id.as_deref())?;
        rules::number("sessionID", Some(id), Code::InvalidSession)
    }
}
answer!(Get15MinChargingSessionDataResponse);
whole!(Get15MinChargingSessionData, Interval, intervals, |one| one
    .station_time);
