//! The third step: the ids are sent, where they change nothing, and the page says what finalising them
//! will do.

use domain::imports::ImportPreview;
use domain::problem::kind;

use super::check::SourceLine;
use super::removed::Removed;
use super::wizard::{Outcome, Step, Wizard, Work};
use crate::kit::format::{count, number};
use crate::kit::{Banner, Button, Look, ProblemLine, Progress, Skeleton, Switch, Tone};
use crate::pages::locations::VisibilityBadge;
use crate::pages::locations::authorization::words::visibility_change;
use crate::prelude::*;

#[component]
pub fn PreviewStep(wizard: Wizard) -> impl IntoView {
    let sending = move || matches!(wizard.work.get(), Work::Sending(..));
    let notice = move || {
        wizard
            .notice
            .get()
            .map(|notice| view! { <Banner tone=Tone::Attention>{notice}</Banner> })
    };
    watch(move |before: Option<bool>| {
        let clear = wizard.clear.get();
        if before.is_some_and(|before| before != clear) {
            wizard.look_again();
        }
        clear
    });
    view! {
        <SourceLine wizard />
        <div role="status">{notice}</div>
        <Show when=sending fallback=move || view! { <Judged wizard /> }>
            <Sending wizard />
        </Show>
    }
}

#[component]
fn Sending(wizard: Wizard) -> impl IntoView {
    let sent = move || match wizard.work.get() {
        Work::Sending(sent, ids) => (sent, ids),
        _ => (0, 0),
    };
    let label = move || {
        let (sent, ids) = sent();
        format!(
            "Sending: {} of {}. Nothing changes yet.",
            number(sent),
            count(ids, "id", "ids")
        )
    };
    let part = move || {
        let (sent, ids) = sent();
        (ids > 0).then(|| sent as f64 / ids as f64)
    };
    view! {
        <Progress label=Signal::derive(label) part=Signal::derive(part) on_cancel=move |()| wizard.cancel() />
    }
}

/// What will happen, and the button that makes it happen.
#[component]
fn Judged(wizard: Wizard) -> impl IntoView {
    let idle = move || wizard.work.get() == Work::Idle;
    let ready = move || idle() && wizard.preview.with(Option::is_some);
    let finalising = Signal::derive(move || wizard.work.get() == Work::Finalising);
    // Sending stopped half-way, or the preview did not come.
    let stopped = move || idle() && wizard.preview.with(Option::is_none);
    let lost = move || {
        wizard
            .problem
            .with(|problem| problem.as_ref().is_some_and(|p| p.kind == kind::CONNECTION))
    };
    view! {
        <Switch
            label="Clear charge token list before importing"
            hint="The file replaces the list: charge tokens that are not in it are removed. Customers stay."
            checked=wizard.clear
            disabled=Signal::derive(move || !matches!(wizard.work.get(), Work::Idle | Work::Previewing))
        />
        {move || match wizard.preview.get() {
            Some(preview) => view! { <Prospect wizard preview /> }.into_any(),
            None if stopped() => ().into_any(),
            None => view! { <Skeleton lines=3 /> }.into_any(),
        }}
        <Show when=move || finalising.get()>
            <Progress label="Finalising: the list changes in one step" part=None />
        </Show>
        <ProblemLine problem=wizard.problem />
        <footer class="wizard-foot">
            <Show
                when=stopped
                fallback=move || view! {
                    <Button disabled=Signal::derive(move || !idle()) on_press=move |()| wizard.back_to(Step::Check)>
                        "Back to the check"
                    </Button>
                    <Button
                        look=Look::Primary
                        disabled=Signal::derive(move || !ready() && !finalising.get())
                        busy=finalising
                        on_press=move |()| wizard.finalise()
                    >
                        "Finalise import"
                    </Button>
                }
            >
                <Button on_press=move |()| {
                    wizard.discard_staged();
                    wizard.back_to(Step::Check);
                }>"Discard the import"</Button>
                <Button look=Look::Primary on_press=move |()| wizard.stage()>
                    {move || if lost() { "Go on" } else { "Try again" }}
                </Button>
            </Show>
        </footer>
    }
}

/// What finalising will do to the list as it is now.
#[component]
fn Prospect(wizard: Wizard, preview: ImportPreview) -> impl IntoView {
    let (duplicates, rejected) = wizard.outcome.with_untracked(|outcome| match outcome {
        Some(Outcome::Read(summary)) => (summary.duplicates, summary.rejected),
        _ => (0, 0),
    });
    let clear = wizard.clear.get_untracked();
    let fact = |name: &'static str, value: u64, tone: Tone| {
        let tone = if value == 0 { Tone::Neutral } else { tone };
        view! { <div data-tone=tone.key()><dt>{name}</dt><dd>{number(value)}</dd></div> }
    };
    let known = (preview.added > 0).then(|| {
        format!(
            "Of those added, {} known to the portal and {} external.",
            count(preview.known, "charge token is", "charge tokens are"),
            number(preview.external)
        )
    });
    let refused = (preview.refused_though_listed > 0).then(|| {
        let tokens = count(preview.refused_though_listed, "charge token is", "charge tokens are");
        view! { <Banner tone=Tone::Attention>{format!("{tokens} blocked or expired: refused though listed.")}</Banner> }
    });
    let (before, after) = (preview.visibility_before, preview.visibility_after);
    let change = visibility_change(before, after).map(|_| match after {
        domain::privacy::Visibility::Private => {
            "The location becomes private: only what is listed sees it and may charge."
        }
        _ => "The location opens: whoever comes may charge.",
    });
    view! {
        <dl class="figures" aria-label="What the import will do">
            {fact("Added", preview.added, Tone::Good)}
            {fact("Already listed", preview.already_listed, Tone::Neutral)}
            {fact("Duplicate in the file", duplicates, Tone::Attention)}
            {fact("Bad", rejected, Tone::Bad)}
            {clear.then(|| fact("Removed", preview.removed, Tone::Bad))}
        </dl>
        <p>{known}</p>
        {refused}
        <p class="prospect">
            <span>"Visibility:"</span>
            <VisibilityBadge visibility=before />
            {(before != after).then(|| view! { <span aria-label="becomes">"→"</span><VisibilityBadge visibility=after /> })}
            <span class="quiet">{change.unwrap_or("It stays as it is.")}</span>
        </p>
        {clear.then(|| view! { <Removed wizard removed=preview.removed sample=preview.removed_sample.clone() /> })}
    }
}
