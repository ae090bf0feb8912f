//! Countries and the zones of their clocks, from the words of networks.

mod parts;

use self::parts::{PARTS, Part};

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
        &[
            "united kingdom",
            "great britain",
            "uk",
            "england",
            "scotland",
            "wales",
            "northern ireland",
        ],
        "gb",
        "GBR",
        "Europe/London",
    ),
    country(&["turkey", "türkiye"], "tr", "TUR", "Europe/Istanbul"),
    country(&["ukraine"], "ua", "UKR", "Europe/Kyiv"),
    country(&["australia"], "au", "AUS", ""),
    country(&["new zealand"], "nz", "NZL", "Pacific/Auckland"),
    country(&["japan"], "jp", "JPN", "Asia/Tokyo"),
    country(&["india"], "in", "IND", "Asia/Kolkata"),
    country(&["singapore"], "sg", "SGP", "Asia/Singapore"),
    country(&["israel"], "il", "ISR", "Asia/Jerusalem"),
    country(&["monaco"], "mc", "MCO", "Europe/Monaco"),
    country(&["andorra"], "ad", "AND", "Europe/Andorra"),
    country(&["serbia"], "rs", "SRB", "Europe/Belgrade"),
    country(&["gibraltar"], "gi", "GIB", "Europe/Gibraltar"),
    country(&["jersey"], "je", "JEY", "Europe/Jersey"),
    country(&["guernsey"], "gg", "GGY", "Europe/Guernsey"),
    country(&["isle of man"], "im", "IMN", "Europe/Isle_of_Man"),
    country(&["san marino"], "sm", "SMR", "Europe/San_Marino"),
    country(&["bosnia and herzegovina"], "ba", "BIH", "Europe/Sarajevo"),
    country(&["montenegro"], "me", "MNE", "Europe/Podgorica"),
    country(&["north macedonia"], "mk", "MKD", "Europe/Skopje"),
    country(&["albania"], "al", "ALB", "Europe/Tirane"),
    country(&["moldova"], "md", "MDA", "Europe/Chisinau"),
    country(&["south korea"], "kr", "KOR", "Asia/Seoul"),
    country(&["hong kong"], "hk", "HKG", "Asia/Hong_Kong"),
    country(&["taiwan"], "tw", "TWN", "Asia/Taipei"),
    country(&["south africa"], "za", "ZAF", "Africa/Johannesburg"),
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

/// The areas that names of the tz database begin with.
const AREAS: &[&str] = &[
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
    "Etc",
];

/// What is known of a place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'p> {
    pub country: &'p str,
    /// The state or the province.
    pub part: &'p str,
    /// Degrees north and degrees east.
    pub at: Option<(f64, f64)>,
}

/// A zone of the tz database, from what is said of a place's clock, a name or an offset such as `UTC+01:00`, and from
/// the place: the zone that is named; that of the country or of the part of it, some of which have two; or one with
/// that offset, which knows no summer. None where nothing tells.
pub fn zone(told: &str, place: Place) -> Option<String> {
    let told = told.trim();
    if is_name(told) {
        return Some(told.to_owned());
    }
    let by_place = find(place.country).and_then(|country| {
        if !country.zone.is_empty() {
            return Some(country.zone);
        }
        let name = place.part.trim().to_lowercase();
        let is_it = |part: &&Part| part.names.is_empty() || part.names.contains(&name.as_str());
        let mut parts = PARTS.iter().filter(|part| part.alpha2 == country.alpha2);
        parts.find(is_it)?.zone(place.at)
    });
    by_place.map(str::to_owned).or_else(|| fixed(offset(told)?))
}

/// Whether a text is written as the names of the tz database are.
fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-/".contains(&byte);
    text.split_once('/').is_some_and(|(area, place)| {
        AREAS.contains(&area) && !place.is_empty() && place.len() <= 40 && place.bytes().all(is_plain)
    })
}

