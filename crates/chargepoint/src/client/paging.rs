use std::collections::HashSet;

use crate::calls::Paged;

/// Walks the pages of a call. The next page starts after the rows received, never a fixed number
/// on; the walk ends when the service says so, on an empty page, and on a page with nothing new,
/// so that a service that repeats itself cannot keep it going.
pub struct Pager<C: Paged> {
    next: Option<usize>,
    rows: Vec<C::Row>,
    seen: HashSet<String>,
}

impl<C: Paged> Pager<C> {
    /// Begins at a record; the first of all is 1.
    pub fn new(start: usize) -> Self {
        Self {
            next: Some(start.max(1)),
            rows: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// Record the next page is to begin at, or `None` at the end.
    pub fn next(&self) -> Option<usize> {
        self.next
    }

    /// Takes in the page asked for. A row that came before (the estate may change between two
    /// pages) is not taken twice.
    pub fn take(&mut self, answer: C::Answer) {
        let Some(start) = self.next.take() else {
            return;
        };
        let (page, more) = C::rows(answer);
        let received = page.len();
        let before = self.rows.len();
        let seen = &mut self.seen;
        let fresh = page.into_iter().filter(|row| seen.insert(C::key(row).to_owned()));
        self.rows.extend(fresh);
        if !more {
            return;
        }
        if self.rows.len() == before {
            tracing::warn!(
                operation = C::SHAPE.name,
                start,
                received,
                "a page brings nothing new though more are announced; the list ends here"
            );
            return;
        }
        self.next = Some(start + received);
    }

    /// All rows.
    pub fn into_rows(self) -> Vec<C::Row> {
        self.rows
    }
}
