//! Who was refused here lately, and what an operator does about it: lists them, or forgets.

use domain::column::Listed;
use domain::refused::RefusedToken;

use super::Shared;
use super::change::Change;
use super::entries::id;
use super::list::List;
use super::words::outcome;
use crate::api::{Record, records};
use crate::kit::Tone;
use crate::pages::outline::{Acted, Action, ListOf, On, Outline};
use crate::prelude::*;
use crate::table::Shown;

static REFUSED: Outline = Outline {
    title: "Refused lately",
    noun: ("refused token", "refused tokens"),
    list: (RefusedToken::NAME, RefusedToken::PACKED),
    id: "entryId",
    search: "Search by Auth ID or customer",
    empty: (
        "Nobody was refused lately",
        "Who holds a card to a reader here and may not charge stands here, with how often and when.",
    ),
    cells: &[
        ("id", id),
        ("reason", |entry| {
            Shown::badge(Tone::Attention, entry.text("reason"))
        }),
    ],
    actions: &[&AUTHORIZE, &FORGET],
    own: true,
    ..Outline::USUAL
};

#[component]
pub fn RefusedList(shared: Shared) -> impl IntoView {
    let path = shared
        .location
        .with_value(|id| records::path("/locations", id, "/refused"));
    let editor = shared.editor;
    let done = Callback::new(move |answer: Record| editor.changed(&answer));
    view! { <ListOf outline=&REFUSED path=Signal::from(path) without=&[] done /> }
}

/// Who is listed is no refusal any more.
static AUTHORIZE: Action = Action {
    label: "Authorize here",
    needs: "Manage:Location",
    // Who is blocked or has expired is refused though they are listed.
    fits: |entry| ["Not listed", "Unknown token"].contains(&entry.text("reason").as_str()),
    send: |entry| {
        let change = Change::list(std::slice::from_ref(&entry.record));
        let one = [("entryIds", vec![entry.of("entryId")].into())];
        change
            .ask_now(entry.page())
            .then(records::post(&forgetting(entry), &one))
    },
    left: |answer| outcome(answer, List::Tokens),
    ..Action::USUAL
};

static FORGET: Action = Action {
    label: "Forget",
    needs: "Manage:Location",
    on: On::Many,
    words: "Who is refused again stands here again.",
    send: |entry| entry.post_chosen(&forgetting(entry), &entry.of("entryId")),
    done: "Forgotten.",
    ..Action::USUAL
};

fn forgetting(entry: &Acted) -> String {
    records::path("/locations", entry.page(), "/refused/forget")
}
