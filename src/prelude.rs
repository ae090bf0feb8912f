//! Leptos, with the app's own `view!` and `Show`, and effects, memos and tasks that share their code:
//! Leptos' own are compiled anew for each closure and future.

use std::pin::Pin;

pub use leptos::prelude::*;
pub use markup::view;

pub use crate::view::{Keyed, Live, NodeRef, Show, each};

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

fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}

/// A value that is worked out again after each change of a signal that it reads.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    work: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
) -> Memo<T> {
    boxed_memo(Box::new(work))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(work: Box<Work<T>>) -> Memo<T> {
    Memo::new(work)
}

type Work<T> = dyn Fn(Option<&T>) -> T + Send + Sync;
