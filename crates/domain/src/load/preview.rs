//! What shedding would do.

use serde::{Deserialize, Serialize};

use super::{LoadOfStation, PortLoad};
use crate::Timestamp;
use crate::problem::Problem;

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
/// A port that is not there, by its number.
pub fn preview(stations: &[LoadOfStation], shed: &Shed) -> Result<ShedPreview, String> {
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
    let (mut now, mut after) = (0.0, 0.0);
    match shed {
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
                let port = port.ok_or_else(|| number.clone())?;
                count(&mut std::iter::once(port));
                now += drawn(port);
                after += way.after(drawn(port), whole(port));
            }
        }
    }
    let rounded = |kw: f64| (kw * 1000.0).round() / 1000.0;
    (preview.now_kw, preview.after_kw) = (rounded(now), rounded(after));
    preview.freed_kw = rounded(now - after);
    preview.words = words(&preview);
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

/// A load of at least 0 kW as people read it: `1,204.5 kW`.
fn kw(load: f64) -> String {
    let text = format!("{load:.1}");
    let (whole, tenth) = text.split_once('.').unwrap_or((&text, "0"));
    let mut read = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            read.push(',');
        }
        read.push(digit);
    }
    match tenth {
        "0" => read + " kW",
        tenth => format!("{read}.{tenth} kW"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn station(loads: &[Option<f64>]) -> LoadOfStation {
        let port = |(n, load): (usize, &Option<f64>)| PortLoad {
            port_number: (n + 1).to_string(),
            load: *load,
            ..PortLoad::default()
        };
        LoadOfStation {
            station_load: Some(loads.iter().flatten().sum()),
            ports: loads.iter().enumerate().map(port).collect(),
            ..LoadOfStation::default()
        }
    }

    #[test]
    fn it_is_told_in_a_sentence() {
        let told =
            |loads: &[Option<f64>], way| preview(&[station(loads)], &Shed::Stations(way)).unwrap().words;
        assert_eq!(
            told(&[Some(20.0), Some(0.0)], Way::Percent(50.0)),
            "Frees 10 kW now: 10 kW instead of 20 kW, at 2 ports."
        );
        assert_eq!(
            told(&[Some(1_204_000.5)], Way::Above(999.96)),
            "Frees 1,203,000.5 kW now: 1,000 kW instead of 1,204,000.5 kW, at 1 port."
        );
        let mut shed = station(&[Some(4.0)]);
        shed.ports[0].percent_shed = Some(60.0);
        let less = preview(&[shed], &Shed::Stations(Way::Percent(45.0))).unwrap();
        assert_eq!(
            less.words,
            "Allows 1.5 kW more now: 5.5 kW instead of 4 kW, at 1 port."
        );
        let none = preview(&[], &Shed::Stations(Way::Percent(45.0))).unwrap();
        assert_eq!(none.words, "Frees 0 kW now: 0 kW instead of 0 kW, at 0 ports.");
    }

    fn figures(preview: &ShedPreview) -> (f64, f64, f64) {
        (preview.now_kw, preview.after_kw, preview.freed_kw)
    }

    #[test]
    fn a_percentage_is_of_what_is_drawn_and_a_limit_frees_what_is_above_it() {
        let two = [station(&[Some(7.2), Some(3.6)]), station(&[Some(0.0), None])];
        let by = |way| preview(&two, &Shed::Stations(way)).unwrap();
        let half = by(Way::Percent(50.0));
        assert_eq!(figures(&half), (10.8, 5.4, 5.4));
        assert_eq!((half.stations, half.ports, half.without), (2, 4, 2));
        assert_eq!(figures(&by(Way::Above(6.0))), (10.8, 6.0, 4.8));
        assert_eq!(
            figures(&by(Way::Above(50.0))),
            (10.8, 10.8, 0.0),
            "nothing is given back"
        );
        assert_eq!(figures(&by(Way::Percent(100.0))), (10.8, 0.0, 10.8));
    }

    /// The guide's example: 10 kW, of which 30 % are shed; then 50 % leave 5 kW, not 3.5.
    #[test]
    fn a_second_percentage_is_of_the_same_as_the_first() {
        let mut one = [station(&[Some(7.0)])];
        one[0].ports[0].percent_shed = Some(30.0);
        for shed in [Shed::Stations, |way| Shed::Ports(vec![("1".into(), way)])] {
            let by = |way| figures(&preview(&one, &shed(way)).unwrap());
            assert_eq!(by(Way::Percent(50.0)), (7.0, 5.0, 2.0));
            assert_eq!(by(Way::Percent(10.0)), (7.0, 9.0, -2.0));
            assert_eq!(by(Way::Above(5.0)), (7.0, 5.0, 2.0));
        }
        // Nothing is known of what is shed wholly.
        one[0].ports[0] = PortLoad {
            load: Some(0.0),
            percent_shed: Some(100.0),
            ..one[0].ports[0].clone()
        };
        one[0].station_load = Some(0.0);
        assert_eq!(
            figures(&preview(&one, &Shed::Stations(Way::Percent(50.0))).unwrap()),
            (0.0, 0.0, 0.0)
        );
    }

    #[test]
    fn ports_are_named_and_must_be_there() {
        let one = [station(&[Some(7.2), Some(3.6)])];
        let ports = |number: &str| Shed::Ports(vec![(number.into(), Way::Percent(25.0))]);
        let second = preview(&one, &ports("2")).unwrap();
        assert_eq!((figures(&second), second.ports), ((3.6, 2.7, 0.9), 1));
        assert_eq!(preview(&one, &ports("7")), Err("7".into()));
        assert_eq!(
            figures(&preview(&[], &Shed::Stations(Way::Percent(10.0))).unwrap()),
            (0.0, 0.0, 0.0)
        );
    }
}
