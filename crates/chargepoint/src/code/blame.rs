//! Which parameters of a request a refusal is about. A code says it in general; the call at hand may have
//! the parameter under another name, or at several places.

mod places;

use serde_json::Value as Json;

use super::{Code, Meaning};
use crate::table::Shape;
use places::{Place, places};

/// What a code is about, by names of the wire, the likeliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// The first of these that the request gives, or else the first that the call has.
    Given(&'static [&'static str]),
    /// The first of these that the request does not give; without names, what must be given and is not.
    Missing(&'static [&'static str]),
    /// As [`Self::Given`], and where the call has none of them, whatever the request gives first.
    Any(&'static [&'static str]),
}

/// The parameters that an answer of this code and with these words is about, by their names in a request:
/// `stationId`, `shedGroup.percentShedPerStation`, `shedStation.ports[0].percentShedPerPort`. None where the
/// call has no parameter that the code can mean.
pub fn blamed(shape: &'static Shape, request: &Json, code: Code, said: &str) -> Vec<String> {
    let Meaning::Invalid(blame) = code.meaning() else {
        return Vec::new();
    };
    let places = places(shape, request);
    let Some(likeliest) = likeliest(&places, blame) else {
        return Vec::new();
    };
    let mut names = told(&places, code, said, blame);
    if names.is_empty() {
        names.push(likeliest);
    }
    let parameters = shape.parameters();
    let known = |name: String| {
        let known = parameters.iter().find(|one| one.place.join(".") == name);
        known.map_or(name, |one| one.name.clone())
    };
    names.into_iter().map(known).collect()
}

/// What the answer names itself: in brackets, or in the place that the guide's words have for it.
fn told(places: &[Place], code: Code, said: &str, blame: Blame) -> Vec<String> {
    let bracketed = said.split('<').skip(1).filter_map(|part| part.split_once('>'));
    let mut words: Vec<&str> = bracketed.map(|(name, _)| name.trim()).collect();
    if !matches!(blame, Blame::Given(_)) {
        words.extend(named_beside(code, said));
    }
    let wants_given = !matches!(blame, Blame::Missing(_));
    let of_word = |word: &&str| {
        let one: Vec<&Place> = places.iter().filter(|place| place.is(word)).collect();
        let fit: Vec<&Place> = one
            .iter()
            .filter(|place| place.is_given == wants_given)
            .copied()
            .collect();
        let doubtful = fit.is_empty();
        Some((pick(if doubtful { one } else { fit })?, doubtful))
    };
    let found: Vec<(String, bool)> = words.iter().filter_map(of_word).collect();
    let all_doubtful = found.iter().all(|(_, doubtful)| *doubtful);
    let mut names = Vec::new();
    for (name, doubtful) in found {
        if (all_doubtful || !doubtful) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Names beside the guide's own words; in other sentences only what looks like no word of the language.
fn named_beside(code: Code, said: &str) -> impl Iterator<Item = &str> {
    let own = code.text().split('<').next().unwrap_or_default();
    let own = own.trim_end_matches([' ', '.']);
    let begins = said
        .get(..own.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(own));
    let rest = if begins { &said[own.len()..] } else { said };
    let words = rest.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(move |word| begins || word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()))
}

fn likeliest(places: &[Place], blame: Blame) -> Option<String> {
    let of = |name: &&str, given: Option<bool>| {
        let fit = places.iter().filter(|place| place.is(name));
        pick(
            fit.filter(|place| given.is_none_or(|given| place.is_given == given))
                .collect(),
        )
    };
    let first = |names: &[&str], given: bool| {
        let fit = names.iter().find_map(|name| of(name, Some(given)));
        fit.or_else(|| names.iter().find_map(|name| of(name, None)))
    };
    let plain = |fits: &dyn Fn(&&Place) -> bool| {
        let mut plain = places.iter().filter(|place| place.is_plain());
        plain.find(fits).map(|place| place.name.clone())
    };
    match blame {
        Blame::Given(names) => first(names, true),
        Blame::Missing([]) => plain(&|place| place.must_stand() && !place.is_given)
            .or_else(|| plain(&|place| !place.is_given && !place.is_absent))
            .or_else(|| plain(&|_| true)),
        Blame::Missing(names) => first(names, false),
        Blame::Any(names) => first(names, true)
            .or_else(|| plain(&|place| place.is_given))
            .or_else(|| plain(&|_| true)),
    }
}

/// The one that is meant of places with the same field: within what is given, or the list where it stands in
/// several of its items.
fn pick(fit: Vec<&Place>) -> Option<String> {
    let within = fit.iter().find(|place| !place.is_absent);
    let first = *within.or(fit.first())?;
    let likes = fit
        .iter()
        .filter(|place| place.list == first.list && !place.is_absent);
    match &first.list {
        Some(list) if likes.count() > 1 => Some(list.clone()),
        _ => Some(first.name.clone()),
    }
}
