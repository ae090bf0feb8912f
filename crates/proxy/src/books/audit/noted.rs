//! What a transaction has to tell, before it has a number.

use domain::accounts::{Account, ApiKey, Role};
use domain::audit::Change;
use domain::chargestations::ChargestationRow;
use domain::column::Listed;
use domain::connections::Connection;
use domain::customers::Customer;
use domain::driver_requests::DriverRequest;
use domain::field::Field;
use domain::locations::Location;
use domain::partners::{Partner, PartnerToken};
use domain::station_tokens::StationToken;
use domain::tokens::Token;
use serde::Serialize;

use super::super::organizations;
use super::difference::difference;

/// A change that is to be told of.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    pub(super) what: &'static str,
    pub(super) resource: &'static str,
    pub(super) record_id: String,
    pub(super) record: String,
    pub(super) organization: String,
    pub(super) changes: Vec<Change>,
    /// Name and id of the account, where it is another than the caller's.
    pub(super) by: Option<(String, String)>,
}

impl Noted {
    /// That something was done, one of `domain::audit::ACTIONS`, with a record of a resource.
    pub fn new(what: &'static str, resource: &'static str, record_id: &str, record: &str) -> Self {
        Self {
            what,
            resource,
            record_id: record_id.to_owned(),
            record: record.to_owned(),
            ..Self::default()
        }
    }

    /// That something was done with a record.
    pub fn about<T: Audited>(what: &'static str, record: &T) -> Self {
        Self {
            organization: organizations::key(record.organization()),
            ..Self::new(what, T::NAME, record.id(), &record.called())
        }
    }

    /// What differs between a record before and after; none, where nothing does.
    pub fn of<T: Audited>(what: &'static str, before: Option<&T>, after: Option<&T>) -> Option<Self> {
        let changes = difference(before, after);
        let is_same = before.is_some() && after.is_some() && changes.is_empty();
        let record = after.or(before).filter(|_| !is_same)?;
        Some(Self::about(what, record).with(changes))
    }

    /// The same, with these changes too.
    pub fn with(mut self, changes: impl IntoIterator<Item = Change>) -> Self {
        self.changes.extend(changes);
        self
    }

    /// The same, of what belongs to the organization of that id; empty for none.
    pub fn of_organization(mut self, id: &str) -> Self {
        self.organization = organizations::key(id);
        self
    }

    /// The same, done by the account itself: who signs in was nobody until then.
    pub fn by(mut self, account: &Account) -> Self {
        self.by = Some((account.name.clone(), account.id.clone()));
        self
    }
}

/// A record whose changes are told field by field.
pub trait Audited: Listed + Serialize {
    /// Its form, for the labels that no column has.
    const FIELDS: &'static [Field] = &[];
    /// Fields that are not told: what follows from other records, and what is nobody's business for ever.
    const UNTOLD: &'static [&'static str] = &[];

    /// What it is called.
    fn called(&self) -> String;

    /// The id of the organization it belongs to.
    fn organization(&self) -> &str {
        ""
    }
}

impl Audited for Location {
    /// The list's numbers change with the list, which is told of there.
    const UNTOLD: &'static [&'static str] = &["customers", "tokens", "published"];

    fn called(&self) -> String {
        self.name.clone()
    }
}

impl Audited for Customer {
    const FIELDS: &'static [Field] = domain::customers::FIELDS;
    const UNTOLD: &'static [&'static str] = &["tokens"];

    fn called(&self) -> String {
        self.name.clone()
    }
}

impl Audited for Token {
    const FIELDS: &'static [Field] = domain::tokens::FIELDS;

    fn called(&self) -> String {
        self.auth_id.clone()
    }
}

impl Audited for StationToken {
    const FIELDS: &'static [Field] = domain::station_tokens::FIELDS;
    const UNTOLD: &'static [&'static str] = &["ours"];

    fn called(&self) -> String {
        self.token_sn.clone()
    }

    fn organization(&self) -> &str {
        &self.org_id
    }
}

impl Audited for Connection {
    const FIELDS: &'static [Field] = domain::connections::FIELDS;
    const UNTOLD: &'static [&'static str] = &["connectedDrivers", "pendingRequests"];

    fn called(&self) -> String {
        self.connection_name.clone()
    }

    fn organization(&self) -> &str {
        &self.org_id
    }
}

impl Audited for DriverRequest {
    /// A driver's address and answers go when the request goes; lines stay.
    const UNTOLD: &'static [&'static str] = &[
        "email",
        "answers",
        "driver",
        "connectionId",
        "requestedAt",
        "decidedAt",
        "answersDue",
        "renews",
        "source",
    ];

    fn called(&self) -> String {
        self.driver.clone()
    }
}

impl Audited for ChargestationRow {
    const FIELDS: &'static [Field] = domain::chargestations::FIELDS;
    /// Names are told in the place of ids, and nothing that follows from what ChargePoint tells.
    const UNTOLD: &'static [&'static str] = &[
        "_id",
        "name",
        "online",
        "status",
        "evses",
        "location",
        "organization",
        "source",
        "timeZone",
    ];

    fn called(&self) -> String {
        self.name.clone()
    }

    fn organization(&self) -> &str {
        self.station.organization.as_deref().unwrap_or_default()
    }
}

impl Audited for Account {
    const UNTOLD: &'static [&'static str] = &["roleId", "signedInAt", "hasPassword"];

    fn called(&self) -> String {
        self.name.clone()
    }
}

impl Audited for Role {
    const UNTOLD: &'static [&'static str] = &["accounts", "builtIn"];

    fn called(&self) -> String {
        self.name.clone()
    }
}

impl Audited for ApiKey {
    const UNTOLD: &'static [&'static str] = &["lastUsedAt"];

    fn called(&self) -> String {
        self.name.clone()
    }
}

impl Audited for Partner {
    const FIELDS: &'static [Field] = domain::partners::FIELDS;
    const UNTOLD: &'static [&'static str] = &["tokens", "lastContactAt"];

    fn called(&self) -> String {
        self.name.clone()
    }
}

impl Audited for PartnerToken {
    fn called(&self) -> String {
        self.uid.clone()
    }
}
