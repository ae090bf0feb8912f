//! Locations with their EVSEs and connectors.

use serde::{Deserialize, Serialize};

use crate::credentials::BusinessDetails;

/// A location.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Location {
    pub country_code: String,
    pub party_id: String,
    pub id: String,
    /// Whether everybody may be shown it; else those of `publish_allowed_to` alone.
    pub publish: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub publish_allowed_to: Vec<PublishTokenType>,
    pub name: String,
    pub address: String,
    pub city: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    pub coordinates: GeoLocation,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evses: Vec<Evse>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<BusinessDetails>,
    /// A name of the tz database.
    pub time_zone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_times: Option<Hours>,
    pub last_updated: String,
}

/// Whom a location may be shown to: all that is set must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PublishTokenType {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub token_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visual_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// A position, as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeoLocation {
    pub latitude: String,
    pub longitude: String,
}

impl GeoLocation {
    /// Of degrees, with the six places that the standard's patterns take.
    pub fn of(latitude: f64, longitude: f64) -> Self {
        Self {
            latitude: format!("{latitude:.6}"),
            longitude: format!("{longitude:.6}"),
        }
    }
}

/// An EVSE: a port of a station.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evse {
    pub uid: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evse_id: Option<String>,
    pub status: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<String>,
    pub connectors: Vec<Connector>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub physical_reference: Option<String>,
    pub last_updated: String,
}

/// A plug.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connector {
    pub id: String,
    pub standard: String,
    /// `CABLE` or `SOCKET`.
    pub format: String,
    pub power_type: String,
    pub max_voltage: u32,
    pub max_amperage: u32,
    /// Watts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_electric_power: Option<u32>,
    pub last_updated: String,
}

/// When a location is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    pub twentyfourseven: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regular_hours: Vec<RegularHours>,
}

/// A span of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegularHours {
    /// From 1, Monday, to 7, Sunday.
    pub weekday: u8,
    pub period_begin: String,
    pub period_end: String,
}

/// A text for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisplayText {
    pub language: String,
    pub text: String,
}

impl DisplayText {
    /// In English.
    pub fn english(text: impl Into<String>) -> Self {
        Self {
            language: "en".into(),
            text: text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_has_the_standards_pattern() {
        let at = GeoLocation::of(52.1, -4.000_000_4);
        assert_eq!(
            (at.latitude.as_str(), at.longitude.as_str()),
            ("52.100000", "-4.000000")
        );
        assert_eq!(GeoLocation::of(-0.1, 179.999_999_6).longitude, "180.000000");
    }
}
