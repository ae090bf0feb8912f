//! A partner: their own small server, and the questions that they ask.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Json, Router};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

use crate::support::{Answer, TestApp, http};

/// What a partner's server does.
#[derive(Clone)]
pub struct Remote {
    pub url: String,
    /// The versions that it offers.
    versions: &'static [&'static str],
    /// What it answers to POST credentials.
    credentials: Arc<Mutex<Value>>,
    /// The headers and bodies that came, by path.
    pub heard: Arc<Mutex<Vec<(String, String, String)>>>,
}

impl Remote {
    /// One that speaks these versions.
    pub async fn of(versions: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let remote = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            versions,
            credentials: Arc::default(),
            heard: Arc::default(),
        };
        let router = Router::new().fallback(answer).with_state(remote.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        remote
    }

    pub fn versions(&self) -> String {
        format!("{}/versions", self.url)
    }

    /// Credentials as this partner gives them.
    pub fn credentials(&self, token: &str, party: &str, roles: &[&str]) -> Value {
        let (country, party) = party.split_once('-').unwrap();
        let role = |role: &&str| {
            json!({ "role": role, "country_code": country, "party_id": party,
                    "business_details": { "name": "Them" } })
        };
        let roles: Vec<Value> = roles.iter().map(role).collect();
        json!({ "token": token, "url": self.versions(), "roles": roles })
    }

    /// What it answers when it is registered with.
    pub fn answers(&self, credentials: Value) {
        *self.credentials.lock().unwrap() = credentials;
    }
}

async fn answer(State(remote): State<Remote>, request: Request) -> impl IntoResponse {
    let path = request.uri().path().to_owned();
    let authorization = request.headers()["authorization"].to_str().unwrap().to_owned();
    let bytes = axum::body::to_bytes(request.into_body(), 1_000_000)
        .await
        .unwrap();
    let body = String::from_utf8(bytes.to_vec()).unwrap();
    remote
        .heard
        .lock()
        .unwrap()
        .push((path.clone(), authorization, body));
    let url = |path: &str| format!("{}/{path}", remote.url);
    let data = match path.as_str() {
        "/versions" => {
            let version = |version: &&str| json!({ "version": version, "url": url(version) });
            json!(remote.versions.iter().map(version).collect::<Vec<_>>())
        }
        "/2.2.1" => json!({ "version": "2.2.1", "endpoints": [
            { "identifier": "credentials", "role": "RECEIVER", "url": url("credentials") },
        ] }),
        "/credentials" => remote.credentials.lock().unwrap().clone(),
        _ => return (StatusCode::NOT_FOUND, "nothing".to_owned()).into_response(),
    };
    let envelope = json!({ "data": data, "status_code": 1000, "timestamp": "2026-11-21T10:00:00Z" });
    Json(envelope).into_response()
}

/// Somebody who asks with a token.
pub struct Peer {
    site: String,
    /// The partner's id at the portal.
    pub id: String,
    pub token: String,
    pub plain: bool,
}

impl Peer {
    pub fn of(app: &TestApp, id: &str, token: &str) -> Self {
        Self {
            site: app.site(),
            id: id.to_owned(),
            token: token.to_owned(),
            plain: false,
        }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/ocpi{path}", self.site);
        let authorization = ocpi::authorization::write(&self.token, self.plain);
        http().request(method, url).header("authorization", authorization)
    }

    pub async fn ask(&self, method: Method, path: &str, body: Value) -> Answer {
        let request = self.request(method, path);
        Answer::of(match body {
            Value::Null => request,
            body => request.json(&body),
        })
        .await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, Value::Null).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::PUT, path, body).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, body).await
    }
}

impl Answer {
    /// What an envelope holds that says so.
    #[track_caller]
    pub fn data(self) -> Value {
        assert_eq!(
            (self.status, &self.json["status_code"]),
            (200, &json!(1000)),
            "{}",
            self.text
        );
        let at = self.json["timestamp"].as_str().unwrap();
        assert!(at.len() == 20 && at.ends_with('Z'), "{at}");
        self.json["data"].clone()
    }

    /// A refusal: HTTP's and OCPI's codes, words, and nothing else.
    #[track_caller]
    pub fn refusal(self, http: u16, status: u16) -> String {
        assert_eq!(
            (self.status, &self.json["status_code"]),
            (http, &json!(status)),
            "{}",
            self.text
        );
        assert_eq!(self.json.get("data"), None, "{}", self.text);
        self.json["status_message"].as_str().unwrap().to_owned()
    }
}

impl TestApp {
    /// Adds a partner, with the token by which they register.
    pub async fn partner(&self, party: &str, role: &str) -> Peer {
        let (country, id) = party.split_once('-').unwrap();
        let input = json!({ "name": format!("Partner {party}"), "countryCode": country, "partyId": id, "role": role });
        let made = self.post("/partners", input).await.ok();
        assert_eq!(made["path"], "/ocpi/versions");
        Peer::of(
            self,
            made["id"].as_str().unwrap(),
            made["token"].as_str().unwrap(),
        )
    }

    /// A partner who has registered.
    pub async fn registered(&self, party: &str, role: &str) -> Peer {
        self.registered_as(party, role, party, &[role]).await
    }

    /// The same, of one who says to be another, or to have these parts.
    pub async fn registered_as(&self, party: &str, role: &str, told: &str, parts: &[&str]) -> Peer {
        let peer = self.partner(party, role).await;
        let remote = Remote::of(&["2.2.1"]).await;
        let told = remote.credentials("their-token", told, parts);
        let ours = peer.post("/2.2.1/credentials", told).await.data();
        Peer::of(self, &peer.id, ours["token"].as_str().unwrap())
    }
}
