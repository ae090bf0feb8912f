//! Grey bars of the size of what is on its way.

use crate::prelude::*;

/// Bars in place of text. They show after 300 ms, so that a quick answer does not flicker.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 1)]
    lines: usize,
) -> impl IntoView {
    let line = || view! { <span class="skeleton"></span> };
    view! { <span class="skeletons" aria-hidden="true">{std::iter::repeat_with(line).take(lines).collect_view()}</span> }
}