/// A zone that is always so many minutes east of Greenwich.
fn fixed(minutes: i32) -> Option<String> {
    let halves = HALVES.iter().find(|(offset, _)| *offset == minutes);
    match (halves, minutes / 60) {
        (Some((_, zone)), _) => Some((*zone).to_owned()),
        (None, _) if minutes % 60 != 0 => None,
        (None, 0) => Some("Etc/UTC".into()),
        // These names count westwards.
        (None, hours) if (-14..=12).contains(&-hours) => Some(format!("Etc/GMT{:+}", -hours)),
        (None, _) => None,
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
    let parts = digits.split_once(':');
    let (hours, minutes) = parts.or_else(|| digits.split_at_checked(digits.len().min(2)))?;
    let number = |text: &str, most: i32| {
        let is_plain = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| is_plain && *number <= most)
    };
    let minutes = if minutes.is_empty() {
        0
    } else {
        number(minutes, 59)?
    };
    Some(sign * (number(hours, 14)? * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::parts::{CENTRAL, EASTERN, MOUNTAIN, PACIFIC};
    use super::*;

    #[test]
    fn countries_by_name_and_code() {
        for name in ["Netherlands", " nl ", "NLD"] {
            assert_eq!(alpha3(name), "NLD", "{name}");
        }
        assert_eq!((alpha3("United States"), alpha3("Atlantis")), ("USA", "ZZZ"));
    }

    fn place(country: &'static str, part: &'static str) -> Place<'static> {
        Place {
            country,
            part,
            at: None,
        }
    }

    #[test]
    fn zones() {
        for (told, country, part, name) in [
            ("Europe/Rome", "Germany", "", "Europe/Rome"),
            (
                "America/Argentina/Buenos_Aires",
                "",
                "",
                "America/Argentina/Buenos_Aires",
            ),
            ("UTC+01:00", "Netherlands", "", "Europe/Amsterdam"),
            ("", "nl", "", "Europe/Amsterdam"),
            // No name of a zone, though it has a stroke.
            ("N/A", "nl", "", "Europe/Amsterdam"),
            ("UTC/GMT +01:00", "nl", "", "Europe/Amsterdam"),
            // Summer or winter, California is California.
            ("-08:00", "United States", "California", "America/Los_Angeles"),
            ("-07:00", "USA", "ca ", "America/Los_Angeles"),
            ("-07:00", "us", "AZ", "America/Phoenix"),
            ("", "Canada", "Québec", "America/Toronto"),
            ("", "Canada", "sk", "America/Regina"),
            ("+10:00", "au", "NSW", "Australia/Sydney"),
            ("+00:00", "Scotland", "", "Europe/London"),
            // Nobody knows the part, or where in it.
            ("UTC-08:00", "United States", "", "Etc/GMT+8"),
            ("-06:00", "us", "Texas", "Etc/GMT+6"),
            ("-0330", "Canada", "", "America/St_Johns"),
            ("UTC+05:30", "", "", "Asia/Kolkata"),
            ("+5", "", "", "Etc/GMT-5"),
            ("UTC+00:00", "", "", "Etc/UTC"),
        ] {
            let found = zone(told, place(country, part));
            assert_eq!(found.as_deref(), Some(name), "{told} {country} {part}");
        }
        for (told, country, part) in [
            ("UTC+99:00", "", ""),
            ("+05:10", "", ""),
            ("+1é", "", ""),
            ("+1:2147483647", "", ""),
            ("+-1:00", "", ""),
            ("+01:60", "", ""),
            ("+", "", ""),
            ("é", "", ""),
            ("somewhere", "", ""),
            ("Moon/Base", "", ""),
            ("Europe/", "", ""),
            ("Europe/Ber lin", "", ""),
            ("", "", ""),
            ("", "us", ""),
            ("", "us", "tx"),
            ("", "es", ""),
        ] {
            assert_eq!(zone(told, place(country, part)), None, "{told} {country} {part}");
        }
    }

    #[test]
    fn a_place_tells_on_which_side_of_a_border_it_is() {
        for (country, part, city, at, name) in [
            ("us", "Texas", "Austin", (30.27, -97.74), CENTRAL),
            ("us", "tx", "El Paso", (31.76, -106.49), MOUNTAIN),
            ("us", "fl", "Tallahassee", (30.44, -84.28), EASTERN),
            ("us", "fl", "Pensacola", (30.42, -87.22), CENTRAL),
            ("us", "tn", "Nashville", (36.16, -86.78), CENTRAL),
            ("us", "tn", "Cookeville", (36.16, -85.5), CENTRAL),
            ("us", "tn", "Knoxville", (35.96, -83.92), EASTERN),
            ("us", "tn", "Chattanooga", (35.05, -85.31), EASTERN),
            ("us", "in", "Indianapolis", (39.77, -86.16), EASTERN),
            ("us", "in", "Terre Haute", (39.47, -87.41), EASTERN),
            ("us", "in", "Gary", (41.59, -87.35), CENTRAL),
            ("us", "in", "Evansville", (37.97, -87.57), CENTRAL),
            ("us", "ky", "Louisville", (38.25, -85.76), EASTERN),
            ("us", "ky", "Bowling Green", (36.99, -86.44), CENTRAL),
            ("us", "mi", "Detroit", (42.33, -83.05), EASTERN),
            ("us", "mi", "Marquette", (46.54, -87.4), EASTERN),
            ("us", "mi", "Iron Mountain", (45.82, -88.06), CENTRAL),
            ("us", "mi", "Ironwood", (46.45, -90.17), CENTRAL),
            ("us", "ks", "Wichita", (37.69, -97.34), CENTRAL),
            ("us", "ks", "Goodland", (39.35, -101.71), MOUNTAIN),
            ("us", "ne", "North Platte", (41.12, -100.77), CENTRAL),
            ("us", "ne", "Ogallala", (41.13, -101.72), MOUNTAIN),
            ("us", "sd", "Pierre", (44.37, -100.35), CENTRAL),
            ("us", "sd", "Rapid City", (44.08, -103.23), MOUNTAIN),
            ("us", "nd", "Bismarck", (46.81, -100.78), CENTRAL),
            ("us", "nd", "Williston", (48.15, -103.62), CENTRAL),
            ("us", "nd", "Dickinson", (46.88, -102.79), MOUNTAIN),
            ("us", "id", "Boise", (43.62, -116.2), MOUNTAIN),
            ("us", "id", "Coeur d'Alene", (47.68, -116.78), PACIFIC),
            ("us", "or", "Portland", (45.52, -122.68), PACIFIC),
            ("us", "or", "Baker City", (44.77, -117.83), PACIFIC),
            ("us", "or", "Ontario", (44.03, -116.96), MOUNTAIN),
            ("ca", "on", "Thunder Bay", (48.38, -89.25), "America/Toronto"),
            ("ca", "on", "Kenora", (49.77, -94.49), "America/Winnipeg"),
            ("ca", "nl", "St. John's", (47.56, -52.71), "America/St_Johns"),
            ("ca", "nl", "Goose Bay", (53.3, -60.33), "America/Goose_Bay"),
            ("es", "", "Madrid", (40.42, -3.7), "Europe/Madrid"),
            ("es", "", "Las Palmas", (28.12, -15.43), "Atlantic/Canary"),
            ("pt", "", "Funchal", (32.65, -16.91), "Europe/Lisbon"),
            ("pt", "", "Ponta Delgada", (37.74, -25.67), "Atlantic/Azores"),
        ] {
            let at = Some(at);
            let place = Place { country, part, at };
            assert_eq!(zone("-01:00", place).as_deref(), Some(name), "{city}");
        }
    }
}
