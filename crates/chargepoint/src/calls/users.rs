//! `getUsers` (guide, section 9.1). The service answers with the drivers of the first connection
//! only, where an organization has several.

use std::borrow::Cow;

use super::{Call, Paged, answer};
use crate::codec::record;
use crate::codec::text::DateTime;
use crate::rules::{self, Checked};

/// What a driver's connection can be.
pub const CONNECTION_STATES: &[&str] = &["APPROVED", "NOT CONNECTED", "REJECTED", "PENDING"];

/// What a driver's place in the management realm can be.
pub const REALM_STATES: &[&str] = &["APPROVED", "NOT MANAGED"];

record! {
    /// Asks for the drivers that are connected, asked to be, or belong to the management realm.
    #[derive(Default)]
    pub struct GetUsers: Sequence "getUsers" {
        /// What to look for.
        search_query: UsersQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold. 500 users come in one page where nothing is said.
    #[derive(Default)]
    pub struct UsersQuery: All "getUsersSearchRequest" {
        /// Identifier of the driver: neither an account number nor a name.
        user_id: Option<String> => "userID",
        /// First name.
        first_name: Option<String> => "firstName",
        /// Last name.
        last_name: Option<String> => "lastName",
        /// Changed then or later.
        last_modified: Option<DateTime> => "lastModifiedTimeStamp",
        /// By the connection.
        connection: Option<ConnectionQuery> => "Connection",
        /// By the management realm.
        management_realm: Option<RealmQuery> => "managementRealm",
        /// Printed serial number of a card, or identifier of the app.
        credential_id: Option<String> => "credentialID",
        /// First row wanted; the first of all is 1.
        start_record: Option<i32> => "startRecord",
        /// Rows wanted.
        num_users: Option<i32> => "numUsers",
    }
}

record! {
    /// What to look for in a connection.
    #[derive(Default)]
    pub struct ConnectionQuery: All "connectionDataRequest" {
        /// `APPROVED`, `NOT CONNECTED`, `REJECTED` or `PENDING`.
        status: Option<String> => "Status",
        /// An answer the driver gave.
        custom_info: Option<CustomInfo> => "customInfo",
    }
}

record! {
    /// What to look for in the management realm.
    #[derive(Default)]
    pub struct RealmQuery: All "managementRealmRequest" {
        /// `APPROVED` or `NOT MANAGED`.
        status: Option<String> => "Status",
        /// An answer the driver gave.
        custom_info: Option<CustomInfo> => "customInfo",
    }
}

record! {
    /// One page of users.
    #[derive(Default)]
    pub struct GetUsersResponse: Sequence "getUsersResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The rows, with the flag among them.
        users: Option<Users> => "users",
    }
}

record! {
    /// The rows of a page.
    #[derive(Default)]
    pub struct Users: Sequence "userParams" {
        /// The rows.
        users: Vec<User> => "user",
        /// Whether more rows follow.
        more: Option<bool> as Int => "moreFlag",
    }
}

record! {
    /// A driver.
    #[derive(Default)]
    pub struct User: Sequence "userData" {
        /// Last change of anything here.
        last_modified: Option<DateTime> => "lastModifiedTimestamp",
        /// Identifier of the driver: neither an account number nor a name.
        user_id: Option<String> => "userID",
        /// First name.
        first_name: Option<String> => "firstName",
        /// Last name.
        last_name: Option<String> => "lastName",
        /// E-mail address, in some plans (5.1); see [`User::email`].
        driver_email: Option<String> => "driverEmail",
        /// The driver's connection with the organization.
        connection: Option<UserConnection> => "Connection",
        /// The driver's place in the management realm.
        management_realm: Option<UserRealm> => "managementRealm",
        /// Cards and apps.
        credential_ids: Option<CredentialIds> => "credentialIDs",
        /// The station at the driver's home (5.1), for home programmes.
        home_station: Option<HomeStation> => "homeStationDetails",
        /// Row number in the whole result, from 1.
        record_number: Option<i32> => "recordNumber",
    }
}

