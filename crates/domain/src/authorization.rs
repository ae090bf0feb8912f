//! A location's Authorization list: customers and charge tokens.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Cell, Column, Head, Kind, Listed};
use crate::export::Chosen;
use crate::identifiers::{IdKind, chip_key};
use crate::privacy::{Decision, Visibility};
use crate::tokens::{CustomerRef, TokenState};
use crate::{heads, packed};

/// The list in numbers. Its version is the location's, and the ETag of both is `"<version>"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Authorization {
    pub location_id: String,
    pub visibility: Visibility,
    pub published: bool,
    /// Customer entries.
    pub customers: u64,
    /// Token entries, without the tokens of listed customers.
    pub tokens: u64,
    /// Tokens of the listed customers, whatever their state.
    #[serde(default)]
    pub customer_tokens: u64,
    pub version: u64,
}

/// A customer on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CustomerEntry {
    pub entry_id: String,
    pub customer: CustomerRef,
    /// How many tokens the customer has: 0 admits nobody, and the location stays private.
    pub tokens: u64,
    pub added_at: Timestamp,
}

/// A charge token on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TokenEntry {
    pub entry_id: String,
    /// What `id` is; an external entry from a Chip ID column is a Chip ID, all others are Auth IDs.
    pub kind: IdKind,
    /// As it was typed, or as the portal's own token spells it.
    pub id: String,
    /// None: external, the portal knows no token of that id.
    pub token: Option<TokenRef>,
    /// Whether apps can show the location to its driver; else it is enforced only: nothing is known of it by which
    /// an app could be told, or the token is refused though it is listed.
    #[serde(default)]
    pub in_apps: bool,
    pub added_at: Timestamp,
    /// The import that added it.
    pub import_id: Option<String>,
}

/// What a list entry tells of the portal's own token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TokenRef {
    pub id: String,
    pub auth_id: String,
    pub chip_id: Option<String>,
    pub visual_id: Option<String>,
    pub customer: Option<CustomerRef>,
    pub state: TokenState,
}

/// POST `…/authorization/customers`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddCustomers {
    pub customer_ids: Vec<String>,
}

/// POST `…/authorization/tokens`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AddTokens {
    /// Tokens of the portal.
    pub token_ids: Vec<String>,
    /// External Auth IDs, as typed. One that the portal knows becomes that token's entry.
    pub auth_ids: Vec<String>,
    /// External Chip IDs, as typed. One that tokens of the portal have becomes those tokens' entries.
    pub chip_ids: Vec<String>,
}

/// POST `…/customers/remove` and `…/tokens/remove`: chosen entries, or all of that kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RemoveEntries {
    pub entry_ids: Vec<String>,
    pub all: bool,
    /// Entries by id, or all that a query matches. More or fewer than were counted are refused.
    pub chosen: Option<Chosen>,
    /// Required where the list is empty afterwards, which opens the location.
    pub confirm: bool,
}

/// What a change of the list did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ListChange {
    pub added: u64,
    /// Asked for, but already there.
    pub already_listed: u64,
    pub removed: u64,
    pub visibility_before: Visibility,
    /// The list as it is now.
    pub authorization: Authorization,
}

/// A location at which a customer or a token is listed, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MayChargeAt {
    pub location_id: String,
    pub name: String,
    pub city: String,
    pub country: String,
    pub decision: Decision,
}

impl Listed for CustomerEntry {
    const NAME: &'static str = "authorization-customers";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "Customer", Kind::Text, |e| (&e.customer.name).into())
            .at("customer.name")
            .searched(),
        Column::<Self>::new("externalId", "External ID", Kind::Id, |e| {
            (&e.customer.external_id).into()
        })
        .at("customer.externalId")
        .searched(),
        Column::<Self>::new("tokens", "Charge tokens", Kind::Number, |e| e.tokens.into()),
        Column::<Self>::new("addedAt", "Added", Kind::Time, |e| (&e.added_at).into()),
    ];
    const HEADS: &'static [Head] = heads!(CustomerEntry);
    const PACKED: &'static str = packed!(CustomerEntry);
    const ACTIONS: &'static [Action<Self>] = &[Action::new("remove", &["Manage:Location"])];
    const ID: &'static str = "entryId";

    fn id(&self) -> &str {
        &self.entry_id
    }
}

impl Listed for TokenEntry {
    const NAME: &'static str = "authorization-tokens";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("id", "Auth ID", Kind::AuthId, |e| match e.kind {
            IdKind::AuthId => (&e.id).into(),
            IdKind::ChipId => (&chip_key(&e.id)).into(),
        })
        .searched(),
        Column::<Self>::new("chipId", "Chip ID", Kind::ChipId, |e| {
            of(e, |t| (&t.chip_id).into())
        })
        .at("token.chipId")
        .searched(),
        Column::<Self>::new("visualId", "Visual ID", Kind::Id, |e| {
            of(e, |t| (&t.visual_id).into())
        })
        .at("token.visualId"),
        Column::<Self>::new("customer", "Customer", Kind::Text, |e| {
            of(e, |t| {
                t.customer.as_ref().map_or(Cell::Empty, |c| (&c.name).into())
            })
        })
        .at("token.customer")
        .searched(),
        Column::<Self>::new("state", "State", Kind::Choice(TokenEntry::STATES), |e| {
            e.state().into()
        })
        .at("token.state")
        .early(),
        Column::<Self>::new("inApps", "In apps", Kind::Bool, |e| e.in_apps.into()).early(),
        Column::<Self>::new("addedAt", "Added", Kind::Time, |e| (&e.added_at).into()),
    ];
    const HEADS: &'static [Head] = heads!(TokenEntry);
    const PACKED: &'static str = packed!(TokenEntry);
    const ACTIONS: &'static [Action<Self>] = &[Action::new("remove", &["Manage:Location"])];
    const ID: &'static str = "entryId";

    // The entry's own id; the field `id` is what it lists.
    #[allow(clippy::misnamed_getters)]
    fn id(&self) -> &str {
        &self.entry_id
    }
}

impl TokenEntry {
    /// The words of the column *State*.
    pub const STATES: &'static [&'static str] = &["Valid", "Blocked", "Expired", "External"];

    fn state(&self) -> &'static str {
        self.token.as_ref().map_or("External", |token| token.state.word())
    }
}

fn of(entry: &TokenEntry, get: fn(&TokenRef) -> Cell) -> Cell {
    entry.token.as_ref().map_or(Cell::Empty, get)
}

impl Listed for MayChargeAt {
    const NAME: &'static str = "may-charge-at";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "Charge location", Kind::Text, |l| l.name.as_str().into()).searched(),
        Column::<Self>::new("city", "City", Kind::Text, |l| l.city.as_str().into()).searched(),
        Column::<Self>::new("country", "Country", Kind::Text, |l| l.country.as_str().into()).searched(),
        Column::<Self>::new("decision", "Why", Kind::Text, |l| l.decision.reason().into()).unfiltered(),
    ];
    const HEADS: &'static [Head] = heads!(MayChargeAt);
    const PACKED: &'static str = packed!(MayChargeAt);
    const ID: &'static str = "locationId";

    fn id(&self) -> &str {
        &self.location_id
    }
}
