//! The steps above the wizard, and the one that is shown.

use leptos::ev::BeforeUnloadEvent;

use super::check::CheckStep;
use super::done::DoneStep;
use super::file::FileStep;
use super::preview::PreviewStep;
use super::wizard::{Wizard, step, work};
use crate::api::Record;
use crate::kit::focus_is_lost;
use crate::prelude::*;

/// What the steps are called, in their order.
const STEPS: [&str; 4] = ["File", "Check", "Preview", "Done"];

/// The wizard without its page header.
#[component]
pub fn WizardSteps(wizard: Wizard) -> impl IntoView {
    let shown = NodeRef::<web_sys::HtmlElement>::new();
    // The words of the new step are where reading goes on, and so they are where a control went away
    // under the focus, for example a repair's button when the file is read again.
    let scene = memo(move |_| {
        let state = |result: &Record| result.text("import.state");
        let result = wizard.result.with(|result| result.as_ref().map(state));
        let (read, sending) = (wizard.is_read.get(), wizard.work.get() == work::SENDING);
        format!("{read}{sending}{}", result.unwrap_or_default())
    });
    watch(move |before: Option<u64>| {
        scene.track();
        let step = wizard.step.get();
        let moved = before.is_some_and(|before| before != step);
        request_animation_frame(move || {
            if let Some(section) = shown.get_untracked()
                && (moved || (before.is_some() && focus_is_lost()))
            {
                let _ = section.focus();
            }
        });
        step
    });
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event: BeforeUnloadEvent| {
        if matches!(wizard.work.get_untracked(), work::SENDING | work::FINALISING) {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
    let at = move || wizard.step.get() as usize;
    let entry = move |(step, label): (usize, &'static str)| {
        let state = move || match at() {
            now if now == step => "now",
            now if now > step => "done",
            _ => "ahead",
        };
        view! {
            <li data-state=state aria-current=move || (at() == step).then_some("step")>{label}</li>
        }
    };
    view! {
        <div class="wizard">
            <ol class="wizard-steps" aria-label="Steps of the import">{STEPS.into_iter().enumerate().map(entry).collect_view()}</ol>
            <section
                class="wizard-step"
                node_ref=shown
                tabindex="-1"
                aria-label=move || STEPS.get(at()).copied()
            >
                {move || match wizard.step.get() {
                    step::FILE => view! { <FileStep wizard /> }.into_any(),
                    step::CHECK => view! { <CheckStep wizard /> }.into_any(),
                    step::PREVIEW => view! { <PreviewStep wizard /> }.into_any(),
                    _ => view! { <DoneStep wizard /> }.into_any(),
                }}
            </section>
        </div>
    }
}
