//! A call's parameters as they stand in an address.

use axum::extract::RawPathParams;
use chargepoint::calls::Call;
use chargepoint::codec::json::from_json;
pub use chargepoint::parameters::Parameter;
use chargepoint::table::{FieldShape, Kind, Shape};
use serde_json::{Map, Value};

use super::{are_named, missing};
use crate::clock;
use crate::estate::ended;
use crate::problem::Error;

/// Names of an address's parts in braces, and the parameters that they are.
pub type Names = &'static [(&'static str, &'static str)];

/// All parameters of a call.
pub fn of<C: Call>() -> Vec<Parameter> {
    const { &C::SHAPE }.parameters()
}

/// What an address asks of a call, and its other parameters.
pub struct Asked<C> {
    pub call: C,
    /// It names a page of ChargePoint's.
    pub page: bool,
    /// The parts of the address in braces, by the names of the parameters that they are.
    pub named: Vec<(&'static str, String)>,
    pub others: Vec<(String, String)>,
}

impl<C> Asked<C> {
    /// The id of the record that the address names; empty if it names none.
    pub fn id(&self) -> &str {
        self.named.first().map_or("", |(_, id)| id)
    }
}

/// The parts of an address in braces, by the names of the parameters that they are.
pub fn named(names: Names, path: &RawPathParams) -> Vec<(&'static str, String)> {
    let of = |(part, name): &(&str, &'static str)| {
        let found = path.iter().find(|(own, _)| own == part);
        found.map(|(_, value)| (*name, value.to_owned()))
    };
    names.iter().filter_map(of).collect()
}

/// Reads a call from an address.
///
/// # Errors
/// A parameter is not what it should be, breaks a rule of the guide, or stands twice. What cannot be an id and stands
/// in the path is none: there is no such record.
pub fn read<C: Call>(
    parameters: &[Parameter],
    named: Vec<(&'static str, String)>,
    pairs: Vec<(String, String)>,
) -> Result<Asked<C>, Error> {
    let (own, others): (Vec<_>, Vec<_>) = pairs
        .into_iter()
        .partition(|(key, _)| parameters.iter().any(|parameter| parameter.name == *key));
    let mut body = Map::new();
    let mut page = false;
    for (name, value) in &named {
        put(&mut body, parameters, name, value)?;
    }
    for (name, value) in own {
        page |= name == "startRecord" || name.starts_with("num");
        put(&mut body, parameters, &name, &value)?;
    }
    let call = checked(parameters, Value::Object(body)).map_err(|error| match missing(error, &named) {
        // ChargePoint was not asked.
        Error::ChargePoint(problem) if problem.status == 404 => Error::NotFound("record"),
        Error::Invalid { errors, .. } if are_named(&errors, &named) => Error::NotFound("record"),
        error => error,
    })?;
    Ok(Asked {
        call,
        page,
        named,
        others,
    })
}

/// The call of a request's JSON, if it keeps the guide's rules.
///
/// # Errors
/// What does not fit, by its name in the request.
pub fn checked<C: Call>(parameters: &[Parameter], mut body: Value) -> Result<C, Error> {
    moments_in_utc(&C::SHAPE, &mut body);
    let call: C = from_json(&body).map_err(|unfit| {
        let known = parameters.iter().find(|one| one.place.join(".") == unfit.field);
        let field = known.map_or_else(|| unfit.field.clone(), |one| one.name.clone());
        Error::field(field, ended(&unfit.why))
    })?;
    call.check()
        .map_err(|invalid| crate::estate::refused(&invalid.into()))?;
    Ok(call)
}

/// Moments with an offset as ChargePoint takes them: in UTC. What is none stays, to be refused.
fn moments_in_utc(shape: &Shape, body: &mut Value) {
    if shape.is_wrapper() {
        return moment_in_utc(&shape.fields[0], body);
    }
    let Value::Object(fields) = body else { return };
    for field in shape.fields {
        if let Some(value) = fields.get_mut(field.json) {
            moment_in_utc(field, value);
        }
    }
}

fn moment_in_utc(field: &FieldShape, value: &mut Value) {
    match (field.kind, value) {
        (_, Value::Array(items)) => items.iter_mut().for_each(|item| moment_in_utc(field, item)),
        (Kind::Complex(nested), value) => moments_in_utc(nested, value),
        (Kind::DateTime, Value::String(text)) if !text.ends_with(['Z', 'z']) => {
            // A plus sign that stands in an address as it is means a blank.
            if let Some(utc) = clock::read(&text.replacen(' ', "+", 1)) {
                *text = utc;
            }
        }
        _ => {}
    }
}

fn put(
    body: &mut Map<String, Value>,
    parameters: &[Parameter],
    name: &str,
    value: &str,
) -> Result<(), Error> {
    let Some(parameter) = parameters.iter().find(|one| one.name == name) else {
        return Err(Error::Internal(format!("{name} is no parameter of the call")));
    };
    let (Some((last, within)), false) = (parameter.place.split_last(), value.is_empty()) else {
        return Ok(());
    };
    let mut at = body;
    for name in within {
        let inner = at.entry(*name).or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(inner) = inner else {
            return Err(Error::Internal(format!("{name} holds nothing")));
        };
        at = inner;
    }
    let texts = value.split(',').map(|part| Value::from(part.trim()));
    match at.get_mut(*last) {
        Some(Value::Array(list)) if parameter.several => list.extend(texts),
        Some(_) => return Err(Error::Malformed(format!("{name} stands twice"))),
        None if parameter.several => drop(at.insert((*last).into(), texts.collect())),
        None => drop(at.insert((*last).into(), value.into())),
    }
    Ok(())
}
