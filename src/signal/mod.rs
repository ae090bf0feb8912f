//! Signals whose code is the same whatever they hold. Leptos compiles its own anew for each type of value,
//! which was a tenth of the app; these keep values of any type in Leptos' signals of one.

mod callback;
mod held;
mod memo;
mod read;
mod rw;
mod stored;

pub use callback::Callback;
use held::{Held, Thing, as_is};
pub use memo::{Memo, memo};
pub use read::Signal;
pub use rw::RwSignal;
pub use stored::StoredValue;

/// The value in what a signal holds.
fn value<T: 'static>(held: &Option<Held>) -> &T {
    as_is(there(held))
}

#[inline(never)]
fn there(held: &Option<Held>) -> &dyn Thing {
    held.as_deref().unwrap_or_else(|| gone())
}

#[inline(never)]
fn cloned<T: Clone + 'static>(held: Option<Held>) -> T {
    value::<T>(&held).clone()
}

fn gone() -> ! {
    panic!("A signal was read after what it belongs to was left.")
}

/// What all signals have beside their making.
macro_rules! reading {
    ($signal:ident) => {
        impl<T> Clone for $signal<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $signal<T> {}

        impl<T: Send + Sync + 'static> $signal<T> {
            /// Reads the value and follows it.
            pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
                read(super::value(&self.source.held(true)))
            }

            /// Reads the value without following it.
            pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
                read(super::value(&self.source.held(false)))
            }

            /// Follows it without reading it.
            pub fn track(self) {
                self.source.held(true);
            }

            /// The value, followed.
            pub fn get(self) -> T
            where
                T: Clone,
            {
                super::cloned(self.source.held(true))
            }

            /// The value, not followed.
            pub fn get_untracked(self) -> T
            where
                T: Clone,
            {
                super::cloned(self.source.held(false))
            }

            /// The value, not followed, unless it is gone.
            pub fn try_get_untracked(self) -> Option<T>
            where
                T: Clone,
            {
                let held = self.source.held(false);
                held.is_some().then(|| super::cloned(held))
            }
        }
    };
}

use reading;
