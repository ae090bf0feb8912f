//! What happens before a question, done to plain sets for the function and over REST for the portal.

use std::collections::{BTreeMap, HashSet};

use domain::decision::{Holder, List, Place, decide, shows};
use domain::identifiers::{IdKind, auth_key, chip_key, key};
use domain::privacy::{Decision, Via, Visibility};
use domain::tokens::{CustomerRef, Token, TokenType};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, query};

/// The clock of the function; tokens of the cases expire long before it or never.
pub const NOW: &str = "2026-11-20T08:00:00Z";
/// The station at the location.
pub const STATION: &str = "1:7";

/// A token as a case writes it.
#[derive(Clone, Copy)]
pub struct Card {
    pub auth: &'static str,
    pub chip: &'static str,
    pub token_type: TokenType,
    pub customer: &'static str,
}

pub const fn card(auth: &'static str) -> Card {
    Card {
        auth,
        chip: "",
        token_type: TokenType::Rfid,
        customer: "",
    }
}

impl Card {
    pub const fn chip(mut self, chip: &'static str) -> Self {
        self.chip = chip;
        self
    }

    pub const fn of(mut self, customer: &'static str) -> Self {
        self.customer = customer;
        self
    }

    pub const fn other(mut self) -> Self {
        self.token_type = TokenType::Other;
        self
    }
}

