//! Which location each site is, worked out before anything is written.

use std::collections::HashMap;

use super::known::{Known, Names};
use crate::estate::Site;

/// A site with the stations that it gets.
pub struct Planned {
    pub site: Site,
    /// None: a new location.
    pub location_id: Option<String>,
    /// Whether a new location is published.
    pub published: bool,
}

/// What becomes of the sites.
pub struct Plan {
    pub sites: Vec<Planned>,
    /// Stations that stay at a private location though ChargePoint has them elsewhere.
    pub held: HashMap<String, Names>,
}

/// Plans the sites; one whose stations all stay elsewhere is none.
pub fn plan(known: &Known, sites: Vec<Site>) -> Plan {
    let assigned = known.assign(&sites);
    let mut plan = Plan {
        sites: Vec::new(),
        held: HashMap::new(),
    };
    for (mut site, location_id) in sites.into_iter().zip(assigned) {
        for (id, stations) in known.hold_back(&mut site, location_id.as_deref()) {
            plan.held.entry(id).or_default().extend(stations);
        }
        if !site.stations.is_empty() {
            plan.sites.push(Planned {
                published: known.is_published(&site),
                site,
                location_id,
            });
        }
    }
    plan
}
