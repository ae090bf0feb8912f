mod answer;
mod config;
mod paging;
mod transport;

use std::sync::Arc;

pub use config::ClientConfig;

use crate::calls::cpn_instances::{CpnInstance, GetCpnInstances};
use crate::calls::station_status::{GetStationStatus, StationStatus, StatusQuery};
use crate::calls::stations::{GetStations, Station, StationsQuery};
use crate::calls::{Answer, Call, Paged};
use crate::code;
use crate::error::Error;
use paging::Pager;
use transport::Transport;

/// A client of one organisation's account. Cheap to clone; clones share connections and the limit
/// of calls in flight.
#[derive(Debug, Clone)]
pub struct Client {
    transport: Arc<Transport>,
}

/// One page of stations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StationsPage {
    /// The rows.
    pub stations: Vec<Station>,
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
            transport: Arc::new(Transport::new(config)?),
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
        let start = query.start_record;
        let call = GetStations {
            search_query: query.clone(),
        };
        self.pages(call, start).await
    }

    /// One page of stations.
    ///
    /// # Errors
    /// Any [`Error`]; nothing found is an empty page.
    pub async fn stations_page(&self, query: &StationsQuery) -> Result<StationsPage, Error> {
        let call = GetStations {
            search_query: query.clone(),
        };
        let (stations, more) = GetStations::rows(self.call(&call).await?);
        Ok(StationsPage {
            stations,
            more: more.unwrap_or_default(),
        })
    }

    /// The state of all stations that match and of their ports, page by page.
    ///
    /// # Errors
    /// Any [`Error`]; nothing found is an empty list. [`Error::Incomplete`] where fewer come than are
    /// announced.
    pub async fn station_status(&self, query: &StatusQuery) -> Result<Vec<StationStatus>, Error> {
        let start = query.start_record;
        let call = GetStationStatus {
            search_query: query.clone(),
        };
        self.pages(call, start).await
    }

    async fn pages<C: Paged>(&self, mut call: C, start: Option<i32>) -> Result<Vec<C::Row>, Error> {
        let start = start.and_then(|first| usize::try_from(first).ok());
        let mut pager = Pager::<C>::new(start.unwrap_or(1));
        while let Some(record) = pager.next() {
            call.start_at(record);
            pager.take(self.call(&call).await?)?;
        }
        Ok(pager.into_rows())
    }

    async fn call<C: Call>(&self, call: &C) -> Result<C::Answer, Error> {
        let answer = self.transport.call(call).await?;
        match answer.status() {
            None => Ok(answer),
            Some((code::SUCCESS, _)) => Ok(answer),
            Some((code, _)) if code::is_nothing_found(code) => Ok(answer),
            Some((code, text)) => Err(Error::Response {
                code: self.transport.redact(code),
                text: self.transport.redact(text),
            }),
        }
    }
}
