//! Questions to ChargePoint, past what is kept, and changes there.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chargepoint::calls::stations::GetStations;
use chargepoint::calls::{Answer, Call, Paged};
use chargepoint::codec::json::RecordJson;
use chargepoint::{Client, Meaning};
use domain::column::Listed;
use domain::country::{self, Place};

use super::Estate;
use super::kept::{Kept, Question};
use super::problems;
use super::rows::{Row, Told};
use super::table::{Read, Write};
use super::words;
use crate::problem::Error;

impl Estate {
    /// All rows that a call means, or with `page` those of the one page that it names.
    ///
    /// # Errors
    /// ChargePoint gives none, and gave none before.
    pub async fn rows<C>(&self, call: &C, page: bool, anew: bool) -> Result<Kept<Vec<Row<C::Row>>>, Error>
    where
        C: Read + Paged<Row: Told>,
    {
        let client = self.connected()?;
        let ask = async {
            let found = match page {
                true => client.page(call).await.map(|page| page.rows),
                false => client.all_within(call.clone(), C::MOST).await,
            };
            let row = |record: C::Row| {
                let id = C::key(&record).into_owned();
                Row::new(record, &id)
            };
            self.heard(found).map(|rows| rows.into_iter().map(row).collect())
        };
        let question = question(call, page);
        self.kept.get(question, C::KEPT, anew, Vec::len, ask).await
    }

    /// The rows of a call that names one record, or where it finds none, of the call that may.
    ///
    /// # Errors
    /// As [`Self::rows`].
    pub async fn named<C>(&self, call: &C, anew: bool) -> Result<Kept<Vec<Row<C::Row>>>, Error>
    where
        C: Read + Paged<Row: Told>,
    {
        let found = self.rows(call, false, anew).await?;
        match call.instead().filter(|_| found.answer.is_empty()) {
            Some(instead) => self.rows(&instead, false, anew).await,
            None => Ok(found),
        }
    }

    /// The answer to a call.
    ///
    /// # Errors
    /// ChargePoint gives none, and gave none before.
    pub async fn answer<C>(&self, call: &C, anew: bool) -> Result<Kept<C::Answer>, Error>
    where
        C: Read<Answer: Send + Sync + 'static>,
    {
        let client = self.connected()?;
        let ask = async { self.heard(client.call(call).await) };
        let rows = |_: &C::Answer| 1;
        self.kept
            .get(question(call, false), C::KEPT, anew, rows, ask)
            .await
    }

    /// Why there is no answer to a question for which all rows are wanted, where that came out just now.
    pub fn has_just_failed<C: Read>(&self, call: &C) -> Option<Error> {
        self.kept.failed(&question(call, false))
    }

    /// The rows that are kept of a call, by question; ChargePoint is not asked.
    pub fn held_rows<C: Read + Paged<Row: Told>>(&self) -> Vec<Arc<Vec<Row<C::Row>>>> {
        self.kept.held(C::SHAPE.name)
    }

    /// Adds to rows the zones of their stations' clocks, as far as stations are kept, or they name the place.
    pub fn zone<R: Told>(&self, rows: &mut [Row<R>]) {
        let stations: Vec<Option<String>> = rows.iter().map(Row::place).collect();
        let zones = self.zones(stations.iter().flatten().map(String::as_str).collect());
        for (row, station) in rows.iter_mut().zip(&stations) {
            let zone = station.as_deref().and_then(|id| zones.get(id).cloned());
            let by_place = || {
                let (country, part) = (row.text("country"), row.text("state"));
                let place = Place {
                    country: &country,
                    part: &part,
                    at: None,
                };
                country::zone("", place)
            };
            row.set_zone(zone.or_else(|| by_place().map(Into::into)));
        }
    }

    /// The zones of stations' clocks by their ids, as far as stations are kept.
    pub fn zones<'i>(&self, wanted: HashSet<&'i str>) -> HashMap<&'i str, Arc<str>> {
        let mut zones = HashMap::new();
        if wanted.is_empty() {
            return zones;
        }
        for kept in self.held_rows::<GetStations>() {
            for station in kept.iter() {
                if let Some(id) = wanted.get(station.id())
                    && let Some(zone) = words::zone_of(&station.record)
                {
                    zones.insert(*id, zone.into());
                }
            }
        }
        zones
    }

    /// The answers that are kept of a call.
    pub fn held_answers<C: Read<Answer: Send + Sync + 'static>>(&self) -> Vec<Arc<C::Answer>> {
        self.kept.held(C::SHAPE.name)
    }

    /// Something new was seen in an answer: what is kept of these calls from before is old.
    pub fn outdate<T: ?Sized>(&self, calls: &[&'static str], than: &Kept<T>) {
        self.kept.outdate(calls, than);
    }

    /// Changes something. What is kept of what it changes is old from then on, whatever came of it.
    ///
    /// # Errors
    /// As the client's.
    pub async fn change<C: Write>(&self, call: &C) -> Result<C::Answer, Change> {
        let client = self.connected().map_err(Change::NotTried)?;
        call.check().map_err(|invalid| Change::refused(invalid.into()))?;
        let done = self.heard(client.call(call).await);
        self.kept.forget(C::CHANGES);
        done.map_err(|error| match error.leaves_open() {
            true => Change::Unknown(problems::unknown(&error)),
            false => Change::refused(error),
        })
    }

    fn connected(&self) -> Result<&Client, Error> {
        self.client().map_err(Error::ChargePoint)
    }

    /// Notes how a call ended, as far as it says how the connection is: a call that ChargePoint will not do
    /// was answered all the same.
    fn heard<T>(&self, result: Result<T, chargepoint::Error>) -> Result<T, chargepoint::Error> {
        let says_nothing = |error: &chargepoint::Error| {
            matches!(
                error,
                chargepoint::Error::Invalid(_)
                    | chargepoint::Error::TooMany { .. }
                    | chargepoint::Error::WildcardSpent
                    | chargepoint::Error::Budget { .. }
            )
        };
        match &result {
            Err(error) if says_nothing(error) => {}
            Err(error) if problems::is_down(error) => drop(self.note::<()>(Err(error.clone()))),
            _ => drop(self.note(Ok(()))),
        }
        result
    }
}

/// Why a change was not made, or is not known to be.
pub enum Change {
    /// There is no ChargePoint to ask.
    NotTried(Error),
    /// It was not made.
    Refused(Error),
    /// It was sent, and no good answer came: it may be made or not.
    Unknown(Error),
}

impl Change {
    fn refused(error: chargepoint::Error) -> Self {
        Self::Refused(problems::error(&error))
    }
}

/// Whether an answer says that there is nothing.
pub fn is_nothing(answer: &impl Answer) -> bool {
    let code = answer.status().and_then(|(code, _)| chargepoint::Code::of(code));
    code.is_some_and(|code| code.meaning() == Meaning::NothingFound)
}

fn question<C: Call>(call: &C, page: bool) -> Question {
    let about = serde_json::to_string(&RecordJson(call)).unwrap_or_default();
    let call = C::SHAPE.name;
    Question { call, about, page }
}
