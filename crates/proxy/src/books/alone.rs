//! Whether a server is the only one over an SQLite file. It then knows of every change, because it made it; as soon
//! as there is another one, both ask the file.

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{io, thread};

use sqlx::AnyPool;

use super::Engine;

/// How long one that looked goes on believing to be alone.
const BELIEVED: Duration = Duration::from_millis(10);
/// How long one that comes waits before it does anything: nobody believes any more to be alone then.
const WAITED: Duration = Duration::from_millis(100);

/// What servers leave beside the file to find each other. Locks go with the process that holds them, however it ends.
pub struct Alone {
    /// Locked by whoever came first. It is empty as long as no second one has come.
    first: File,
    /// Held by those who came later, as long as they are there.
    later: File,
    came_first: bool,
    born: Instant,
    /// When it was looked last and nobody else was there, in microseconds since; 0 before that.
    looked: AtomicU64,
}

impl Alone {
    /// Comes to the books; none where nobody can know who else does.
    ///
    /// # Errors
    /// The books cannot be read.
    pub async fn over(engine: Engine, books: &AnyPool) -> sqlx::Result<Option<Self>> {
        if engine != Engine::Sqlite {
            return Ok(None);
        }
        let file = "SELECT COALESCE(file, '') FROM pragma_database_list WHERE name = 'main'";
        let file: String = sqlx::query_scalar(file).fetch_one(books).await?;
        // Books in memory are not in a file.
        let alone = (!file.is_empty()).then(|| Self::at(Path::new(&file)));
        let told = alone.map(|alone| {
            alone.inspect_err(|error| tracing::warn!(%error, "the folder of the books knows no locks"))
        });
        Ok(told.and_then(Result::ok))
    }

    /// Comes to a file: from now on nobody else believes to be alone.
    ///
    /// # Errors
    /// The folder takes no files or knows no locks.
    pub fn at(books: &Path) -> io::Result<Self> {
        let open = |end: &str| {
            let mut name = books.as_os_str().to_owned();
            name.push(end);
            OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(name)
        };
        let (first, later) = (open("-server")?, open("-servers")?);
        let came_first = is_free(&first)?;
        if !came_first {
            later.lock_shared()?;
            first.set_len(1)?;
            thread::sleep(WAITED);
        } else if is_free(&later)? {
            first.set_len(0)?;
            later.unlock()?;
        }
        Ok(Self {
            first,
            later,
            came_first,
            born: Instant::now(),
            looked: AtomicU64::new(0),
        })
    }

    /// Whether no other server has come and done anything.
    pub fn is_alone(&self) -> bool {
        if !self.came_first {
            return false;
        }
        let now = u64::try_from(self.born.elapsed().as_micros()).unwrap_or(u64::MAX);
        let looked = self.looked.load(Ordering::Relaxed);
        if looked > 0 && now.saturating_sub(looked) < BELIEVED.as_micros() as u64 {
            return true;
        }
        let is_alone = self.first.metadata().is_ok_and(|file| file.len() == 0);
        if is_alone {
            self.looked.store(now, Ordering::Relaxed);
        }
        is_alone
    }

    /// Goes.
    pub fn leave(&self) {
        // What fails ends with the process.
        let _ = self.first.unlock();
        let _ = self.later.unlock();
    }
}

/// Locks a file that nobody else has locked.
fn is_free(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(std::fs::TryLockError::WouldBlock) => Ok(false),
        Err(std::fs::TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn two_see_each_other() {
        let dir = tempfile::tempdir().unwrap();
        let come = || Alone::at(&dir.path().join("portal.sqlite")).unwrap();
        let one = come();
        assert!(one.is_alone());
        let two = come();
        assert!(!one.is_alone() && !two.is_alone());
        // The second is still there when the first is gone, and a third comes.
        drop(one);
        let three = come();
        assert!(!two.is_alone() && !three.is_alone());
        two.leave();
        drop(three);
        let four = come();
        assert!(four.is_alone());
        four.leave();
        assert!(come().is_alone());
        assert!(Alone::at(&dir.path().join("nowhere/portal.sqlite")).is_err());
    }
}