/// One change. Tokens are called by their Auth ID, customers by their name.
#[derive(Clone, Copy)]
pub enum Step {
    Customer(&'static str),
    Token(Card),
    /// To another customer; to none, where it is empty.
    Move(&'static str, &'static str),
    Block(&'static str),
    Expire(&'static str),
    Delete(&'static str),
    List(&'static str),
    ListCustomer(&'static str),
    /// And whether it is confirmed.
    Unlist(&'static str, bool),
    UnlistCustomer(&'static str, bool),
    Publish,
    Unpublish,
    /// An import of these ids, and whether it clears the list.
    Import(IdKind, &'static [&'static str], bool),
}

/// A question.
#[derive(Clone, Copy)]
pub struct Ask {
    pub kind: IdKind,
    pub id: &'static str,
    pub token_type: Option<TokenType>,
    /// Empty: none.
    pub evse: &'static str,
    /// Of a location that there is not.
    pub elsewhere: bool,
}

/// The function's side.
#[derive(Default)]
pub struct Sets {
    published: bool,
    customers: HashSet<String>,
    entries: HashSet<(IdKind, String)>,
    tokens: BTreeMap<String, Token>,
}

impl List for Sets {
    fn holds(&self, kind: IdKind, key: &str) -> bool {
        self.entries.contains(&(kind, key.to_owned()))
    }

    fn holds_customer(&self, id: &str) -> bool {
        self.customers.contains(id)
    }
}

impl Sets {
    pub fn published() -> Self {
        Self {
            published: true,
            ..Self::default()
        }
    }

    fn visibility(&self) -> Visibility {
        Visibility::of(self.published, (self.customers.len() + self.entries.len()) as u64)
    }

    fn change(&mut self, confirm: bool, change: impl FnOnce(&mut Self)) {
        let before = (self.customers.clone(), self.entries.clone());
        change(self);
        let is_empty = self.customers.is_empty() && self.entries.is_empty();
        if is_empty && !(before.0.is_empty() && before.1.is_empty()) && !confirm {
            (self.customers, self.entries) = before;
        }
        self.published &= self.visibility() != Visibility::Private;
    }

    fn token(&mut self, auth: &str) -> &mut Token {
        self.tokens.get_mut(&auth_key(auth)).unwrap()
    }

    pub fn apply(&mut self, step: Step) {
        let customer = |name: &str| {
            (!name.is_empty()).then(|| CustomerRef {
                id: name.into(),
                external_id: String::new(),
                name: name.into(),
            })
        };
        match step {
            Step::Customer(_) => {}
            Step::Token(card) => {
                let token = Token {
                    id: card.auth.into(),
                    auth_id: card.auth.into(),
                    chip_id: (!card.chip.is_empty()).then(|| card.chip.into()),
                    visual_id: None,
                    token_type: card.token_type,
                    customer: customer(card.customer),
                    issuer: String::new(),
                    valid: true,
                    expires: None,
                    note: String::new(),
                    version: 1,
                    created_at: NOW.into(),
                    updated_at: NOW.into(),
                };
                if self.entries.remove(&(IdKind::ChipId, chip_key(card.chip))) {
                    self.entries.insert((IdKind::AuthId, auth_key(card.auth)));
                }
                self.tokens.insert(auth_key(card.auth), token);
            }
            Step::Move(auth, name) => self.token(auth).customer = customer(name),
            Step::Block(auth) => self.token(auth).valid = false,
            Step::Expire(auth) => self.token(auth).expires = Some("2020-01-01T00:00:00Z".into()),
            Step::Delete(auth) => {
                let before = self.entries.len();
                self.change(false, |sets| {
                    sets.entries.remove(&(IdKind::AuthId, auth_key(auth)));
                });
                if self.entries.len() < before {
                    self.tokens.remove(&auth_key(auth));
                }
            }
            Step::List(auth) => self.change(false, |sets| {
                sets.entries.insert((IdKind::AuthId, auth_key(auth)));
            }),
            Step::ListCustomer(name) => self.change(false, |sets| {
                sets.customers.insert(name.into());
            }),
            Step::Unlist(auth, confirm) => self.change(confirm, |sets| {
                sets.entries.remove(&(IdKind::AuthId, auth_key(auth)));
            }),
            Step::UnlistCustomer(name, confirm) => self.change(confirm, |sets| {
                sets.customers.remove(name);
            }),
            Step::Publish => self.published = self.visibility() != Visibility::Private,
            Step::Unpublish => self.published = false,
            Step::Import(kind, ids, clear) => self.import(kind, ids, clear),
        }
    }

    fn import(&mut self, kind: IdKind, ids: &[&str], clear: bool) {
        let good = ids
            .iter()
            .filter_map(|id| domain::identifiers::judge(kind, id).ok());
        let keys: HashSet<(IdKind, String)> = good.map(|id| (kind, id.key)).collect();
        if keys.is_empty() {
            return;
        }
        self.change(false, |sets| {
            if clear {
                sets.entries.clear();
            }
            sets.entries.extend(keys);
        });
    }

    /// What the function says, and whether an app shows the location.
    pub fn answer(&self, ask: &Ask) -> (String, bool) {
        let asked = key(ask.kind, ask.id);
        let has = |token: &&Token| match ask.kind {
            IdKind::AuthId => auth_key(&token.auth_id) == asked,
            IdKind::ChipId => token.chip_id.as_deref().map(chip_key).as_deref() == Some(&asked),
        };
        let tokens: Vec<Token> = self.tokens.values().filter(has).cloned().collect();
        let holder = Holder {
            kind: ask.kind,
            key: &asked,
            token_type: ask.token_type,
            tokens: &tokens,
            foreign: &[],
        };
        let place = Place {
            visibility: self.visibility(),
            list: self,
        };
        let at = ask.evse.strip_prefix(STATION);
        let is_there =
            !ask.elsewhere && (ask.evse.is_empty() || at.is_some_and(|port| port.starts_with('-')));
        let decision = decide(&holder, is_there.then_some(&place), NOW);
        let in_app = decide(&holder, Some(&place), NOW);
        let said = match &decision {
            Decision::Listed(Via::Token) => "listed: token".to_owned(),
            Decision::Listed(Via::Customer { name, .. }) => format!("listed: {name}"),
            other => {
                let json = serde_json::to_value(other).unwrap();
                json["reason"].as_str().unwrap().to_owned()
            }
        };
        (said, !ask.elsewhere && shows(self.visibility(), &in_app))
    }
}

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

/// Changes the books behind the portal's back.
pub async fn execute(app: &TestApp, sql: &str) {
    let mut tx = app.app.books.write().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
}
