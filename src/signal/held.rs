//! A value of any type, and the way back to it.

#![expect(
    unsafe_code,
    reason = "what a signal holds is said by its own type, and checked in builds for tests"
)]

#[cfg(debug_assertions)]
use std::any::Any;
use std::sync::Arc;

/// What a signal holds.
pub type Held = Arc<dyn Thing>;

/// Anything. In the release nothing at run time tells its type: the numbers that stand for types, and the code that
/// compares them, were a hundredth of the app.
#[cfg(debug_assertions)]
pub trait Thing: Any + Send + Sync {}
#[cfg(not(debug_assertions))]
pub trait Thing: Send + Sync {}

impl<T: Send + Sync + 'static> Thing for T {}

/// The value as what it is; whoever asks knows its type by their own.
pub fn as_is<T: 'static>(held: &dyn Thing) -> &T {
    check::<T>(held);
    // SAFETY: `RwSignal<T>`, `Memo<T>` and `Signal<T>` are made of values of `T` alone, become each other with the same
    // `T` alone, and nothing else reads what they hold. Builds for tests check it.
    unsafe { &*std::ptr::from_ref(held).cast::<T>() }
}

/// The same, to be changed.
pub fn as_is_mut<T: 'static>(held: &mut dyn Thing) -> &mut T {
    check::<T>(held);
    // SAFETY: as above.
    unsafe { &mut *std::ptr::from_mut(held).cast::<T>() }
}

/// In builds for tests.
#[cfg(debug_assertions)]
fn check<T: 'static>(held: &dyn Thing) {
    assert!((held as &dyn Any).is::<T>(), "A signal holds another type.");
}

#[cfg(not(debug_assertions))]
fn check<T>(_: &dyn Thing) {}
