//! Connections: what drivers join to charge where an organization's customers may, with their invitation.
//! The portal's own book; ChargePoint's API reports drivers of connections, not the connections.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Cell, Column, Head, Kind, Listed};
use crate::field::{Field, Input};
use crate::tokens::CustomerRef;
use crate::{heads, packed};

/// The words of *Connection Status*. Only an enabled connection invites; disabling keeps its drivers.
pub const STATUSES: &[&str] = &["Enabled", "Disabled"];
/// The words of *Approval type*.
pub const APPROVALS: &[&str] = &["Manual", "Auto"];
/// Which requests are approved at once where the approval type is Auto.
pub const AUTO_APPROVALS: &[&str] = &["All requests", "By e-mail domain"];
/// The words of *Connection Type*.
pub const TYPES: &[&str] = &["Standard", "MFHS Personal Charging Connection", "Leasing Company"];
/// Names that the form suggests.
pub const NAMES: &[&str] = &[
    "Commercial Tenants",
    "Contractors",
    "Customers",
    "Employees",
    "Faculty",
    "Fleet",
    "Guests",
    "Members",
    "Patients",
    "Program Participants",
    "Public",
    "Residents (Community Charging)",
    "Staff",
    "Students",
    "Subscribers",
    "Valet",
    "Visitors",
];
pub const CATEGORIES: &[&str] = &[
    "Employer",
    "Restaurants",
    "Retail",
    "Hospitality",
    "Entertainment",
    "Parking Garage",
    "Education",
    "Service Providers",
    "Apartments/Condos",
    "Municipalities",
];
pub const BENEFITS: &[&str] = &[
    "Home charging",
    "Public charging",
    "Free charging",
    "Discount",
    "Waitlist",
];
pub const ADDITIONAL: &[&str] = &[
    "Licence plate",
    "Vehicle",
    "Phone number",
    "Unit or office number",
];
/// Who finds a connection.
pub const VISIBILITIES: &[&str] = &["Public", "By search code"];

/// A connection. Empty texts: nothing entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    pub id: String,
    pub org_id: String,
    pub org_name: String,
    /// What drivers read; empty: `orgName`.
    pub org_name_for_drivers: String,
    pub connection_name: String,
    /// One of [`STATUSES`], and so on.
    pub connection_status: String,
    /// Approved and not removed.
    pub connected_drivers: u64,
    /// Requests that wait for a decision.
    pub pending_requests: u64,
    pub benefits: Vec<String>,
    pub approval_type: String,
    pub auto_approval: String,
    /// For *By e-mail domain*: `example.com`.
    pub email_domains: Vec<String>,
    pub connection_type: String,
    pub organization_category: String,
    /// What a driver is asked for: "Employee ID".
    pub verify_drivers_by: String,
    /// Asks existing drivers again after that many days.
    pub ask_again_days: Option<u64>,
    /// What else a driver is asked for.
    pub additional_information: Vec<String>,
    /// Who finds it: see [`VISIBILITIES`].
    pub visibility: String,
    /// An approved driver's card becomes a charge token of this customer, if nothing is known of it.
    pub customer: Option<CustomerRef>,
    pub has_logo: bool,
    /// The ETag is `"<version>"`.
    pub version: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Connection {
    /// Whether drivers can be invited.
    pub fn is_enabled(&self) -> bool {
        self.connection_status == STATUSES[0]
    }
}

