//! `/tables/{list}`: what is kept of a table, and its views

pub mod settings;
pub mod views;

use domain::accounts::{Account, ApiKey, Role};
use domain::alarms::Alarm;
use domain::audit::Line;
use domain::authorization::{CustomerEntry, MayChargeAt, TokenEntry};
use domain::chargestations::ChargestationRow;
use domain::column::Listed;
use domain::connections::Connection;
use domain::customers::Customer;
use domain::driver_requests::DriverRequest;
use domain::estate::lists;
use domain::imports::{Import, RemovedEntry};
use domain::load::{LoadEvent, LoadOfStation};
use domain::locations::Location;
use domain::station_tokens::StationToken;
use domain::tokens::Token;

use crate::problem::Error;

/// All lists.
const LISTS: &[&str] = &[
    Location::NAME,
    Customer::NAME,
    Token::NAME,
    CustomerEntry::NAME,
    TokenEntry::NAME,
    MayChargeAt::NAME,
    Import::NAME,
    RemovedEntry::NAME,
    StationToken::NAME,
    Connection::NAME,
    DriverRequest::NAME,
    Account::NAME,
    Role::NAME,
    ApiKey::NAME,
    Line::NAME,
    Alarm::NAME,
    LoadOfStation::NAME,
    LoadEvent::NAME,
    ChargestationRow::NAME,
    lists::SESSIONS.name,
    lists::INTERVALS.name,
    lists::TRANSACTIONS.name,
    lists::DRIVERS.name,
    lists::FLEET_VEHICLES.name,
    lists::FLEET_USAGE.name,
    lists::ORGANIZATIONS.name,
    lists::CPN_INSTANCES.name,
    lists::RIGHTS_PROFILE.name,
    lists::STATION_GROUPS.name,
    lists::STATION_RIGHTS.name,
];

/// Fails unless there is a list of that name.
fn check(list: &str) -> Result<(), Error> {
    let is_known = LISTS.contains(&list);
    is_known.then_some(()).ok_or(Error::NotFound("table"))
}
