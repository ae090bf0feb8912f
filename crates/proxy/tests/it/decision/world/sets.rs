//! Plain sets, and what the function says of them.

use std::collections::{BTreeMap, HashSet};

use domain::decision::{Holder, List, Place, decide, shows};
use domain::identifiers::{IdKind, auth_key, chip_key, key};
use domain::privacy::{Decision, Via, Visibility};
use domain::tokens::{CustomerRef, Token, TokenType};

use super::{Ask, NOW, STATION, Step};

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
                let is_card = card.token_type == TokenType::Rfid;
                if is_card && self.entries.remove(&(IdKind::ChipId, chip_key(card.chip))) {
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

    /// Whether there is a token, or an entry, of the card that is asked for.
    pub fn knows(&self, ask: &Ask) -> bool {
        let asked = key(ask.kind, ask.id);
        let is_meant = |token: &Token| {
            let chip = token.chip_id.as_deref().map(chip_key);
            let meant = ask.token_type.unwrap_or_default();
            chip.as_deref() == Some(&asked) && token.token_type == meant
        };
        let is_entry = self.entries.contains(&(ask.kind, asked.clone()));
        self.tokens.values().any(is_meant) || (is_entry && ask.token_type != Some(TokenType::Other))
    }
}
