//! Leptos, with the app's own `view!`, `Show` and signals, and effects and tasks that share their code:
//! Leptos' own are compiled anew for each closure and future.

use std::pin::Pin;

pub use leptos::prelude::*;
pub use markup::view;

use crate::run::Again;
pub use crate::signal::{Callback, Memo, RwSignal, Signal, StoredValue, memo};
pub use crate::view::{ChildrenFn, Keyed, Live, NodeRef, Show, ViewFn, each};

/// Does work that waits, beside everything else.
pub fn spawn_local(work: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(work));
}

fn spawn_boxed(work: Pin<Box<dyn Future<Output = ()>>>) {
    leptos::task::spawn_local(work);
}

/// Runs soon, and again after each change of a signal that it reads.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

/// The same, told what it came to the last time.
pub fn watch<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
    let mut before = None;
    effect(move || before = Some(run(before.take())));
}

fn boxed(mut run: Box<dyn Again<()>>) {
    Effect::new(move |_: Option<()>| run.again());
}
