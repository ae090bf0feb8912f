use std::collections::HashSet;

use crate::calls::{Answer, Paged};
use crate::code;
use crate::error::Error;

/// Most memory that the rows of one walk may take; a million sessions fit.
const ROOM: usize = 1 << 30;

/// Walks the pages of a call. The next page starts after the rows received, never a fixed number
/// on; the walk ends when the service says that no more follow or that nothing was found; where it
/// says neither, on a page that brings nothing new. A page that was announced and brings nothing new
/// breaks it off: a service that repeats itself cannot keep it going, and what came is not all.
/// Nor can one that always has new rows, beyond what any organization has.
pub struct Pager<C: Paged> {
    next: Option<usize>,
    rows: Vec<C::Row>,
    seen: HashSet<String>,
    announced: bool,
    most: usize,
    /// Rows of the last page, and how many pages in a row had as many.
    steady: (usize, usize),
}

/// Pages of one size after which the next ones are asked for before it is known that they begin there.
const STEADY: usize = 3;

impl<C: Paged> Pager<C> {
    /// Begins at a record; the first of all is 1.
    pub fn new(start: usize) -> Self {
        Self {
            next: Some(start.max(1)),
            rows: Vec::new(),
            seen: HashSet::new(),
            announced: false,
            most: ROOM / size_of::<C::Row>().max(1),
            steady: (0, 0),
        }
    }

    /// How far on the pages after the next one begin, where pages have been of one size and more are
    /// announced. It is a guess: a page counts only if it begins where the rows before it end.
    pub fn stride(&self) -> Option<usize> {
        let (rows, pages) = self.steady;
        (self.next.is_some() && self.announced && pages >= STEADY && rows > 0).then_some(rows)
    }

    /// With that many rows at most.
    pub fn within(mut self, most: usize) -> Self {
        self.most = self.most.min(most);
        self
    }

    /// Record the next page is to begin at, or `None` at the end.
    pub fn next(&self) -> Option<usize> {
        self.next
    }

    /// Takes in the page asked for. A row that came before (the estate may change between two
    /// pages) is not taken twice.
    ///
    /// # Errors
    /// [`Error::Incomplete`] when the page brings nothing new though more were announced, and
    /// [`Error::TooMany`] when the rows are.
    pub fn take(&mut self, answer: C::Answer) -> Result<(), Error> {
        let Some(start) = self.next.take() else {
            return Ok(());
        };
        let says_none = answer
            .status()
            .is_some_and(|(code, _)| code::is_nothing_found(code));
        let (page, more) = C::rows(answer);
        let received = C::received(&page);
        let pages = if self.steady.0 == received {
            self.steady.1
        } else {
            0
        };
        self.steady = (received, pages + 1);
        let before = self.rows.len();
        let seen = &mut self.seen;
        let fresh = page
            .into_iter()
            .filter(|row| seen.insert(C::key(row).into_owned()));
        self.rows.extend(fresh);
        if says_none {
            return Ok(());
        }
        let is_new = self.rows.len() > before;
        let is_end = match more {
            Some(true) => false,
            Some(false) => received == 0 || !self.announced,
            None => !self.announced,
        };
        if !is_new && !is_end {
            return Err(Error::Incomplete { received: before });
        }
        if self.rows.len() > self.most {
            return Err(Error::TooMany { most: self.most });
        }
        self.announced = more == Some(true);
        let goes_on = is_new && more != Some(false);
        self.next = goes_on.then_some(start + received);
        Ok(())
    }

    /// All rows.
    pub fn into_rows(self) -> Vec<C::Row> {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::stations::{GetStations, GetStationsResponse, Station};

    #[test]
    fn rows_without_an_end_break_the_walk_off() {
        let mut pager = Pager::<GetStations>::new(1).within(3);
        let page = |id: usize| GetStationsResponse {
            stations: vec![Station {
                station_id: Some(id.to_string()),
                ..Station::default()
            }],
            more: Some(true),
            ..GetStationsResponse::default()
        };
        for id in 1..=3 {
            assert!(pager.take(page(id)).is_ok());
            assert_eq!(pager.next(), Some(id + 1));
        }
        let error = pager.take(page(4));
        assert!(matches!(error, Err(Error::TooMany { most: 3 })), "{error:?}");
        assert_eq!(pager.next(), None);
        assert!(Pager::<GetStations>::new(1).most > 100_000);
    }
}
