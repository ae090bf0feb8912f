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

/// All exports.
pub struct Exports {
    known: Known,
    turns: Arc<Semaphore>,
    patience: Duration,
}

impl Default for Exports {
    fn default() -> Self {
        Self {
            known: Known::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            patience: PATIENCE,
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
            let mut known = lock(&self.known);
            known.retain(|_, (touched, _)| touched.elapsed() < KEPT);
            if known.contains_key(name) {
                return Err(Error::Duplicate {
                    field: "progress",
                    detail: "There is an export of that name. Choose another.".into(),
                });
            }
            known.insert(name.clone(), (Instant::now(), progress.clone()));
        }
        Ok(Running {
            known: self.known.clone(),
            name,
            progress,
        })
    }

    /// How far the export of that name is.
    pub fn look(&self, name: &str) -> Option<ExportProgress> {
        let known = lock(&self.known);
        let (touched, progress) = known.get(name)?;
        (touched.elapsed() < KEPT).then(|| progress.clone())
    }
}

fn lock(known: &Known) -> MutexGuard<'_, HashMap<String, (Instant, ExportProgress)>> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An export under way. Dropped before its end, it has failed.
pub struct Running {
    known: Known,
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
            lock(&self.known).insert(name.clone(), (Instant::now(), self.progress.clone()));
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
