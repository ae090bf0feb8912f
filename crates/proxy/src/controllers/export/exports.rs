//! The exports that are under way, and how far they are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::export::ExportProgress;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::problem::Error;

/// How many exports read at the same time; the others wait. Lists need readers too.
const AT_ONCE: usize = 4;
/// How long an export is remembered after it was last heard of.
const KEPT: Duration = Duration::from_secs(600);
/// How long a reader may take nothing.
const PATIENCE: Duration = Duration::from_secs(60);

type Known = Arc<Mutex<HashMap<String, (Instant, ExportProgress)>>>;
type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// All exports.
pub struct Exports {
    known: Known,
    turns: Arc<Semaphore>,
    patience: Duration,
    clock: Clock,
}

impl Default for Exports {
    fn default() -> Self {
        Self {
            known: Known::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            patience: PATIENCE,
            clock: Arc::new(Instant::now),
        }
    }
}

impl Exports {
    /// The same, with another time that a reader may take nothing.
    pub fn patient_for(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// Waits for a turn.
    pub(super) async fn turn(&self) -> Result<OwnedSemaphorePermit, Error> {
        let turn = self.turns.clone().acquire_owned().await;
        turn.map_err(|error| Error::Internal(error.to_string()))
    }

    /// Begins to remember an export under that name, if it has one.
    pub(super) fn begin(&self, name: Option<String>, total: u64) -> Result<Running, Error> {
        let progress = ExportProgress {
            total,
            ..ExportProgress::default()
        };
        if let Some(name) = &name {
            let now = (self.clock)();
            let mut known = lock(&self.known);
            known.retain(|_, (touched, _)| now.duration_since(*touched) < KEPT);
            if known.contains_key(name) {
                return Err(Error::Duplicate {
                    field: "progress",
                    detail: "There is an export of that name. Choose another.".into(),
                });
            }
            known.insert(name.clone(), (now, progress.clone()));
        }
        Ok(Running {
            known: self.known.clone(),
            clock: self.clock.clone(),
            name,
            progress,
        })
    }

    /// How far the export of that name is.
    pub fn look(&self, name: &str) -> Option<ExportProgress> {
        let known = lock(&self.known);
        let (touched, progress) = known.get(name)?;
        let kept = (self.clock)().duration_since(*touched) < KEPT;
        kept.then(|| progress.clone())
    }
}

fn lock(known: &Known) -> MutexGuard<'_, HashMap<String, (Instant, ExportProgress)>> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An export under way. Dropped before its end, it has failed.
pub struct Running {
    known: Known,
    clock: Clock,
    name: Option<String>,
    progress: ExportProgress,
}

impl Running {
    /// So many more rows are in the file.
    pub fn add(&mut self, rows: u64) {
        self.progress.rows += rows;
        self.tell();
    }

    /// The file is whole.
    pub fn done(mut self) {
        self.progress.done = true;
        self.tell();
    }

    /// There will be no file.
    pub fn failed(mut self, why: String) {
        self.progress.failed = Some(why);
        self.tell();
    }

    fn tell(&self) {
        if let Some(name) = &self.name {
            lock(&self.known).insert(name.clone(), ((self.clock)(), self.progress.clone()));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.progress.done && self.progress.failed.is_none() {
            self.progress.failed = Some("The export ended early. Begin it again.".into());
            self.tell();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn an_export_is_forgotten_ten_minutes_after_it_was_last_heard_of() {
        let (start, seconds) = (Instant::now(), Arc::new(AtomicU64::new(0)));
        let own = seconds.clone();
        let exports = Exports {
            clock: Arc::new(move || start + Duration::from_secs(own.load(Ordering::Relaxed))),
            ..Exports::default()
        };
        let name = || Some("0123456789abcdef".to_owned());
        let rows = || exports.look("0123456789abcdef").map(|progress| progress.rows);
        let mut running = exports.begin(name(), 7).unwrap();
        seconds.store(599, Ordering::Relaxed);
        running.add(3);
        seconds.store(599 + 599, Ordering::Relaxed);
        assert_eq!(rows(), Some(3), "it was heard of in between");
        assert!(exports.begin(name(), 7).is_err(), "the name is taken");
        running.done();
        seconds.store(599 + 599 + 599, Ordering::Relaxed);
        assert!(exports.look("0123456789abcdef").unwrap().done);
        seconds.store(599 + 599 + 600, Ordering::Relaxed);
        assert_eq!(rows(), None);
        assert_eq!(lock(&exports.known).len(), 1, "until the next one begins");
        let other = exports.begin(Some("another export".into()), 1).unwrap();
        assert_eq!(lock(&exports.known).len(), 1);
        // One that is forgotten while it goes on is remembered again.
        let mut again = exports.begin(name(), 9).unwrap();
        seconds.store(10_000, Ordering::Relaxed);
        assert_eq!(rows(), None);
        again.add(1);
        assert_eq!(rows(), Some(1));
        drop((other, again));
        assert!(exports.look("0123456789abcdef").unwrap().failed.is_some());
    }
}
