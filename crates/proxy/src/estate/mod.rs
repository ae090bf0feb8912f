//! The estate: what ChargePoint knows, asked over SOAP, kept for a while, never stored as truth.

mod asking;
pub mod chargestations;
mod evses;
pub mod find;
mod kept;
mod live;
pub mod load;
mod problems;
pub mod reach;
pub mod rows;
mod sites;
mod sync;
pub mod table;
mod users;
pub(crate) mod words;

pub use asking::{Change, is_nothing};
pub use kept::{Ages, Counts, Kept};
pub use problems::{error as refused, no_stations};
pub use sites::{Site, Source};
pub use sync::sync;
pub use users::{Driver, Refused, RefusedKind};

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chargepoint::{Client, StationsQuery};
use domain::estate::{ChargePointStatus, LocationStations};
use domain::problem::Problem;

use crate::clock;
use live::{Answer, Details};

/// How long a port's state is passed on before it is asked for again.
const FRESH: Duration = Duration::from_secs(60);

/// ChargePoint as the portal sees it.
pub struct Estate {
    client: Option<Client>,
    status: Mutex<ChargePointStatus>,
    /// Names, models, connectors; none before ChargePoint was asked for all stations.
    details: tokio::sync::Mutex<Option<Details>>,
    /// By location. Whoever asks while an answer is under way waits for that answer.
    answers: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Answer>>>>,
    drivers: tokio::sync::Mutex<users::Drivers>,
    kept: kept::Answers,
    fresh: Duration,
    syncing: tokio::sync::Mutex<()>,
}

impl Estate {
    /// The estate behind that client; without one, ChargePoint is not configured.
    pub fn new(client: Option<Client>, sandbox: bool) -> Self {
        let status = ChargePointStatus {
            configured: client.is_some(),
            sandbox,
            ..ChargePointStatus::default()
        };
        Self {
            client,
            status: Mutex::new(status),
            details: tokio::sync::Mutex::default(),
            answers: Mutex::default(),
            drivers: tokio::sync::Mutex::default(),
            kept: kept::Answers::default(),
            fresh: FRESH,
            syncing: tokio::sync::Mutex::default(),
        }
    }

    /// The same, with another time for which a port's state is passed on.
    pub fn fresh_for(mut self, fresh: Duration) -> Self {
        self.fresh = fresh;
        self
    }

    /// The turn to sync. One sync at a time, from the question to the books: of two at once, the one
    /// with the older answer could come last.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.syncing.lock().await
    }

    /// How the connection is.
    pub fn status(&self) -> ChargePointStatus {
        self.status
            .lock()
            .map(|status| status.clone())
            .unwrap_or_default()
    }

    /// The client, for what it says of itself.
    pub fn measured(&self) -> Option<&Client> {
        self.client.as_ref()
    }

    /// How often answers of each call were passed on.
    pub fn counts(&self) -> Vec<(&'static str, Counts)> {
        self.kept.counts()
    }

    /// What is kept of each call.
    pub fn ages(&self) -> HashMap<&'static str, Ages> {
        self.kept.ages()
    }

    fn client(&self) -> Result<&Client, Box<Problem>> {
        self.client
            .as_ref()
            .ok_or_else(|| Box::new(problems::not_configured()))
    }

    /// Notes how a call ended.
    fn note<T>(&self, result: Result<T, chargepoint::Error>) -> Result<T, Box<Problem>> {
        let Ok(mut status) = self.status.lock() else {
            return result.map_err(|error| Box::new(problems::of(&error)));
        };
        match result {
            Ok(value) => {
                status.last_answer = Some(clock::now());
                (status.problem, status.problem_at) = (None, None);
                Ok(value)
            }
            Err(error) => {
                tracing::warn!(%error, "ChargePoint gave no good answer");
                let problem = Box::new(problems::of(&error));
                status.problem = Some((*problem).clone());
                status.problem_at = Some(clock::now());
                Err(problem)
            }
        }
    }

    /// All stations of the account.
    async fn all_stations(&self) -> Result<Vec<chargepoint::Station>, Box<Problem>> {
        let stations = self.note(self.client()?.stations(&StationsQuery::default()).await)?;
        *self.details.lock().await = Some(live::details_of(&stations));
        Ok(stations)
    }

    /// The details of all stations; whoever asks while they are under way waits for them.
    async fn details(&self) -> Result<Details, Box<Problem>> {
        let mut details = self.details.lock().await;
        if let Some(known) = &*details {
            return Ok(Arc::clone(known));
        }
        let stations = self.note(self.client()?.stations(&StationsQuery::default()).await)?;
        Ok(Arc::clone(details.insert(live::details_of(&stations))))
    }

    /// The live stations of a location, given as ids and names. With `anew`, an answer that is
    /// still fresh is not passed on.
    pub async fn stations(
        &self,
        location_id: &str,
        known: Vec<(String, String)>,
        anew: bool,
    ) -> LocationStations {
        live::stations(self, location_id, known, anew).await
    }
}
