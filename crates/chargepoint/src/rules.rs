//! The guide's rules for parameters, checked before a call is spent. Each refusal names the parameter
//! by its wire name and carries the code the service would answer, so that the stand-in may ask too.

use crate::calls::geo::Geo;
use crate::calls::pricing::PricingOptions;
use crate::code::Code;
use crate::codec::text::DateTime;

/// Why a request is not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Wire name of the parameter to blame.
    pub field: &'static str,
    /// What the service would answer.
    pub code: Code,
    /// What is wrong, in a sentence.
    pub why: String,
}

impl Invalid {
    /// A refusal in the guide's words.
    pub fn of(field: &'static str, code: Code) -> Self {
        Self::because(field, code, code.text())
    }

    /// A refusal where the guide's words do not say enough.
    pub fn because(field: &'static str, code: Code, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { field, code, why }
    }
}

/// What a rule says.
pub type Checked = Result<(), Invalid>;

/// A refusal unless a condition holds.
pub fn ensure(holds: bool, field: &'static str, code: Code, why: &str) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(Invalid::because(field, code, why))
    }
}

/// Something that must stand.
pub fn given<'a>(field: &'static str, value: Option<&'a str>) -> Result<&'a str, Invalid> {
    let value = value.filter(|text| !text.trim().is_empty());
    value.ok_or_else(|| Invalid::because(field, Code::Mandatory, format!("{field} must be given.")))
}

/// Whether a text stands for more than itself in a search: `*` and `%` for any characters, `?` for one.
pub fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '%', '?'])
}

/// `CPNID:StationIdentifier`, where one is given.
pub fn station_id(id: Option<&str>) -> Checked {
    qualified("stationID", id, Code::StationIdFormat, "1:12345")
}

/// Several of them, and then not a single one beside them.
pub fn station_ids(one: Option<&str>, many: Option<&[String]>) -> Checked {
    station_id(one)?;
    let Some(many) = many else { return Ok(()) };
    if one.is_some() {
        return Err(Invalid::of("stationIDs", Code::StationIdTwice));
    }
    ensure(
        !many.is_empty(),
        "stationIDs",
        Code::Mandatory,
        "At least one station must be given.",
    )?;
    many.iter()
        .try_for_each(|id| qualified("stationIDs", Some(id), Code::StationIdFormat, "1:12345"))
}

/// `CPNID:CompanyID`, where one is given.
pub fn org_id(field: &'static str, id: Option<&str>) -> Checked {
    qualified(field, id, Code::OrganizationIdFormat, "1:ORG12345")
}

/// `CPNID:fleetVehicleID`, where one is given.
pub fn vehicle_id(id: Option<&str>) -> Checked {
    qualified("fleetVehicleID", id, Code::InvalidParameters, "1:7890")
}

