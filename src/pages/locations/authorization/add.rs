//! *Add customers* and *Add charge token*: search, pick several, add.

use std::time::Duration;

use futures::future::abortable;

use super::Shared;
use super::change::{Change, List};
use super::editor::Outcome;
use super::picker::{Picker, PickerBox, Search, offers};
use super::stale::StaleNotice;
use crate::api::search::{In, search};
use crate::kit::{Button, Dialog, Look, ModalFooter, ProblemLine};
use crate::prelude::*;

/// How long the typing rests before it is searched for.
const REST: Duration = Duration::from_millis(200);

/// The dialog behind *Add customers* and *Add charge token*.
#[component]
pub fn AddDialog(open: RwSignal<bool>, list: List, shared: Shared) -> impl IntoView {
    let title = match list {
        List::Customers => "Add customers",
        List::Tokens => "Add charge token",
    };
    view! {
        <Dialog open title wide=true>
            <AddForm open list shared />
        </Dialog>
    }
}

#[component]
fn AddForm(open: RwSignal<bool>, list: List, shared: Shared) -> impl IntoView {
    let editor = shared.editor;
    let picker = Picker::default();
    let refused = RwSignal::new(None);
    search_as_typed(picker, refused, list, shared.location);
    let (label, hint) = match list {
        List::Customers => (
            "Customer name or external ID",
            "Arrow keys and Enter pick one or several.",
        ),
        List::Tokens => (
            "Auth ID or Chip ID",
            "Arrow keys and Enter pick one or several. An Auth ID that is not found can be added as an external one.",
        ),
    };
    let many = move || picker.picked.with(Vec::len) as u64;
    let add = move |()| {
        let picked = picker.picked.get_untracked();
        if picked.is_empty() {
            return;
        }
        spawn_local(async move {
            if let Some(Outcome::Made(_)) = editor.send(Change::add(list, picked), false).await {
                open.try_set(false);
            }
        });
    };
    let words = move || match many() {
        0 if list == List::Customers => "Add customers".to_owned(),
        0 => "Add charge token".to_owned(),
        many => format!("Add {}", list.count(many)),
    };
    editor.adding.set(true);
    on_cleanup(move || editor.leave_dialog());
    view! {
        <div class="dialog-body">
            <PickerBox picker list label hint refused />
            <StaleNotice editor inside=true />
            <ProblemLine problem=editor.problem />
        </div>
        <ModalFooter>
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button
                look=Look::Primary
                disabled=Signal::derive(move || many() == 0)
                busy=editor.busy
                on_press=add
            >
                {words}
            </Button>
        </ModalFooter>
    }
}

/// Searches when the typing rests; new words abort the search for the old ones.
fn search_as_typed(
    picker: Picker,
    refused: RwSignal<Option<String>>,
    list: List,
    location: StoredValue<String>,
) {
    let within = match list {
        List::Customers => In::Customers,
        List::Tokens => In::Tokens,
    };
    effect(move || {
        let words = picker.query.get().trim().to_owned();
        let rest = if words.is_empty() { Duration::ZERO } else { REST };
        let (task, abort) = abortable(async move {
            picker.search.set(Search::Searching);
            match search(words.clone(), within, location.get_value()).await {
                Ok(result) => {
                    let total = result.total;
                    let (offers, why) = offers(result, &words, list);
                    refused.set(why.map(|code| format!("Not an Auth ID to add: {}", code.message())));
                    picker.show(offers, total);
                }
                Err(problem) => {
                    picker.offers.set(vec![]);
                    picker.search.set(Search::Failed(problem));
                }
            }
        });
        let wait = set_timeout_with_handle(
            move || {
                spawn_local(async move {
                    let _ = task.await;
                });
            },
            rest,
        );
        on_cleanup(move || {
            abort.abort();
            if let Ok(wait) = wait {
                wait.clear();
            }
        });
    });
}
