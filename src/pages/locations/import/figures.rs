//! What a step came to, in numbers, and the buttons below it.

use super::wizard::Wizard;
use crate::kit::format::number;
use crate::kit::{Button, Look, Tone};
use crate::prelude::*;

/// A number with its name. It has a colour only where it is not zero.
pub type Figure = (&'static str, u64, Tone);

/// Numbers beside each other.
pub fn figures(label: &'static str, figures: Vec<Figure>) -> AnyView {
    let figure = |(name, value, tone): Figure| {
        let tone = if value == 0 { Tone::Neutral } else { tone };
        view! { <div data-tone=tone.key()><dt>{name}</dt><dd>{number(value)}</dd></div> }
    };
    view! {
        <dl class="figures" aria-label=label>{figures.into_iter().map(figure).collect_view()}</dl>
    }
    .into_any()
}

/// A button that does something with the wizard.
pub fn act(wizard: Wizard, look: Look, words: impl Into<String>, run: fn(Wizard)) -> AnyView {
    button(wizard, look, words.into(), Signal::stored(false), run)
}

/// The same, which can be pressed at times only.
pub fn button(wizard: Wizard, look: Look, words: String, disabled: Signal<bool>, run: fn(Wizard)) -> AnyView {
    view! { <Button look disabled on_press=move |()| run(wizard)>{words}</Button> }.into_any()
}
