//! Values that are kept and followed by nobody.

use super::RwSignal;

/// A value that lasts as long as what it belongs to. Copies are the same.
pub struct StoredValue<T>(RwSignal<T>);

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: Send + Sync + 'static> StoredValue<T> {
    pub fn new(value: T) -> Self {
        Self(RwSignal::new(value))
    }

    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        self.0.get_untracked()
    }

    /// The value, unless it is gone.
    pub fn try_get_value(self) -> Option<T>
    where
        T: Clone,
    {
        self.0.try_get_untracked()
    }

    pub fn with_value<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.0.with_untracked(read)
    }

    /// Sets the value, unless it is gone.
    pub fn set_value(self, value: T) {
        self.0.set(value);
    }

    /// Changes the value, unless it is gone.
    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.0.update(change);
    }

    /// Changes the value, unless it is gone, and says what comes of it.
    pub fn try_update_value<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.0.try_update(change)
    }
}

impl<T: Default + Send + Sync + 'static> Default for StoredValue<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}
