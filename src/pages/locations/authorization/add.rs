//! *Add customers* and *Add charge token*: search, pick several, add.

use std::time::Duration;

use super::Shared;
use super::change::Change;
use super::list::List;
use super::picker::{Picker, PickerBox, offers};
use super::stale::StaleNotice;
use crate::api::Loaded;
use crate::api::search::search;
use crate::kit::{Button, Dialog, Look, ModalFooter, ProblemLine};
use crate::prelude::*;

/// How long the typing rests before it is searched for.
const REST: Duration = Duration::from_millis(200);

/// The dialog behind *Add customers* and *Add charge token*.
#[component]
pub fn AddDialog(list: List, shared: Shared) -> impl IntoView {
    view! {
        <Dialog open=shared.editor.adding title=list.words().add wide=true>
            <AddForm list shared />
        </Dialog>
    }
}

#[component]
fn AddForm(list: List, shared: Shared) -> impl IntoView {
    let editor = shared.editor;
    let picker = Picker::default();
    // New words abort the search for the old ones.
    let found = Loaded::new(move || {
        let words = picker.query.get();
        let words = words.trim();
        let asked = shared
            .location
            .with_value(|location| search(words, list.words().key, location));
        match words.is_empty() {
            true => asked,
            false => asked.after(REST),
        }
    });
    let refused = RwSignal::new(None);
    effect(move || {
        let words = picker.query.get_untracked();
        if found.problem().is_some() {
            picker.offers.set(vec![]);
        } else if let Some((offers, why)) = found.with(|result| offers(result, words.trim(), list)) {
            refused.set(why.map(|code| format!("Not an Auth ID to add: {}", code.message())));
            picker.show(offers);
        }
    });
    let many = move || picker.picked.with(Vec::len) as u64;
    let add = move |()| {
        let picked = picker.picked.get_untracked();
        if !picked.is_empty() {
            editor.send(Change::add(list, picked));
        }
    };
    let words = move || match many() {
        0 => list.words().add.to_owned(),
        many => format!("Add {}", list.count(many)),
    };
    on_cleanup(move || editor.leave_dialog());
    view! {
        <div class="dialog-body">
            <PickerBox picker found list refused />
            <StaleNotice editor inside=true />
            <ProblemLine problem=editor.problem />
        </div>
        <ModalFooter>
            <Button on_press=move |()| editor.adding.set(false)>"Cancel"</Button>
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
