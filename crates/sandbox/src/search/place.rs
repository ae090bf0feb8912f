//! A search around a place that is named, not measured.

use chargepoint::{Geo, StationsQuery};

use super::matches;
use crate::Estate;

/// The query with a centre for its distance: with a distance and no position, the centre is the
/// place that address, city, state, country and postal code name, and these narrow no further. None
/// where the query asks for nothing of the kind.
pub fn around(estate: &Estate, query: &StationsQuery) -> Option<StationsQuery> {
    let named = [
        &query.address,
        &query.city,
        &query.state,
        &query.country,
        &query.postal_code,
    ];
    if query.proximity.is_none() || query.geo.is_some() || named.iter().all(|part| part.is_none()) {
        return None;
    }
    let place = StationsQuery {
        address: query.address.clone(),
        city: query.city.clone(),
        state: query.state.clone(),
        country: query.country.clone(),
        postal_code: query.postal_code.clone(),
        ..StationsQuery::default()
    };
    let there = estate.stations().filter(|station| matches(&place, station));
    let (mut lat, mut long, mut count) = (0.0, 0.0, 0.0);
    for position in there.filter_map(|station| station.position()) {
        lat += position.lat;
        long += position.long;
        count += 1.0;
    }
    // Where nothing is, nothing is near.
    let geo = Geo {
        lat: lat / count,
        long: long / count,
    };
    Some(StationsQuery {
        address: None,
        city: None,
        state: None,
        country: None,
        postal_code: None,
        geo: Some(geo),
        ..query.clone()
    })
}
