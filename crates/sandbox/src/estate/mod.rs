//! The simulated estate. What happens in it is a function of its seed and the time: nothing runs
//! between two questions, and nothing is kept but what calls have changed.

pub mod alarms;
pub mod cars;
pub mod charge;
pub mod drivers;
pub mod fleet;
mod generate;
pub mod groups;
pub mod health;
mod models;
pub mod oddities;
pub mod organizations;
mod people;
pub mod places;
pub mod rights;
pub mod sessions;
pub mod shed;
mod state;
pub mod tariffs;
pub mod traits;
pub mod transactions;
pub mod usage;
pub mod visits;

use std::collections::{HashMap, HashSet};

use chargepoint::Station;
use serde::Serialize;

use crate::random::Dice;
use alarms::Key;
use drivers::Driver;
use fleet::Fleet;
use oddities::Odd;
use organizations::Organization;
use sessions::Notice;
use shed::Sheds;
use traits::Traits;

/// A place with stations. The API does not know sites; they show in the stations' organization,
/// address and position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Site {
    /// Number of the site, which stays.
    pub id: u64,
    /// Its name, which stands in its stations' names.
    pub name: String,
}

/// A station and what counts of it in the simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    site: u64,
    /// Its record, without what changes by itself.
    pub station: Station,
    /// What counts of it.
    pub traits: Traits,
    /// What is odd about it, if it was added for that.
    pub odd: Option<Odd>,
}

impl Unit {
    fn of(site: u64, station: Station) -> Self {
        let traits = Traits::of(&station);
        Self {
            site,
            station,
            traits,
            odd: None,
        }
    }
}

/// Sites, stations, drivers and vehicles, the seed they came from, and what calls have changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Estate {
    seed: u64,
    sites: Vec<Site>,
    units: Vec<Unit>,
    drivers: Vec<Driver>,
    fleet: Fleet,
    sheds: Sheds,
    /// Alarms that were moved to history.
    cleared: HashSet<Key>,
    /// Sessions whose drivers were told that they are done, by number.
    notices: HashMap<i64, Notice>,
    /// Organizations whose plan is another than at first, and whether it is Enterprise.
    plans: HashMap<&'static str, bool>,
    /// The day of the last search with wildcards, since 1970 UTC.
    searched: Option<i64>,
    /// Whether nobody counts these searches.
    any_wildcards: bool,
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
            fleet: Fleet::of(seed, &units),
            sheds: Sheds::default(),
            cleared: HashSet::new(),
            notices: HashMap::new(),
            plans: HashMap::new(),
            searched: None,
            any_wildcards: false,
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

    /// The stations of a site with what counts of them.
    pub fn units_of(&self, site: u64) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |unit| unit.site == site)
    }

    /// The stations of a site.
    pub fn stations_of(&self, site: u64) -> impl Iterator<Item = &Station> {
        self.units_of(site).map(|unit| &unit.station)
    }

    /// The stations with what counts of them.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The station with an identifier.
    pub fn unit(&self, station_id: &str) -> Option<&Unit> {
        let id = station_id.trim();
        let number = traits::number(id);
        let unit = self.units.iter().find(|unit| unit.traits.number == number);
        unit.filter(|unit| unit.station.station_id.as_deref() == Some(id))
    }

    /// The number it grew from.
    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }

    /// Whether an organization's plan is Enterprise.
    pub fn is_enterprise(&self, organization: &Organization) -> bool {
        let changed = self.plans.get(organization.id).copied();
        changed.unwrap_or(organization.enterprise)
    }

    /// Gives an organization another plan; says whether there is such an organization.
    pub fn set_enterprise(&mut self, organization: &str, enterprise: bool) -> bool {
        let Some(known) = organizations::organization_of(organization) else {
            return false;
        };
        self.plans.insert(known.id, enterprise);
        true
    }

    /// Takes the day's one search with wildcards; says whether it was still there.
    pub(crate) fn take_wildcard(&mut self, now: i64) -> bool {
        let today = now.div_euclid(86_400);
        self.any_wildcards || self.searched.replace(today) != Some(today)
    }

    /// Answers any number of searches with wildcards from now on.
    pub fn allow_wildcards(&mut self) {
        self.any_wildcards = true;
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
        self.sites.push(Site {
            id: site,
            name: name.to_owned(),
        });
        self.extend_site(site, stations);
        site
    }

    /// Builds this many more stations at a site, as far as stations have numbers; says whether there is one.
    pub fn extend_site(&mut self, site: u64, stations: usize) -> bool {
        let Some(known) = self.sites.iter().find(|known| known.id == site) else {
            return false;
        };
        let name = known.name.clone();
        let mut dice = Dice::of(&[self.seed, site]);
        let ground = generate::ground(&mut dice, site);
        let first = self.units_of(site).count();
        for index in first..first + stations {
            let serial = self.next_station;
            self.next_station += 1;
            let station = generate::station(&mut dice, &ground, &name, index, serial);
            self.units.push(Unit::of(site, station));
        }
        true
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
