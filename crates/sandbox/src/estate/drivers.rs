//! Drivers of the organization, as getUsers tells of them.

use chargepoint::calls::users::{
    CredentialIds, CustomInfo, CustomInfos, HomeStation, UserConnection, UserRealm,
};
use chargepoint::{Association, Decision, User};

use super::people::{DOMAINS, FIRST_NAMES, LAST_NAMES, plain};
use crate::clock::date_time;
use crate::random::Dice;

/// Drivers of every estate: more than the 500 of a page.
pub const COUNT: u64 = 620;
/// Key of the drivers' dice.
const DRIVERS: u64 = 0x00D5_1FE5;

/// Status of a connection that is no more.
pub const NOT_CONNECTED: &str = "NOT CONNECTED";
/// Status in a management realm that is no more.
pub const NOT_MANAGED: &str = "NOT MANAGED";
/// Status of a connection that was asked for.
pub const PENDING: &str = "PENDING";

/// 1 January 2025, before which nobody asked.
const FIRST_REQUEST: i64 = 1_735_689_600;
/// Days after that in which everybody asked but those who wait.
const RECENT: u64 = 590;
/// Seconds of a day.
const DAY: u64 = 86_400;

/// A driver.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// What getUsers tells.
    pub user: User,
    /// What the driver was told with the last decision.
    pub told: Option<String>,
}

/// Why there is nothing to decide about a driver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecidable {
    /// Nothing was asked for, and the driver does not belong to the organization this way.
    NoRequest,
    /// It is so already.
    Already(Decision),
}

impl Driver {
    /// Decides about the driver at a moment, in seconds since 1970 UTC.
    ///
    /// # Errors
    /// When there is nothing to decide; nothing has changed then.
    pub fn decide(
        &mut self,
        association: Association,
        decision: Decision,
        text: Option<String>,
        now: i64,
    ) -> Result<(), Undecidable> {
        let user = &mut self.user;
        let (status, gone) = match association {
            Association::Connection => (user.connection.as_mut().map(|c| &mut c.status), NOT_CONNECTED),
            Association::ManagementRealm => (
                user.management_realm.as_mut().map(|realm| &mut realm.status),
                NOT_MANAGED,
            ),
        };
        let Some(status) = status.filter(|status| status.as_deref().is_some_and(|word| word != gone)) else {
            return Err(Undecidable::NoRequest);
        };
        let word = match (association, decision) {
            (_, Decision::Approved) | (Association::Connection, Decision::Rejected) => decision.word(),
            _ => gone,
        };
        if status.as_deref() == Some(word) {
            return Err(Undecidable::Already(decision));
        }
        *status = Some(word.to_owned());
        user.last_modified = Some(date_time(now));
        self.told = text;
        Ok(())
    }
}

/// The driver of a number, whatever other drivers there are.
pub fn driver(seed: u64, number: u64) -> Driver {
    // The drivers' dice are not those of the sites.
    let mut dice = Dice::of(&[seed, DRIVERS, number]);
    let managed = dice.chance(0.12);
    let waits = !managed && dice.chance(0.07);
    // Who waits has asked of late.
    let day = if waits {
        RECENT + dice.below(90)
    } else {
        dice.below(RECENT)
    };
    let asked = FIRST_REQUEST + (day * DAY + dice.below(DAY)) as i64;
    let changed = if waits { 0 } else { dice.below(30 * DAY) as i64 };
    let (first, last) = (*dice.pick(FIRST_NAMES), *dice.pick(LAST_NAMES));
    let domain = *dice.pick(DOMAINS);
    let email = dice.chance(0.97).then(|| email(first, last, number, domain));
    let user = User {
        last_modified: Some(date_time(asked + changed)),
        user_id: Some((28_375_251 + number * 37).to_string()),
        first_name: Some(first.to_owned()),
        last_name: Some(last.to_owned()),
        driver_email: email,
        connection: (!managed).then(|| connection(&mut dice, asked, waits)),
        management_realm: managed.then(|| realm(&mut dice, asked)),
        credential_ids: credentials(&mut dice),
        home_station: dice.chance(0.05).then(|| home_station(&mut dice, asked)),
        record_number: None,
    };
    Driver { user, told: None }
}

/// A driver of this name who asks for a connection at a moment, in seconds since 1970 UTC.
pub fn asking(seed: u64, number: u64, first: &str, last: &str, now: i64) -> Driver {
    let Driver { user, told } = driver(seed, number);
    let mut dice = Dice::of(&[seed, DRIVERS, number, 1]);
    let user = User {
        last_modified: Some(date_time(now)),
        first_name: Some(first.to_owned()),
        last_name: Some(last.to_owned()),
        driver_email: Some(email(first, last, number, "example.com")),
        connection: Some(connection(&mut dice, now, true)),
        management_realm: None,
        ..user
    };
    Driver { user, told }
}

fn email(first: &str, last: &str, number: u64, domain: &str) -> String {
    format!("{}.{}{number}@{domain}", plain(first), plain(last))
}

fn connection(dice: &mut Dice, asked: i64, waits: bool) -> UserConnection {
    let status = match dice.below(100) {
        _ if waits => PENDING,
        0..75 => Decision::Approved.word(),
        75..88 => Decision::Rejected.word(),
        _ => NOT_CONNECTED,
    };
    let mut infos = vec![info("Employee ID", dice.pattern("E-#####"))];
    if dice.chance(0.4) {
        infos.push(info("Licence plate", dice.pattern("@@-###-@")));
    }
    UserConnection {
        status: Some(status.to_owned()),
        request_time: Some(date_time(asked)),
        driver_email: None,
        custom_infos: dice.chance(0.9).then_some(CustomInfos { infos }),
    }
}

fn realm(dice: &mut Dice, asked: i64) -> UserRealm {
    let status = if dice.chance(0.8) {
        Decision::Approved.word()
    } else {
        NOT_MANAGED
    };
    let infos = vec![info("Unit or office number", dice.pattern("#@"))];
    UserRealm {
        status: Some(status.to_owned()),
        signup_time: Some(date_time(asked)),
        custom_infos: Some(CustomInfos { infos }),
    }
}

fn info(key: &str, value: String) -> CustomInfo {
    CustomInfo {
        key: Some(key.to_owned()),
        value: Some(value),
    }
}

/// None, a card, a card and an app, or two cards and an app.
fn credentials(dice: &mut Dice) -> Option<CredentialIds> {
    let patterns = ["1000########", "APP########", "1000########"];
    let ids = patterns.iter().take(dice.below(4) as usize);
    let ids: Vec<String> = ids.map(|pattern| dice.pattern(pattern)).collect();
    (!ids.is_empty()).then_some(CredentialIds { ids })
}

fn home_station(dice: &mut Dice, asked: i64) -> HomeStation {
    let status = *dice.pick(&["AVAILABLE", "INUSE", "UNREACHABLE", "UNKNOWN"]);
    HomeStation {
        serial_number: Some(dice.pattern("2214########")),
        status: Some(status.to_owned()),
        model_number: Some("CPH25".to_owned()),
        mac_address: Some(dice.pattern("0024:B100:####:####")),
        activation_date: Some(date_time(asked + 7 * DAY as i64)),
    }
}
