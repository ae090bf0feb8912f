//! What filters tell ChargePoint: of a list that is long it is asked for no more than they can mean. They hold of what
//! it gives as ever, so that it may give more, and never less.

use chargepoint::calls::Paged;
use chargepoint::calls::stations::GetStations;
use chargepoint::rules::has_wildcard;
use domain::Timestamp;
use domain::filter::{Condition, Filter, Test};
use domain::text::fold;
use time::{Duration, OffsetDateTime};

use super::list::Face;
use super::parameters::{self, Asked};
use super::worked::Pairs;
use crate::clock;
use crate::estate::Estate;
use crate::estate::rows::Told;
use crate::estate::table::{Read, Within};
use crate::problem::Error;

/// Before all that ChargePoint can tell of.
const BEGINNING: &str = "2000-01-01T00:00:00Z";

/// The fields that name a record or its station.
const NAMES: &[&str] = &["sessionId", "transactionId", "stationId", "stationName"];

/// A call for no more than filters can mean.
pub struct Narrowed<C> {
    pub asked: Asked<C>,
    /// They name a record or its station: ChargePoint finds it however old it is.
    pub is_named: bool,
    /// They say of when.
    pub is_dated: bool,
}

/// The call that parameters mean, narrowed by the filters among them, unless it names a page of ChargePoint's.
///
/// # Errors
/// The parameters cannot be understood.
pub async fn narrowed<C: Read + Paged<Row: Told>>(
    estate: &Estate,
    face: &Face,
    named: &[(&'static str, String)],
    pairs: Pairs,
) -> Result<Narrowed<C>, Error> {
    let read = |pairs: Pairs| parameters::read::<C>(&face.parameters, named.to_vec(), pairs);
    let mut found = Narrowed {
        asked: read(pairs.clone())?,
        is_named: false,
        is_dated: false,
    };
    if found.asked.page {
        return Ok(found);
    }
    let names = spelt(estate, names::<C::Row>(face, &pairs)).await;
    // What the call does not take as a name is none: no row has it.
    if !names.is_empty()
        && let Ok(asked) = read([pairs, names].concat())
    {
        (found.asked, found.is_named) = (asked, true);
    }
    if let Some(within) = dated::<C::Row>(&found.asked.others) {
        found.asked.call.of_late(&within);
        found.is_dated = true;
    }
    Ok(found)
}

/// The last day, by whole hours, so that who asks again asks the same.
pub fn day() -> Within {
    let now = OffsetDateTime::now_utc();
    let hour = now - Duration::seconds(now.unix_timestamp().rem_euclid(3600));
    Within {
        from: clock::write(hour - Duration::DAY),
        to: clock::write(hour + Duration::HOUR),
        ends: false,
    }
}

/// What filters name, as parameters of the call.
fn names<R: Told>(face: &Face, pairs: &[(String, String)]) -> Pairs {
    let (Some(_), Some(filters)) = (R::NEWEST, filters(pairs)) else {
        return Vec::new();
    };
    let is_free = |key: &str| {
        face.open().any(|parameter| parameter.name == key) && !pairs.iter().any(|(own, _)| own == key)
    };
    let name = |text: &String| {
        let filter = Filter::read(text, R::LIST.heads).ok()?;
        let key = filter.field.key;
        let is_one = filter.condition == Condition::Is && NAMES.contains(&key) && is_free(key);
        let name = filter.values().ok()?.into_iter().next().filter(|_| is_one)?;
        // Searches with wildcards are few, and this is none.
        (!has_wildcard(&name)).then(|| (key.to_owned(), name))
    };
    filters.filter_map(name).collect()
}

/// Names as ChargePoint writes them: a filter compares without case and accents, and ChargePoint may not. What is
/// written in several ways is left out, and what no station is called.
async fn spelt(estate: &Estate, names: Pairs) -> Pairs {
    if names.iter().all(is_spelt) {
        return names;
    }
    let stations = estate.rows(&GetStations::default(), false, false).await.ok();
    let rows = stations.as_ref().map(|kept| kept.answer.as_slice());
    let rows = rows.unwrap_or_default();
    let spelt = |one: (String, String)| {
        if is_spelt(&one) {
            return Some(one);
        }
        let (key, name) = one;
        let name = spelling(&name, rows.iter().map(|row| row.text(&key)))?;
        Some((key, name))
    };
    names.into_iter().filter_map(spelt).collect()
}

/// Whether there is one way only to write it. Sessions and transactions have numbers, or it is no name of one.
fn is_spelt((key, name): &(String, String)) -> bool {
    !key.starts_with("station") || name.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// The one way in which all write a name that do.
fn spelling(name: &str, all: impl Iterator<Item = String>) -> Option<String> {
    let asked = fold(name);
    let mut same = all.filter(|own| !own.is_empty() && fold(own) == asked);
    let one = same.next()?;
    same.all(|own| own == one).then_some(one)
}

/// The filters, if all of them must hold.
fn filters(pairs: &[(String, String)]) -> Option<impl Iterator<Item = &String>> {
    let is_any = pairs.iter().any(|(key, value)| key == "match" && value == "any");
    let filters = pairs.iter().filter(|(key, _)| key == "filter");
    (!is_any).then(|| filters.map(|(_, text)| text))
}

/// The time that the filters mean, if they mean one and all of them must hold: what ChargePoint need not be asked
/// for, and what it must be, since it is not of the last day.
fn dated<R: Told>(pairs: &[(String, String)]) -> Option<Within> {
    let newest = R::NEWEST?;
    let span = |text: &String| {
        let ready = Filter::read(text, R::LIST.heads).ok()?.test().ok()?;
        match ready.test {
            Test::Span(from, to) if ready.head.key == newest && !ready.negated => Some((from, to)),
            _ => None,
        }
    };
    let spans: Vec<_> = filters(pairs)?.filter_map(span).collect();
    if spans.is_empty() {
        return None;
    }
    let from = spans.iter().filter_map(|(from, _)| from.clone()).max();
    let to = spans.iter().filter_map(|(_, to)| to.clone()).min();
    Some(between(from, to))
}

/// From a moment to before another one, as far as filters say them. Where they contradict each other, or mean what
/// comes after all that can be written, it is a moment that nothing is within: ChargePoint would blame a field for it
/// that nobody sees.
fn between(from: Option<Timestamp>, to: Option<Timestamp>) -> Within {
    let from = from.unwrap_or_default().max(BEGINNING.to_owned());
    // Nothing is written later than the last year: the end of that is none.
    let end = to.filter(|to| clock::read(to).is_some());
    let ends = end.is_some();
    let to = end.or_else(|| clock::days_after(&from, 1).map(|next| next.max(day().to)));
    match to.filter(|to| *to > from) {
        Some(to) => Within { from, to, ends },
        None => {
            let Within { from, .. } = day();
            Within {
                to: from.clone(),
                from,
                ends: true,
            }
        }
    }
}

#[cfg(test)]
mod tests;
