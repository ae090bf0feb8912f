//! What shedding would do.

use serde::{Deserialize, Serialize};

use super::{LoadOfStation, PortLoad, rounded};
use crate::Timestamp;
use crate::problem::Problem;
use crate::text::number;

/// POST `/load/shed/preview`: what shedding so would do now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ShedPreview {
    /// What is drawn now, kW.
    pub now_kw: f64,
    /// What would be drawn then, kW.
    pub after_kw: f64,
    /// What that frees, kW; negative where less is shed than is now.
    pub freed_kw: f64,
    /// That in a sentence, for people.
    pub words: String,
    /// Stations that are meant.
    pub stations: u64,
    /// Ports that are meant.
    pub ports: u64,
    /// How many of these ports draw nothing that could be shed, or do not tell.
    pub without: u64,
    /// When ChargePoint was asked what is drawn.
    pub as_of: Timestamp,
    /// Why this is its last answer and no new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// What is to be shed of stations.
#[derive(Clone, Debug, PartialEq)]
pub enum Shed {
    /// As much of each station.
    Stations(Way),
    /// Of ports of one station, by their numbers.
    Ports(Vec<(String, Way)>),
}

/// How much is shed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// So much of what is drawn when nothing is shed: a second percentage is of the same as the first.
    Percent(f64),
    /// What is above so many kW.
    Above(f64),
}

impl Way {
    /// What is drawn after it of what is drawn now, and would be if nothing were shed.
    fn after(self, now: f64, whole: f64) -> f64 {
        match self {
            Self::Percent(percent) => whole * (100.0 - percent) / 100.0,
            Self::Above(allowed) => now.min(allowed),
        }
    }

    /// Whether the other way is under way at a port.
    fn is_other(self, port: &PortLoad) -> bool {
        match self {
            Self::Percent(_) => port.percent_shed.is_none() && port.allowed_load.is_some(),
            Self::Above(_) => port.percent_shed.is_some(),
        }
    }
}

/// Why nothing is told of what shedding would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A port that is not there, by its number.
    NoPort(String),
    /// Load is shed in the other way at one of the stations: ChargePoint mixes them at none.
    OtherWay,
}

/// What a port would draw if no percentage of it were shed. What is shed wholly does not tell.
fn whole(port: &PortLoad) -> f64 {
    let shed = port.percent_shed.filter(|percent| (0.0..100.0).contains(percent));
    drawn(port) * 100.0 / (100.0 - shed.unwrap_or_default())
}

fn drawn(port: &PortLoad) -> f64 {
    port.load.unwrap_or_default()
}

/// What shedding would do now.
///
/// # Errors
/// There is no such port, or ChargePoint would refuse it.
pub fn preview(stations: &[LoadOfStation], shed: &Shed) -> Result<ShedPreview, Refusal> {
    let mut preview = ShedPreview {
        stations: stations.len() as u64,
        ..ShedPreview::default()
    };
    let mut count = |ports: &mut dyn Iterator<Item = &PortLoad>| {
        for port in ports {
            preview.ports += 1;
            preview.without += u64::from(drawn(port) <= 0.0);
        }
    };
    let is_mixed = |way: &Way| {
        let mut ports = stations.iter().flat_map(|station| &station.ports);
        ports.any(|port| way.is_other(port))
    };
    let (mut now, mut after) = (0.0, 0.0);
    match shed {
        Shed::Stations(way) if is_mixed(way) => return Err(Refusal::OtherWay),
        Shed::Stations(way) => {
            for station in stations {
                count(&mut station.ports.iter());
                let of_ports: f64 = station.ports.iter().map(drawn).sum();
                let own = station.station_load.unwrap_or(of_ports);
                let wholes: f64 = station.ports.iter().map(whole).sum();
                now += own;
                after += way.after(own, own - of_ports + wholes);
            }
        }
        Shed::Ports(named) => {
            for (number, way) in named {
                let mut ports = stations.iter().flat_map(|station| &station.ports);
                let port = ports.find(|port| port.port_number == number.trim());
                let port = port.ok_or_else(|| Refusal::NoPort(number.clone()))?;
                count(&mut std::iter::once(port));
                now += drawn(port);
                after += way.after(drawn(port), whole(port));
            }
            if named.iter().any(|(_, way)| is_mixed(way)) {
                return Err(Refusal::OtherWay);
            }
        }
    }
    (preview.now_kw, preview.after_kw) = (rounded(now), rounded(after));
    preview.freed_kw = rounded(now - after);
    let untold = stations.iter().filter(|one| one.station_load.is_none()).count();
    preview.words = words(&preview) + &untold_words(untold, stations.len());
    Ok(preview)
}

fn words(preview: &ShedPreview) -> String {
    let freed = preview.freed_kw;
    let does = match freed < 0.0 {
        true => format!("Allows {} more", kw(-freed)),
        false => format!("Frees {}", kw(freed)),
    };
    format!(
        "{does} now: {} instead of {}, at {} {}.",
        kw(preview.after_kw),
        kw(preview.now_kw),
        preview.ports,
        if preview.ports == 1 { "port" } else { "ports" },
    )
}

/// Of how many it is not known; what is shed of these comes on top.
fn untold_words(untold: usize, of: usize) -> String {
    match untold {
        0 => String::new(),
        1 => format!(" 1 of {of} stations does not tell what it draws."),
        untold => format!(" {untold} of {of} stations do not tell what they draw."),
    }
}

/// A load of at least 0 kW as people read it: `1,204.5 kW`.
fn kw(load: f64) -> String {
    let text = format!("{load:.1}");
    let (whole, tenth) = text.split_once('.').unwrap_or((&text, "0"));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), number);
    match tenth {
        "0" => whole + " kW",
        tenth => format!("{whole}.{tenth} kW"),
    }
}

#[cfg(test)]
mod tests;
