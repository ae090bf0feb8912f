//! One operation of the page.

use serde_json::Value;

use super::{escape, example, kind, prose, text};

/// The parameters of every list, which are told once.
const OF_LISTS: [&str; 6] = ["q", "filter", "match", "sort", "page", "pageSize"];

pub fn render(path: &str, method: &str, operation: &Value) -> String {
    let id = text(&operation["operationId"]);
    let short = path.strip_prefix("/api/v1").unwrap_or(path);
    let mut html = format!(
        "<details class=\"operation\" id=\"{id}\"><summary><b class=\"{method}\">{}</b><code>{}</code>\
         <span>{}</span></summary>",
        method.to_uppercase(),
        parts(short),
        prose(&operation["summary"]),
    );
    html += &format!(
        "<p class=\"address\"><code>{} {}</code></p>",
        method.to_uppercase(),
        escape(path)
    );
    if let Some(call) = operation["x-chargepoint-call"].as_str() {
        html += &format!("<p>ChargePoint's call: <code>{}</code></p>", escape(call));
    }
    html += &parameters(&operation["parameters"]);
    let body = &operation["requestBody"]["content"]["application/json"];
    if body.is_object() {
        html += &format!(
            "<h4>Body</h4><p>{}</p>{}",
            kind(&body["schema"]),
            example(&body["example"])
        );
    } else if operation["requestBody"].is_object() {
        html += "<h4>Body</h4><p>A file, byte for byte.</p>";
    }
    html + &answers(&operation["responses"]) + "</details>"
}

/// An address that breaks between its parts.
fn parts(path: &str) -> String {
    escape(path).replace('/', "<wbr>/")
}

fn parameters(parameters: &Value) -> String {
    // What every operation takes is told once.
    let is_own = |one: &&Value| one["name"].is_string();
    let all: Vec<&Value> = parameters
        .as_array()
        .into_iter()
        .flatten()
        .filter(is_own)
        .collect();
    let name = |one: &Value| one["name"].as_str().unwrap_or_default().to_owned();
    let is_list = OF_LISTS
        .iter()
        .all(|word| all.iter().any(|one| name(one) == *word));
    let own: Vec<&&Value> = all
        .iter()
        .filter(|one| !is_list || !OF_LISTS.contains(&name(one).as_str()))
        .collect();
    let mut html = String::new();
    if !own.is_empty() {
        html += "<h4>Parameters</h4><div class=\"wide\"><table><tbody>";
        for one in own {
            let place = one["in"].as_str().unwrap_or_default();
            let place = match (place, one["required"] == true) {
                ("query", false) => String::new(),
                (place, false) => format!(" <i>{}</i>", escape(place)),
                ("query", true) => " <i>required</i>".into(),
                (place, true) => format!(" <i>{}, required</i>", escape(place)),
            };
            html += &format!(
                "<tr><th><code>{}</code>{place}<td>{}<td>{}",
                text(&one["name"]),
                kind(&one["schema"]),
                prose(&one["description"])
            );
        }
        html += "</table></div>";
    }
    if is_list {
        html += "<p>And what <a href=\"#lists\">every list</a> takes: filters, order and pages.</p>";
    }
    html
}

fn answers(responses: &Value) -> String {
    let mut html = String::from("<h4>Answers</h4><div class=\"wide\"><table><tbody>");
    let mut shown = String::new();
    for (status, response) in responses.as_object().into_iter().flatten() {
        let good = &response["content"]["application/json"];
        let what = if good.is_object() {
            shown = example(&good["example"]);
            kind(&good["schema"])
        } else {
            text(&response["description"])
        };
        let tone = if status.starts_with('2') { "good" } else { "bad" };
        html += &format!(
            "<tr><th><code class=\"{tone}\">{}</code><td>{what}",
            escape(status)
        );
    }
    html + "</table></div>" + &shown
}
