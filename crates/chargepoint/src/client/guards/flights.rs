use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::OnceCell;

/// Questions that are being asked now. Who asks the same gets the same answer.
#[derive(Debug)]
pub struct Flights<T>(Mutex<HashMap<String, Weak<OnceCell<T>>>>);

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Flights<T> {
    /// The answer to a question: of the call that is under way, or of a new one. When who began it
    /// gives up, the next of those who wait asks. The second value is whether somebody else asked.
    pub async fn join<F: Future<Output = T>>(&self, question: String, ask: impl FnOnce() -> F) -> (T, bool) {
        let flight = self.flight(&question);
        let mut asked = false;
        let answer = flight
            .get_or_init(|| {
                asked = true;
                ask()
            })
            .await
            .clone();
        let mut flights = self.lock();
        let is_this = |known: &Weak<_>| std::ptr::eq(known.as_ptr(), Arc::as_ptr(&flight));
        if flights.get(&question).is_some_and(is_this) {
            flights.remove(&question);
        }
        (answer, !asked)
    }

    fn flight(&self, question: &str) -> Arc<OnceCell<T>> {
        let mut flights = self.lock();
        if let Some(flight) = flights.get(question).and_then(Weak::upgrade) {
            return flight;
        }
        flights.retain(|_, flight| flight.strong_count() > 0);
        let flight = Arc::new(OnceCell::new());
        flights.insert(question.to_owned(), Arc::downgrade(&flight));
        flight
    }

    /// Something has changed: who asks from now on must not get an answer that began before.
    pub fn forget(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Weak<OnceCell<T>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
