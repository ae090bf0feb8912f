//! Station tokens: the stock of cloud plans, each good for one EVSE. The portal's own book; no call of
//! the Web Services API knows them.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Column, Head, Kind, Listed};
use crate::export::Chosen;
use crate::field::{Field, Input};
use crate::{heads, packed};

/// What a station token can be used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Status {
    #[default]
    New,
    Available,
    /// Applied to an EVSE; never two on one.
    Active,
    Expired,
}

impl Status {
    pub const ALL: [Self; 4] = [Self::New, Self::Available, Self::Active, Self::Expired];
    pub const WORDS: &'static [&'static str] = &["New", "Available", "Active", "Expired"];

    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The status of that word, whatever its case.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|status| status.word().eq_ignore_ascii_case(word.trim()))
    }

    /// Only what is not in use can be applied or moved.
    pub fn is_free(self) -> bool {
        matches!(self, Self::New | Self::Available)
    }
}

/// A station token. Empty texts: not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StationToken {
    pub id: String,
    /// Unique, whatever its case.
    pub token_sn: String,
    pub part_no: String,
    pub cloud_plan: String,
    pub description: String,
    pub org_id: String,
    pub org_name: String,
    pub evse_id: String,
    pub station_sn: String,
    pub station_name: String,
    pub activation_date: Option<Timestamp>,
    pub applied_date: Option<Timestamp>,
    pub purchase_order: String,
    pub sales_order: String,
    pub customer_reference: String,
    pub customer_name: String,
    pub customer_id: String,
    /// `2026-11-20`.
    pub order_date: Option<String>,
    pub ship_date: Option<String>,
    pub status: Status,
    /// Its organization is ours: see [`Organization`](crate::organizations::Organization).
    pub ours: bool,
    /// The ETag is `"<version>"`.
    pub version: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Who changes tokens.
const MANAGERS: &[&str] = &["Manage:StationToken"];

impl Listed for StationToken {
    const NAME: &'static str = "station_tokens";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("tokenSn", "Token S/N", Kind::Id, |t| (&t.token_sn).into()).searched(),
        Column::<Self>::new("partNo", "Part No.", Kind::Id, |t| (&t.part_no).into()),
        Column::<Self>::new("cloudPlan", "Cloud Plan", Kind::Text, |t| (&t.cloud_plan).into()).searched(),
        Column::<Self>::new("description", "Description", Kind::Text, |t| {
            (&t.description).into()
        })
        .hidden(),
        Column::<Self>::new("orgId", "Org ID", Kind::Id, |t| (&t.org_id).into()).hidden(),
        Column::<Self>::new("orgName", "Org Name", Kind::Text, |t| (&t.org_name).into()).searched(),
        Column::<Self>::new("evseId", "EVSE ID", Kind::Id, |t| (&t.evse_id).into()).searched(),
        Column::<Self>::new("stationSn", "Station S/N", Kind::Id, |t| (&t.station_sn).into())
            .searched()
            .hidden(),
        Column::<Self>::new("stationName", "Station Name", Kind::Text, |t| {
            (&t.station_name).into()
        })
        .searched(),
        Column::<Self>::new(
            "activationDate",
            "Activation Date (Pacific Time)",
            Kind::Pacific,
            |t| (&t.activation_date).into(),
        ),
        Column::<Self>::new("appliedDate", "Applied Date (Pacific Time)", Kind::Pacific, |t| {
            (&t.applied_date).into()
        })
        .hidden(),
        Column::<Self>::new("purchaseOrder", "Purchase Order", Kind::Id, |t| {
            (&t.purchase_order).into()
        })
        .searched()
        .hidden(),
        Column::<Self>::new("salesOrder", "Sales Order", Kind::Id, |t| (&t.sales_order).into()).hidden(),
        Column::<Self>::new("customerReference", "Customer Reference", Kind::Text, |t| {
            (&t.customer_reference).into()
        })
        .hidden(),
        Column::<Self>::new("customerName", "Customer Name", Kind::Text, |t| {
            (&t.customer_name).into()
        })
        .searched(),
        Column::<Self>::new("customerId", "Customer ID", Kind::Id, |t| (&t.customer_id).into()).hidden(),
        Column::<Self>::new("orderDate", "Order Date", Kind::Date, |t| (&t.order_date).into()),
        Column::<Self>::new("shipDate", "Ship Date", Kind::Date, |t| (&t.ship_date).into()).hidden(),
        Column::<Self>::new("status", "Status", Kind::Choice(Status::WORDS), |t| {
            t.status.word().into()
        })
        .early(),
    ];
    const HEADS: &'static [Head] = heads!(StationToken);
    const PACKED: &'static str = packed!(StationToken);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("edit", MANAGERS).when(|t| t.ours),
        Action::new("apply", MANAGERS).when(|t| t.ours && t.status.is_free()),
        Action::new("transfer", &["Transfer:StationToken"]).when(|t| t.ours && t.status.is_free()),
        Action::new("delete", MANAGERS).when(|t| t.ours && t.status != Status::Active),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}

