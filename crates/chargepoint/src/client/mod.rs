mod answer;
mod config;
mod dispatch;
mod guards;
mod paging;
mod stats;
mod transport;

use std::sync::Arc;

pub use config::ClientConfig;
pub use dispatch::Health;
pub use guards::{BreakerRule, BreakerState, Guards};
pub use stats::{BOUNDS, CallStats};

use futures::stream::{FuturesOrdered, StreamExt};

use crate::calls::cpn_instances::{CpnInstance, GetCpnInstances};
use crate::calls::station_status::{GetStationStatus, StationStatus, StatusQuery};
use crate::calls::stations::{GetStations, Station, StationsQuery};
use crate::calls::user_status::{Association, Decision, UpdateUserStatus};
use crate::calls::users::{GetUsers, User, UsersQuery};
use crate::calls::{Answer, Call, Paged};
use crate::code::{self, Code};
use crate::codec::json::RecordJson;
use crate::error::Error;
use dispatch::Dispatch;
use paging::Pager;

/// A client of one organization's account. Cheap to clone; clones share connections and the limit
/// of calls in flight.
#[derive(Debug, Clone)]
pub struct Client {
    dispatch: Arc<Dispatch>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page<Row> {
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether the service says that more follow.
    pub more: bool,
}

impl Client {
    /// Checks the settings; nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Config`] when the address is not one that credentials may be sent to.
    pub fn new(config: ClientConfig) -> Result<Self, Error> {
        Ok(Self {
            dispatch: Arc::new(Dispatch::new(config)?),
        })
    }

    /// The instances of the ChargePoint network.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn cpn_instances(&self) -> Result<Vec<CpnInstance>, Error> {
        Ok(self.call(&GetCpnInstances {}).await?.instances)
    }

    /// All stations that match, page by page from the query's `start_record` on.
    ///
    /// # Errors
    /// Any [`Error`]; nothing found is an empty list. [`Error::Incomplete`] where fewer come than are
    /// announced.
    pub async fn stations(&self, query: &StationsQuery) -> Result<Vec<Station>, Error> {
        let search_query = query.clone();
        self.all(GetStations { search_query }).await
    }

    /// One page of stations.
    ///
    /// # Errors
    /// Any [`Error`]; nothing found is an empty page.
    pub async fn stations_page(&self, query: &StationsQuery) -> Result<Page<Station>, Error> {
        let search_query = query.clone();
        self.page(&GetStations { search_query }).await
    }

    /// The state of all stations that match and of their ports, page by page.
    ///
    /// # Errors
    /// Any [`Error`]; nothing found is an empty list. [`Error::Incomplete`] where fewer come than are
    /// announced.
    pub async fn station_status(&self, query: &StatusQuery) -> Result<Vec<StationStatus>, Error> {
        let search_query = query.clone();
        self.all(GetStationStatus { search_query }).await
    }

    /// All drivers that match, page by page from the query's `start_record` on. They are those of the
    /// organization's first connection: the service does not say which connection a driver came
    /// through.
    ///
    /// # Errors
    /// Any [`Error`]; nothing found is an empty list. [`Error::Incomplete`] where fewer come than are
    /// announced.
    pub async fn users(&self, query: &UsersQuery) -> Result<Vec<User>, Error> {
        let search_query = query.clone();
        self.all(GetUsers { search_query }).await
    }

    /// One page of drivers.
    ///
    /// # Errors
    /// Any [`Error`]; nothing found is an empty page.
    pub async fn users_page(&self, query: &UsersQuery) -> Result<Page<User>, Error> {
        let search_query = query.clone();
        self.page(&GetUsers { search_query }).await
    }

