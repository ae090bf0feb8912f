//! Requests and answers.

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::TestApp;

/// Parameters as they stand in an address.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        let letter = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b':' | b'-' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(letter).collect()
    };
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={}", escaped(value)))
        .collect();
    pairs.join("&")
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    /// Null where the body is no JSON.
    pub json: Value,
}

impl Answer {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = match headers.get("content-type") {
            // A stream has no end: that it began is enough.
            Some(kind) if kind == "text/event-stream" => String::new(),
            _ => response.text().await.unwrap(),
        };
        let json = serde_json::from_str(&text).unwrap_or_default();
        Self {
            status,
            headers,
            text,
            json,
        }
    }

    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
        self.json
    }

    /// The problem, which must have that status and type.
    #[track_caller]
    pub fn problem(self, status: u16, kind: &str) -> Value {
        assert_eq!(
            (self.status, self.json["type"].as_str()),
            (status, Some(kind)),
            "{}",
            self.text
        );
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.json["status"], status);
        for field in ["title", "detail"] {
            assert!(
                self.json[field].as_str().is_some_and(|text| !text.is_empty()),
                "{}",
                self.text
            );
        }
        self.json
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }
}

impl TestApp {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let outside = ["/api", "/healthz", "/readyz", "/metrics", "/join"];
        let path = if outside.iter().any(|beginning| path.starts_with(beginning)) {
            path.to_owned()
        } else {
            format!("/api/v1{path}")
        };
        self.http
            .request(method, format!("http://{}{path}", self.address))
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    /// Outside of /api.
    pub async fn get_file(&self, path: &str, accept: &str) -> Answer {
        Answer::of(
            self.http
                .get(format!("http://{}{path}", self.address))
                .header("accept", accept),
        )
        .await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path).header("if-match", "*")).await
    }

    /// A change for that version.
    pub async fn change(&self, method: Method, path: &str, version: &Value, body: Value) -> Answer {
        let tag = format!("\"{version}\"");
        Answer::of(self.request(method, path).header("if-match", tag).json(&body)).await
    }

    /// A change for whatever version there is.
    pub async fn change_any(&self, path: &str, body: Value) -> Answer {
        Answer::of(
            self.request(Method::POST, path)
                .header("if-match", "*")
                .json(&body),
        )
        .await
    }

    /// Adds a customer and gives its id.
    pub async fn customer(&self, name: &str) -> String {
        let made = self.post("/customers", json!({ "name": name })).await.ok();
        made["id"].as_str().unwrap().to_owned()
    }

    /// Adds a token and gives its id.
    pub async fn token(&self, fields: Value) -> String {
        self.post("/tokens", fields).await.ok()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The Auth IDs, or Chip IDs, on a list, in its own order.
    pub async fn listed(&self, location: &str) -> Vec<String> {
        let page = self
            .get(&format!(
                "/locations/{location}/authorization/tokens?pageSize=500"
            ))
            .await
            .ok();
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["id"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Puts external Auth IDs on a list.
    pub async fn list(&self, location: &str, auth_ids: &[&str]) -> Value {
        let path = format!("/locations/{location}/authorization/tokens");
        self.change_any(&path, json!({ "authIds": auth_ids })).await.ok()
    }

    /// Stages an import of those ids in chunks and gives its path.
    pub async fn stage(&self, location: &str, kind: &str, chunks: &[&[&str]]) -> String {
        let imports = format!("/locations/{location}/authorization/imports");
        let import = self
            .post(&imports, json!({ "fileName": "tokens.csv", "kind": kind }))
            .await
            .ok();
        let path = format!("{imports}/{}", import["id"].as_str().unwrap());
        for (seq, ids) in chunks.iter().enumerate() {
            self.put(&format!("{path}/chunks/{seq}"), json!({ "ids": ids }))
                .await
                .ok();
        }
        path
    }
}
