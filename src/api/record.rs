//! Records as the browser parsed them. Lists show them by the column table alone, so that no page brings
//! code for the type of its rows.

use domain::column::{Cell, Head, Kind};
use domain::problem::{FieldError, Problem};
use js_sys::{Array, JSON, Map, Reflect};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};

use crate::kit::format::rounded;

/// A JSON object, or a list of them. Paths are names with dots between them, and the empty path is the whole
/// of it; what is not there is empty.
#[derive(Clone)]
pub struct Record(SendWrapper<JsValue>);

impl Record {
    /// Reads a JSON text; none if it is no JSON.
    pub fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(Self::of)
    }

    /// A record that says nothing.
    pub fn empty() -> Self {
        Self::of(JsValue::UNDEFINED)
    }

    fn of(value: JsValue) -> Self {
        Self(SendWrapper::new(value))
    }

    fn at(&self, path: &str) -> JsValue {
        path.split('.')
            .filter(|key| !key.is_empty())
            .fold((*self.0).clone(), |value, key| field(&value, key))
    }

    /// The words of what stands there: of an object its `name`, of an array all of them.
    pub fn text(&self, path: &str) -> String {
        words(&self.at(path))
    }

    pub fn number(&self, path: &str) -> Option<f64> {
        self.at(path).as_f64()
    }

    /// A whole number; 0 where there is none.
    pub fn count(&self, path: &str) -> u64 {
        self.number(path).unwrap_or_default() as u64
    }

    pub fn flag(&self, path: &str) -> bool {
        self.at(path).as_bool().unwrap_or_default()
    }

    /// Whether anything stands there, even if it is empty.
    pub fn has(&self, path: &str) -> bool {
        let value = self.at(path);
        !value.is_null() && !value.is_undefined()
    }

    /// Whether whoever asked for it may do that with it.
    pub fn can(&self, action: &str) -> bool {
        items(&self.at("can")).any(|can| can == action)
    }

    /// The record there.
    pub fn record(&self, path: &str) -> Option<Self> {
        self.has(path).then(|| Self::of(self.at(path)))
    }

    pub fn records(&self, path: &str) -> Vec<Self> {
        items(&self.at(path)).map(Self::of).collect()
    }

    pub fn texts(&self, path: &str) -> Vec<String> {
        items(&self.at(path)).map(|item| words(&item)).collect()
    }

    /// The problem that a record tells of; none where it has none.
    pub fn problem(&self) -> Option<Problem> {
        self.record("problem")?.as_problem()
    }

    /// The record as a problem, if it is one.
    pub fn as_problem(&self) -> Option<Problem> {
        let errors = self.records("errors");
        let error = |error: &Self| FieldError {
            field: error.text("field"),
            message: error.text("message"),
        };
        let problem = Problem {
            kind: self.text("type"),
            title: self.text("title"),
            status: self.count("status") as u16,
            detail: self.text("detail"),
            code: self.has("code").then(|| self.text("code")),
            errors: errors.iter().map(error).collect(),
        };
        (!problem.title.is_empty()).then_some(problem)
    }

    /// The record as a JSON text.
    pub fn json(&self) -> String {
        JSON::stringify(&self.0).map(String::from).unwrap_or_default()
    }

    /// The value in a column.
    pub fn cell(&self, head: &Head) -> Cell {
        let value = self.at(head.path);
        // A year is a text of digits.
        if let Some(number) = value.as_f64().filter(|_| head.kind != Kind::Text) {
            Cell::Number(number)
        } else if let Some(flag) = value.as_bool() {
            Cell::Bool(flag)
        } else if head.kind == Kind::Number && Array::is_array(&value) {
            u64::from(value.unchecked_into::<Array>().length()).into()
        } else {
            words(&value).as_str().into()
        }
    }
}

/// Records are the same that say the same, whenever that was asked for.
impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0 || undated(&self.json()) == undated(&other.json())
    }
}

/// A JSON text before and behind the moment at which it was asked for.
fn undated(json: &str) -> (&str, &str) {
    match json.split_once("\"asOf\":\"") {
        Some((before, behind)) => (
            before,
            behind.split_once('"').map_or(behind, |(_, behind)| behind),
        ),
        None => (json, ""),
    }
}

fn field(value: &JsValue, key: &str) -> JsValue {
    match value.is_object() {
        true => Reflect::get(value, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED),
        false => JsValue::UNDEFINED,
    }
}

fn items(value: &JsValue) -> impl Iterator<Item = JsValue> + use<> {
    let items = value.dyn_ref::<Array>().cloned().unwrap_or_default();
    (0..items.length()).map(move |at| items.get(at))
}

fn words(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        text
    } else if let Some(number) = value.as_f64() {
        rounded(number, 6)
    } else if let Some(flag) = value.as_bool() {
        if flag { "Yes" } else { "No" }.to_owned()
    } else if Array::is_array(value) {
        items(value)
            .map(|item| words(&item))
            .collect::<Vec<_>>()
            .join(", ")
    } else if value.is_object() {
        words(&field(value, "name"))
    } else {
        String::new()
    }
}

/// Records that were seen, by their ids. Copies are the same.
#[derive(Clone)]
pub struct Seen(SendWrapper<Map>);

impl Default for Seen {
    fn default() -> Self {
        Self(SendWrapper::new(Map::new()))
    }
}

impl Seen {
    pub fn put(&self, id: &str, record: &Record) {
        self.0.set(&JsValue::from_str(id), &record.0);
    }

    pub fn get(&self, id: &str) -> Option<Record> {
        let value = self.0.get(&JsValue::from_str(id));
        value.is_object().then(|| Record::of(value))
    }
}

/// One page of a list.
#[derive(Clone, PartialEq)]
pub struct Rows {
    pub items: Vec<Record>,
    /// How many rows match in all.
    pub total: u64,
    /// From 1.
    pub page: u32,
    pub page_size: u32,
    /// The moment at which the server read them.
    pub as_of: String,
    /// Why some of them may be missing or old; empty: they are not.
    pub problem: String,
    /// Only what began within the last day was asked for.
    pub late: bool,
}

impl Rows {
    /// Reads a page; none if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let page = Record::parse(text)?;
        page.has("items").then(|| Self {
            items: page.records("items"),
            total: page.count("total"),
            page: page.count("page") as u32,
            page_size: page.count("pageSize") as u32,
            as_of: page.text("asOf"),
            problem: page.text("problem.detail"),
            late: page.has("since"),
        })
    }

    /// How many pages there are, at least one.
    pub fn pages(&self) -> u32 {
        self.total.div_ceil(u64::from(self.page_size.max(1))).max(1) as u32
    }
}