    /// Decides about one driver: the call takes no more. `custom_text` goes into the e-mail that
    /// ChargePoint sends to the driver; empty, the e-mail has ChargePoint's own words.
    ///
    /// # Errors
    /// Any [`Error`]. [`Error::Response`] says why ChargePoint refused: [`code::INVALID_USER`],
    /// [`code::NO_USER_REQUEST`], [`code::ALREADY_DECIDED`]. After [`Error::Timeout`] and
    /// [`Error::Transport`] the decision may stand or not; [`Client::users`] tells.
    pub async fn update_user_status(
        &self,
        user_id: &str,
        association: Association,
        decision: Decision,
        custom_text: &str,
    ) -> Result<(), Error> {
        let call = UpdateUserStatus {
            user_ids: vec![user_id.to_owned()],
            association: Some(association.word().to_owned()),
            status: Some(decision.word().to_owned()),
            custom_text: (!custom_text.is_empty()).then(|| custom_text.to_owned()),
        };
        self.call(&call).await.map(drop)
    }

    /// Any call. "Nothing found" is an empty answer to a read and a failure of a write.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn call<C: Call>(&self, call: &C) -> Result<C::Answer, Error> {
        let answer = self.dispatch.call(call).await?;
        match answer.status() {
            None | Some((code::SUCCESS, _)) => Ok(answer),
            Some((code, _)) if !C::WRITES && code::is_nothing_found(code) => Ok(answer),
            Some((code, text)) => {
                let (code, text) = (self.dispatch.redact(code), self.dispatch.redact(text));
                let fields = Code::of(&code).map(|known| {
                    let request = serde_json::to_value(RecordJson(call)).unwrap_or_default();
                    code::blamed(const { &C::SHAPE }, &request, known, &text)
                });
                let fields = fields.unwrap_or_default();
                Err(Error::Response { code, text, fields })
            }
        }
    }

    /// One page of any list.
    ///
    /// # Errors
    /// Any [`Error`]; nothing found is an empty page.
    pub async fn page<C: Paged>(&self, call: &C) -> Result<Page<C::Row>, Error> {
        let (rows, more) = C::rows(self.call(call).await?);
        let more = more.unwrap_or_default();
        Ok(Page { rows, more })
    }

    /// All rows of any list, page by page from the record on that the call says. Once pages are of one size,
    /// as many are on their way at once as calls may be.
    ///
    /// # Errors
    /// Any [`Error`]; nothing found is an empty list. [`Error::Incomplete`] where fewer come than are
    /// announced.
    pub async fn all<C: Paged>(&self, call: C) -> Result<Vec<C::Row>, Error> {
        self.all_within(call, usize::MAX).await
    }

    /// As [`Self::all`], where they are not more than that many.
    ///
    /// # Errors
    /// As [`Self::all`]; [`Error::TooMany`] as soon as there are more.
    pub async fn all_within<C: Paged>(&self, call: C, most: usize) -> Result<Vec<C::Row>, Error> {
        let mut pager = Pager::<C>::new(call.start().unwrap_or(1)).within(most);
        let page = |start: usize| {
            let mut call = call.clone();
            async move {
                call.start_at(start);
                (start, self.call(&call).await)
            }
        };
        let mut asked = FuturesOrdered::new();
        let mut beyond = 0;
        while let Some(record) = pager.next() {
            let answer = loop {
                match asked.next().await {
                    Some((start, answer)) if start == record => break answer?,
                    // The rows ended elsewhere than was guessed.
                    Some(_) => asked = FuturesOrdered::new(),
                    None => {
                        asked.push_back(page(record));
                        beyond = record;
                    }
                }
            };
            pager.take(answer)?;
            let Some(stride) = pager.stride() else {
                continue;
            };
            while asked.len() < self.dispatch.places() {
                beyond += stride;
                asked.push_back(page(beyond));
            }
        }
        Ok(pager.into_rows())
    }

    /// How calls went since the start, by their names.
    pub fn stats(&self) -> Vec<(&'static str, CallStats)> {
        self.dispatch.stats()
    }

    /// The address that is asked; it never carries credentials.
    pub fn endpoint(&self) -> &str {
        self.dispatch.endpoint()
    }

    /// Whether there are a licence key and a password.
    pub fn has_secrets(&self) -> (bool, bool) {
        self.dispatch.has_secrets()
    }

    /// How the client is doing.
    pub fn health(&self) -> Health {
        self.dispatch.health()
    }
}
