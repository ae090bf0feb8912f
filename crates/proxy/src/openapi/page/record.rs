//! One record of the page.

use serde_json::Value;

use super::{escape, fields, kind, prose};

pub fn render(name: &str, schema: &Value) -> String {
    let mut html = format!(
        "<details class=\"record\" id=\"{0}\"><summary><code>{0}</code></summary><p>{1}</p>",
        escape(name),
        prose(&schema["description"])
    );
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(Value::as_str)
        .collect();
    if fields(schema).is_empty() {
        html += &format!("<p>{}</p>", kind(schema));
    } else {
        html += "<div class=\"wide\"><table><tbody>";
        for (key, property) in fields(schema) {
            let absent = if required.contains(&key.as_str()) {
                ""
            } else {
                " <i>may be absent</i>"
            };
            html += &format!(
                "<tr><th><code>{}</code>{absent}<td>{}<td>{}",
                escape(key),
                kind(property),
                prose(&property["description"])
            );
        }
        html += "</table></div>";
    }
    html + "</details>"
}
