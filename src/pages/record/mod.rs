//! What the pages of single records share: their facts, their form, where they may charge.

mod age;
mod control;
mod delete;
mod edit;
mod fields;
mod form;
mod history;
mod kind;
mod may_charge;
mod once;
mod page;
mod permissions;
mod picker;
mod ticks;

use crate::prelude::*;

pub use age::{aged, old, told};
pub use delete::{DeleteRecord, Deletion};
pub use edit::{EditRecord, More};
pub use fields::{Entry, Fields};
pub use form::RecordForm;
pub use history::{History, changes};
pub use kind::{Form, Kind, RecordSheet, add_button};
pub use may_charge::{MAY_CHARGE_AT, location, may_charge_at, why};
pub use once::{OnceDialog, shown_once};
pub use page::{EditOrDelete, RecordPage, facts};
pub use permissions::allowed;
pub use picker::{Other, RecordPicker, customer_choice};
pub use ticks::organizations;

use crate::api::{Loaded, Record};
use crate::kit::{ProblemPanel, Skeleton};
use crate::pages::shell::NotFoundHere;
use domain::problem::kind::{FORBIDDEN, NOT_FOUND, NOT_YOURS};

/// A label and what it says, in a `dl.facts`.
#[component]
pub fn Fact(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// A record's text, or a dash where there is none.
pub fn said(text: &str) -> String {
    if text.is_empty() {
        "–".into()
    } else {
        text.to_owned()
    }
}

/// Whether there is no such record, or none to be seen, tracked.
pub fn is_missing(record: Loaded<Record>) -> bool {
    let hidden = |kind: &str| [NOT_FOUND, FORBIDDEN, NOT_YOURS].contains(&kind);
    record.problem().is_some_and(|problem| hidden(&problem.kind))
}

/// Why a record is not there, or old, and how old.
#[component]
pub fn RecordState(
    record: Loaded<Record>,
    /// "There is no such customer."
    #[prop(into)]
    missing: Signal<String>,
) -> impl IntoView {
    let state = move || match record.problem() {
        Some(problem) if problem.kind == NOT_FOUND => view! { <NotFoundHere what=missing /> }.into_any(),
        Some(problem) => {
            let kept = record.is_loaded();
            view! { <ProblemPanel problem kept on_retry=move |()| record.reload() /> }.into_any()
        }
        None => ().into_any(),
    };
    view! { {state}{age::age_of(record)} }.into_any()
}

/// What a record says, or lines until it comes. Why it does not come, or how old it is, is said by
/// [`RecordState`], or here.
pub fn awaited(record: Loaded<Record>, lines: usize, here: bool, draw: Callback<Record, AnyView>) -> AnyView {
    // What stands there stays, unless the record says something else.
    let said = memo(move |_| record.get());
    let content = move || {
        let problem = record.problem();
        let content = match said.get() {
            Some(record) => draw.run(record),
            None if problem.is_none() => view! { <Skeleton lines /> }.into_any(),
            None => ().into_any(),
        };
        let problem = problem.filter(|_| here).map(|problem| {
            let kept = record.is_loaded();
            view! { <ProblemPanel problem kept on_retry=move |()| record.reload() /> }.into_any()
        });
        view! { {problem}{content} }
    };
    let age = here.then(|| age::age_of(record));
    view! { {age}{content} }.into_any()
}
