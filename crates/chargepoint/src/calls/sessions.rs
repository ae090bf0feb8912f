//! `getChargingSessionData` (guide, section 6.1). Rows come in no order.

use std::borrow::Cow;

use super::station_status::StationIds;
use super::{Call, Geo, Paged, answer};
use crate::code::Code;
use crate::codec::record;
use crate::codec::text::DateTime;
use crate::rules::{self, Checked};

record! {
    /// Asks for sessions.
    #[derive(Default)]
    pub struct GetChargingSessionData: Sequence "getChargingSessionData" {
        /// What to look for.
        search_query: SessionsQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold. The service decides how many come in a page: 100,
    /// as the field says.
    #[derive(Default)]
    pub struct SessionsQuery: All "sessionSearchdata" {
        /// `CPNID:StationIdentifier`; not together with `station_ids`.
        station_id: Option<String> => "stationID",
        /// Several of them (5.1).
        station_ids: Option<StationIds> => "stationIDs",
        /// Session.
        session_id: Option<String> as Long => "sessionID",
        /// Company name and station name; wildcards allowed.
        station_name: Option<String> => "stationName",
        /// Street and number.
        address: Option<String> => "Address",
        /// City.
        city: Option<String> => "City",
        /// State.
        state: Option<String> => "State",
        /// Country.
        country: Option<String> => "Country",
        /// Postal code.
        postal_code: Option<String> => "postalCode",
        /// Greatest distance from `geo` or the place named, in `proximity_unit`; 5 by default.
        proximity: Option<f64> => "Proximity",
        /// `M` miles (default), `N` nautical miles, `K` kilometres, `F` feet, `I` inches.
        proximity_unit: Option<String> => "proximityUnit",
        /// Begun then or later.
        from_time_stamp: Option<DateTime> => "fromTimeStamp",
        /// Begun before.
        to_time_stamp: Option<DateTime> => "toTimeStamp",
        /// Driver (5.1).
        user_id: Option<String> => "userID",
        /// Only sessions that go on now (5.1); what is said of them is not final.
        active_sessions_only: Option<bool> => "activeSessionsOnly",
        /// First row wanted; the first of all is 1.
        start_record: Option<i64> => "startRecord",
        /// Centre of a search by distance.
        geo: Option<Geo> => "Geo",
    }
}

record! {
    /// One page of sessions.
    #[derive(Default)]
    pub struct GetChargingSessionDataResponse: Sequence "getChargingSessionDataResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The rows.
        sessions: Vec<Session> => "ChargingSessionData",
        /// Whether more rows follow.
        more: Option<bool> as Int => "MoreFlag",
    }
}

record! {
    /// A session. What the guide knows and no 5.1 row was seen with stands at the end; it comes in
    /// Enterprise plans only, with rights over the station.
    #[derive(Default)]
    pub struct Session: Sequence "sessionSearchResultdata" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// `COMPANY / STATION`.
        station_name: Option<String> => "stationName",
        /// Port.
        port_number: Option<String> => "portNumber",
        /// The whole address.
        address: Option<String> => "Address",
        /// City.
        city: Option<String> => "City",
        /// State.
        state: Option<String> => "State",
        /// Country.
        country: Option<String> => "Country",
        /// Postal code.
        postal_code: Option<String> => "postalCode",
        /// Identifier, unique in the whole network.
        session_id: Option<String> as Long => "sessionID",
        /// Energy, kWh.
        energy: Option<f64> => "Energy",
        /// When it began.
        start_time: Option<DateTime> => "startTime",
        /// When it ended.
        end_time: Option<DateTime> => "endTime",
        /// How long current flowed, `HH:MM:SS`.
        total_charging_duration: Option<String> => "totalChargingDuration",
        /// How long it lasted, `HH:MM:SS`.
        total_session_duration: Option<String> => "totalSessionDuration",
        /// Driver: neither an account number nor a name.
        user_id: Option<String> => "userID",
        /// Charge of the battery at the start, per cent.
        start_battery_percentage: Option<f64> => "startBatteryPercentage",
        /// Charge of the battery at the end, per cent.
        stop_battery_percentage: Option<f64> => "stopBatteryPercentage",
        /// Row number in the whole result, from 1.
        record_number: Option<i64> => "recordNumber",
        /// Printed serial number of the card, or identifier of the app.
        credential_id: Option<String> => "credentialID",
        /// What ended it: `Timeout`, `Customer`, `Station Offline`, `Plug Out at Vehicle`, …
        ended_by: Option<String> => "endedBy",
        /// Make, where the driver shows it.
        vehicle_make: Option<String> => "vehicleMake",
        /// Model, where the driver shows it.
        vehicle_model: Option<String> => "vehicleModel",
        /// Model year, where the driver shows it.
        vehicle_model_year: Option<String> as Int => "vehicleModelYear",
        /// Kind of vehicle.
        vehicle_type: Option<String> => "vehicleType",
        /// MAC address of the vehicle.
        vehicle_port_mac: Option<String> => "vehiclePortMAC",
        /// Whether the driver opted out of load shedding.
        driver_opted_out: Option<bool> => "driverOptedOut",
        /// When the driver did.
        driver_opt_out_timestamp: Option<DateTime> => "driverOptOutTimestamp" | "driverOptedOutTimestamp",
        /// What the payment terminal told.
        payment_terminal_info: Option<String> => "paymentTerminalInfo",
        /// Serial number of the card.
        rfid_serial_number: Option<String> => "rfidSerialNumber",
        /// The driver's account number.
        driver_account_number: Option<String> => "driverAccountNumber",
        /// The driver's name, where connected to the organization.
        driver_name: Option<String> => "driverName",
        /// Identifier of the vehicle, where station and vehicle support it.
        vehicle_id: Option<String> => "vehicleID",
    }
}

impl Call for GetChargingSessionData {
    type Answer = GetChargingSessionDataResponse;

    fn wildcard(&self) -> Option<&str> {
        let begins = self.start().is_none_or(|record| record <= 1);
        self.search_query.station_name.as_deref().filter(|_| begins)
    }

    fn check(&self) -> Checked {
        let query = &self.search_query;
        let many = query.station_ids.as_ref().map(|list| &list.ids[..]);
        rules::station_ids(query.station_id.as_deref(), many)?;
        rules::number("sessionID", query.session_id.as_deref(), Code::InvalidSession)?;
        rules::place(
            query.geo.as_ref(),
            query.proximity,
            query.proximity_unit.as_deref(),
        )?;
        rules::span(
            ("fromTimeStamp", query.from_time_stamp.as_ref()),
            ("toTimeStamp", query.to_time_stamp.as_ref()),
            Code::StartAfterEnd,
        )?;
        rules::page(query.start_record, "numRecords", None, 100)
    }
}
answer!(GetChargingSessionDataResponse);

impl Paged for GetChargingSessionData {
    type Row = Session;

    fn start(&self) -> Option<usize> {
        self.search_query
            .start_record
            .and_then(|record| usize::try_from(record).ok())
    }

    fn start_at(&mut self, record: usize) {
        self.search_query.start_record = i64::try_from(record).ok();
    }

    fn rows(answer: GetChargingSessionDataResponse) -> (Vec<Session>, Option<bool>) {
        (answer.sessions, answer.more)
    }

    fn key(row: &Session) -> Cow<'_, str> {
        Cow::Borrowed(row.session_id.as_deref().unwrap_or_default())
    }
}
