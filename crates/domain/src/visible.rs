//! Charge locations as an app shows them to a driver: what nobody but operators needs is not in it.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Head, Kind, Listed};
use crate::locations::{Address, Coordinates, OpeningHours};
use crate::{heads, packed};

/// A location that a driver sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VisibleLocation {
    pub id: String,
    pub name: String,
    pub address: Address,
    pub coordinates: Option<Coordinates>,
    pub timezone: Option<String>,
    pub opening_hours: Option<OpeningHours>,
    pub operator_name: String,
    /// ChargePoint station ids, `CPNID:StationIdentifier`.
    pub stations: Vec<String>,
}

impl Listed for VisibleLocation {
    const NAME: &'static str = "visible-locations";
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
    ];
    const HEADS: &'static [Head] = heads!(VisibleLocation);
    const PACKED: &'static str = packed!(VisibleLocation);

    fn id(&self) -> &str {
        &self.id
    }
}
