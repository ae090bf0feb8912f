//! What the pages of single records share: their facts, their form, where they may charge.

mod control;
mod delete;
mod edit;
mod fields;
mod form;
mod kind;
mod may_charge;
mod page;
mod picker;

use crate::prelude::*;

pub use delete::{DeleteRecord, Deletion};
pub use edit::{EditRecord, More};
pub use fields::{Entry, Fields};
pub use form::RecordForm;
pub use kind::{Form, Kind, RecordSheet};
pub use may_charge::MayChargeTable;
pub use page::{EditOrDelete, RecordPage, facts};
pub use picker::{Other, RecordPicker, customer_choice};

use crate::api::Loaded;
use crate::kit::ProblemPanel;
use crate::pages::shell::NotFoundHere;
use domain::problem::kind::NOT_FOUND;

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

/// What was typed into a field, if it is not what the record says.
pub fn typed(field: RwSignal<String>, record: &str) -> Option<String> {
    let text = field.with_untracked(|text| text.trim().to_owned());
    (text != record).then_some(text)
}

/// A record's text, or a dash where there is none.
pub fn said(text: &str) -> String {
    if text.is_empty() {
        "–".into()
    } else {
        text.to_owned()
    }
}

/// Whether there is no such record, tracked.
pub fn is_missing<T: Send + Sync + 'static>(record: Loaded<T>) -> bool {
    record.problem().is_some_and(|problem| problem.kind == NOT_FOUND)
}

/// Why a record is not there, or old.
#[component]
pub fn RecordState<T: Clone + Send + Sync + 'static>(
    record: Loaded<T>,
    /// "There is no such customer."
    #[prop(into)]
    missing: Signal<String>,
) -> impl IntoView {
    move || match record.problem() {
        Some(problem) if problem.kind == NOT_FOUND => view! { <NotFoundHere what=missing /> }.into_any(),
        Some(problem) => {
            let kept = record.is_loaded();
            view! { <ProblemPanel problem kept on_retry=move |()| record.reload() /> }.into_any()
        }
        None => ().into_any(),
    }
}