fn qualified(field: &'static str, id: Option<&str>, code: Code, example: &str) -> Checked {
    let Some(id) = id else { return Ok(()) };
    let is_own = |own: &str| {
        !own.is_empty()
            && own
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let is = id
        .split_once(':')
        .is_some_and(|(network, own)| is_number(network) && is_own(own));
    ensure(
        is,
        field,
        code,
        &format!("{field} must be of the form {example}: network, colon, identifier."),
    )
}

/// A whole number that the wire takes for an identifier, where one is given.
pub fn number(field: &'static str, id: Option<&str>, code: Code) -> Checked {
    let is = id.is_none_or(|id| is_number(id) && id.len() < 19);
    ensure(is, field, code, &format!("{field} must be a whole number."))
}

/// A station group of a call that has them as numbers, where one is given.
pub fn group(id: Option<&str>) -> Checked {
    let is = id.is_none_or(|id| is_number(id) && id.parse::<i32>().is_ok());
    ensure(is, "sgID", Code::InvalidGroup, "sgID must be a whole number.")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Which page is asked for, where something is said of it.
pub fn page(start: Option<i64>, field: &'static str, count: Option<i32>, most: i32) -> Checked {
    let is = start.is_none_or(|start| start >= 1);
    ensure(
        is,
        "startRecord",
        Code::InvalidFields,
        "startRecord counts from 1.",
    )?;
    let is = count.is_none_or(|count| count >= 1);
    ensure(
        is,
        field,
        Code::InvalidFields,
        &format!("{field} must be at least 1."),
    )?;
    let code = if field == "numTransactions" {
        Code::TooManyTransactions
    } else {
        Code::PageTooLarge
    };
    let is = count.is_none_or(|count| count <= most);
    ensure(is, field, code, &format!("{field} may be at most {most}."))
}

/// Times from and to, where they are given: each a moment in UTC, the first not after the second.
pub fn span(
    from: (&'static str, Option<&DateTime>),
    to: (&'static str, Option<&DateTime>),
    code: Code,
) -> Checked {
    moment(from.0, from.1)?;
    moment(to.0, to.1)?;
    let (Some(start), Some(end)) = (from.1, to.1) else {
        return Ok(());
    };
    // Of one form, texts sort as times; a fraction comes after the second without one.
    let key = |time: &DateTime| time.trim_end_matches('Z').to_owned();
    let why = format!("{} may not be after {}.", from.0, to.0);
    ensure(key(start) <= key(end), from.0, code, &why)
}

/// A moment in UTC, where one is given: `2026-11-20T21:05:05Z`, with a fraction or without.
pub fn moment(field: &'static str, time: Option<&DateTime>) -> Checked {
    let is = time.is_none_or(|time| is_moment(time));
    let why = format!("{field} must be a time in UTC such as 2026-11-20T21:05:05Z.");
    ensure(is, field, Code::InvalidDates, &why)
}

fn is_moment(text: &str) -> bool {
    let Some((time, fraction)) = text.split_at_checked(19) else {
        return false;
    };
    let form = time
        .bytes()
        .zip(b"0000-00-00T00:00:00")
        .all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            form => byte == *form,
        });
    let within = |from: usize, most: u8| time[from..from + 2].parse::<u8>().is_ok_and(|n| n <= most);
    let fraction = match fraction.strip_suffix('Z') {
        Some("") => true,
        Some(digits) => digits.strip_prefix('.').is_some_and(is_number),
        None => false,
    };
    form && within(5, 12) && within(8, 31) && within(11, 23) && within(14, 59) && within(17, 60) && fraction
}

/// One of some words, where one is given.
pub fn one_of(field: &'static str, word: Option<&str>, words: &[&str]) -> Checked {
    let is = word.is_none_or(|word| words.contains(&word));
    ensure(
        is,
        field,
        Code::InvalidFields,
        &format!("{field} must be one of {}.", words.join(", ")),
    )
}

/// A search by distance.
pub fn place(geo: Option<&Geo>, proximity: Option<f64>, unit: Option<&str>) -> Checked {
    let is = geo.is_none_or(|geo| geo.lat.abs() <= 90.0);
    ensure(is, "Lat", Code::InvalidFields, "Lat must be from -90 to 90.")?;
    let is = geo.is_none_or(|geo| geo.long.abs() <= 180.0);
    ensure(is, "Long", Code::InvalidFields, "Long must be from -180 to 180.")?;
    let is = proximity.is_none_or(|reach| reach >= 0.0 && reach.is_finite());
    ensure(
        is,
        "Proximity",
        Code::InvalidFields,
        "Proximity may not be less than 0.",
    )?;
    one_of("proximityUnit", unit, &["M", "N", "K", "F", "I"])
}

/// Level and mode of a station.
pub fn level(level: Option<&str>, mode: Option<&str>) -> Checked {
    one_of("Level", level, &["1", "2", "3", "4"])?;
    one_of("Mode", mode, &["1", "3", "4"])
}

/// A session to be priced needs all of its four parameters.
pub fn pricing(options: Option<&PricingOptions>) -> Checked {
    let is = options.is_none_or(|session| {
        session.start_time.is_some()
            && session.duration.is_some()
            && session.energy_required.is_some()
            && session.vehicle_power.is_some()
    });
    if is {
        Ok(())
    } else {
        Err(Invalid::of("Pricing", Code::PricingIncomplete))
    }
}

/// How much is shed: by a load or by a percentage, one of the two.
pub fn shed(load: (&'static str, Option<f64>), percent: (&'static str, Option<f64>)) -> Checked {
    if load.1.is_some() == percent.1.is_some() {
        let why = "Give either a load or a percentage, and not both.";
        return Err(Invalid::because(load.0, Code::LoadOrPercent, why));
    }
    let is = load.1.is_none_or(|kw| kw >= 0.0 && kw.is_finite());
    ensure(
        is,
        load.0,
        Code::NotAboveZero,
        &format!("{} may not be less than 0 kW.", load.0),
    )?;
    let is = percent.1.is_none_or(|percent| percent >= 0.0);
    ensure(
        is,
        percent.0,
        Code::InvalidPercentage,
        &format!("{} must be from 0 to 100.", percent.0),
    )?;
    let is = percent.1.is_none_or(|percent| percent <= 100.0);
    ensure(
        is,
        percent.0,
        Code::PercentAboveHundred,
        &format!("{} must be from 0 to 100.", percent.0),
    )
}
