//! The books against the model.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Run;
use super::model::Key;
use super::pool;

fn items(page: &Value) -> &Vec<Value> {
    page["items"].as_array().unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

impl Run<'_> {
    pub async fn compare(&self) {
        let rows = self.app.get("/locations?pageSize=500").await.ok();
        for (id, place) in &self.model.places {
            let path = format!("/locations/{id}/authorization");
            let list = self.app.get(&path).await.ok();
            let customer_tokens: usize = place.customers.iter().map(|id| self.model.cards_of(id)).sum();
            let numbers = json!([
                place.customers.len(),
                place.tokens.len(),
                customer_tokens,
                place.visibility(),
                place.published,
            ]);
            assert_eq!(
                json!([
                    list["customers"],
                    list["tokens"],
                    list["customerTokens"],
                    list["visibility"],
                    list["published"]
                ]),
                numbers,
                "{}: {id}",
                self.step
            );
            let row = items(&rows).iter().find(|row| row["id"] == *id).unwrap();
            for field in ["customers", "tokens", "visibility", "published", "version"] {
                assert_eq!(row[field], list[field], "{}: {field} of {id}", self.step);
            }
            self.compare_customers(&path, &place.customers).await;
            self.compare_tokens(&path, place.tokens.keys().copied().collect())
                .await;
        }
        for (id, card) in &self.model.cards {
            let page = self.app.get(&format!("/tokens/{id}/locations")).await.ok();
            let found: BTreeSet<String> = items(&page).iter().map(|at| text(&at["locationId"])).collect();
            assert_eq!(found, self.model.places_of(card), "{}: {id}", self.step);
        }
    }

    async fn compare_customers(&self, path: &str, expected: &BTreeSet<String>) {
        let page = self.app.get(&format!("{path}/customers")).await.ok();
        let found: BTreeSet<String> = items(&page).iter().map(|entry| text(&entry["entryId"])).collect();
        assert_eq!(
            (&found, &page["total"]),
            (expected, &json!(expected.len())),
            "{}: {path}",
            self.step
        );
        for entry in items(&page) {
            let cards = self.model.cards_of(entry["entryId"].as_str().unwrap());
            assert_eq!(entry["tokens"], cards, "{}: {entry}", self.step);
        }
    }

    async fn compare_tokens(&self, path: &str, expected: BTreeSet<Key>) {
        let page = self.app.get(&format!("{path}/tokens")).await.ok();
        let key = |entry: &Value| {
            let id = entry["id"].as_str().unwrap();
            match entry["kind"].as_str().unwrap() {
                "auth-id" => Key::Auth(pool::auth_number(id)),
                _ => Key::Chip(pool::chip_number(id)),
            }
        };
        let found: BTreeSet<Key> = items(&page).iter().map(key).collect();
        assert_eq!(found, expected, "{}: {path}", self.step);
        assert_eq!(page["total"], expected.len(), "{}: {path}", self.step);
        assert_eq!(items(&page).len(), expected.len(), "{}: {path}", self.step);
        for entry in items(&page) {
            let known = match key(entry) {
                Key::Auth(number) => self.model.cards.values().any(|card| card.auth == number),
                Key::Chip(_) => false,
            };
            assert_eq!(entry["token"].is_object(), known, "{}: {entry}", self.step);
        }
    }
}
