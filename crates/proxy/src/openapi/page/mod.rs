//! The description as a page to read, without scripts or anything from elsewhere.

mod operation;
mod record;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What is beneath a part of the addresses, and how it is called; in this order.
const GROUPS: &[(&str, &str)] = &[
    ("locations", "Charge locations and their lists"),
    ("customers", "Customers"),
    ("tokens", "Charge tokens"),
    ("search", "Search"),
    ("connections", "Connections"),
    ("driver_requests", "Driver requests"),
    ("drivers", "Drivers"),
    ("stations", "Stations"),
    ("station-groups", "Station groups"),
    ("station-rights", "Station rights"),
    ("organizations", "Organizations"),
    ("cpn-instances", "Network instances"),
    ("alarms", "Alarms"),
    ("load", "Load"),
    ("sessions", "Charging sessions"),
    ("transactions", "Transactions"),
    ("fleet", "Fleets"),
    ("station_tokens", "Station tokens"),
    ("evses", "EVSEs"),
    ("chargepoint", "ChargePoint"),
    ("tables", "Tables and views"),
    ("exports", "Exports"),
    ("session", "Signing in"),
    ("sign-ins", "Where one is signed in"),
    ("keys", "API keys"),
    ("accounts", "Accounts"),
    ("roles", "Roles"),
    ("audit", "Audit log"),
];

type Operations<'d> = Vec<(&'d str, &'d str, &'d Value)>;

/// The page.
pub fn render(document: &Value) -> String {
    let groups = groups(&document["paths"]);
    let records = document["components"]["schemas"].as_object();
    let mut html = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>REST API · EV portal</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/assets/docs.css\">\
         <a class=\"skip\" href=\"#content\">Skip to the content</a>",
    );
    html += &navigation(&groups);
    html += &format!(
        "<main id=\"content\"><header><h1>REST API</h1><p class=\"lead\">{}</p><p class=\"meta\">Version {} · \
         {} operations · <a href=\"/api/openapi.json\">openapi.json</a> (OpenAPI {})</p></header>",
        text(&document["info"]["description"]),
        text(&document["info"]["version"]),
        groups.iter().map(|(_, _, all)| all.len()).sum::<usize>(),
        text(&document["openapi"]),
    );
    html += BASICS;
    for (key, title, operations) in &groups {
        html += &format!(
            "<section><h2 id=\"{key}\">{title}</h2>",
            key = escape(key),
            title = escape(title)
        );
        for (path, method, one) in operations {
            html += &operation::render(path, method, one);
        }
        html += "</section>";
    }
    html += "<section><h2 id=\"records\">Records</h2>";
    for (name, schema) in records.into_iter().flatten() {
        html += &record::render(name, schema);
    }
    html + "</section></main></html>"
}

/// What all operations have in common.
const BASICS: &str = "<section><h2 id=\"basics\">Basics</h2>\
    <p>Send an API key with each request: <code>Authorization: Bearer …</code>. Keys are made under <b>Your account</b>, \
    and never do more than their account.</p>\
    <p id=\"lists\"><b>Lists</b> answer a page: <code>items</code>, <code>total</code>, <code>page</code>, \
    <code>pageSize</code> and <code>asOf</code>, the moment at which they were read, with <code>Link</code> headers to \
    the other pages. Every list takes:</p><div class=\"wide\"><table><tbody>\
    <tr><th><code>q</code><td>Free text over the searchable columns.\
    <tr><th><code>filter</code><td><code>FIELD:CONDITION:VALUE</code>, repeatable. Conditions: contains, notContains, is, \
    isNot, startsWith, in, lt, gt, before, after, between, isEmpty, isNotEmpty; which of them fit follows from the field.\
    <tr><th><code>match</code><td><code>all</code> (as usual) or <code>any</code> of the filters.\
    <tr><th><code>sort</code><td>A column's key, with <code>-</code> before it for descending order.\
    <tr><th><code>page</code>, <code>pageSize</code><td>From 1; 1 to 500, 50 as usual.\
    </table></div>\
    <p>The same list as a file is at <code>…/export</code>, with <code>format=csv</code>, <code>xlsx</code> or \
    <code>json</code>, and <code>columns=a,b,c</code>.</p>\
    <p><b>What ChargePoint knows</b> is kept for a while: <code>Age</code> says how old an answer is, \
    <code>asOf</code> when ChargePoint was asked. While ChargePoint cannot answer, the last answer is given, and \
    <code>problem</code> says why. <code>Cache-Control: no-cache</code> asks anew. \
    Lists hold all rows that the call's own parameters mean; with <code>startRecord</code> or a number of rows they hold \
    that one page of ChargePoint's.</p>\
    <p><b>Changes</b> of a record name its version: its <code>ETag</code> goes into <code>If-Match</code>. A \
    <code>POST</code> that makes something takes an <code>Idempotency-Key</code>: with the same key it is done once.</p>\
    <p><b>Errors</b> are <code>application/problem+json</code> (RFC 9457): <code>type</code> for programs, \
    <code>title</code> and <code>detail</code> for people, <code>errors</code> for each field, and <code>code</code>, \
    ChargePoint's own number.</p></section>";

