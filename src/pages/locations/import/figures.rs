//! What a step came to, in numbers.

use crate::kit::Tone;
use crate::kit::format::number;
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
