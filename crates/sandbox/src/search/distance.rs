//! Distances on the globe.

use chargepoint::Geo;

/// Metres of a unit of the guide.
pub fn metres(unit: &str) -> Option<f64> {
    match unit.trim().to_ascii_uppercase().as_str() {
        "M" => Some(1609.344),
        "N" => Some(1852.0),
        "K" => Some(1000.0),
        "F" => Some(0.3048),
        "I" => Some(0.0254),
        _ => None,
    }
}

/// Metres between two positions, on a sphere.
pub fn between(from: &Geo, to: &Geo) -> f64 {
    let (lat1, lat2) = (from.lat.to_radians(), to.lat.to_radians());
    let (dlat, dlong) = (lat2 - lat1, (to.long - from.long).to_radians());
    let half = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlong / 2.0).sin().powi(2);
    2.0 * 6_371_000.0 * half.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_is_that_of_the_globe() {
        let amsterdam = Geo {
            lat: 52.3676,
            long: 4.9041,
        };
        let rotterdam = Geo {
            lat: 51.9244,
            long: 4.4777,
        };
        let metres = between(&amsterdam, &rotterdam);
        assert!((56_000.0..59_000.0).contains(&metres), "{metres}");
    }
}
