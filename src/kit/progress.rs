//! Progress of long work, with a way to stop it.

use crate::prelude::*;

use super::button::Button;
use super::format::rounded;
use super::unique_id;

/// A bar, what is being done, how far it is, and *Cancel*.
#[component]
pub fn Progress(
    /// What is being done: "Reading 1,000,000 rows".
    #[prop(into)]
    label: Signal<String>,
    /// From 0 to 1; none while the end is not known.
    #[prop(into)]
    part: Signal<Option<f64>>,
    /// Stops it.
    #[prop(default = None)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let id = unique_id("progress");
    let percent = move || {
        part.get()
            .map(|part| format!("{} %", (part.clamp(0.0, 1.0) * 100.0) as u32))
    };
    view! {
        <div class="progress">
            <div class="progress-words">
                <span id=id.clone()>{label}</span>
                <span class="number">{percent}</span>
            </div>
            <progress
                aria-labelledby=id
                max="1"
                value=move || part.get().map(|part| rounded(part.clamp(0.0, 1.0), 6))
            ></progress>
            {on_cancel.map(|cancel| view! { <Button small=true on_press=cancel>"Cancel"</Button> })}
        </div>
    }
}
