//! The changes.

use reqwest::Method;
use serde_json::{Value, json};

use super::Run;
use super::model::{Card, Key, Refused, Staged, State};
use super::pool;
use crate::support::Answer;

impl Run<'_> {
    /// One random change, answered as the model says.
    pub async fn step(&mut self) {
        let place = self.dice.any(self.model.places.keys().cloned()).unwrap();
        match self.dice.below(20) {
            0 | 1 => self.add_customers(&place).await,
            2 => self.remove_customers(&place).await,
            3..=5 => self.add_tokens(&place).await,
            6 | 7 => self.remove_tokens(&place).await,
            8 => self.publish(&place, true).await,
            9 => self.publish(&place, false).await,
            10 | 11 => self.stage(&place).await,
            12 | 13 => self.finalise().await,
            14 => self.undo().await,
            15 => self.new_customer().await,
            16 => self.delete_customer().await,
            17 => self.new_card().await,
            18 => self.change_card().await,
            _ => self.delete_card().await,
        }
    }

    fn note(&mut self, what: impl std::fmt::Display) {
        self.step = format!("{}: {what}", self.step);
    }

    /// The version is read, or any will do.
    async fn send(&mut self, method: Method, path: &str, record: &str, body: Value) -> Answer {
        self.note(format!("{method} {path} {body}"));
        let tag = if self.dice.one_in(4) {
            "*".to_owned()
        } else {
            let version = &self.app.get(record).await.ok()["version"];
            format!("\"{version}\"")
        };
        let request = self.app.request(method, path).header("if-match", tag);
        Answer::of(request.json(&body)).await
    }

    fn check(&self, answer: &Answer, expected: Result<(), Refused>) {
        let ok = (200..300).contains(&answer.status);
        assert!(ok || answer.status == 409, "{}: {}", self.step, answer.text);
        assert_eq!(ok, expected.is_ok(), "{}: {}", self.step, answer.text);
        if ok && answer.status != 204 && !answer.json["authorization"].is_null() {
            let tag = format!("\"{}\"", answer.json["authorization"]["version"]);
            assert_eq!(answer.header("etag"), tag, "{}", self.step);
        }
    }

    async fn add_customers(&mut self, place: &str) {
        let ids = self.dice.some(self.model.customers());
        let path = format!("/locations/{place}/authorization");
        let body = json!({ "customerIds": ids });
        let answer = self
            .send(Method::POST, &format!("{path}/customers"), &path, body)
            .await;
        let expected = self
            .model
            .change(place, false, |place| place.customers.extend(ids));
        self.check(&answer, expected);
    }

    async fn remove_customers(&mut self, place: &str) {
        let (all, confirm) = (self.dice.one_in(3), self.dice.one_in(2));
        let ids = self.dice.some(self.model.customers());
        let path = format!("/locations/{place}/authorization");
        let body = json!({ "entryIds": ids, "all": all, "confirm": confirm });
        let answer = self
            .send(Method::POST, &format!("{path}/customers/remove"), &path, body)
            .await;
        let expected = self.model.change(place, confirm, |place| {
            place.customers.retain(|id| !all && !ids.contains(id));
        });
        self.check(&answer, expected);
    }

    async fn add_tokens(&mut self, place: &str) {
        let cards = self.dice.some(self.model.cards());
        let typed: Vec<&str> = self.auths().into_iter().take(2).collect();
        let path = format!("/locations/{place}/authorization");
        let body =
            json!({ "tokenIds": cards.iter().map(|(id, _)| id).collect::<Vec<_>>(), "authIds": typed });
        let answer = self
            .send(Method::POST, &format!("{path}/tokens"), &path, body)
            .await;
        let expected = self.model.change(place, false, |place| {
            let typed = typed.iter().map(|text| pool::auth_number(text));
            for number in cards.iter().map(|(_, card)| card.auth).chain(typed) {
                place.tokens.entry(Key::Auth(number)).or_insert(None);
            }
        });
        self.check(&answer, expected);
    }

    fn auths(&mut self) -> Vec<&'static str> {
        let numbers = self.dice.some(0..pool::AUTHS);
        numbers
            .into_iter()
            .map(|number| pool::auth(&mut self.dice, number))
            .collect()
    }

    async fn remove_tokens(&mut self, place: &str) {
        let (all, confirm) = (self.dice.one_in(4), self.dice.one_in(2));
        let path = format!("/locations/{place}/authorization");
        let page = self.app.get(&format!("{path}/tokens")).await.ok();
        let entries = self.dice.some(page["items"].as_array().unwrap().clone());
        let ids: Vec<&Value> = entries.iter().map(|entry| &entry["entryId"]).collect();
        let answer = if let ([id], false) = (ids.as_slice(), all) {
            let one = format!("{path}/tokens/{}?confirm={confirm}", id.as_str().unwrap());
            self.send(Method::DELETE, &one, &path, json!(null)).await
        } else {
            let body = json!({ "entryIds": ids, "all": all, "confirm": confirm });
            self.send(Method::POST, &format!("{path}/tokens/remove"), &path, body)
                .await
        };
        let gone = |key: &Key| {
            all || entries.iter().any(|entry| {
                let id = entry["id"].as_str().unwrap();
                match entry["kind"].as_str().unwrap() {
                    "auth-id" => *key == Key::Auth(pool::auth_number(id)),
                    _ => *key == Key::Chip(pool::chip_number(id)),
                }
            })
        };
        let expected = self
            .model
            .change(place, confirm, |place| place.tokens.retain(|key, _| !gone(key)));
        self.check(&answer, expected);
    }

    async fn publish(&mut self, place: &str, published: bool) {
        let record = format!("/locations/{place}");
        let word = if published { "publish" } else { "unpublish" };
        let answer = self
            .send(Method::POST, &format!("{record}/{word}"), &record, json!(null))
            .await;
        let place = self.model.places.get_mut(place).unwrap();
        let refused = published && place.entries() > 0;
        if !refused {
            place.published = published;
        }
        self.check(&answer, if refused { Err(Refused) } else { Ok(()) });
    }

    async fn stage(&mut self, place: &str) {
        let by_chip = self.dice.one_in(2);
        let ids: Vec<&str> = if by_chip {
            let numbers = self.dice.some(0..pool::CHIPS);
            numbers
                .into_iter()
                .map(|number| pool::chip(&mut self.dice, number))
                .collect()
        } else {
            self.auths()
        };
        let chunks: Vec<&[&str]> = ids.chunks(2).collect();
        let kind = if by_chip { "chip-id" } else { "auth-id" };
        let path = self.app.stage(place, kind, &chunks).await;
        if let Some(chunk) = chunks.first()
            && self.dice.one_in(3)
        {
            let again = self
                .app
                .put(&format!("{path}/chunks/0"), json!({ "ids": chunk }))
                .await
                .ok();
            assert_eq!(again["nextChunk"], chunks.len(), "{}", self.step);
        }
        let key = |id: &&str| match by_chip {
            true => Key::Chip(pool::chip_number(id)),
            false => Key::Auth(pool::auth_number(id)),
        };
        let staged = Staged {
            place: place.to_owned(),
            keys: ids.iter().map(key).collect(),
            state: State::Staged,
            removed: Default::default(),
        };
        let id = path.rsplit('/').next().unwrap().to_owned();
        self.model.made.push(id.clone());
        self.model.imports.insert(id, staged);
    }

    async fn finalise(&mut self) {
        let Some((id, import)) = self.dice.any(self.model.imports()) else {
            return;
        };
        let clear = self.dice.one_in(2);
        let list = format!("/locations/{}/authorization", import.place);
        let path = format!("{list}/imports/{id}");
        let preview = self.app.get(&format!("{path}/preview?clear={clear}")).await;
        let counts = self.model.preview(&id, clear && !import.keys.is_empty());
        if import.state == State::Staged {
            let preview = preview.ok();
            let found = json!([preview["added"], preview["alreadyListed"], preview["removed"]]);
            assert_eq!(
                found,
                json!(counts),
                "{}: preview of {id}, clear {clear}",
                self.step
            );
            assert_eq!(
                preview["removedSample"].as_array().unwrap().len(),
                counts.2,
                "{}",
                self.step
            );
        } else {
            preview.problem(409, "/problems/import-state");
        }
        let body = json!({ "ids": import.keys.len(), "clear": clear });
        let answer = self
            .send(Method::POST, &format!("{path}/finalise"), &list, body)
            .await;
        let expected = self.model.finalise(&id, clear);
        self.check(&answer, expected);
        if answer.status == 200 {
            let done = &answer.json["import"];
            let found = json!([done["added"], done["alreadyListed"], done["removed"]]);
            assert_eq!(found, json!(counts), "{}: {id}", self.step);
        }
    }

    async fn undo(&mut self) {
        let Some((id, import)) = self.dice.any(self.model.imports()) else {
            return;
        };
        let confirm = self.dice.one_in(2);
        let list = format!("/locations/{}/authorization", import.place);
        let path = format!("{list}/imports/{id}/undo");
        let answer = self
            .send(Method::POST, &path, &list, json!({ "confirm": confirm }))
            .await;
        let expected = self.model.undo(&id, confirm);
        self.check(&answer, expected);
    }

    async fn new_customer(&mut self) {
        let id = self.app.customer("Acme").await;
        self.model.made.push(id.clone());
        self.model.customers.insert(id);
    }

    async fn delete_customer(&mut self) {
        let Some(id) = self.dice.any(self.model.customers()) else {
            return;
        };
        let path = format!("/customers/{id}");
        let answer = self.send(Method::DELETE, &path, &path, json!(null)).await;
        let expected = self.model.delete_customer(&id);
        self.check(&answer, expected);
    }

    fn card(&mut self) -> (Card, Value) {
        let (auth, chip) = (self.dice.below(pool::AUTHS), self.dice.below(pool::CHIPS * 2));
        let card = Card {
            auth,
            chip: Some(chip).filter(|chip| *chip < pool::CHIPS),
            customer: self
                .dice
                .any(self.model.customers())
                .filter(|_| self.dice.one_in(2)),
            valid: !self.dice.one_in(4),
        };
        let chip = card
            .chip
            .map(|chip| pool::chip(&mut self.dice, chip))
            .unwrap_or_default();
        let body = json!({
            "authId": pool::auth(&mut self.dice, auth),
            "chipId": chip,
            "customerId": card.customer.as_deref().unwrap_or_default(),
            "valid": card.valid,
        });
        (card, body)
    }

    async fn new_card(&mut self) {
        let (card, body) = self.card();
        self.note(format!("POST /tokens {body}"));
        let answer = self.app.post("/tokens", body).await;
        let id = answer.json["id"].as_str().unwrap_or("new").to_owned();
        let expected = self.model.set_card(&id, card);
        self.model.made.push(id);
        self.check(&answer, expected);
    }

    async fn change_card(&mut self) {
        let Some(id) = self.dice.any(self.model.cards().into_iter().map(|(id, _)| id)) else {
            return;
        };
        let (mut card, mut body) = self.card();
        if self.dice.one_in(2) {
            card.auth = self.model.cards[&id].auth;
            body["authId"] = json!(pool::auth(&mut self.dice, card.auth));
        }
        let path = format!("/tokens/{id}");
        let answer = self.send(Method::PATCH, &path, &path, body).await;
        let expected = self.model.set_card(&id, card);
        self.check(&answer, expected);
    }

    async fn delete_card(&mut self) {
        let Some(id) = self.dice.any(self.model.cards().into_iter().map(|(id, _)| id)) else {
            return;
        };
        let path = format!("/tokens/{id}");
        let answer = self.send(Method::DELETE, &path, &path, json!(null)).await;
        let expected = self.model.delete_card(&id);
        self.check(&answer, expected);
    }
}
