//! The portal, changed and asked over REST.

use std::collections::BTreeMap;

use domain::identifiers::{IdKind, auth_key};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Ask, STATION, Step, execute};
use crate::support::{Answer, TestApp, query};

/// The portal's side.
pub struct Portal<'a> {
    pub app: &'a TestApp,
    pub location: String,
    ids: BTreeMap<String, String>,
}

impl<'a> Portal<'a> {
    /// Books with one published location and nothing else.
    pub async fn of(app: &'a TestApp) -> Self {
        for table in [
            "refused",
            "authorization_tokens",
            "authorization_customers",
            "import_rows",
            "import_chunks",
            "import_removed",
            "imports",
            "tokens",
            "customers",
            "location_stations",
            "locations",
        ] {
            execute(app, &format!("DELETE FROM {table}")).await;
        }
        let location = app.location("Oosteinde").await;
        execute(
            app,
            &format!("INSERT INTO location_stations (station_id, location_id, name) VALUES ('{STATION}', '{location}', 'A')"),
        )
        .await;
        Self {
            app,
            location,
            ids: BTreeMap::new(),
        }
    }

    fn id(&self, of: &str) -> &str {
        self.ids.get(of).map_or("", String::as_str)
    }

    async fn change(&self, method: Method, path: &str, body: Value) {
        let request = self.app.request(method, path).header("if-match", "*");
        let answer = Answer::of(request.json(&body)).await;
        assert!(
            answer.status < 300 || answer.status == 409,
            "{path}: {}",
            answer.text
        );
    }

    pub async fn apply(&mut self, step: Step) {
        let list = format!("/locations/{}/authorization", self.location);
        let (method, path, body) = match step {
            Step::Customer(name) => {
                let id = self.app.customer(name).await;
                self.ids.insert(name.into(), id);
                return;
            }
            Step::Token(card) => {
                let id = self
                    .app
                    .token(
                        json!({ "authId": card.auth, "chipId": card.chip, "type": card.token_type,
                                   "customerId": self.id(card.customer) }),
                    )
                    .await;
                self.ids.insert(card.auth.into(), id);
                return;
            }
            Step::Import(kind, ids, clear) => return self.import(kind, ids, clear).await,
            Step::Move(auth, name) => (
                Method::PATCH,
                format!("/tokens/{}", self.id(auth)),
                json!({ "customerId": self.id(name) }),
            ),
            Step::Block(auth) => (
                Method::PATCH,
                format!("/tokens/{}", self.id(auth)),
                json!({ "valid": false }),
            ),
            Step::Expire(auth) => (
                Method::PATCH,
                format!("/tokens/{}", self.id(auth)),
                json!({ "expires": "2020-01-01T00:00:00Z" }),
            ),
            Step::Delete(auth) => (Method::DELETE, format!("/tokens/{}", self.id(auth)), Value::Null),
            Step::List(auth) => (
                Method::POST,
                format!("{list}/tokens"),
                json!({ "authIds": [auth] }),
            ),
            Step::ListCustomer(name) => (
                Method::POST,
                format!("{list}/customers"),
                json!({ "customerIds": [self.id(name)] }),
            ),
            Step::Unlist(auth, confirm) => {
                let entry = format!("a-{}", auth_key(auth));
                (
                    Method::POST,
                    format!("{list}/tokens/remove"),
                    json!({ "entryIds": [entry], "confirm": confirm }),
                )
            }
            Step::UnlistCustomer(name, confirm) => (
                Method::POST,
                format!("{list}/customers/remove"),
                json!({ "entryIds": [self.id(name)], "confirm": confirm }),
            ),
            Step::Publish | Step::Unpublish => {
                let word = if matches!(step, Step::Publish) {
                    "publish"
                } else {
                    "unpublish"
                };
                (
                    Method::POST,
                    format!("/locations/{}/{word}", self.location),
                    Value::Null,
                )
            }
        };
        self.change(method, &path, body).await;
    }

    async fn import(&self, kind: IdKind, ids: &[&str], clear: bool) {
        let import = self
            .app
            .stage(
                &self.location,
                serde_json::to_value(kind).unwrap().as_str().unwrap(),
                &[],
            )
            .await;
        let good: Vec<&&str> = ids
            .iter()
            .filter(|id| domain::identifiers::judge(kind, id).is_ok())
            .collect();
        let chunk = self
            .app
            .put(&format!("{import}/chunks/0"), json!({ "ids": ids }))
            .await;
        let taken = if chunk.status == 200 { good.len() } else { 0 };
        assert_eq!(taken == ids.len(), chunk.status == 200, "{}", chunk.text);
        let finalise = json!({ "ids": taken, "clear": clear });
        self.change(Method::POST, &format!("{import}/finalise"), finalise)
            .await;
    }

    /// What REST says, and whether the driver app's faces show the location.
    pub async fn answer(&self, ask: &Ask) -> (String, bool) {
        let location = if ask.elsewhere {
            "loc_nowhere"
        } else {
            &self.location
        };
        let field = match ask.kind {
            IdKind::AuthId => "authId",
            IdKind::ChipId => "chipId",
        };
        let mut body = json!({ field: ask.id, "locationId": location });
        let mut parameters = vec![(field, ask.id)];
        if let Some(token_type) = ask.token_type {
            body["type"] = json!(token_type);
            parameters.push(("type", token_type.word()));
        }
        if !ask.evse.is_empty() {
            body["evseId"] = json!(ask.evse);
        }
        let told = self.app.post("/authorize", body).await.ok();
        let reason = told["reason"].as_str().unwrap();
        assert_eq!(told["allowed"], ["open", "listed"].contains(&reason), "{told}");
        let said = match told["via"]["through"].as_str() {
            Some("token") => format!("{reason}: token"),
            Some(_) => format!("{reason}: {}", told["via"]["name"].as_str().unwrap()),
            None => reason.to_owned(),
        };
        (said, self.is_shown(location, &query(&parameters)).await)
    }

    /// Whether the list holds it and counts it, the detail shows it: all or none.
    async fn is_shown(&self, location: &str, who: &str) -> bool {
        let page = self.app.get(&format!("/locations/visible?{who}")).await.ok();
        let items = page["items"].as_array().unwrap();
        let is_listed = items.iter().any(|item| item["id"] == location);
        assert_eq!(page["total"], items.len(), "{page}");
        let detail = self
            .app
            .get(&format!("/locations/visible/{location}?{who}"))
            .await;
        if !is_listed {
            let none = self.app.get(&format!("/locations/visible/loc_none?{who}")).await;
            assert_eq!((detail.status, &detail.text), (404, &none.text));
        } else {
            assert_eq!(detail.ok()["id"], location);
        }
        is_listed
    }
}
