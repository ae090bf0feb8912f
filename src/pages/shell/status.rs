//! How the portal stands with ChargePoint, in the top bar, and the band that marks sandbox data.

use crate::api::{Live, Loaded, Record};
use crate::kit::time::ago;
use crate::kit::{Badge, Tone, unique_id};
use crate::prelude::*;

#[component]
pub fn Status(status: Loaded<Record>, live: Live) -> impl IntoView {
    let shown = move || {
        if let Some(problem) = status.problem() {
            return Some((Tone::Bad, "Portal not reachable", problem.detail));
        }
        if live.lost() {
            let why = "Changes no longer arrive by themselves. Trying again.".to_owned();
            return Some((Tone::Attention, "Not live", why));
        }
        status.with(|status| {
            let at = status.text("lastAnswer");
            if !status.flag("configured") {
                let why = "The server has no licence key.".to_owned();
                (Tone::Neutral, "ChargePoint not set up", why)
            } else if status.has("problem") {
                let why = status.text("problem.detail");
                (Tone::Attention, "ChargePoint not reachable", why)
            } else if at.is_empty() {
                (
                    Tone::Neutral,
                    "ChargePoint",
                    "ChargePoint was not asked yet".into(),
                )
            } else {
                let when = format!("ChargePoint answered {}", ago(&at));
                (Tone::Good, "ChargePoint", when)
            }
        })
    };
    let shown = memo(move |_| shown());
    let id = unique_id("status");
    let told = move || {
        let (tone, word, detail) = shown.get()?;
        Some(view! {
            <button type="button" class="button button-quiet" popovertarget=id.clone()><Badge tone word /></button>
            <p id=id.clone() class="menu" popover="auto">{detail}</p>
        })
    };
    view! { <div class="topbar-status">{told}</div> }
}

#[component]
pub fn SandboxBand(status: Loaded<Record>) -> impl IntoView {
    view! {
        <Show when=move || status.with(|status| status.flag("sandbox")).unwrap_or(false)>
            <aside class="sandbox" aria-label="Sandbox">
                "Sandbox data: a ChargePoint stand-in, not ChargePoint"
            </aside>
        </Show>
    }
}
