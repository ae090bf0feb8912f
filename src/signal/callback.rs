//! What a component is told to do.

use std::sync::Arc;

use super::StoredValue;
use crate::run::Answer;

/// Does something with what it is given, as often as it is asked to. Copies are the same.
pub struct Callback<In: 'static, Out: 'static = ()>(StoredValue<Run<In, Out>>);

type Run<In, Out> = Arc<dyn Answer<In, Out> + Send + Sync>;

impl<In, Out> Clone for Callback<In, Out> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<In, Out> Copy for Callback<In, Out> {}

impl<In: 'static, Out: 'static> Callback<In, Out> {
    pub fn new(run: impl Fn(In) -> Out + Send + Sync + 'static) -> Self {
        Self(StoredValue::new(Arc::new(run)))
    }

    pub fn run(self, given: In) -> Out {
        self.0.get_value().answer(given)
    }

    /// The same, unless what it belongs to was left.
    pub fn try_run(self, given: In) -> Option<Out> {
        Some(self.0.try_get_value()?.answer(given))
    }
}

impl<In: 'static, Out: 'static, F: Fn(In) -> Out + Send + Sync + 'static> From<F> for Callback<In, Out> {
    fn from(run: F) -> Self {
        Self::new(run)
    }
}
