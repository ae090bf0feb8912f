//! How the portal stands with ChargePoint, in the top bar, and the band that marks sandbox data.

use domain::estate::ChargePointStatus;

use crate::api::Loaded;
use crate::kit::time::ago;
use crate::kit::{Badge, Tone};
use crate::prelude::*;

#[component]
pub fn Status(status: Loaded<ChargePointStatus>) -> impl IntoView {
    let shown = move || {
        if let Some(problem) = status.problem() {
            return Some((Tone::Bad, "Portal not reachable", problem.detail));
        }
        status.with(|status| match (&status.problem, &status.last_answer) {
            _ if !status.configured => (
                Tone::Neutral,
                "ChargePoint not set up",
                "The server has no licence key.".into(),
            ),
            (Some(problem), _) => (
                Tone::Attention,
                "ChargePoint not reachable",
                problem.detail.clone(),
            ),
            (None, Some(at)) => (
                Tone::Good,
                "ChargePoint",
                format!("ChargePoint answered {}", ago(at)),
            ),
            (None, None) => (
                Tone::Neutral,
                "ChargePoint",
                "ChargePoint was not asked yet".into(),
            ),
        })
    };
    view! {
        <span class="topbar-status">
            {move || shown().map(|(tone, word, detail)| view! { <span title=detail><Badge tone word /></span> })}
        </span>
    }
}

#[component]
pub fn SandboxBand(status: Loaded<ChargePointStatus>) -> impl IntoView {
    view! {
        <Show when=move || status.with(|status| status.sandbox).unwrap_or(false)>
            <aside class="sandbox" aria-label="Sandbox">
                "Sandbox data: a ChargePoint stand-in, not ChargePoint"
            </aside>
        </Show>
    }
}
