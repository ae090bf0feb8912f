//! How well a station is heard.

use chargepoint::Station;

use super::words::level;

/// How strong a signal is from its least dBm on, by the guide's table of reception units (7.1.4): of a modem for LTE
/// (RSRP), and of one for 3G (RSCP), which has the levels of Wi-Fi (RSSI). What is weaker is poor.
const SIGNALS: [(&str, f64, f64); 4] = [
    ("Excellent", -84.0, -65.0),
    ("Good", -102.0, -75.0),
    ("Fair", -111.0, -85.0),
    ("Poor", f64::NEG_INFINITY, f64::NEG_INFINITY),
];

/// The signal, what that means, and how many percent of a bar it fills.
pub struct Reception {
    pub dbm: String,
    pub words: String,
    pub percent: u8,
}

/// A station with a modem is a gateway or charges with direct current; the others have Wi-Fi. Which modem it is, is
/// not told.
pub fn of(station: &Station) -> Option<Reception> {
    let dbm: f64 = station.station_reception.as_deref()?.trim().parse().ok()?;
    let is_gateway = station
        .station_model
        .as_deref()
        .is_some_and(|model| model.contains("GW"));
    let modem = is_gateway
        || station
            .ports
            .iter()
            .any(|port| level(port).as_deref() == Some("DC"));
    let signal = |least: fn(&(&str, f64, f64)) -> f64| {
        let at = SIGNALS.iter().position(|signal| dbm >= least(signal));
        at.unwrap_or(SIGNALS.len() - 1)
    };
    let (lte, other) = (signal(|signal| signal.1), signal(|signal| signal.2));
    let at = if modem { lte } else { other };
    let words = match at == other {
        true => SIGNALS[at].0.to_owned(),
        false => format!(
            "{} with LTE, {} with 3G",
            SIGNALS[lte].0,
            SIGNALS[other].0.to_lowercase()
        ),
    };
    Some(Reception {
        dbm: format!("{dbm:.0} dBm"),
        words,
        percent: (SIGNALS.len() - at) as u8 * 25,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chargepoint::Port;

    use super::*;

    #[test]
    fn reception_has_its_bars_by_the_guides_table() {
        // Who has a modem is a gateway, and it may be of two kinds.
        for (model, dbm, said, bars) in [
            ("CPF50-L23", -65, "Excellent", 100),
            ("CPF50-L23", -66, "Good", 75),
            ("CPF50-L23", -75, "Good", 75),
            ("CPF50-L23", -76, "Fair", 50),
            ("CPF50-L23", -85, "Fair", 50),
            ("CPF50-L23", -86, "Poor", 25),
            ("CT4011-GW1", -65, "Excellent", 100),
            ("CT4011-GW1", -75, "Excellent with LTE, good with 3G", 100),
            ("CT4011-GW1", -84, "Excellent with LTE, fair with 3G", 100),
            ("CT4011-GW1", -85, "Good with LTE, fair with 3G", 75),
            ("CT4011-GW1", -102, "Good with LTE, poor with 3G", 75),
            ("CT4011-GW1", -103, "Fair with LTE, poor with 3G", 50),
            ("CT4011-GW1", -111, "Fair with LTE, poor with 3G", 50),
            ("CT4011-GW1", -112, "Poor", 25),
        ] {
            let heard = of(&Station {
                station_model: Some(model.into()),
                station_reception: Some(dbm.to_string()),
                ..Station::default()
            })
            .unwrap();
            assert_eq!(heard.dbm, format!("{dbm} dBm"));
            assert_eq!(
                (heard.words.as_str(), heard.percent),
                (said, bars),
                "{model} {dbm}"
            );
        }
        // Of a port in Europe the mode is told, and no level.
        for (level, mode, said) in [
            (Some("DC"), None, "Excellent with LTE, fair with 3G"),
            (Some(""), Some("4"), "Excellent with LTE, fair with 3G"),
            (None, Some("4"), "Excellent with LTE, fair with 3G"),
            (None, Some("3"), "Fair"),
        ] {
            let port = Port {
                level: level.map(str::to_owned),
                mode: mode.map(str::to_owned),
                ..Port::default()
            };
            let heard = of(&Station {
                station_reception: Some("-80".into()),
                ports: vec![port],
                ..Station::default()
            });
            assert_eq!(heard.unwrap().words, said);
        }
        assert!(of(&Station::default()).is_none());
    }
}
