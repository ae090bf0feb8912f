//! *Transfer tokens*: to whom, then what can move and what not, then all of it or nothing.

use std::collections::BTreeSet;

use domain::field::{Field, Input};
use domain::limits::MAX_CHOSEN;

use super::PATH;
use super::state::organization;
use crate::api::json::{Value, body};
use crate::api::{Record, Write, records};
use crate::kit::format::{count, number};
use crate::kit::{Banner, Button, Guard, Look, ModalFooter, ProblemLine, Sheet, Switch, TextArea, Tone};
use crate::pages::record::{Entry, Fields, RecordForm, RecordPicker};
use crate::prelude::*;

const FIELDS: &[Field] = &[
    Field::new("orgId", "Org ID", Input::Id).required(),
    Field::new("orgName", "Org Name", Input::Line).required(),
    Field::new("reference", "Reference", Input::Line).hint("For example the order; it stands in the history"),
];

/// Which tokens are to be moved.
#[derive(Clone, Copy)]
pub struct Moving {
    open: RwSignal<bool>,
    /// The choice as it is sent; empty: serial numbers are pasted.
    chosen: RwSignal<String>,
    count: RwSignal<u64>,
}

impl Moving {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            chosen: RwSignal::new(String::new()),
            count: RwSignal::new(0),
        }
    }

    /// Asks for the serial numbers.
    pub fn pasted(self) {
        self.start(String::new(), 0);
    }

    /// Moves the tokens of these ids.
    pub fn selected(self, ids: &[String]) {
        let count = ids.len() as u64;
        self.start(
            body(&[("ids", ids.to_vec().into()), ("count", count.into())]),
            count,
        );
    }

    /// Moves what the choice means, which are so many.
    pub fn start(self, chosen: String, count: u64) {
        self.chosen.set(chosen);
        self.count.set(count);
        self.open.set(true);
    }
}

/// "1 token", "240 tokens".
pub fn tokens(value: u64) -> String {
    count(value, "token", "tokens")
}

#[component]
pub fn TransferTokens(moving: Moving, on_done: Callback<()>) -> impl IntoView {
    view! {
        <Sheet open=moving.open title="Transfer tokens">
            <Steps moving on_done />
        </Sheet>
    }
}

/// What was entered, and how far it is.
#[derive(Clone, Copy)]
struct Transfer {
    moving: Moving,
    pasted: RwSignal<String>,
    to: RwSignal<Option<Record>>,
    /// The receiving organisation is none that the portal knows.
    other: RwSignal<bool>,
    entry: Entry,
    write: Write,
    /// What the server found.
    checked: RwSignal<Option<Record>>,
    /// What cannot move is left out.
    without_refused: RwSignal<bool>,
    done: RwSignal<bool>,
}

impl Transfer {
    fn serials(self) -> Vec<String> {
        self.pasted.with(|text| {
            let all = text.split(['\n', '\t', ',', ';']).map(str::trim);
            all.filter(|serial| !serial.is_empty())
                .map(str::to_owned)
                .collect()
        })
    }

    fn fields(self) -> Vec<(&'static str, Value)> {
        let mut all = self.entry.changes();
        match self.moving.chosen.get_untracked() {
            chosen if chosen.is_empty() => all.push(("tokenSns", untrack(|| self.serials()).into())),
            chosen => all.push(("chosen", Value::Json(chosen))),
        }
        if !self.other.get_untracked() {
            let id = self.to.with_untracked(|to| to.as_ref().map(|to| to.text("id")));
            all.push(("orgId", id.unwrap_or_default().into()));
        }
        all
    }

    fn check(self) {
        let found = move |found| {
            self.without_refused.set(false);
            self.checked.set(Some(found));
        };
        if self.entry.is_right() {
            let path = format!("{PATH}/transfers/check");
            self.write.run(records::post(&path, &self.fields()), found);
        }
    }

    fn run(self, moves: u64, on_done: Callback<()>) {
        let mut fields = self.fields();
        if self.without_refused.get_untracked() {
            fields.push(("onlyMovable", moves.into()));
        }
        let moved = move |moved| {
            self.checked.set(Some(moved));
            self.done.set(true);
            on_done.run(());
        };
        self.write
            .run(records::post(&format!("{PATH}/transfers"), &fields), moved);
    }
}

#[component]
fn Steps(moving: Moving, on_done: Callback<()>) -> impl IntoView {
    let other = RwSignal::new(false);
    let without = move || match other.get() {
        true => vec![],
        false => vec!["orgId".to_owned(), "orgName".to_owned()],
    };
    let transfer = Transfer {
        moving,
        pasted: RwSignal::new(String::new()),
        to: RwSignal::new(None),
        other,
        entry: Entry::of(FIELDS, None).without(Signal::derive(without)),
        write: Write::new(),
        checked: RwSignal::new(None),
        without_refused: RwSignal::new(false),
        done: RwSignal::new(false),
    };
    move || match transfer.checked.get() {
        None => view! { <Ask transfer /> }.into_any(),
        Some(found) if transfer.done.get() => done(transfer, &found),
        Some(found) => view! { <Found transfer found on_done /> }.into_any(),
    }
}

