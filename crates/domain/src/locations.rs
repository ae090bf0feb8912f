//! Charge locations.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Column, Head, Kind, Listed};
use crate::country::{self, Place};
use crate::privacy::Visibility;
use crate::{heads, packed};

/// Where a location is, as people write it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Address {
    pub street_and_number: String,
    pub postal_code: String,
    pub city: String,
    pub state: String,
    /// As ChargePoint names it, for example `Germany` or `United States`.
    pub country: String,
}

/// WGS 84, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Coordinates {
    pub latitude: f64,
    pub longitude: f64,
}

/// A span of one day, `HH:MM` in the location's own zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OpeningSpan {
    pub start_time: String,
    pub end_time: String,
}

/// Opening hours by weekday, `"0"` to `"6"` with 0 = Sunday. No key: closed on that day.
/// An absent object means that nothing is known.
pub type OpeningHours = std::collections::BTreeMap<String, Vec<OpeningSpan>>;

/// A charge location of the books.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Location {
    pub id: String,
    pub name: String,
    pub address: Address,
    pub coordinates: Option<Coordinates>,
    /// Name in the tz database or an offset such as `UTC+01:00`, as far as it is known.
    pub timezone: Option<String>,
    pub opening_hours: Option<OpeningHours>,
    pub operator_name: String,
    pub notes: String,
    pub published: bool,
    pub visibility: Visibility,
    /// ChargePoint station ids, `CPNID:StationIdentifier`.
    pub stations: Vec<String>,
    /// Customers on the Authorization list.
    pub customers: u64,
    /// Charge tokens on the Authorization list, without those of listed customers.
    pub tokens: u64,
    /// ChargePoint no longer reports a station here.
    pub gone: bool,
    /// Grows with every change of the record or of its Authorization list; the ETag is `"<version>"`.
    pub version: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// The zone of the clock at an address, from what is said of it, as [`country::zone`].
pub fn zone(told: Option<&str>, address: &Address, at: Option<Coordinates>) -> Option<String> {
    let place = Place {
        country: &address.country,
        part: &address.state,
        at: at.map(|at| (at.latitude, at.longitude)),
    };
    country::zone(told.unwrap_or_default(), place)
}

/// What an operator may change of a location. An absent field stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct LocationPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Coordinates>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<OpeningHours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// What *Sync from ChargePoint* found. The lists hold names of locations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SyncResult {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub gone: Vec<String>,
    /// Where ChargePoint says otherwise, but an operator's edit stays or a private location keeps its
    /// stations.
    pub kept: Vec<String>,
    pub unchanged: u64,
    pub stations: u64,
    pub at: Timestamp,
}

impl Listed for Location {
    const NAME: &'static str = "locations";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "Name", Kind::Text, |l| l.name.as_str().into()).searched(),
        Column::<Self>::new("address", "Address", Kind::Text, |l| {
            l.address.street_and_number.as_str().into()
        })
        .at("address.streetAndNumber")
        .searched(),
        Column::<Self>::new("city", "City", Kind::Text, |l| l.address.city.as_str().into())
            .at("address.city")
            .searched(),
        Column::<Self>::new("country", "Country", Kind::Text, |l| {
            l.address.country.as_str().into()
        })
        .at("address.country")
        .searched(),
        Column::<Self>::new("stations", "Stations", Kind::Number, |l| {
            (l.stations.len() as u64).into()
        }),
        Column::<Self>::new("visibility", "Visibility", Kind::Choice(Visibility::WORDS), |l| {
            l.visibility.word().into()
        }),
        Column::<Self>::new("customers", "Customers", Kind::Number, |l| l.customers.into()),
        Column::<Self>::new("tokens", "Charge tokens", Kind::Number, |l| l.tokens.into()),
        Column::<Self>::new("updatedAt", "Updated", Kind::Time, |l| {
            l.updated_at.as_str().into()
        }),
    ];

    const HEADS: &'static [Head] = heads!(Location);
    const PACKED: &'static str = packed!(Location);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("edit", &["Manage:Location"]),
        Action::new("authorize", &["Manage:Location"]),
        Action::new("publish", &["Publish:Location"])
            .when(|l| !l.published && l.visibility != Visibility::Private),
        Action::new("unpublish", &["Publish:Location"]).when(|l| l.published),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
