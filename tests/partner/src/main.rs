//! A roaming partner who runs stations, made of ocpi-kit's library: it registers with the portal, whose questions
//! meanwhile its own server answers, and asks whether tokens may charge.
//!
//! `partner VERSIONS TOKEN UID:TYPE:LOCATION[:EVSE]…` prints a line of JSON for the registration and for each answer.
//! The location may be empty: then none is named. `locations=FROM/TO` asks for those that changed meanwhile, by pages.

use std::error::Error;

use ocpi_kit::client::{ClientConfig, OcpiClient, Registration};
use ocpi_kit::server::OcpiRouter;
use ocpi_kit::testkit::MockPeer;
use ocpi_kit::transport::{CredentialsToken, OcpiError, PageQuery};
use ocpi_kit::types::{CiString, DateTime, Extensions, Url, Validate};
use ocpi_kit::v2_3_0::tokens::{AuthorizationInfo, LocationReferences, TokenType};
use ocpi_kit::{InterfaceRole, ModuleId, VersionNumber};
use serde_json::{Value, json};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [versions, token, questions @ ..] = words.as_slice() else {
        return Err("partner VERSIONS TOKEN UID:TYPE:LOCATION[:EVSE]…".into());
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = Url::new(format!("http://{}", listener.local_addr()?))?;
    let own = MockPeer::cpo(base.clone());
    let router = own
        .mount(OcpiRouter::new(VersionNumber::V2_2_1, base, own.token_store()))
        .build();
    tokio::spawn(async move { axum::serve(listener, router).await });

    let client = OcpiClient::with_config(ClientConfig::for_testing())?;
    let selected = Registration::new(Url::new(versions)?, CredentialsToken::new(token)?)
        .discover(client.transport())
        .await?
        .select(client.transport(), &VersionNumber::V2_2_1)
        .await?;
    selected.require(&[
        (ModuleId::Locations, InterfaceRole::Sender),
        (ModuleId::Tokens, InterfaceRole::Sender),
        (ModuleId::Tokens, InterfaceRole::Receiver),
        (ModuleId::Commands, InterfaceRole::Receiver),
    ])?;
    let portal = selected.register(client.transport(), &own.credentials()).await?;
    let parties: Vec<String> = portal
        .parties()
        .iter()
        .map(|party| format!("{}-{}", party.country_code, party.party_id))
        .collect();
    let is_new = portal.token() != &CredentialsToken::new(token)?;
    println!(
        "{}",
        json!({ "version": portal.version().to_string(), "parties": parties, "newToken": is_new })
    );

    let session = client.peer(&portal, own.party().clone());
    for question in questions {
        if let Some(window) = question.strip_prefix("locations=") {
            let (from, to) = window.split_once('/').ok_or("a window is FROM/TO")?;
            let query = PageQuery::between(DateTime::parse(from)?, DateTime::parse(to)?).with_limit(2);
            let mut found = session.locations().list(query)?;
            let mut ids = Vec::new();
            while let Some(location) = found.next().await? {
                ids.push(location.id.to_string());
            }
            println!("{}", json!({ "question": question, "locations": ids }));
            continue;
        }
        let mut parts = question.splitn(4, ':');
        let mut next = || parts.next().unwrap_or_default();
        let (uid, kind, location, evse) = (next(), next(), next(), next());
        let kind = match kind {
            "RFID" => TokenType::Rfid,
            "OTHER" => TokenType::Other,
            "APP_USER" => TokenType::AppUser,
            _ => return Err(format!("{question}: no type").into()),
        };
        let evses = Some(evse).filter(|evse| !evse.is_empty());
        let references = (!location.is_empty()).then(|| {
            Ok::<_, Box<dyn Error>>(LocationReferences {
                location_id: CiString::new(location)?,
                evse_uids: evses.into_iter().map(CiString::new).collect::<Result<_, _>>()?,
                extensions: Extensions::default(),
            })
        });
        let references = references.transpose()?;
        let answer = session
            .tokens()
            .authorize(uid, Some(kind), references.as_ref())
            .await;
        println!("{}", told(question, answer));
    }
    Ok(())
}

/// An answer, and what the library finds wrong with it.
fn told(question: &str, answer: Result<AuthorizationInfo, OcpiError>) -> Value {
    match answer {
        Ok(info) => json!({
            "question": question,
            "allowed": info.allowed,
            "uid": info.token.uid,
            "location": info.location.as_ref().map(|at| at.location_id.to_string()),
            "wrong": info.validate().err().map(|wrong| wrong.to_string()),
        }),
        Err(error) => json!({
            "question": question,
            "status": error.status_code().get(),
        }),
    }
}
