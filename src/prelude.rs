//! Leptos, with the app's own `view!`, and effects that share their code: Leptos' own are compiled anew
//! for each closure.

pub use leptos::prelude::*;
pub use markup::view;

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

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(
    work: Box<dyn Fn(Option<&T>) -> T + Send + Sync>,
) -> Memo<T> {
    Memo::new(work)
}
