//! Values that are worked out when they are drawn.

use std::sync::Arc;

use crate::run::Make;

/// What makes a value, again after each change of a signal that it reads. A signal would bring code of its
/// own for each type of value.
#[derive(Clone)]
pub struct Live<T>(Arc<dyn Make<T> + Send + Sync>);

impl<T> Live<T> {
    /// The value, tracked.
    pub fn get(&self) -> T {
        self.0.make()
    }
}

impl<T, F: Fn() -> T + Send + Sync + 'static> From<F> for Live<T> {
    fn from(make: F) -> Self {
        Self(Arc::new(make))
    }
}

impl<T: Clone + Send + Sync + 'static> From<Vec<T>> for Live<Vec<T>> {
    fn from(all: Vec<T>) -> Self {
        Self(Arc::new(move || all.clone()))
    }
}
