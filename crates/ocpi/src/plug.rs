//! Connectors: from the words of networks to OCPI's.

/// OCPI's name of a plug, and whether it hangs on a cable of the station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plug {
    pub standard: &'static str,
    pub cable: bool,
}

/// The words by which plugs are known, as they are compared, and OCPI's names. The first that a word begins with.
const PLUGS: &[(&str, &str, bool)] = &[
    ("ccs1", "IEC_62196_T1_COMBO", true),
    ("combo1", "IEC_62196_T1_COMBO", true),
    ("combo", "IEC_62196_T2_COMBO", true),
    ("ccs", "IEC_62196_T2_COMBO", true),
    ("chademo", "CHADEMO", true),
    ("nacs", "TESLA_S", true),
    ("tesla", "TESLA_S", true),
    ("j3400", "TESLA_S", true),
    ("j1772", "IEC_62196_T1", true),
    ("type1", "IEC_62196_T1", true),
    ("type2", "IEC_62196_T2", false),
    ("alfenl3", "IEC_62196_T2", false),
    ("iec62196", "IEC_62196_T2", false),
    ("mennekes", "IEC_62196_T2", false),
    ("type3", "IEC_62196_T3C", false),
    ("schuko", "DOMESTIC_F", false),
    ("nema515", "DOMESTIC_B", false),
    ("nema520", "NEMA_5_20", false),
    ("nema630", "NEMA_6_30", false),
    ("nema650", "NEMA_6_50", false),
    ("nema1030", "NEMA_10_30", false),
    ("nema1050", "NEMA_10_50", false),
    ("nema1430", "NEMA_14_30", false),
    ("nema1450", "NEMA_14_50", false),
];

/// The plug that a network calls so; none where nobody knows that word.
pub fn of(word: &str) -> Option<Plug> {
    let word: String = word
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let found = PLUGS.iter().find(|(begins, ..)| word.starts_with(begins));
    found.map(|(_, standard, cable)| Plug {
        standard,
        cable: *cable,
    })
}

/// What a plug gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Power {
    pub power_type: &'static str,
    pub volts: u32,
    pub amperes: u32,
    pub watts: Option<u32>,
}

/// Of what a network tells: direct current or not, volts, amperes, kilowatts, as far as they are known. What is not
/// told follows from the rest, at usual voltages; none where nothing is.
pub fn power(
    direct: bool,
    volts: Option<f64>,
    amperes: Option<f64>,
    kilowatts: Option<f64>,
) -> Option<Power> {
    let positive = |value: Option<f64>| value.filter(|value| (0.001..1e6).contains(value));
    let (volts, amperes, kilowatts) = (positive(volts), positive(amperes), positive(kilowatts));
    let watts = kilowatts.map(|kilowatts| kilowatts * 1000.0);
    let volts = volts.unwrap_or(if direct {
        1000.0
    } else if watts.is_some_and(|watts| watts > 7400.0) && amperes.is_none_or(|amperes| amperes <= 63.0) {
        400.0
    } else {
        230.0
    });
    let three = 3_f64.sqrt();
    let phases = match (amperes, watts) {
        (Some(amperes), Some(watts)) => watts > volts * amperes * 1.3,
        _ => volts > 300.0,
    };
    let amperes = match (amperes, watts) {
        (Some(amperes), _) => amperes,
        (None, Some(watts)) => watts / volts / if phases && !direct { three } else { 1.0 },
        (None, None) => return None,
    };
    Some(Power {
        power_type: match (direct, phases) {
            (true, _) => "DC",
            (false, true) => "AC_3_PHASE",
            (false, false) => "AC_1_PHASE",
        },
        volts: (volts.round() as u32).max(1),
        amperes: (amperes.round() as u32).max(1),
        watts: watts.map(|watts| watts.round() as u32),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_of_networks() {
        for (word, standard) in [
            ("J1772", "IEC_62196_T1"),
            ("CCS1", "IEC_62196_T1_COMBO"),
            ("CCS2", "IEC_62196_T2_COMBO"),
            ("NEMA 5-20R", "NEMA_5_20"),
            ("ALFENL3", "IEC_62196_T2"),
            ("Schuko", "DOMESTIC_F"),
            ("NACS", "TESLA_S"),
            ("CHAdeMO", "CHADEMO"),
        ] {
            assert_eq!(of(word).unwrap().standard, standard, "{word}");
        }
        assert_eq!(of("banana"), None);
    }

    #[test]
    fn what_is_not_told_follows() {
        let single = power(false, Some(240.0), Some(30.0), Some(7.2)).unwrap();
        assert_eq!(
            (single.power_type, single.volts, single.amperes),
            ("AC_1_PHASE", 240, 30)
        );
        let three = power(false, None, None, Some(22.0)).unwrap();
        assert_eq!(
            (three.power_type, three.volts, three.amperes),
            ("AC_3_PHASE", 400, 32)
        );
        let direct = power(true, Some(1000.0), Some(200.0), Some(200.0)).unwrap();
        assert_eq!((direct.power_type, direct.watts), ("DC", Some(200_000)));
        assert_eq!(power(false, Some(230.0), None, None), None);
    }
}
