//! The description as a page to read, without scripts or anything from elsewhere.

use serde_json::Value;

/// The page.
pub fn render(document: &Value) -> String {
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>EV portal: REST</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <link rel=\"stylesheet\" href=\"/assets/docs.css\"><main>\
         <h1>EV portal: REST</h1><p>{}</p><p><a href=\"/api/openapi.json\">openapi.json</a></p>",
        text(&document["info"]["description"])
    );
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            html.push_str(&self::operation(path, method, operation));
        }
    }
    html.push_str("<h1>Records</h1>");
    for (name, schema) in document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let json = serde_json::to_string_pretty(schema).unwrap_or_default();
        html.push_str(&format!(
            "<h2 id=\"{0}\">{0}</h2><details><summary>{1}</summary><pre>{2}</pre></details>",
            escape(name),
            text(&schema["description"]),
            escape(&json)
        ));
    }
    html + "</main></html>"
}

fn operation(path: &str, method: &str, operation: &Value) -> String {
    let mut html = format!(
        "<h2><b>{}</b>{}</h2><p>{}</p><table>",
        method.to_uppercase(),
        escape(path),
        text(&operation["summary"])
    );
    let own = |parameter: &&Value| !parameter["name"].is_null();
    for parameter in operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(own)
    {
        html.push_str(&format!(
            "<tr><td><code>{}</code><td>{}<td>{}",
            text(&parameter["name"]),
            text(&parameter["in"]),
            text(&parameter["description"])
        ));
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    if !body.is_null() {
        html.push_str(&format!("<tr><td>body<td><td>{}", reference(body)));
    }
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        let schema = &response["content"]["application/json"]["schema"];
        let what = if schema.is_null() {
            text(&response["description"])
        } else {
            reference(schema)
        };
        html.push_str(&format!("<tr><td>{}<td><td>{what}", escape(status)));
    }
    html + "</table>"
}

fn reference(schema: &Value) -> String {
    let name = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
        .unwrap_or_default();
    format!("<a href=\"#{0}\">{0}</a>", escape(name))
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
