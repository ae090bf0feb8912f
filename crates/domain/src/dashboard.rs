//! The dashboard: its parts, each of figures that lead into lists.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::problem::Problem;

/// How a figure is to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    Good,
    /// Somebody should look.
    Attention,
    Bad,
    #[default]
    Neutral,
}

/// A figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    pub label: String,
    pub value: f64,
    /// `kW`, `kWh`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it is a part of, or held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<f64>,
    pub tone: Tone,
    /// The list that it leads into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// The parameters under which that list holds what is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}

impl Figure {
    /// A number under a label.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self {
            label: label.into(),
            value,
            ..Self::default()
        }
    }

    /// The same, to be taken so where it is not zero.
    pub fn tone(mut self, tone: Tone) -> Self {
        if self.value != 0.0 {
            self.tone = tone;
        }
        self
    }

    /// The same in a unit.
    pub fn unit(mut self, unit: &str) -> Self {
        self.unit = Some(unit.to_owned());
        self
    }

    /// The same as part of another, or held against it.
    pub fn of(mut self, whole: f64) -> Self {
        self.of = Some(whole);
        self
    }

    /// The same, leading into a list.
    pub fn list(mut self, list: &str, query: impl Into<String>) -> Self {
        self.list = Some(list.to_owned());
        self.query = Some(query.into()).filter(|query| !query.is_empty());
        self
    }
}

/// GET `/dashboard/{part}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(rename = "DashboardPart"))]
pub struct Part {
    pub figures: Vec<Figure>,
    /// When that was so.
    pub as_of: Timestamp,
    /// Why it is no newer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}
