//! Many changes at once, of everything that touches lists: none fails inside, and in the end the
//! counts are those of the lists.

use reqwest::Method;
use serde_json::{Value, json};

use crate::random::Dice;
use crate::support::{Answer, TestApp, on_both};

const PLACES: [&str; 3] = ["Oosteinde", "Haven", "Depot"];
const CARDS: usize = 12;

/// What all workers change.
struct Shared<'a> {
    app: &'a TestApp,
    places: Vec<String>,
}

impl Shared<'_> {
    async fn ids(&self, path: &str) -> Vec<String> {
        let page = self.app.get(path).await.ok();
        let ids = page["items"].as_array().unwrap().iter();
        ids.map(|record| record["id"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn send(&self, method: Method, path: &str, body: Value) -> Answer {
        let request = self.app.request(method.clone(), path).header("if-match", "*");
        let answer = Answer::of(request.json(&body)).await;
        let expected = [200, 201, 204, 404, 409, 412, 422];
        assert!(
            expected.contains(&answer.status),
            "{method} {path} {body}: {}",
            answer.text
        );
        answer
    }

    async fn work(&self, seed: u64) {
        let mut dice = Dice::of(seed);
        for _ in 0..40 {
            let place = &self.places[dice.below(PLACES.len())];
            let list = format!("/locations/{place}/authorization");
            let card = dice.below(CARDS);
            let (auth, chip) = (format!("CARD{card:04}"), format!("04A1B2{card:02}"));
            match dice.below(9) {
                0 => {
                    let body = json!({ "authIds": [auth, format!("CARD{:04}", dice.below(CARDS))] });
                    self.send(Method::POST, &format!("{list}/tokens"), body).await;
                }
                1 => {
                    let body =
                        json!({ "entryIds": [format!("a-{auth}"), format!("c-{chip}")], "confirm": true });
                    self.send(Method::POST, &format!("{list}/tokens/remove"), body)
                        .await;
                }
                2 => {
                    let ids = self.ids("/customers").await;
                    let body = json!({ "customerIds": dice.some(ids) });
                    self.send(Method::POST, &format!("{list}/customers"), body).await;
                }
                3 => {
                    self.send(Method::POST, "/customers", json!({ "name": "Acme" }))
                        .await;
                    if let Some(id) = dice.any(self.ids("/customers").await) {
                        self.send(Method::DELETE, &format!("/customers/{id}"), json!(null))
                            .await;
                    }
                }
                4 => {
                    let chip = if dice.one_in(2) { chip } else { String::new() };
                    self.send(Method::POST, "/tokens", json!({ "authId": auth, "chipId": chip }))
                        .await;
                }
                5 => {
                    if let Some(id) = dice.any(self.ids("/tokens").await) {
                        self.send(Method::DELETE, &format!("/tokens/{id}"), json!(null))
                            .await;
                    }
                }
                6 => {
                    let word = ["publish", "unpublish"][dice.below(2)];
                    self.send(Method::POST, &format!("/locations/{place}/{word}"), json!(null))
                        .await;
                }
                _ => self.import(&mut dice, place).await,
            }
        }
    }

    async fn import(&self, dice: &mut Dice, place: &str) {
        let by_chip = dice.one_in(2);
        let id = |card| {
            if by_chip {
                format!("04A1B2{card:02}")
            } else {
                format!("CARD{card:04}")
            }
        };
        let ids: Vec<String> = dice.some(0..CARDS).into_iter().map(id).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let kind = if by_chip { "chip-id" } else { "auth-id" };
        let path = self.app.stage(place, kind, &[&ids]).await;
        let body = json!({ "ids": ids.len(), "clear": dice.one_in(2) });
        let done = self.send(Method::POST, &format!("{path}/finalise"), body).await;
        if done.status == 200 && dice.one_in(2) {
            self.send(Method::POST, &format!("{path}/undo"), json!({ "confirm": true }))
                .await;
        }
    }

    async fn check(&self) {
        let tokens = self.app.get("/tokens?pageSize=500").await.ok();
        for place in &self.places {
            let list = format!("/locations/{place}/authorization");
            let numbers = self.app.get(&list).await.ok();
            let customers = self.app.get(&format!("{list}/customers?pageSize=500")).await.ok();
            let entries = self.app.get(&format!("{list}/tokens?pageSize=500")).await.ok();
            let (customers, entries) = (
                customers["items"].as_array().unwrap(),
                entries["items"].as_array().unwrap(),
            );
            assert_eq!(
                (
                    &numbers["customers"],
                    &numbers["tokens"],
                    numbers["visibility"] == "Private"
                ),
                (
                    &json!(customers.len()),
                    &json!(entries.len()),
                    customers.len() + entries.len() > 0
                ),
                "{place}"
            );
            for entry in entries.iter().filter(|entry| entry["kind"] == "chip-id") {
                let has_it = |token: &&Value| token["chipId"] == entry["id"];
                let token = tokens["items"].as_array().unwrap().iter().find(has_it);
                assert_eq!(token, None, "{place} lists the chip of a known token");
            }
        }
    }
}

on_both! {
    async fn changes_at_once_leave_counts_and_lists_alike(app) {
        let mut places = Vec::new();
        for name in PLACES {
            places.push(app.location(name).await);
        }
        let shared = Shared { app, places };
        for round in 0..3 {
            let seed = round * 10;
            tokio::join!(
                shared.work(seed + 1),
                shared.work(seed + 2),
                shared.work(seed + 3),
                shared.work(seed + 4),
                shared.work(seed + 5),
                shared.work(seed + 6),
            );
            shared.check().await;
        }
    }
}
