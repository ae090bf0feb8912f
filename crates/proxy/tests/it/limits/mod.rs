//! Accounts that are limited to organizations: what belongs to another does not exist for them.

mod accounts;
mod audit;
mod bodies;
mod lists;
pub mod routes;

use domain::accounts::AccountInput;
use domain::column::Listed;
use domain::organizations::Organization;
use domain::station_tokens::Evse;
use proxy::access::{Caller, within};
use proxy::books::{accounts as book, evses, sync};
use proxy::estate::{Site, Source};
use serde_json::{Value, json};

use crate::driver_requests::ask;
use crate::support::{Person, TestApp};

/// Stands in everything that the other organization calls its own.
const HIDDEN: &str = "Verborgen";

pub const OURS: &str = "1:ORGA";
const THEIRS: &str = "1:ORGB";

/// What there is of one organization, by id.
struct Estate {
    location: String,
    connection: String,
    token: String,
    request: String,
    import: String,
    chargestation: String,
}

/// Two organizations with one of everything each, and a customer and a charge token of everybody.
pub struct World {
    ours: Estate,
    theirs: Estate,
    customer: String,
    token: String,
}

fn site(org: &str, name: &str, station: &str) -> Site {
    Site {
        key: format!("{}|street|52.1", org.to_lowercase()),
        org_key: org.to_lowercase(),
        source: Source {
            name: format!("{name} Yard"),
            operator_name: name.into(),
            ..Source::default()
        },
        stations: vec![(station.into(), format!("{name} 01"))],
    }
}

fn evse(org: &str, name: &str, station: &str) -> Evse {
    Evse {
        id: format!("{station}-1"),
        station_sn: format!("SN{station}"),
        station_name: format!("{name} 01"),
        org_id: org.into(),
        org_name: name.into(),
        token_sn: None,
    }
}

impl World {
    pub async fn of(app: &TestApp) -> Self {
        let orgs = [(OURS, "Alpha", "1:1"), (THEIRS, HIDDEN, "1:2")];
        let mut tx = app.app.books.write().await.unwrap();
        let sites = orgs.iter().map(|(org, name, station)| site(org, name, station));
        sync::apply(&mut tx, sites.collect()).await.unwrap();
        let ports: Vec<Evse> = orgs
            .iter()
            .map(|(org, name, station)| evse(org, name, station))
            .collect();
        evses::follow(&mut tx, &ports).await.unwrap();
        tx.commit().await.unwrap();
        let customer = app.customer("Common").await;
        let token = app
            .token(json!({ "authId": "NL-GFX-C00000001-4", "customerId": customer }))
            .await;
        let ours = Estate::of(app, OURS, "Alpha", "ALP", &customer).await;
        let theirs = Estate::of(app, THEIRS, HIDDEN, "VBG", &customer).await;
        Self {
            ours,
            theirs,
            customer,
            token,
        }
    }
}

impl World {
    /// The one's own location.
    pub fn ours(&self) -> &str {
        &self.ours.location
    }

    /// The other's.
    pub fn theirs(&self) -> &str {
        &self.theirs.location
    }
}

impl Estate {
    async fn of(app: &TestApp, org: &str, name: &str, sn: &str, customer: &str) -> Self {
        let found = app.get(&format!("/locations?q={name}")).await.ok();
        let location = found["items"][0]["id"].as_str().unwrap().to_owned();
        let list = format!("/locations/{location}/authorization");
        app.change_any(&format!("{list}/customers"), json!({ "customerIds": [customer] }))
            .await
            .ok();
        let import = app.stage(&location, "auth-id", &[&["NL-GFX-C00000002-2"]]).await;
        let connection =
            json!({ "orgId": org, "connectionName": format!("{name} Staff"), "connectionType": "Standard" });
        let connection = app.post("/connections", connection).await.json["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let token = json!({ "orgId": org, "tokenSn": format!("{sn}-1"), "partNo": "P", "cloudPlan": "Plan", "description": name, "status": "New" });
        let token = app.post("/station_tokens", token).await;
        assert_eq!(token.status, 201, "{}", token.text);
        let request = ask(app, &connection, &[(name, "")]).await.remove(0);
        let station = json!({ "endpoint": name, "protocol": "ocpp1.6", "organization": org });
        let station = app.post("/chargestations", station).await.ok();
        Self {
            location,
            connection,
            token: token.json["id"].as_str().unwrap().to_owned(),
            request,
            import: import.rsplit('/').next().unwrap().to_owned(),
            chargestation: station["_id"].as_str().unwrap().to_owned(),
        }
    }

    /// All of it as an administrator sees it.
    async fn picture(&self, app: &TestApp) -> Value {
        let list = format!("/locations/{}/authorization", self.location);
        let mut all = Vec::new();
        for path in [
            format!("/locations/{}", self.location),
            list.clone(),
            format!("{list}/customers"),
            format!("{list}/imports"),
            format!("/connections/{}", self.connection),
            format!("/connections/{}/invitation", self.connection),
            format!("/connections/{}/driver_requests", self.connection),
            format!("/station_tokens/{}", self.token),
            format!("/station_tokens/{}/history", self.token),
            format!("/chargestations/{}", self.chargestation),
            format!("/chargestations/{}/page", self.chargestation),
            format!("/chargestations/{}/history", self.chargestation),
        ] {
            let mut told = app.get(&path).await.ok();
            if let Some(page) = told.as_object_mut() {
                page.remove("asOf");
            }
            all.push(told);
        }
        all.into()
    }
}

/// Somebody who may everything that an account with these limits may.
pub async fn limited(app: &TestApp, name: &str, organizations: &[&str]) -> Person {
    let account = within(Caller::portal(), async {
        let mut tx = app.app.books.write().await.unwrap();
        let input = AccountInput {
            name: Some(name.into()),
            email: Some(format!("{}@portal.example", name.to_lowercase())),
            role_id: Some("administrator".into()),
            organizations: Some(organizations.iter().map(|id| (*id).to_owned()).collect()),
            ..AccountInput::default()
        };
        let account = book::create(&mut tx, input).await.unwrap();
        tx.commit().await.unwrap();
        account
    })
    .await;
    app.signed_in(account).await
}

/// The ids of a list's rows.
fn ids<T: Listed + serde::de::DeserializeOwned>(page: &Value) -> Vec<String> {
    let rows = page["items"].as_array().unwrap().iter();
    rows.map(|row| serde_json::from_value::<T>(row.clone()).unwrap().id().to_owned())
        .collect()
}

/// Fails where an answer tells anything of the other organization.
fn nothing_of_theirs(text: &str, of: &str) {
    assert!(!text.contains(HIDDEN) && !text.contains(THEIRS), "{of}: {text}");
}

/// The organization as it is told.
fn ours() -> Organization {
    Organization {
        id: OURS.into(),
        name: "Alpha".into(),
        ours: true,
    }
}
