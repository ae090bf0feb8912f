//! Position: flat `Lat` and `Long` in the guide, nested and both required on the wire.

use crate::codec::record;

record! {
    /// A position in degrees (WGS 84).
    pub struct Geo: All "geoData" {
        /// Latitude, north positive.
        lat: f64 as Text => "Lat",
        /// Longitude, east positive.
        long: f64 as Text => "Long",
    }
    complete |geo| !geo.lat.is_nan() && !geo.long.is_nan()
}

impl Default for Geo {
    /// No position yet; such a one is never handed out by the reader.
    fn default() -> Self {
        Self {
            lat: f64::NAN,
            long: f64::NAN,
        }
    }
}
