//! Whom partners may show a private location to is whom the decision admits there, whatever stands where: cards of the
//! portal's and of theirs, of one contract or of two, on lists by contract, by card and through customers.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use super::partner::Peer;
use crate::decision::world::execute;
use crate::random::Dice;
use crate::support::{Answer, TestApp, query};

const CONTRACTS: usize = 5;
const CARDS: usize = 5;

fn contract(number: usize) -> String {
    format!("NL-TNM-C0000000{number}")
}

fn card(number: usize) -> String {
    format!("04A1B2C{number}")
}

/// A portal that changes at random.
struct Run<'a> {
    app: &'a TestApp,
    peer: Peer,
    dice: Dice,
    locations: Vec<String>,
    customers: Vec<String>,
    /// The cards that the partner said are good.
    theirs: BTreeSet<String>,
}

impl Run<'_> {
    async fn step(&mut self) {
        let (contract, card) = (contract(self.dice.below(CONTRACTS)), card(self.dice.below(CARDS)));
        let at = self.dice.any(self.locations.clone()).unwrap();
        let list = format!("/locations/{at}/authorization");
        let change = async |path: &str, body: Value| {
            let request = self.app.request(Method::POST, path).header("if-match", "*");
            Answer::of(request.json(&body)).await
        };
        match self.dice.below(10) {
            0 | 1 => {
                let mut token = json!({ "authId": contract, "valid": !self.dice.one_in(4) });
                if self.dice.one_in(2) {
                    token["chipId"] = json!(card);
                }
                if self.dice.one_in(2) {
                    token["customerId"] = json!(self.dice.any(self.customers.clone()));
                }
                // There may be one of that contract or card.
                self.app.post("/tokens", token).await;
            }
            2..=4 => {
                let valid = !self.dice.one_in(4);
                let sent = json!({ "country_code": "NL", "party_id": "TNM", "uid": card, "type": "RFID",
                    "contract_id": contract, "issuer": "TNM", "valid": valid, "whitelist": "NEVER",
                    "last_updated": ocpi::time::now() });
                let path = format!("/2.2.1/cpo/tokens/NL/TNM/{card}");
                self.peer.put(&path, sent).await.data();
                self.theirs.remove(&card);
                self.theirs.extend(valid.then_some(card));
            }
            5 => drop(
                change(&format!("{list}/tokens"), json!({ "authIds": [contract] }))
                    .await
                    .ok(),
            ),
            6 => drop(
                change(&format!("{list}/tokens"), json!({ "chipIds": [card] }))
                    .await
                    .ok(),
            ),
            7 => {
                let customer = self.dice.any(self.customers.clone());
                let body = json!({ "customerIds": [customer] });
                change(&format!("{list}/customers"), body).await.ok();
            }
            8 => {
                let which = self.dice.any(["customers", "tokens"]).unwrap();
                let body = json!({ "all": true, "confirm": true });
                change(&format!("{list}/{which}/remove"), body).await.ok();
            }
            _ => {
                let tokens = self.app.get("/tokens").await.ok()["items"].clone();
                let Some(token) = self.dice.any(tokens.as_array().unwrap().clone()) else {
                    return;
                };
                let path = format!("/tokens/{}", token["id"].as_str().unwrap());
                let request = self.app.request(Method::DELETE, &path).header("if-match", "*");
                // Not while a list would be left empty by it.
                Answer::of(request).await;
            }
        }
    }

    /// The cards that may charge at a private location, of those that the partner knows to be theirs.
    async fn admitted(&self, at: &str) -> BTreeSet<String> {
        let mut admitted = BTreeSet::new();
        let entries = self
            .app
            .get(&format!("/locations/{at}/authorization/tokens"))
            .await
            .ok();
        let place = self.app.get(&format!("/locations/{at}")).await.ok();
        let is_open = place["visibility"] == "Published";
        let own = self.app.get("/tokens?pageSize=500").await.ok();
        let is_own = |card: &str| {
            own["items"]
                .as_array()
                .unwrap()
                .iter()
                .any(|own| own["chipId"] == card)
        };
        for card in (0..CARDS).map(card) {
            let question = json!({ "chipId": card, "type": "RFID", "locationId": at });
            let told = self.app.post("/authorize", question).await.ok();
            let is_listed = told["reason"] == "listed";
            let page = format!("/locations/visible?{}", query(&[("chipId", &card)]));
            let seen = self.app.get(&page).await.ok();
            let is_seen = seen["items"]
                .as_array()
                .unwrap()
                .iter()
                .any(|item| item["id"] == at);
            assert_eq!(is_seen, is_listed || is_open, "{card} at {at}: {told}");
            for entry in entries["items"].as_array().unwrap() {
                if entry["kind"] == "chip-id" && entry["id"] == card {
                    let in_apps = entry["inApps"] == true;
                    assert!(is_listed || !in_apps, "{entry}: {told}");
                    assert!(
                        in_apps || !is_listed || !self.theirs.contains(&card),
                        "{entry}: {told}"
                    );
                }
            }
            if is_listed && (is_own(&card) || self.theirs.contains(&card)) {
                admitted.insert(card);
            }
        }
        admitted
    }

    /// The cards that the partner is told of.
    async fn told(&self, at: &str) -> BTreeSet<String> {
        let seen = self.peer.get(&format!("/2.2.1/cpo/locations/{at}")).await;
        if seen.status == 404 {
            return BTreeSet::new();
        }
        let seen = seen.data();
        let to = seen["publish_allowed_to"].as_array().cloned().unwrap_or_default();
        to.iter()
            .map(|to| to["uid"].as_str().unwrap().to_owned())
            .collect()
    }
}

async fn run(app: &TestApp, seed: u64, steps: usize) {
    let mut locations = Vec::new();
    for name in ["Oosteinde", "Haven"] {
        let id = app.location(name).await;
        execute(
            app,
            &format!("UPDATE locations SET latitude = 52.16, longitude = 4.5 WHERE id = '{id}'"),
        )
        .await;
        locations.push(id);
    }
    let mut run = Run {
        app,
        peer: app.registered("NL-TNM", "EMSP").await,
        dice: Dice::of(seed),
        locations,
        customers: vec![app.customer("Acme").await, app.customer("Bos").await],
        theirs: BTreeSet::new(),
    };
    let mut shown = 0;
    for step in 0..steps {
        run.step().await;
        for at in &run.locations {
            let told = run.told(at).await;
            shown += told.len();
            let admitted = run.admitted(at).await;
            assert_eq!(told, admitted, "seed {seed}, step {step}: {at}");
        }
    }
    assert!(
        shown > steps / 5,
        "{shown} were told of: the dice tried too little"
    );
}

#[tokio::test]
async fn who_is_told_of_is_who_is_admitted_on_sqlite() {
    for seed in 1..=4 {
        run(&TestApp::sqlite().await, seed, 60).await;
    }
}

#[tokio::test]
async fn who_is_told_of_is_who_is_admitted_on_postgres() {
    if let Some(app) = TestApp::postgres().await {
        run(&app, 3, 60).await;
    }
}
