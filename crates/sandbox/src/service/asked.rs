//! What a call names: stations, groups, organizations, moments, pages.

use chargepoint::DateTime;
use chargepoint::code::Code;

use super::Refused;
use super::refused::refuse_if;
use crate::clock::seconds;
use crate::estate::groups::{Group, STRANGE};
use crate::estate::organizations::{self, Organization};
use crate::estate::{Estate, Unit, traits};
use crate::search::{is_qualified, like};

/// Stations with numbers from here belong to organizations that have given no rights.
const STRANGERS: std::ops::Range<u64> = 900_001..900_101;
/// An organization that has given no rights.
const STRANGER: &str = "1:ORG99001";

/// The station that a call names.
pub fn station<'a>(estate: &'a Estate, id: Option<&str>) -> Result<&'a Unit, Refused> {
    let id = id.ok_or(Code::Mandatory)?;
    refuse_if(!is_qualified(id, ""), Code::StationIdFormat)?;
    refuse_if(STRANGERS.contains(&traits::number(id)), Code::OthersStations)?;
    let known = estate.unit(id).filter(|unit| unit.is_there());
    Ok(known.ok_or(Code::InvalidStation)?)
}

/// The group that a call names.
pub fn group(estate: &Estate, id: Option<&str>) -> Result<Group, Refused> {
    let id = id.ok_or(Code::Mandatory)?;
    let id = id.trim().parse().map_err(|_| Code::InvalidGroup)?;
    refuse_if(id == STRANGE, Code::OthersGroup)?;
    Ok(estate.group(id).ok_or(Code::UnknownGroup)?)
}

/// The stations of a group.
pub fn members<'a>(estate: &'a Estate, group: &Group) -> Vec<&'a Unit> {
    let units = estate.units().iter();
    units
        .filter(|unit| unit.is_there() && unit.traits.groups.contains(&group.id))
        .collect()
}

/// The organization that a call names.
pub fn organization(id: &str) -> Result<&'static Organization, Refused> {
    refuse_if(!is_qualified(id, "ORG"), Code::OrganizationIdFormat)?;
    refuse_if(id.trim() == STRANGER, Code::OthersOrganization)?;
    Ok(organizations::organization_of(id.trim()).ok_or(Code::InvalidOrganization)?)
}

/// Refuses what an organization's plan does not allow.
pub fn enterprise(estate: &Estate, organization: Option<&Organization>) -> Result<(), Refused> {
    let allowed = organization.is_some_and(|organization| estate.is_enterprise(organization));
    refuse_if(!allowed, Code::NotInPlan)
}

/// A moment, in seconds since 1970 UTC.
pub fn moment(text: Option<&DateTime>) -> Result<Option<i64>, Refused> {
    let moment = text.map(|DateTime(text)| seconds(text).ok_or(Code::InvalidDates));
    Ok(moment.transpose()?)
}

/// A time between two moments, where they are given.
pub fn time(
    from: Option<&DateTime>,
    until: Option<&DateTime>,
) -> Result<(Option<i64>, Option<i64>), Refused> {
    let (from, until) = (moment(from)?, moment(until)?);
    let turned = from.zip(until).is_some_and(|(from, until)| from > until);
    refuse_if(turned, Code::StartAfterEnd)?;
    Ok((from, until))
}

/// Number of the first row wanted.
pub fn start(record: Option<i64>) -> Result<usize, Refused> {
    let start = usize::try_from(record.unwrap_or(1))
        .ok()
        .filter(|start| *start > 0);
    Ok(start.ok_or(Code::InvalidFields)?)
}

/// How many rows are wanted; `all` when nothing is said.
pub fn count(count: Option<i32>, all: usize, most: usize, too_many: Refused) -> Result<usize, Refused> {
    let Some(count) = count else { return Ok(all) };
    let count = usize::try_from(count).ok().filter(|count| *count > 0);
    let count = count.ok_or(Code::InvalidFields)?;
    if count > most { Err(too_many) } else { Ok(count) }
}

/// A page of rows, and whether more follow.
pub fn page<T>(start: usize, count: usize, rows: impl IntoIterator<Item = T>) -> (Vec<T>, bool) {
    let mut rest = rows.into_iter().skip(start - 1);
    let page = rest.by_ref().take(count).collect();
    (page, rest.next().is_some())
}

/// Whether a text is the one wanted, if one is.
pub fn same(wanted: Option<&str>, found: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| like(wanted, found.unwrap_or_default()))
}

/// `HH:MM:SS`.
pub fn duration(seconds: i64) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// The whole address of a station.
pub fn address(unit: &Unit) -> String {
    let station = &unit.station;
    let parts = [
        &station.address,
        &station.city,
        &station.state,
        &station.postal_code,
        &station.country,
    ];
    let parts = parts.map(|part| part.as_deref().unwrap_or_default().trim());
    parts.join(", ")
}