impl User {
    /// E-mail address: beside the name, as the guide's sample has it, or in the connection, as its
    /// table has it.
    pub fn email(&self) -> Option<&str> {
        let within = self.connection.as_ref().and_then(|c| c.driver_email.as_deref());
        self.driver_email.as_deref().or(within)
    }
}

record! {
    /// A driver's connection with the organization.
    #[derive(Default)]
    pub struct UserConnection: Sequence "connectionData" {
        /// `APPROVED`, `NOT CONNECTED`, `REJECTED` or `PENDING`.
        status: Option<String> => "Status",
        /// When the driver asked.
        request_time: Option<DateTime> => "requestTimeStamp",
        /// E-mail address (guide only); see [`User::email`].
        driver_email: Option<String> => "driverEmail",
        /// What the driver answered.
        custom_infos: Option<CustomInfos> => "customInfos",
    }
}

record! {
    /// A driver's place in the management realm.
    #[derive(Default)]
    pub struct UserRealm: Sequence "managementRealmData" {
        /// `APPROVED` or `NOT MANAGED`.
        status: Option<String> => "Status",
        /// When the driver signed up.
        signup_time: Option<DateTime> => "signupTimeStamp",
        /// What the driver answered.
        custom_infos: Option<CustomInfos> => "customInfos",
    }
}

record! {
    /// What a driver answered.
    #[derive(Default)]
    pub struct CustomInfos: Sequence "customInfosData" {
        /// The answers.
        infos: Vec<CustomInfo> => "customInfo",
    }
}

record! {
    /// One answer of a driver.
    #[derive(Default)]
    pub struct CustomInfo: Sequence "customInfoData" {
        /// What was asked: `Employee ID`.
        key: Option<String> => "Key",
        /// What was answered.
        value: Option<String> => "Value",
    }
}

record! {
    /// Cards and apps of a driver.
    #[derive(Default)]
    pub struct CredentialIds: Sequence "credentialIDsData" {
        /// Printed serial numbers of cards, identifiers of apps.
        ids: Vec<String> => "credentialID",
    }
}

record! {
    /// The station at a driver's home. No public contract has it: names and order are the sample's.
    #[derive(Default)]
    pub struct HomeStation: Sequence "homeStationDetailsData" {
        /// Serial number.
        serial_number: Option<String> as Long => "stationSerialNumber",
        /// `AVAILABLE`, `INUSE`, `UNREACHABLE` or `UNKNOWN`.
        status: Option<String> => "stationStatus",
        /// Model number.
        model_number: Option<String> => "stationModelNumber",
        /// MAC address.
        mac_address: Option<String> => "stationMacAddress",
        /// When the driver first used it.
        activation_date: Option<DateTime> => "stationActivationDate",
    }
}

impl Call for GetUsers {
    type Answer = GetUsersResponse;

    fn check(&self) -> Checked {
        let query = &self.search_query;
        let connection = query.connection.as_ref().and_then(|c| c.status.as_deref());
        rules::one_of("Status", connection, CONNECTION_STATES)?;
        let realm = query.management_realm.as_ref();
        rules::one_of("Status", realm.and_then(|r| r.status.as_deref()), REALM_STATES)?;
        rules::moment("lastModifiedTimeStamp", query.last_modified.as_ref())?;
        rules::page(
            query.start_record.map(i64::from),
            "numUsers",
            query.num_users,
            i32::MAX,
        )
    }
}
answer!(GetUsersResponse);

impl Paged for GetUsers {
    type Row = User;

    fn start(&self) -> Option<usize> {
        self.search_query
            .start_record
            .and_then(|record| usize::try_from(record).ok())
    }

    fn start_at(&mut self, record: usize) {
        self.search_query.start_record = i32::try_from(record).ok();
    }

    fn rows(answer: GetUsersResponse) -> (Vec<User>, Option<bool>) {
        let Users { users, more } = answer.users.unwrap_or_default();
        (users, more)
    }

    fn key(row: &User) -> Cow<'_, str> {
        Cow::Borrowed(row.user_id.as_deref().unwrap_or_default())
    }
}
