use std::collections::HashSet;

use chargepoint::calls::stations::Connectors;
use chargepoint::{CommaList, Geo, Port, Pricing, Station, Time};

use super::groups;
use super::models::{EUROPE, Model, NORTH_AMERICA};
use super::organizations::Organization;
use super::places::{COUNTRIES, City, Country};
use super::{Site, Unit};
use crate::clock::date_time;
use crate::random::Dice;

/// Where a site is, and whose it is.
pub(super) struct Ground {
    country: &'static Country,
    city: &'static City,
    organization: &'static Organization,
    geo: Geo,
    address: String,
    postal: String,
    prices: Vec<Pricing>,
}

/// The estate of a seed. Sites follow one another through the countries, so that an estate of any
/// size lies on both sides of the ocean.
pub(super) fn estate(seed: u64, scale: usize) -> (Vec<Site>, Vec<Unit>) {
    let (mut sites, mut units) = (Vec::new(), Vec::new());
    let mut taken = HashSet::new();
    while units.len() < scale {
        let number = sites.len() as u64;
        let mut dice = Dice::of(&[seed, number]);
        let ground = ground(&mut dice, number);
        let plain = ground.site_name(&mut dice);
        let name = (1..)
            .map(|n| {
                if n == 1 {
                    plain.clone()
                } else {
                    format!("{plain} {n}")
                }
            })
            .find(|name| taken.insert(name.clone()))
            .unwrap_or(plain);
        let count = (3 + dice.below(5) as usize).min(scale - units.len());
        for index in 0..count {
            let serial = units.len() as u64;
            let station = station(&mut dice, &ground, &name, index, serial);
            units.push(Unit::of(number, station));
        }
        sites.push(Site { id: number, name });
    }
    (sites, units)
}

/// The ground of a site with this number.
pub(super) fn ground(dice: &mut Dice, number: u64) -> Ground {
    let country = &COUNTRIES[number as usize % COUNTRIES.len()];
    let city = dice.pick(country.cities);
    // Within some five kilometres of the centre.
    let geo = Geo {
        lat: city.lat + (dice.unit() - 0.5) * 0.08,
        long: city.long + (dice.unit() - 0.5) * 0.1,
    };
    let house = (1 + dice.below(1400)).to_string();
    Ground {
        country,
        city,
        organization: dice.pick(country.organizations),
        geo,
        address: dice.pick(country.streets).replace("{}", &house),
        postal: dice.pattern(city.postal),
        prices: prices(dice),
    }
}

impl Ground {
    fn site_name(&self, dice: &mut Dice) -> String {
        dice.pick(self.country.sites).replace("{}", self.city.name)
    }
}

/// A station of a site: the `index`-th there, with a number of its own in the whole estate.
pub(super) fn station(dice: &mut Dice, ground: &Ground, site: &str, index: usize, serial: u64) -> Station {
    let Ground {
        country,
        city,
        organization,
        ..
    } = ground;
    let european = country.network == 2;
    let model = dice.pick(if european { EUROPE } else { NORTH_AMERICA });
    let activated = 1_546_300_800 + (dice.below(2400) as i64) * 86_400 + dice.below(86_400) as i64;
    let text = |text: &str| Some(text.to_owned());
    // Some texts of the real estate end in a blank.
    let blank = if dice.chance(0.2) { " " } else { "" };
    let mut in_groups = vec![group(organization, city.name)];
    if model.dc {
        in_groups.push(group(organization, groups::FAST));
    }
    let validated = dice.chance(0.6);
    let warranty = *dice.pick(&["None", "Parts Only", "Parts and Labor", "Mission Critical"]);
    Station {
        station_id: Some(format!("{}:{}", country.network, 100_001 + serial * 7)),
        station_manufacturer: text("ChargePoint"),
        station_model: text(model.name),
        station_mac_addr: Some(format!(
            "0024:B100:{:04X}:{:04X}",
            serial >> 12,
            serial * 16 % 65_536
        )),
        station_serial_num: Some(format!("18{:010}", 3_341_016_451 + serial * 31)),
        station_activation_date: Some(date_time(activated)),
        station_name: Some(station_name(organization.name, site, index)),
        description: text(if index == 0 { "Next to the entrance" } else { "-" }),
        address: Some(format!("{}{blank}", ground.address)),
        city: text(city.name),
        state: text(city.state),
        country: text(country.name),
        postal_code: text(&ground.postal),
        ports: ports(model, ground, european, dice.chance(0.1)),
        pricing: ground.prices.clone(),
        num_ports: i32::try_from(model.ports.len()).ok(),
        main_phone: text(country.phone),
        mod_time_stamp: Some(date_time(activated + 86_400)),
        timezone_offset: Some(offset(city.offset)),
        currency_code: text(country.currency),
        org_id: text(organization.id),
        organization_name: text(organization.name),
        sg_ids: Some(CommaList(
            in_groups.iter().map(|(id, _)| id.to_string()).collect(),
        )),
        sg_names: Some(CommaList(in_groups.into_iter().map(|(_, name)| name).collect())),
        warranty_expiration_date: (warranty != "None").then(|| date_time(activated + 157_680_000)),
        warranty_service: text(warranty),
        site_validated: Some(validated),
        site_validation_date: validated.then(|| date_time(activated + 604_800)),
        wan_ip_address: Some(format!(
            "10.{}.{}.{}",
            serial >> 16,
            serial >> 8 & 255,
            serial & 255
        )),
        station_firmware: Some(dice.pattern("5.##.0.##")),
        station_reception: Some(format!("-{}", 60 + dice.below(50))),
        radio_group_id: Some((41_000 + serial / 8).to_string()),
        ..Station::default()
    }
}

