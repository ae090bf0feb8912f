//! The third step: the ids are sent, where they change nothing, and the page says what finalising them
//! will do.

use domain::problem::{Problem, kind};
use domain::token_file::Report;

use super::buttons::{act, button};
use super::check::SourceLine;
use super::figures::figures;
use super::going::Going;
use super::removed::Removed;
use super::wizard::{Wizard, step, work};
use crate::api::Record;
use crate::kit::format::{count, number};
use crate::kit::{Banner, Button, Look, ProblemLine, Skeleton, Switch, Tone};
use crate::pages::locations::VisibilityBadge;
use crate::prelude::*;

#[component]
pub fn PreviewStep(wizard: Wizard) -> impl IntoView {
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
        <Show
            when=move || wizard.work.get() == work::SENDING
            fallback=move || view! { <Judged wizard /> }
        >
            <Going wizard />
        </Show>
    }
}

/// What will happen, and the button that makes it happen.
#[component]
fn Judged(wizard: Wizard) -> impl IntoView {
    let idle = move || wizard.work.get() == work::IDLE;
    let finalising = Signal::derive(move || wizard.work.get() == work::FINALISING);
    let unready =
        Signal::derive(move || !(finalising.get() || idle() && wizard.preview.with(Option::is_some)));
    // Sending stopped half-way, or the preview did not come.
    let stopped = move || idle() && wizard.preview.with(Option::is_none);
    let prospect = move || match wizard.preview.get() {
        Some(preview) => prospect(wizard, &preview),
        None if idle() => ().into_any(),
        None => view! { <Skeleton lines=3 /> }.into_any(),
    };
    let again = move || {
        let lost = |problem: &Option<Problem>| problem.as_ref().is_some_and(|p| p.kind == kind::CONNECTION);
        if wizard.problem.with(lost) {
            "Go on"
        } else {
            "Try again"
        }
    };
    view! {
        <Switch
            label="Clear charge token list before importing"
            hint="The file replaces the list: charge tokens that are not in it are removed. Customers stay."
            checked=wizard.clear
            disabled=Signal::derive(move || !matches!(wizard.work.get(), work::IDLE | work::PREVIEWING))
        />
        {prospect}
        <Show when=move || finalising.get()>
            <Going wizard />
        </Show>
        <ProblemLine problem=wizard.problem />
        <footer class="wizard-foot">
            <Show
                when=stopped
                fallback=move || view! {
                    {button(
                        wizard,
                        Look::Plain,
                        "Back to the check".to_owned(),
                        Signal::derive(move || !idle()),
                        |wizard| wizard.back_to(step::CHECK),
                    )}
                    <Button
                        look=Look::Primary
                        disabled=unready
                        busy=finalising
                        on_press=move |()| wizard.finalise()
                    >
                        "Finalise import"
                    </Button>
                }
            >
                {act(wizard, Look::Plain, "Discard the import", |wizard| {
                    wizard.discard_staged();
                    wizard.back_to(step::CHECK);
                })}
                <Button look=Look::Primary on_press=move |()| wizard.stage()>{again}</Button>
            </Show>
        </footer>
    }
}

/// What finalising will do to the list as it is now.
fn prospect(wizard: Wizard, preview: &Record) -> AnyView {
    let clear = wizard.clear.get_untracked();
    let report = wizard.report();
    let of_file = |count: fn(&Report) -> usize| report.as_deref().map_or(0, count) as u64;
    let (added, removed) = (preview.count("added"), preview.count("removed"));
    let mut numbers = vec![
        ("Added", added, Tone::Good),
        ("Already listed", preview.count("alreadyListed"), Tone::Neutral),
        (
            "Duplicate in the file",
            of_file(|report| report.duplicates().len()),
            Tone::Attention,
        ),
        ("Bad", of_file(Report::rejected_count), Tone::Bad),
    ];
    if clear {
        numbers.push(("Removed", removed, Tone::Bad));
    }
    let known = (added > 0).then(|| {
        format!(
            "Of those added, {} known to the portal and {} external.",
            count(preview.count("known"), "charge token is", "charge tokens are"),
            number(preview.count("external"))
        )
    });
    let refused = preview.count("refusedThoughListed");
    let refused = (refused > 0).then(|| {
        let tokens = count(refused, "charge token is", "charge tokens are");
        view! { <Banner tone=Tone::Attention>{format!("{tokens} blocked or expired: refused though listed.")}</Banner> }
    });
    let (before, after) = (preview.text("visibilityBefore"), preview.text("visibilityAfter"));
    let changes = before != after;
    let change = match after.as_str() {
        _ if !changes => "It stays as it is.",
        "Private" => "The location becomes private: only what is listed sees it and may charge.",
        _ => "The location opens: whoever comes may charge.",
    };
    let becomes = changes.then(|| {
        view! { <span aria-label="becomes">"→"</span><VisibilityBadge visibility=after /> }
    });
    view! {
        {figures("What the import will do", numbers)}
        <p>{known}</p>
        {refused}
        <p class="prospect">
            <span>"Visibility:"</span>
            <VisibilityBadge visibility=before />
            {becomes}
            <span class="quiet">{change}</span>
        </p>
        {clear.then(|| view! { <Removed wizard preview=preview.clone() /> })}
    }
    .into_any()
}
