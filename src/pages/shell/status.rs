//! How the portal stands with ChargePoint, in the top bar, and the band that marks sandbox data.

use domain::estate::ChargepointStatus;
use leptos::prelude::*;

use crate::api::Loaded;
use crate::kit::time::ago;
use crate::kit::{Badge, Tone};

#[component]
pub fn Status(status: Loaded<ChargepointStatus>) -> impl IntoView {
    let tone = move || match status.with(|status| status.problem.is_some()) {
        _ if status.problem().is_some() => Tone::Bad,
        Some(true) => Tone::Attention,
        Some(false) => Tone::Good,
        None => Tone::Neutral,
    };
    let word = move || match status.with(|status| status.problem.is_some()) {
        _ if status.problem().is_some() => "Portal not reachable",
        Some(true) => "ChargePoint not reachable",
        Some(false) => "ChargePoint",
        None => "",
    };
    let detail = move || {
        let own = status.problem().map(|problem| problem.detail);
        own.or_else(|| {
            status.with(|status| match (&status.problem, &status.answered_at) {
                (Some(problem), _) => problem.detail.clone(),
                (None, Some(at)) => format!("ChargePoint answered {}", ago(at)),
                (None, None) => "ChargePoint was not asked yet".into(),
            })
        })
    };
    view! {
        <span class="topbar-status" title=detail>
            {move || (!word().is_empty()).then(|| view! { <Badge tone=tone() word=word() /> })}
        </span>
    }
}

#[component]
pub fn SandboxBand(status: Loaded<ChargepointStatus>) -> impl IntoView {
    view! {
        <Show when=move || status.with(|status| status.sandbox).unwrap_or(false)>
            <p class="sandbox">"Sandbox data: a ChargePoint stand-in, not ChargePoint"</p>
        </Show>
    }
}
