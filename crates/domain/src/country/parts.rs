//! Parts of countries that have more than one clock, by their names and short names as they are compared.

/// A part, or a whole country, where most keep one clock and some may keep a neighbour's.
pub struct Part {
    pub alpha2: &'static str,
    /// Of the part; none: the whole country.
    pub names: &'static [&'static str],
    /// The zone of most.
    zone: &'static str,
    others: Option<Others>,
}

/// Those that keep the clock of another zone: nothing but the place itself tells which.
struct Others {
    zone: &'static str,
    /// Whether a place, by its degrees north and east, is one of them: about where counties have their borders.
    are_at: fn(f64, f64) -> bool,
}

impl Part {
    /// The zone at a place in it; none where it has two, and the place is not known.
    pub fn zone(&self, at: Option<(f64, f64)>) -> Option<&'static str> {
        let Some(others) = &self.others else {
            return Some(self.zone);
        };
        let (north, east) = at?;
        Some(match (others.are_at)(north, east) {
            true => others.zone,
            false => self.zone,
        })
    }
}

const fn parts(alpha2: &'static str, zone: &'static str, names: &'static [&'static str]) -> Part {
    Part {
        alpha2,
        names,
        zone,
        others: None,
    }
}

const fn split(
    alpha2: &'static str,
    names: &'static [&'static str],
    most: &'static str,
    others: &'static str,
    are_at: fn(f64, f64) -> bool,
) -> Part {
    let zone = others;
    Part {
        others: Some(Others { zone, are_at }),
        ..parts(alpha2, most, names)
    }
}

pub const EASTERN: &str = "America/New_York";
pub const CENTRAL: &str = "America/Chicago";
pub const MOUNTAIN: &str = "America/Denver";
pub const PACIFIC: &str = "America/Los_Angeles";

pub const PARTS: &[Part] = &[
    parts(
        "us",
        EASTERN,
        &[
            "ct",
            "connecticut",
            "dc",
            "district of columbia",
            "de",
            "delaware",
            "ga",
            "georgia",
            "me",
            "maine",
            "md",
            "maryland",
            "ma",
            "massachusetts",
            "nh",
            "new hampshire",
            "nj",
            "new jersey",
            "ny",
            "new york",
            "nc",
            "north carolina",
            "oh",
            "ohio",
            "pa",
            "pennsylvania",
            "ri",
            "rhode island",
            "sc",
            "south carolina",
            "vt",
            "vermont",
            "va",
            "virginia",
            "wv",
            "west virginia",
        ],
    ),
    parts(
        "us",
        CENTRAL,
        &[
            "al",
            "alabama",
            "ar",
            "arkansas",
            "il",
            "illinois",
            "ia",
            "iowa",
            "la",
            "louisiana",
            "mn",
            "minnesota",
            "ms",
            "mississippi",
            "mo",
            "missouri",
            "ok",
            "oklahoma",
            "wi",
            "wisconsin",
        ],
    ),
    parts(
        "us",
        MOUNTAIN,
        &[
            "co",
            "colorado",
            "mt",
            "montana",
            "nm",
            "new mexico",
            "ut",
            "utah",
            "wy",
            "wyoming",
        ],
    ),
    parts(
        "us",
        PACIFIC,
        &["ca", "california", "nv", "nevada", "wa", "washington"],
    ),
    parts("us", "America/Phoenix", &["az", "arizona"]),
    parts("us", "America/Anchorage", &["ak", "alaska"]),
    parts("us", "Pacific/Honolulu", &["hi", "hawaii"]),
    parts("us", "America/Puerto_Rico", &["pr", "puerto rico"]),
    parts("ca", "America/Toronto", &["qc", "quebec", "québec"]),
    parts("ca", "America/Winnipeg", &["mb", "manitoba"]),
    parts("ca", "America/Regina", &["sk", "saskatchewan"]),
    parts(
        "ca",
        "America/Edmonton",
        &["ab", "alberta", "nt", "northwest territories"],
    ),
    parts("ca", "America/Vancouver", &["bc", "british columbia"]),
    parts("ca", "America/Whitehorse", &["yt", "yukon"]),
    parts(
        "ca",
        "America/Halifax",
        &[
            "ns",
            "nova scotia",
            "nb",
            "new brunswick",
            "pe",
            "prince edward island",
        ],
    ),
    parts(
        "au",
        "Australia/Sydney",
        &[
            "nsw",
            "new south wales",
            "act",
            "australian capital territory",
            "vic",
            "victoria",
            "tas",
            "tasmania",
        ],
    ),
    parts("au", "Australia/Brisbane", &["qld", "queensland"]),
    parts("au", "Australia/Adelaide", &["sa", "south australia"]),
    parts("au", "Australia/Darwin", &["nt", "northern territory"]),
    parts("au", "Australia/Perth", &["wa", "western australia"]),
    split("us", &["fl", "florida"], EASTERN, CENTRAL, |_, east| east < -85.0),
    split("us", &["in", "indiana"], EASTERN, CENTRAL, |north, east| {
        let is_north_west = north > 40.7 && east < -87.0 || north > 41.15 && east < -86.55;
        is_north_west || north < 38.4 && east < -87.2 || north < 38.15 && east < -86.5
    }),
    split("us", &["ky", "kentucky"], EASTERN, CENTRAL, |north, east| {
        east < -86.2 || north < 37.3 && east < -85.0
    }),
    split("us", &["mi", "michigan"], EASTERN, CENTRAL, |north, east| {
        (45.0..46.35).contains(&north) && east < -87.6 || north < 46.7 && east < -89.5
    }),
    split("us", &["tn", "tennessee"], CENTRAL, EASTERN, |north, east| {
        east > -84.85 || north < 35.65 && east > -85.15 || north < 35.45 && east > -85.37
    }),
    split("us", &["ks", "kansas"], CENTRAL, MOUNTAIN, |north, east| {
        north > 37.75 && east < -101.5
    }),
    split("us", &["ne", "nebraska"], CENTRAL, MOUNTAIN, |_, east| {
        east < -101.25
    }),
    split("us", &["sd", "south dakota"], CENTRAL, MOUNTAIN, |_, east| {
        east < -100.9
    }),
    split("us", &["nd", "north dakota"], CENTRAL, MOUNTAIN, |north, east| {
        north < 47.2 && east < -101.4
    }),
    split("us", &["tx", "texas"], CENTRAL, MOUNTAIN, |_, east| {
        east < -104.95
    }),
    split("us", &["id", "idaho"], MOUNTAIN, PACIFIC, |north, _| {
        north > 45.45
    }),
    split("us", &["or", "oregon"], PACIFIC, MOUNTAIN, |north, east| {
        north < 44.45 && east > -118.2
    }),
    split(
        "ca",
        &["on", "ontario"],
        "America/Toronto",
        "America/Winnipeg",
        |_, east| east < -90.0,
    ),
    split(
        "ca",
        &["nl", "newfoundland and labrador", "newfoundland"],
        "America/St_Johns",
        "America/Goose_Bay",
        |north, east| north > 52.9 || north > 51.5 && east < -57.2,
    ),
    split("es", &[], "Europe/Madrid", "Atlantic/Canary", |_, east| {
        east < -10.0
    }),
    split("pt", &[], "Europe/Lisbon", "Atlantic/Azores", |_, east| {
        east < -20.0
    }),
];