/// What can be entered by hand or read from a file. Organization, EVSE, station, the two dates in Pacific
/// Time and the status Active change by *Apply to station* and *Transfer tokens* only, except in an import.
pub const FIELDS: &[Field] = &[
    Field::new("tokenSn", "Token S/N", Input::Serial).required(),
    Field::new("partNo", "Part No.", Input::Id),
    Field::new("cloudPlan", "Cloud Plan", Input::Suggested(PLANS)).required(),
    Field::new("description", "Description", Input::Line),
    Field::new("purchaseOrder", "Purchase Order", Input::Id),
    Field::new("salesOrder", "Sales Order", Input::Id),
    Field::new("customerReference", "Customer Reference", Input::Line),
    Field::new("customerName", "Customer Name", Input::Line),
    Field::new("customerId", "Customer ID", Input::Id),
    Field::new("orderDate", "Order Date", Input::Date),
    Field::new("shipDate", "Ship Date", Input::Date),
];

/// Cloud plans that the form suggests.
pub const PLANS: &[&str] = &["Commercial", "Enterprise", "Fleet", "Home", "Power Management"];

/// A token as entered: POST takes all of it, PATCH what is there. An empty text clears a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct StationTokenInput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_sn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_plan: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Only when the token is made: an organization of `/organizations` that is ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchase_order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ship_date: Option<String>,
    /// Only New, Available and Expired; not on an Active token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// POST `/station_tokens/{id}/apply`: *Apply to station*.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplyToStation {
    /// One of GET `/evses`.
    pub evse_id: String,
}

/// GET `/evses?q=`: where a token can be applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Evse {
    /// The station's id and the port's number: `1:115731-2`.
    pub id: String,
    pub station_sn: String,
    pub station_name: String,
    pub org_id: String,
    pub org_name: String,
    /// The serial number of the token that is active on it.
    pub token_sn: Option<String>,
}

/// POST `/station_tokens/transfers`, and with the same body `/station_tokens/transfers/check`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Transfer {
    /// Selected in the table; or by serial number:
    pub chosen: Option<Chosen>,
    /// As pasted, at most [`MAX_CHOSEN`](crate::limits::MAX_CHOSEN).
    pub token_sns: Vec<String>,
    /// The receiving organization.
    pub org_id: String,
    /// Its name, where `/organizations` does not know it.
    pub org_name: String,
    /// Whatever the two organizations call it, for example an order number.
    pub reference: String,
    /// Leave out those that cannot move, if the others are still this many, as the check said; refused as
    /// a whole otherwise. Absent: nothing moves unless all can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_movable: Option<u64>,
}

/// What a transfer would do, or did: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TransferResult {
    /// How many can move, or moved.
    pub moves: u64,
    /// How many cannot.
    pub refused: u64,
    /// How many cannot, by reason, most first.
    pub reasons: Vec<Reason>,
    /// The first 100 that cannot.
    pub examples: Vec<RefusedToken>,
    /// How many were named more than once; each moves once.
    pub repeated: u64,
    pub org_name: String,
    /// What this was worked out for. As `If-Match: "<version>"` of the transfer it refuses (412) what has
    /// changed since: a token, or who receives them.
    pub version: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reason {
    /// In the reader's words: "Active", "Expired", "not yours", "unknown", "already there".
    pub reason: String,
    pub count: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RefusedToken {
    pub token_sn: String,
    pub reason: String,
}

/// GET `/station_tokens/summary`: the stock in numbers, all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    pub plans: Vec<PlanSummary>,
    /// The last 12 months of Pacific Time, the oldest first.
    pub activations: Vec<Month>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PlanSummary {
    pub cloud_plan: String,
    /// In the order of [`Status::ALL`].
    pub counts: [u64; 4],
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Month {
    /// `2026-11`.
    pub month: String,
    pub count: u64,
}

/// POST `/station_tokens/imports` with the bytes of a CSV or XLSX file: what it holds. Nothing has changed
/// until `/station_tokens/imports/{id}/finalise`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    pub id: String,
    /// Rows below the header that hold anything.
    pub rows: u64,
    /// Tokens that the books do not know.
    pub new: u64,
    /// Tokens in the books that the file says something else of.
    pub changed: u64,
    pub unchanged: u64,
    /// Rows that are not taken.
    pub bad: u64,
    /// The first 100 of what is wrong.
    pub problems: Vec<RowProblem>,
    /// Columns of the file that are none of a station token's.
    pub unknown_columns: Vec<String>,
    /// The first 10 that are new, as they will be.
    pub sample: Vec<StationToken>,
    /// The first 100 that are changed.
    #[serde(default)]
    pub changes: Vec<RowChange>,
}

/// What a row of a file changes of a token in the books.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RowChange {
    /// The row's number in the file; the header is row 1.
    pub row: u64,
    pub token_sn: String,
    /// In words: "Part No.: CPCLD-1 → CPCLD-3 · Status: New → Available".
    pub detail: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowProblem {
    /// The row's number in the file; the header is row 1.
    pub row: u64,
    /// The column's label, or empty.
    pub column: String,
    pub message: String,
}

/// POST `/station_tokens/imports/{id}/finalise`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportDone {
    pub added: u64,
    pub changed: u64,
}
