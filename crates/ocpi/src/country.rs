//! Countries and their zones, from the words of networks.

/// A country: the names it goes by, as they are compared, its codes, and its zone where one is enough.
struct Country {
    names: &'static [&'static str],
    alpha2: &'static str,
    alpha3: &'static str,
    zone: &'static str,
}

const fn country(
    names: &'static [&'static str],
    alpha2: &'static str,
    alpha3: &'static str,
    zone: &'static str,
) -> Country {
    Country {
        names,
        alpha2,
        alpha3,
        zone,
    }
}

const COUNTRIES: &[Country] = &[
    country(
        &["united states", "united states of america", "usa"],
        "us",
        "USA",
        "",
    ),
    country(&["canada"], "ca", "CAN", ""),
    country(&["mexico"], "mx", "MEX", ""),
    country(&["austria"], "at", "AUT", "Europe/Vienna"),
    country(&["belgium"], "be", "BEL", "Europe/Brussels"),
    country(&["bulgaria"], "bg", "BGR", "Europe/Sofia"),
    country(&["croatia"], "hr", "HRV", "Europe/Zagreb"),
    country(&["cyprus"], "cy", "CYP", "Asia/Nicosia"),
    country(&["czechia", "czech republic"], "cz", "CZE", "Europe/Prague"),
    country(&["denmark"], "dk", "DNK", "Europe/Copenhagen"),
    country(&["estonia"], "ee", "EST", "Europe/Tallinn"),
    country(&["finland"], "fi", "FIN", "Europe/Helsinki"),
    country(&["france"], "fr", "FRA", "Europe/Paris"),
    country(&["germany"], "de", "DEU", "Europe/Berlin"),
    country(&["greece"], "gr", "GRC", "Europe/Athens"),
    country(&["hungary"], "hu", "HUN", "Europe/Budapest"),
    country(&["iceland"], "is", "ISL", "Atlantic/Reykjavik"),
    country(&["ireland"], "ie", "IRL", "Europe/Dublin"),
    country(&["italy"], "it", "ITA", "Europe/Rome"),
    country(&["latvia"], "lv", "LVA", "Europe/Riga"),
    country(&["liechtenstein"], "li", "LIE", "Europe/Vaduz"),
    country(&["lithuania"], "lt", "LTU", "Europe/Vilnius"),
    country(&["luxembourg"], "lu", "LUX", "Europe/Luxembourg"),
    country(&["malta"], "mt", "MLT", "Europe/Malta"),
    country(
        &["netherlands", "the netherlands"],
        "nl",
        "NLD",
        "Europe/Amsterdam",
    ),
    country(&["norway"], "no", "NOR", "Europe/Oslo"),
    country(&["poland"], "pl", "POL", "Europe/Warsaw"),
    country(&["portugal"], "pt", "PRT", ""),
    country(&["romania"], "ro", "ROU", "Europe/Bucharest"),
    country(&["slovakia"], "sk", "SVK", "Europe/Bratislava"),
    country(&["slovenia"], "si", "SVN", "Europe/Ljubljana"),
    country(&["spain"], "es", "ESP", ""),
    country(&["sweden"], "se", "SWE", "Europe/Stockholm"),
    country(&["switzerland"], "ch", "CHE", "Europe/Zurich"),
    country(
        &["united kingdom", "great britain", "uk"],
        "gb",
        "GBR",
        "Europe/London",
    ),
    country(&["turkey", "türkiye"], "tr", "TUR", "Europe/Istanbul"),
    country(&["ukraine"], "ua", "UKR", "Europe/Kyiv"),
    country(&["australia"], "au", "AUS", ""),
    country(&["new zealand"], "nz", "NZL", ""),
    country(&["japan"], "jp", "JPN", "Asia/Tokyo"),
    country(&["india"], "in", "IND", "Asia/Kolkata"),
    country(&["singapore"], "sg", "SGP", "Asia/Singapore"),
    country(&["israel"], "il", "ISR", "Asia/Jerusalem"),
    country(&["united arab emirates"], "ae", "ARE", "Asia/Dubai"),
];

/// The code of a country that nobody knows: one that ISO leaves to its users.
const UNKNOWN: &str = "ZZZ";

/// Zones whose offset is no whole number of hours, in minutes east of Greenwich.
const HALVES: &[(i32, &str)] = &[
    (-210, "America/St_Johns"),
    (210, "Asia/Tehran"),
    (270, "Asia/Kabul"),
    (330, "Asia/Kolkata"),
    (345, "Asia/Kathmandu"),
    (390, "Asia/Yangon"),
    (570, "Australia/Darwin"),
];

fn find(name: &str) -> Option<&'static Country> {
    let name = name.trim().to_lowercase();
    COUNTRIES.iter().find(|country| {
        country.names.contains(&name.as_str())
            || country.alpha2 == name
            || country.alpha3.eq_ignore_ascii_case(&name)
    })
}

/// The alpha-3 code of a country as networks name it, or as one of its codes.
pub fn alpha3(name: &str) -> &'static str {
    find(name).map_or(UNKNOWN, |country| country.alpha3)
}

/// A zone of the tz database: the one that is named; that of a country with a single one; or one with that offset,
/// such as `UTC+01:00`, which knows no summer.
pub fn zone(zone: &str, country: &str) -> String {
    let zone = zone.trim();
    if zone.contains('/') && zone.len() <= 255 && zone.is_ascii() {
        return zone.to_owned();
    }
    if let Some(country) = find(country).filter(|country| !country.zone.is_empty()) {
        return country.zone.to_owned();
    }
    let Some(minutes) = offset(zone) else {
        return "Etc/UTC".into();
    };
    let halves = HALVES.iter().find(|(offset, _)| *offset == minutes);
    match (halves, minutes / 60) {
        (Some((_, zone)), _) => (*zone).to_owned(),
        (None, 0) => "Etc/UTC".into(),
        // These names count westwards.
        (None, hours) if (-14..=12).contains(&-hours) => format!("Etc/GMT{:+}", -hours),
        (None, _) => "Etc/UTC".into(),
    }
}

/// `UTC+01:00`, `+0100`, `-5` in minutes.
fn offset(text: &str) -> Option<i32> {
    let text = text.trim_start_matches("UTC").trim_start_matches("GMT").trim();
    let (sign, digits) = match text.split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        ("+", digits) => (1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None => digits.split_at(digits.len().min(2)),
    };
    let minutes: i32 = if minutes.is_empty() {
        0
    } else {
        minutes.parse().ok()?
    };
    let hours: i32 = hours.parse().ok().filter(|hours| *hours <= 14)?;
    Some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_by_name_and_code() {
        for name in ["Netherlands", " nl ", "NLD"] {
            assert_eq!(alpha3(name), "NLD", "{name}");
        }
        assert_eq!((alpha3("United States"), alpha3("Atlantis")), ("USA", "ZZZ"));
    }

    #[test]
    fn zones() {
        for (told, country, name) in [
            ("Europe/Rome", "Germany", "Europe/Rome"),
            ("UTC+01:00", "Netherlands", "Europe/Amsterdam"),
            ("UTC-08:00", "United States", "Etc/GMT+8"),
            ("-0330", "Canada", "America/St_Johns"),
            ("UTC+05:30", "", "Asia/Kolkata"),
            ("UTC+00:00", "", "Etc/UTC"),
            ("UTC+99:00", "", "Etc/UTC"),
            ("somewhere", "", "Etc/UTC"),
            ("", "", "Etc/UTC"),
        ] {
            assert_eq!(zone(told, country), name, "{told} {country}");
        }
    }
}
