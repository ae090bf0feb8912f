//! The estate: what ChargePoint knows, asked over SOAP, kept for a while, never stored as truth.

mod asking;
pub mod chargestations;
mod evses;
pub mod find;
pub mod groups;
mod kept;
mod live;
pub mod load;
pub mod prices;
mod problems;
pub mod reach;
pub mod reception;
pub mod rows;
mod sites;
mod sync;
pub mod table;
mod users;
pub(crate) mod words;

pub use asking::{Change, is_nothing};
pub use kept::{Ages, Counts, Kept};
pub use problems::{ended, error as refused, no_stations};
pub use sites::{Site, Source};
pub use sync::sync;
pub use users::{Driver, Refused, RefusedKind, waiting};

use std::collections::HashMap;
use std::sync::Mutex;

use chargepoint::Client;
use domain::estate::ChargePointStatus;
use domain::problem::Problem;

use crate::clock;

/// ChargePoint as the portal sees it.
pub struct Estate {
    client: Option<Client>,
    status: Mutex<ChargePointStatus>,
    kept: kept::Answers,
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
            kept: kept::Answers::default(),
            syncing: tokio::sync::Mutex::default(),
        }
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
}