/// The name on the display: company in line 1, station in line 2.
pub(super) fn station_name(organization: &str, site: &str, index: usize) -> String {
    format!("{} / {site} {:02}", organization.to_uppercase(), index + 1)
}

fn group(organization: &Organization, name: &str) -> (u64, String) {
    (groups::number(organization, name), name.to_owned())
}

fn ports(model: &Model, ground: &Ground, european: bool, reservable: bool) -> Vec<Port> {
    let text = |text: &str| Some(text.to_owned());
    let port = |(index, outlet): (usize, &super::models::Outlet)| Port {
        port_number: Some((index + 1).to_string()),
        geo: Some(ground.geo.clone()),
        reservable: Some(reservable),
        level: match (european, model.dc, outlet.voltage) {
            (true, ..) => None,
            (_, true, _) => text("DC"),
            (.., "120") => text("L1"),
            _ => text("L2"),
        },
        mode: match (european, model.dc, outlet.connectors) {
            (false, ..) => None,
            (_, true, _) => text("4"),
            (.., ["Schuko"]) => text("1"),
            _ => text("3"),
        },
        connector: outlet.connectors.first().map(ToString::to_string),
        voltage: text(outlet.voltage),
        current: text(outlet.current),
        power: text(outlet.power),
        estimated_cost: Some(0.0),
        connectors: Some(Connectors {
            names: outlet.connectors.iter().map(ToString::to_string).collect(),
        }),
        ..Port::default()
    };
    model.ports.iter().enumerate().map(port).collect()
}

/// Prices of a site: none, one that holds all day, or one for the day and one for the night.
fn prices(dice: &mut Dice) -> Vec<Pricing> {
    let cents = |dice: &mut Dice, from: u64, to: u64| (from + dice.below(to - from)) as f64 / 100.0;
    let between = |from: &str, to: &str, price: Pricing| Pricing {
        start_time: Some(Time::from(from)),
        end_time: Some(Time::from(to)),
        session_time: Some("0".to_owned()),
        ..price
    };
    let kind = |name: &str| Some(name.to_owned());
    let energy = |price: f64| Pricing {
        kind: kind("kWh"),
        min_price: Some(0.0),
        max_price: Some(60.0),
        unit_price_per_kwh: Some(price),
        ..Pricing::default()
    };
    match dice.below(4) {
        0 => Vec::new(),
        1 => vec![between("00:00:00", "23:59:59", energy(cents(dice, 25, 69)))],
        2 => vec![
            between("07:00:00", "20:00:00", energy(cents(dice, 40, 79))),
            between("20:00:00", "07:00:00", energy(cents(dice, 20, 40))),
        ],
        _ => vec![between(
            "00:00:00",
            "23:59:59",
            Pricing {
                kind: kind("Hourly"),
                min_price: Some(0.5),
                max_price: Some(25.0),
                initial_unit_price_duration: Some(120),
                unit_price_per_hour: Some(cents(dice, 100, 250)),
                unit_price_per_hour_thereafter: Some(cents(dice, 250, 600)),
                ..Pricing::default()
            },
        )],
    }
}

fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
