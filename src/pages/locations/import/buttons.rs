//! The wizard's buttons. Functions of plain values: each `<Button>` in place is written out anew.

use super::wizard::Wizard;
use crate::kit::{Button, Look};
use crate::prelude::*;

/// A button that does something with the wizard.
pub fn act(wizard: Wizard, look: Look, words: impl Into<String>, run: fn(Wizard)) -> AnyView {
    button(wizard, look, words.into(), Signal::stored(false), run)
}

/// The same, which can be pressed at times only.
pub fn button(wizard: Wizard, look: Look, words: String, disabled: Signal<bool>, run: fn(Wizard)) -> AnyView {
    view! { <Button look disabled on_press=move |()| run(wizard)>{words}</Button> }.into_any()
}

/// A small button beside what it is about.
pub fn small(words: impl Into<String>, press: impl Fn(()) + Send + Sync + 'static) -> AnyView {
    small_busy(words.into(), Signal::stored(false), Callback::new(press))
}

/// The same, whose work takes a while.
pub fn small_busy(words: String, busy: Signal<bool>, on_press: Callback<()>) -> AnyView {
    view! { <Button small=true busy on_press>{words}</Button> }.into_any()
}
