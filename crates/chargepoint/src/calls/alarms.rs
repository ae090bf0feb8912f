//! `getAlarms` and `clearAlarms` (guide, sections 8.1 and 8.2).

use std::borrow::Cow;

use super::{Call, Paged, answer};
use crate::code::Code;
use crate::codec::record;
use crate::codec::text::DateTime;
use crate::rules::{self, Checked};

record! {
    /// Asks for alarms.
    #[derive(Default)]
    pub struct GetAlarms: Sequence "getAlarms" {
        /// What to look for.
        search_query: AlarmsQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold. At most 100 come in one page.
    #[derive(Default)]
    pub struct AlarmsQuery: All "getAlarmsSearchQuery" {
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// Name of the station.
        station_name: Option<String> => "stationName",
        /// Station group.
        sg_id: Option<String> as Int => "sgID",
        /// Name of the station group.
        sg_name: Option<String> => "sgName",
        /// Happened then or later.
        start_time: Option<DateTime> => "startTime",
        /// Happened then or earlier.
        end_time: Option<DateTime> => "endTime",
        /// Port.
        port_number: Option<String> => "portNumber",
        /// First row wanted; the first of all is 1.
        start_record: Option<i32> => "startRecord",
        /// Rows wanted; the name is the contract's.
        num_alarms: Option<i32> => "numTransactions",
    }
}

record! {
    /// One page of alarms.
    #[derive(Default)]
    pub struct GetAlarmsResponse: Sequence "getAlarmsResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The rows.
        alarms: Vec<Alarm> => "Alarms",
        /// Whether more rows follow.
        more: Option<bool> as Int => "moreFlag",
    }
}

record! {
    /// An alarm.
    #[derive(Default)]
    pub struct Alarm: Sequence "oalarms" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// `COMPANY / STATION`.
        station_name: Option<String> => "stationName",
        /// Manufacturer's model number.
        station_model: Option<String> => "stationModel" | "stationModelNum",
        /// Station group (guide only).
        sg_id: Option<String> as Int => "sgID",
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Company (5.1).
        company_id: Option<String> => "companyID",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// Manufacturer.
        station_manufacturer: Option<String> => "stationManufacturer",
        /// Hardware serial number.
        station_serial_num: Option<String> => "stationSerialNum",
        /// Port.
        port_number: Option<String> => "portNumber",
        /// What happened.
        alarm_type: Option<String> => "alarmType",
        /// When it happened.
        alarm_time: Option<DateTime> => "alarmTime",
        /// Row number in the whole result, from 1.
        record_number: Option<i32> => "recordNumber",
    }
}

impl Call for GetAlarms {
    type Answer = GetAlarmsResponse;

    fn check(&self) -> Checked {
        let query = &self.search_query;
        rules::org_id("orgID", query.org_id.as_deref())?;
        rules::station_id(query.station_id.as_deref())?;
        rules::group(query.sg_id.as_deref())?;
        rules::span(
            ("startTime", query.start_time.as_ref()),
            ("endTime", query.end_time.as_ref()),
            Code::StartAfterEnd,
        )?;
        rules::page(
            query.start_record.map(i64::from),
            "numTransactions",
            query.num_alarms,
            500,
        )
    }
}
answer!(GetAlarmsResponse);

impl Paged for GetAlarms {
    type Row = Alarm;

    fn start(&self) -> Option<usize> {
        self.search_query
            .start_record
            .and_then(|record| usize::try_from(record).ok())
    }

    fn start_at(&mut self, record: usize) {
        self.search_query.start_record = i32::try_from(record).ok();
    }

    fn rows(answer: GetAlarmsResponse) -> (Vec<Alarm>, Option<bool>) {
        (answer.alarms, answer.more)
    }

    /// An alarm has no identifier: what happened where and when is all there is.
    fn key(row: &Alarm) -> Cow<'_, str> {
        let parts = [&row.station_id, &row.port_number, &row.alarm_type];
        let mut key = parts.map(|part| part.as_deref().unwrap_or_default()).join("\n");
        key.push('\n');
        key.push_str(row.alarm_time.as_deref().unwrap_or_default());
        Cow::Owned(key)
    }
}

record! {
    /// Moves alarms to the history.
    #[derive(Default)]
    pub struct ClearAlarms: Sequence "clearAlarms" {
        /// Which alarms.
        search_query: ClearAlarmsQuery => "searchQuery",
    }
}

record! {
    /// Which alarms; everything set must hold.
    #[derive(Default)]
    pub struct ClearAlarmsQuery: All "clearAlarmsSearchQuery" {
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID" | "companyID",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// Name of the station.
        station_name: Option<String> => "stationName",
        /// Station group.
        sg_id: Option<String> as Int => "sgID",
        /// Name of the station group.
        sg_name: Option<String> => "sgName",
        /// Happened then or later.
        start_time: Option<DateTime> => "startTime",
        /// Happened then or earlier.
        end_time: Option<DateTime> => "endTime",
        /// Port.
        port_number: Option<String> => "portNumber",
        /// What happened.
        alarm_type: Option<String> => "alarmType",
        /// Why they are moved.
        clear_reason: Option<String> => "clearReason",
    }
}

record! {
    /// Whether it was done.
    #[derive(Default)]
    pub struct ClearAlarmsResponse: Sequence "clearAlarmsResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
    }
}

impl Call for ClearAlarms {
    type Answer = ClearAlarmsResponse;
    const WRITES: bool = true;

    fn check(&self) -> Checked {
        let query = &self.search_query;
        rules::org_id("orgID", query.org_id.as_deref())?;
        rules::station_id(query.station_id.as_deref())?;
        rules::group(query.sg_id.as_deref())?;
        let nothing = ClearAlarmsQuery {
            clear_reason: query.clear_reason.clone(),
            ..ClearAlarmsQuery::default()
        };
        // The contract allows it, the guide does not: it would clear every alarm of the account.
        rules::ensure(
            *query != nothing,
            "orgID",
            Code::Mandatory,
            "Say which alarms: an organization, a station, a group, a time or a kind.",
        )?;
        rules::span(
            ("startTime", query.start_time.as_ref()),
            ("endTime", query.end_time.as_ref()),
            Code::StartAfterEnd,
        )
    }
}
answer!(ClearAlarmsResponse);
