//! The steps above the wizard, and the one that is shown.

use leptos::ev::BeforeUnloadEvent;
use leptos::html;

use super::check::CheckStep;
use super::done::DoneStep;
use super::file::FileStep;
use super::preview::PreviewStep;
use super::wizard::{Step, Wizard, Work};
use crate::kit::focus_is_lost;
use crate::prelude::*;

const STEPS: [(Step, &str); 4] = [
    (Step::File, "File"),
    (Step::Check, "Check"),
    (Step::Preview, "Preview"),
    (Step::Done, "Done"),
];

/// The wizard without its page header.
#[component]
pub fn WizardSteps(wizard: Wizard) -> impl IntoView {
    let shown = NodeRef::<html::Section>::new();
    // The words of the new step are where reading goes on, and so they are where a control went away
    // under the focus, for example a repair's button when the file is read again.
    let scene = memo(move |_| {
        let sending = matches!(wizard.work.get(), Work::Sending(..));
        let result = wizard
            .result
            .with(|result| result.as_ref().map(|result| result.import.state));
        (
            wizard.step.get(),
            wizard.outcome.with(Option::is_some),
            sending,
            result,
        )
    });
    watch(move |before: Option<Step>| {
        let (step, ..) = scene.get();
        let moved = before.is_some_and(|before| before != step);
        request_animation_frame(move || {
            if let Some(section) = shown.try_get_untracked().flatten()
                && (moved || (before.is_some() && focus_is_lost()))
            {
                let _ = section.focus();
            }
        });
        step
    });
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event: BeforeUnloadEvent| {
        if matches!(wizard.work.get_untracked(), Work::Sending(..) | Work::Finalising) {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
    let step = move |(step, label): (Step, &'static str)| {
        let state = move || match wizard.step.get() {
            now if now == step => "now",
            now if now > step => "done",
            _ => "ahead",
        };
        view! {
            <li data-state=state aria-current=move || (wizard.step.get() == step).then_some("step")>{label}</li>
        }
    };
    view! {
        <div class="wizard">
            <ol class="wizard-steps" aria-label="Steps of the import">{STEPS.map(step).collect_view()}</ol>
            <section
                class="wizard-step"
                node_ref=shown
                tabindex="-1"
                aria-label=move || STEPS.iter().find(|(step, _)| *step == wizard.step.get()).map(|(_, label)| *label)
            >
                {move || match wizard.step.get() {
                    Step::File => view! { <FileStep wizard /> }.into_any(),
                    Step::Check => view! { <CheckStep wizard /> }.into_any(),
                    Step::Preview => view! { <PreviewStep wizard /> }.into_any(),
                    Step::Done => view! { <DoneStep wizard /> }.into_any(),
                }}
            </section>
        </div>
    }
}
