//! A call's parameters: each plain field of its request under its own name, or where two have the same,
//! behind that of what they stand in.

use std::collections::HashSet;

use crate::table::{FieldShape, Kind, Shape};

/// A parameter.
pub struct Parameter {
    /// Its name among the call's parameters.
    pub name: String,
    /// Its place in the request's JSON.
    pub place: Vec<&'static str>,
    /// The field it is.
    pub field: &'static FieldShape,
    /// Whether it is a list.
    pub several: bool,
}

impl Shape {
    /// All parameters of a call with this request.
    pub fn parameters(&'static self) -> Vec<Parameter> {
        let mut found = Vec::new();
        self.collect(&[], &mut found);
        let (mut seen, mut twice) = (HashSet::new(), HashSet::new());
        for parameter in &found {
            if !seen.insert(parameter.name.clone()) {
                twice.insert(parameter.name.clone());
            }
        }
        for parameter in found.iter_mut().filter(|one| twice.contains(&one.name)) {
            parameter.name = parameter.place.join(".");
        }
        found
    }

    fn collect(&'static self, place: &[&'static str], found: &mut Vec<Parameter>) {
        for field in self.fields {
            let mut place = place.to_vec();
            if !self.is_wrapper() {
                place.push(field.json);
            }
            match field.kind {
                Kind::Complex(nested) if !field.several && !field.kind.is_list() => {
                    nested.collect(&place, found)
                }
                kind => found.push(Parameter {
                    name: place.last().copied().unwrap_or_default().to_owned(),
                    several: field.several || kind.is_list(),
                    place,
                    field,
                }),
            }
        }
    }
}
