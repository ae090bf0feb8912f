use std::collections::HashSet;

use crate::calls::{Answer, Paged};
use crate::code;
use crate::error::Error;

/// Walks the pages of a call. The next page starts after the rows received, never a fixed number
/// on; the walk ends when the service says that no more follow or that nothing was found; where it
/// says neither, on a page that brings nothing new. A page that was announced and brings nothing new
/// breaks it off: a service that repeats itself cannot keep it going, and what came is not all.
pub struct Pager<C: Paged> {
    next: Option<usize>,
    rows: Vec<C::Row>,
    seen: HashSet<String>,
    announced: bool,
}

impl<C: Paged> Pager<C> {
    /// Begins at a record; the first of all is 1.
    pub fn new(start: usize) -> Self {
        Self {
            next: Some(start.max(1)),
            rows: Vec::new(),
            seen: HashSet::new(),
            announced: false,
        }
    }

    /// Record the next page is to begin at, or `None` at the end.
    pub fn next(&self) -> Option<usize> {
        self.next
    }

    /// Takes in the page asked for. A row that came before (the estate may change between two
    /// pages) is not taken twice.
    ///
    /// # Errors
    /// [`Error::Incomplete`] when the page brings nothing new though more were announced.
    pub fn take(&mut self, answer: C::Answer) -> Result<(), Error> {
        let Some(start) = self.next.take() else {
            return Ok(());
        };
        let says_none = answer
            .status()
            .is_some_and(|(code, _)| code::is_nothing_found(code));
        let (page, more) = C::rows(answer);
        let received = C::received(&page);
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
