//! The simulated estate.

pub mod drivers;
mod generate;
mod models;
mod people;
mod places;
pub mod state;

use chargepoint::{Station, StationStatus};
use serde::Serialize;

use crate::random::Dice;
use drivers::Driver;

/// A place with stations. The API does not know sites; they show in the stations' organization,
/// address and position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Site {
    /// Number of the site, which stays.
    pub id: u64,
    /// Its name, which stands in its stations' names.
    pub name: String,
}

#[derive(Debug, Clone, PartialEq)]
struct Unit {
    site: u64,
    station: Station,
}

/// Sites, stations and drivers, and the seed they came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Estate {
    seed: u64,
    sites: Vec<Site>,
    units: Vec<Unit>,
    drivers: Vec<Driver>,
    next_site: u64,
    next_station: u64,
}

impl Estate {
    /// The estate of a seed with this many stations, and [`drivers::COUNT`] drivers.
    pub fn new(seed: u64, scale: usize) -> Self {
        let (sites, units) = generate::estate(seed, scale);
        Self {
            seed,
            next_site: sites.len() as u64,
            next_station: units.len() as u64,
            sites,
            units,
            drivers: (0..drivers::COUNT)
                .map(|number| drivers::driver(seed, number))
                .collect(),
        }
    }

    /// The drivers.
    pub fn drivers(&self) -> &[Driver] {
        &self.drivers
    }

    /// The driver with this identifier, to be decided about.
    pub fn driver_mut(&mut self, user_id: &str) -> Option<&mut Driver> {
        let mut drivers = self.drivers.iter_mut();
        drivers.find(|driver| driver.user.user_id.as_deref() == Some(user_id))
    }

    /// Lets a new driver ask for a connection at a moment, in seconds since 1970 UTC.
    pub fn add_driver(&mut self, first: &str, last: &str, now: i64) -> &Driver {
        let at = self.drivers.len();
        self.drivers
            .push(drivers::asking(self.seed, at as u64, first, last, now));
        &self.drivers[at]
    }

    /// The sites.
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// The stations, without what changes by itself.
    pub fn stations(&self) -> impl Iterator<Item = &Station> {
        self.units.iter().map(|unit| &unit.station)
    }

    /// The stations of a site.
    pub fn stations_of(&self, site: u64) -> impl Iterator<Item = &Station> {
        let units = self.units.iter().filter(move |unit| unit.site == site);
        units.map(|unit| &unit.station)
    }

    /// State of a station at a moment, in seconds since 1970 UTC.
    pub fn status(&self, station: &Station, now: i64) -> StationStatus {
        state::at(self.seed, station, now)
    }

    /// Takes a site away with its stations; says whether there was one.
    pub fn remove_site(&mut self, site: u64) -> bool {
        let before = self.sites.len();
        self.sites.retain(|known| known.id != site);
        self.units.retain(|unit| unit.site != site);
        self.sites.len() < before
    }

    /// Builds a site with this many stations somewhere; gives its number.
    pub fn add_site(&mut self, name: &str, stations: usize) -> u64 {
        let site = self.next_site;
        self.next_site += 1;
        let mut dice = Dice::of(&[self.seed, site]);
        let ground = generate::ground(&mut dice, site);
        for index in 0..stations {
            let serial = self.next_station;
            self.next_station += 1;
            let station = generate::station(&mut dice, &ground, name, index, serial);
            self.units.push(Unit { site, station });
        }
        self.sites.push(Site {
            id: site,
            name: name.to_owned(),
        });
        site
    }

    /// Gives a site and its stations another name; says whether there is one.
    pub fn rename_site(&mut self, site: u64, name: &str) -> bool {
        let Some(known) = self.sites.iter_mut().find(|known| known.id == site) else {
            return false;
        };
        known.name = name.to_owned();
        let units = self.units.iter_mut().filter(|unit| unit.site == site);
        for (index, Unit { station, .. }) in units.enumerate() {
            let organization = station.organization_name.as_deref().unwrap_or_default();
            station.station_name = Some(generate::station_name(organization, name, index));
        }
        true
    }
}