impl Listed for Connection {
    const NAME: &'static str = "connections";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("connectionName", "Connection Name", Kind::Text, |c| {
            (&c.connection_name).into()
        })
        .searched(),
        Column::<Self>::new("orgId", "Org ID", Kind::Id, |c| (&c.org_id).into()).searched(),
        Column::<Self>::new("orgName", "Org Name", Kind::Text, |c| (&c.org_name).into()).searched(),
        Column::<Self>::new(
            "connectionStatus",
            "Connection Status",
            Kind::Choice(STATUSES),
            |c| (&c.connection_status).into(),
        ),
        Column::<Self>::new("connectedDrivers", "Connected Drivers", Kind::Number, |c| {
            c.connected_drivers.into()
        }),
        Column::<Self>::new("benefits", "Benefits", Kind::Text, |c| {
            c.benefits.join(", ").as_str().into()
        }),
        Column::<Self>::new("approvalType", "Approval type", Kind::Choice(APPROVALS), |c| {
            (&c.approval_type).into()
        }),
        Column::<Self>::new("connectionType", "Connection Type", Kind::Choice(TYPES), |c| {
            (&c.connection_type).into()
        }),
        Column::<Self>::new("verifyDriversBy", "Verify drivers by", Kind::Text, |c| {
            (&c.verify_drivers_by).into()
        }),
        Column::<Self>::new("pendingRequests", "Pending requests", Kind::Number, |c| {
            c.pending_requests.into()
        })
        .hidden(),
        Column::<Self>::new("customer", "Customer", Kind::Text, |c| {
            c.customer
                .as_ref()
                .map_or(Cell::Empty, |customer| (&customer.name).into())
        })
        .hidden(),
        Column::<Self>::new("visibility", "Visibility", Kind::Choice(VISIBILITIES), |c| {
            (&c.visibility).into()
        })
        .hidden(),
        Column::<Self>::new("updatedAt", "Updated", Kind::Time, |c| (&c.updated_at).into()).hidden(),
    ];
    const HEADS: &'static [Head] = heads!(Connection);
    const PACKED: &'static str = packed!(Connection);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("edit", &["Manage:Connection"]),
        Action::new("enable", &["Manage:Connection"]).when(|c| !c.is_enabled()),
        Action::new("disable", &["Manage:Connection"]).when(Connection::is_enabled),
        Action::new("invite", &["Manage:Connection", "Approve:Connection"]).when(Connection::is_enabled),
        Action::new("rotate", &["Manage:Connection"]),
        Action::new("delete", &["Manage:Connection"]).when(|c| c.connected_drivers == 0),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}

/// The form, in its order. `orgId` is one of `/organizations`, `customerId` one of `/customers`.
pub const FIELDS: &[Field] = &[
    Field::new("connectionName", "Connection Name", Input::Suggested(NAMES)).required(),
    Field::new("orgNameForDrivers", "Org name for drivers", Input::Line)
        .hint("What drivers read; empty: the organization's name"),
    Field::new("connectionType", "Connection Type", Input::Choice(TYPES)).required(),
    Field::new(
        "organizationCategory",
        "Organization category",
        Input::Choice(CATEGORIES),
    ),
    Field::new("verifyDriversBy", "Verify drivers by", Input::Line)
        .hint("What drivers are asked for, for example Employee ID"),
    Field::new(
        "askAgainDays",
        "Ask existing drivers to update this every … days",
        Input::Number(1, 3650),
    ),
    Field::new(
        "additionalInformation",
        "Request additional information",
        Input::Some(ADDITIONAL),
    ),
    Field::new("benefits", "Benefits", Input::Some(BENEFITS)),
    Field::new("approvalType", "Approval type", Input::Choice(APPROVALS)).required(),
    Field::new(
        "autoApproval",
        "Approve automatically",
        Input::Choice(AUTO_APPROVALS),
    )
    .hint("By e-mail domain only without a customer: an address proves nothing"),
    Field::new("emailDomains", "E-mail domains", Input::Lines)
        .hint("One on each line, for example example.com"),
    Field::new("visibility", "Visibility", Input::Choice(VISIBILITIES)).required(),
];

/// What a new connection starts with, for the form and for POST: a [`ConnectionInput`].
pub const START: &str =
    r#"{"connectionType":"Standard","approvalType":"Manual","visibility":"By search code"}"#;

/// A connection as entered: POST takes all of it over what is usual, PATCH what is there. An empty text clears a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ConnectionInput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_name_for_drivers: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benefits: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_approval: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_domains: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verify_drivers_by: Option<String>,
    /// As text; empty: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_again_days: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_information: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
}

/// GET `/connections/{id}/invitation`, and POST `/connections/{id}/invitation/rotate`, which makes the old
/// link and search code invalid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// The address that drivers open. At least 128 random bits.
    pub link: String,
    /// For drivers who search by code; none: the connection is public. Enough to ask, not to read.
    pub search_code: Option<String>,
    /// Where drivers enter the search code.
    pub search_link: String,
    /// Whether the connection is enabled: otherwise the link answers as an unknown one.
    pub open: bool,
    /// The link leads to this machine only, because the portal's public address is not set.
    pub local: bool,
    pub made_at: Timestamp,
}
