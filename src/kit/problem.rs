//! What went wrong, what was kept, what to do.

use domain::problem::Problem;
use domain::problem::kind::{FORBIDDEN, NOT_YOURS, PLAN_RESTRICTED};

use super::badge::Tone;
use super::banner::Banner;
use super::button::Button;
use super::icon::Symbol;
use crate::prelude::*;

/// A problem that takes the place of content, or stands above old content, with a way to try again.
#[component]
pub fn ProblemPanel(
    problem: Problem,
    /// Shows *Try again*.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// Old content stays below: a banner instead of a panel.
    #[prop(optional)]
    kept: bool,
) -> impl IntoView {
    if problem.kind == FORBIDDEN && !kept {
        return view! { <NotAllowed detail=problem.detail /> }.into_any();
    }
    // What is not allowed stays so.
    let is_final = [FORBIDDEN, NOT_YOURS, PLAN_RESTRICTED].contains(&problem.kind.as_str());
    let retry = on_retry.filter(|_| !is_final).map(|retry| {
        view! { <Button icon=Symbol::Refresh small=kept on_press=retry>"Try again"</Button> }.into_any()
    });
    if kept {
        let action = retry.unwrap_or_else(|| ().into_any());
        return view! {
            <div role="alert" class="problem-kept">
                <Banner tone=Tone::Attention action>
                    <strong>{problem.title}</strong>
                    ". "
                    {problem.detail}
                    " What you see may be old."
                </Banner>
            </div>
        }
        .into_any();
    }
    let code = problem
        .code
        .map(|code| view! { <p class="quiet">"Code: "<code>{code}</code></p> });
    view! {
        <div class="problem" role="alert">
            <p class="empty-title">{problem.title}</p>
            <p>{problem.detail}</p>
            {code}
            <div class="empty-actions">{retry}</div>
        </div>
    }
    .into_any()
}

/// Stands in the place of what somebody may not see or do: nothing went wrong, so there is nothing to try again.
#[component]
pub fn NotAllowed(#[prop(into)] detail: Signal<String>) -> impl IntoView {
    view! {
        <div class="empty">
            <h2 class="empty-title">"Not allowed"</h2>
            <p>{detail}</p>
        </div>
    }
}

/// A problem inside a form or dialog. Errors that name a field stand at the field.
#[component]
pub fn ProblemLine(#[prop(into)] problem: Signal<Option<Problem>>) -> impl IntoView {
    let shown = move || {
        problem.get().map(|problem| {
            view! {
                <Banner tone=Tone::Bad>
                    <strong>{problem.title}</strong>
                    ". "
                    {problem.detail}
                </Banner>
            }
        })
    };
    view! { <div class="problem-line" role="alert">{shown}</div> }
}