/// The operations by what their addresses begin with.
fn groups(paths: &Value) -> Vec<(String, String, Operations<'_>)> {
    let mut found: BTreeMap<&str, Operations> = BTreeMap::new();
    for (path, operations) in paths.as_object().into_iter().flatten() {
        let key = path.split('/').nth(3).unwrap_or_default();
        for (method, operation) in operations.as_object().into_iter().flatten() {
            found.entry(key).or_default().push((path, method, operation));
        }
    }
    let place = |key: &str| {
        GROUPS
            .iter()
            .position(|(known, _)| *known == key)
            .unwrap_or(GROUPS.len())
    };
    let mut keys: Vec<&str> = found.keys().copied().collect();
    keys.sort_by_key(|key| place(key));
    keys.into_iter()
        .map(|key| {
            let title = GROUPS.get(place(key)).map_or(key, |(_, title)| title);
            (
                key.to_owned(),
                title.to_owned(),
                found.remove(key).unwrap_or_default(),
            )
        })
        .collect()
}

fn navigation(groups: &[(String, String, Operations)]) -> String {
    let mut html = String::from(
        "<nav aria-label=\"Contents\"><a class=\"home\" href=\"/\">EV portal</a><details open>\
                                 <summary>Contents</summary><ul><li><a href=\"#basics\">Basics</a>",
    );
    for (key, title, operations) in groups {
        html += &format!(
            "<li><a href=\"#{}\">{}<span>{}</span></a>",
            escape(key),
            escape(title),
            operations.len()
        );
    }
    html + "<li><a href=\"#records\">Records</a></ul></details></nav>"
}

/// A schema in a word, with links to records.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("<a href=\"#{0}\">{0}</a>", escape(name));
    }
    for word in ["anyOf", "oneOf", "allOf"] {
        if let Some(options) = schema[word].as_array() {
            let joint = if word == "allOf" { " with " } else { " or " };
            return options.iter().map(kind).collect::<Vec<_>>().join(joint);
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        let words: Vec<String> = values
            .iter()
            .map(|value| format!("<code>{}</code>", plain(value)))
            .collect();
        return words.join(", ");
    }
    if schema["items"].is_object() {
        return format!("list of {}", kind(&schema["items"]));
    }
    let word = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(plain).collect::<Vec<_>>().join(" or "),
        kind => plain(kind),
    };
    match schema["format"].as_str() {
        Some("date-time") => word.replace("string", "time"),
        Some("date") => word.replace("string", "day"),
        _ => word.replace("string", "text"),
    }
}

fn example(value: &Value) -> String {
    if value.is_null() {
        return String::new();
    }
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    format!(
        "<details><summary>Example</summary><pre tabindex=\"0\">{}</pre></details>",
        escape(&json)
    )
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| escape(&value.to_string()), escape)
}

/// A description, in which words between grave accents are code.
fn prose(value: &Value) -> String {
    let text = text(value);
    let parts = text.split('`').enumerate();
    parts
        .map(|(n, part)| {
            if n % 2 == 1 {
                format!("<code>{part}</code>")
            } else {
                part.to_owned()
            }
        })
        .collect()
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn fields(schema: &Value) -> &Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    schema["properties"].as_object().unwrap_or(&NONE)
}