/// Which tokens, to whom, and why.
#[component]
fn Ask(transfer: Transfer) -> impl IntoView {
    let Transfer {
        moving, write, other, ..
    } = transfer;
    let counted = move || {
        let serials = transfer.serials();
        let unique: BTreeSet<String> = serials.iter().map(|serial| serial.to_lowercase()).collect();
        let repeated = serials.len() - unique.len();
        let mut words = match serials.len() {
            0 => "One on each line, or with commas or tabs between them".to_owned(),
            all => count(all as u64, "serial number", "serial numbers"),
        };
        if repeated > 0 {
            words.push_str(&format!(", {} more than once", number(repeated as u64)));
        }
        words
    };
    let too_many = move || {
        let all = transfer.serials().len();
        let most = number(MAX_CHOSEN as u64);
        (all > MAX_CHOSEN).then(|| format!("At most {most} at once; these are {}.", number(all as u64)))
    };
    let error = move || too_many().or_else(|| write.field("tokenSns").get());
    let which = if moving.chosen.with_untracked(String::is_empty) {
        view! {
            <TextArea
                label="Token serial numbers"
                value=transfer.pasted
                rows=8
                mono=true
                hint=Signal::derive(counted)
                error=Signal::derive(error)
            />
        }
        .into_any()
    } else {
        let words = format!("{} selected", tokens(moving.count.get_untracked()));
        view! { <p><strong>{words}</strong></p> }.into_any()
    };
    view! {
        <RecordForm open=moving.open write save="Check" on_save=move |()| {
            if untrack(too_many).is_none() {
                transfer.check();
            }
        }>
            {which}
            <Show when=move || !other.get()>
                <RecordPicker
                    label="Receiving organization"
                    hint="Type its name or ID."
                    path="/organizations"
                    choice=organization
                    chosen=transfer.to
                    error=write.field("orgId")
                />
            </Show>
            <Switch label="Another organization, not on the list" checked=other />
            <Fields entry=transfer.entry write />
        </RecordForm>
    }
}

/// What would move and what would not, and why.
#[component]
fn Found(transfer: Transfer, found: Record, on_done: Callback<()>) -> impl IntoView {
    let (moves, refused, repeated) = (
        found.count("moves"),
        found.count("refused"),
        found.count("repeated"),
    );
    let to = found.text("orgName");
    let write = transfer.write;
    let words = match (moves, refused) {
        (_, 0) => format!("{} can move to {to}.", tokens(moves)),
        (0, _) => format!("None of {} can move to {to}.", tokens(refused)),
        _ => format!(
            "{} of {} can move to {to}. Nothing moves unless all can.",
            number(moves),
            tokens(moves + refused)
        ),
    };
    let tone = if refused == 0 { Tone::Good } else { Tone::Attention };
    let again = (repeated > 0).then(|| {
        let words = count(repeated, "is named", "are named");
        view! { <p class="quiet">{words}" more than once; each moves once."</p> }
    });
    let row = |first: String, last: String, number: bool| {
        view! { <tr><td class:number=number>{first}</td><td>{last}</td></tr> }
    };
    let reasons = found.records("reasons").into_iter();
    let reasons = reasons.map(|reason| row(number(reason.count("count")), reason.text("reason"), true));
    let examples = found.records("examples");
    let shown = examples.len() as u64;
    let examples = examples
        .into_iter()
        .map(|token| row(token.text("tokenSn"), token.text("reason"), false));
    let which = if shown < refused {
        format!("The first {shown} that cannot")
    } else {
        "Those that cannot".into()
    };
    let reasons = (refused > 0).then(|| {
        view! {
            <table class="group-rows" aria-label="How many cannot move, and why">
                <tbody>{reasons.collect_view()}</tbody>
            </table>
        }
    });
    let examples = (refused > 0).then(|| {
        view! {
            <details class="group">
                <summary>{which}</summary>
                <table class="group-rows">
                    <tbody>{examples.collect_view()}</tbody>
                </table>
            </details>
        }
    });
    let only = (moves > 0 && refused > 0).then(|| {
        let label = format!("Move only the {} that can", number(moves));
        view! { <Switch label checked=transfer.without_refused /> }
    });
    let ready = move || refused == 0 || transfer.without_refused.get();
    let back = move |()| {
        write.clear();
        transfer.checked.set(None);
    };
    view! {
        <div class="dialog-body findings">
            <div role="status"><Banner tone>{words}</Banner></div>
            {again}
            {reasons}
            {only}
            {examples}
            <ProblemLine problem=write.problem() />
        </div>
        <ModalFooter>
            <Button on_press=back>"Back"</Button>
            <Show when=move || write.problem().with(Option::is_some)>
                <Button on_press=move |()| transfer.check()>"Check again"</Button>
            </Show>
            {(moves > 0).then(|| {
                view! {
                    <Button
                        look=Look::Primary
                        disabled=Signal::derive(move || !ready())
                        busy=write.pending()
                        on_press=move |()| transfer.run(moves, on_done)
                    >
                        {format!("Transfer {} to {to}", tokens(moves))}
                    </Button>
                }
            })}
        </ModalFooter>
    }
}

fn done(transfer: Transfer, moved: &Record) -> AnyView {
    if let Some(guard) = Guard::current() {
        guard.typed(false);
    }
    let words = format!(
        "{} moved to {}. The history of each says so.",
        tokens(moved.count("moves")),
        moved.text("orgName")
    );
    view! {
        <div class="dialog-body"><div role="status"><Banner tone=Tone::Good>{words}</Banner></div></div>
        <ModalFooter>
            <Button look=Look::Primary on_press=move |()| transfer.moving.open.set(false)>"Close"</Button>
        </ModalFooter>
    }
    .into_any()
}
