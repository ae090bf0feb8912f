//! What an estate can hold that a page may stumble over: added when somebody asks for it, each labelled as what it is.

use chargepoint::{Port, Station};
use serde::Serialize;

use super::charge::Limit;
use super::sessions::Session;
use super::{Estate, Site, Unit, generate};
use crate::random::Dice;

/// Key of the dice of odd stations.
const ODD: u64 = 0x0DD1_7135;
/// Name of the site where they stand.
const SITE: &str = "Oddities";
/// Ports of the station with many.
const PORTS: usize = 50;
/// Characters of the longest name.
const LENGTH: usize = 200;

/// What is odd about a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Odd {
    /// It has no ports.
    NoPorts,
    /// It has 50 ports.
    ManyPorts,
    /// Its name has 200 characters.
    LongName,
    /// Its name and its address are in letters that run from right to left.
    RightToLeft,
    /// Its sessions end without any energy.
    NoEnergy,
    /// Its sessions end before they begin.
    EndsBeforeStart,
    /// It is known no more; its sessions are.
    Vanished,
}

impl Odd {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::NoPorts,
        Self::ManyPorts,
        Self::LongName,
        Self::RightToLeft,
        Self::NoEnergy,
        Self::EndsBeforeStart,
        Self::Vanished,
    ];

    /// What it says of itself where a station is described.
    fn label(self) -> &'static str {
        match self {
            Self::NoPorts => "Oddity: no ports",
            Self::ManyPorts => "Oddity: 50 ports",
            Self::LongName => "Oddity: a name of 200 characters",
            Self::RightToLeft => "Oddity: letters from right to left",
            Self::NoEnergy => "Oddity: sessions without energy",
            Self::EndsBeforeStart => "Oddity: sessions that end before they begin",
            Self::Vanished => "Oddity: gone, but for its sessions",
        }
    }

    fn dress(self, station: &mut Station) {
        let text = |text: &str| Some(text.to_owned());
        station.description = text(self.label());
        match self {
            Self::NoPorts => station.ports.clear(),
            Self::ManyPorts => {
                let first = station.ports.first().cloned().unwrap_or_default();
                let port = |number: usize| Port {
                    port_number: Some(number.to_string()),
                    ..first.clone()
                };
                station.ports = (1..=PORTS).map(port).collect();
            }
            Self::LongName => {
                let name = format!("ODDITY / {}", "Long name of a station, ".repeat(LENGTH));
                station.station_name = Some(name.chars().take(LENGTH - 1).chain(['!']).collect());
            }
            Self::RightToLeft => {
                station.station_name = text("חברת חשמל / חניון צפון 01");
                station.address = text("שדרות רוטשילד 12");
                station.city = text("תל אביב");
            }
            Self::NoEnergy | Self::EndsBeforeStart | Self::Vanished => {}
        }
        station.num_ports = i32::try_from(station.ports.len()).ok();
    }
}

impl Unit {
    /// Whether calls about stations still know it.
    pub fn is_there(&self) -> bool {
        self.odd != Some(Odd::Vanished)
    }
}

impl Session<'_> {
    /// When it is said to end.
    pub fn said_end(&self) -> i64 {
        match self.unit.odd {
            Some(Odd::EndsBeforeStart) => self.visit.start - 3600,
            _ => self.visit.end,
        }
    }

    /// What keeps an odd station from giving anything.
    pub(super) fn starve(&mut self) {
        if self.unit.odd == Some(Odd::NoEnergy) {
            let (from, until, kw) = (i64::MIN, None, 0.0);
            self.limits.push(Limit { from, until, kw });
        }
    }
}

impl Estate {
    /// Adds a station of each kind and a driver without a name who asks for a connection at a moment; says whether
    /// they were not there yet.
    pub fn add_oddities(&mut self, now: i64) -> bool {
        if self.units.iter().any(|unit| unit.odd.is_some()) {
            return false;
        }
        let site = self.next_site;
        self.next_site += 1;
        let mut dice = Dice::of(&[self.seed, ODD]);
        let ground = generate::ground(&mut dice, site);
        for (index, odd) in Odd::ALL.into_iter().enumerate() {
            let serial = self.next_station;
            self.next_station += 1;
            let mut station = generate::station(&mut dice, &ground, SITE, index, serial);
            odd.dress(&mut station);
            let unit = Unit::of(site, station);
            self.units.push(Unit {
                odd: Some(odd),
                ..unit
            });
        }
        self.sites.push(Site {
            id: site,
            name: SITE.to_owned(),
        });
        self.add_driver("", "", now);
        if let Some(driver) = self.drivers.last_mut() {
            let user = &mut driver.user;
            (user.first_name, user.last_name, user.driver_email) = (None, None, None);
        }
        true
    }
}
