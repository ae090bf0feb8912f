//! The audit log: one line for each change, in order, chained by hash.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::column::{Column, Head, Kind, Listed};
use crate::{heads, packed};

/// What lines are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    /// As in paths: `station_tokens`.
    pub name: &'static str,
    /// As people read it: `Station token`.
    pub word: &'static str,
}

const fn resource(name: &'static str, word: &'static str) -> Resource {
    Resource { name, word }
}

/// All that lines are about.
pub const RESOURCES: &[Resource] = &[
    resource("locations", "Charge location"),
    resource("customers", "Customer"),
    resource("tokens", "Charge token"),
    resource("station_tokens", "Station token"),
    resource("connections", "Connection"),
    resource("driver_requests", "Driver request"),
    resource("accounts", "Account"),
    resource("roles", "Role"),
    resource("keys", "API key"),
    resource("views", "View"),
    resource("portal", "Portal"),
    resource("stations", "Station"),
    resource("chargestations", "Charge station"),
    resource("station-groups", "Station group"),
    resource("load-events", "Load event"),
    resource("alarms", "Alarms"),
    resource("drivers", "Driver"),
    resource("fleet-vehicles", "Fleet vehicle"),
    resource("partners", "Partner"),
    resource("partner_tokens", "Partner's token"),
];

/// The words of [`RESOURCES`].
const WORDS: [&str; RESOURCES.len()] = {
    let mut words = [""; RESOURCES.len()];
    let mut n = 0;
    while n < words.len() {
        words[n] = RESOURCES[n].word;
        n += 1;
    }
    words
};

/// What can be done, in the past.
pub const ACTIONS: &[&str] = &[
    "Added",
    "Changed",
    "Deleted",
    "Published",
    "Unpublished",
    "List changed",
    "Imported",
    "Import undone",
    "Refusals forgotten",
    "Synced",
    "Blocked",
    "Unblocked",
    "Applied to station",
    "Transferred",
    "Invitation rotated",
    "Requested",
    "Approved",
    "Denied",
    "Removed",
    "Not carried out",
    "Signed in",
    "Sign-in failed",
    "Signed out",
    "Password changed",
    "Set-up link made",
    "Load shed",
    "Load given back",
    "Load event planned",
    "Load event removed",
    "Alarms cleared",
    "Told to be done",
    "Registered",
    "Token made",
    "Ended",
];

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Its number, from 1, without gaps.
    pub id: String,
    pub at: Timestamp,
    /// Who: an account's name, with the API key's where a program did it, `A driver`, or `EV portal` for what
    /// the portal did by itself.
    pub who: String,
    /// The account's id; empty where it was none.
    pub account_id: String,
    /// One of [`ACTIONS`].
    pub action: String,
    /// The name of one of [`RESOURCES`].
    pub resource: String,
    /// Its word.
    pub kind: String,
    pub record_id: String,
    /// What the record was called.
    pub record: String,
    /// By what the organization it belongs to is known; empty where it belongs to none.
    pub organization: String,
    /// What changed, field by field.
    pub changes: Vec<Change>,
    /// The same in one line.
    pub summary: String,
    /// The address that the request came from.
    pub address: String,
    /// The request's `x-request-id`.
    pub request: String,
    /// What all lines of one import or of one change of many have in common; empty where it was one.
    pub batch: String,
    /// SHA-256 over the hash of the line before and this one, in hex.
    pub hash: String,
}

/// One field before and after, as it reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    pub field: String,
    /// None: there was nothing.
    pub before: Option<String>,
    /// None: there is nothing.
    pub after: Option<String>,
}

impl Change {
    /// A field that had a value and has another.
    pub fn new(field: &str, before: Option<String>, after: Option<String>) -> Self {
        Self {
            field: field.to_owned(),
            before,
            after,
        }
    }
}

/// Changes in one line: `Name: Depot → Yard · Note: nothing → Ring twice`.
pub fn summary(changes: &[Change]) -> String {
    let told = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
    let one = |change: &Change| match (&change.before, &change.after) {
        (None, Some(after)) => format!("{}: {after}", change.field),
        (before, after) => format!("{}: {} → {}", change.field, told(before), told(after)),
    };
    changes.iter().map(one).collect::<Vec<_>>().join(" · ")
}

impl Listed for Line {
    const NAME: &'static str = "audit";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("at", "When", Kind::Time, |l| (&l.at).into()),
        Column::<Self>::new("who", "Who", Kind::Text, |l| (&l.who).into()).searched(),
        Column::<Self>::new("action", "What", Kind::Choice(ACTIONS), |l| (&l.action).into()),
        Column::<Self>::new("kind", "Kind", Kind::Choice(&WORDS), |l| (&l.kind).into()),
        Column::<Self>::new("record", "Record", Kind::Text, |l| (&l.record).into()).searched(),
        Column::<Self>::new("changes", "Changes", Kind::Text, |l| (&l.summary).into())
            .at("summary")
            .searched(),
        Column::<Self>::new("address", "From", Kind::Text, |l| (&l.address).into()).hidden(),
        Column::<Self>::new("request", "Request", Kind::Id, |l| (&l.request).into()).hidden(),
        Column::<Self>::new("batch", "Batch", Kind::Id, |l| (&l.batch).into()).hidden(),
        Column::<Self>::new("recordId", "Record ID", Kind::Id, |l| (&l.record_id).into()).hidden(),
        Column::<Self>::new("hash", "Hash", Kind::Id, |l| (&l.hash).into())
            .hidden()
            .unfiltered(),
    ];

    const HEADS: &'static [Head] = heads!(Line);
    const PACKED: &'static str = packed!(Line);

    fn id(&self) -> &str {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_reads_as_a_line() {
        let text = |text: &str| Some(text.to_owned());
        let changes = [
            Change::new("Name", text("Depot"), text("Yard")),
            Change::new("Note", text("Ring"), None),
            Change::new("City", None, text("Leiden")),
        ];
        assert_eq!(
            summary(&changes),
            "Name: Depot → Yard · Note: Ring → nothing · City: Leiden"
        );
    }
}
