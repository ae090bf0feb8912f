//! *Approve*, *Deny*, *Remove*: the question, the text for the drivers, and what came of it.

use domain::export::Chosen;

use super::words::{DECISIONS, Decision, note};
use crate::api::json::Value;
use crate::api::{Record, Write, records};
use crate::kit::format::count;
use crate::kit::{Banner, Button, Dialog, Look, ModalFooter, ProblemLine, TextArea, Tone, announce};
use crate::pages::record::Fact;
use crate::prelude::*;
use crate::table::chosen_body;

/// What is being decided, and about whom.
#[derive(Clone, Copy)]
pub struct Deciding {
    open: RwSignal<bool>,
    /// An index into [`DECISIONS`].
    which: RwSignal<usize>,
    /// The choice as it is sent, and how many it is.
    chosen: RwSignal<String>,
    count: RwSignal<u64>,
    /// Whose request it is, if it is one.
    one: RwSignal<Option<Record>>,
}

impl Deciding {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            which: RwSignal::new(0),
            chosen: RwSignal::new(String::new()),
            count: RwSignal::new(0),
            one: RwSignal::new(None),
        }
    }

    /// Asks about one request of a page that was read at `as_of`.
    pub fn one(self, which: usize, request: Record, as_of: String) {
        let chosen = Chosen {
            ids: vec![request.text("id")],
            count: 1,
            as_of: Some(as_of),
            ..Chosen::default()
        };
        self.many(which, chosen_body(chosen), 1);
        self.one.set(Some(request));
    }

    /// Asks about as many as are chosen.
    pub fn many(self, which: usize, chosen: String, count: u64) {
        self.which.set(which);
        self.chosen.set(chosen);
        self.count.set(count);
        self.one.set(None);
        self.open.set(true);
    }

    fn decision(self) -> &'static Decision {
        &DECISIONS[self.which.get()]
    }
}

#[component]
pub fn DecideDialog(
    deciding: Deciding,
    /// Where the list of the requests is.
    path: Signal<String>,
    on_decided: Callback<()>,
) -> impl IntoView {
    let title = move || format!("{}?", deciding.decision().button(deciding.count.get()));
    view! {
        <Dialog open=deciding.open title=Signal::derive(title)>
            <Question deciding path on_decided />
        </Dialog>
    }
}

#[component]
fn Question(deciding: Deciding, path: Signal<String>, on_decided: Callback<()>) -> impl IntoView {
    let (decision, many) = untrack(|| (deciding.decision(), deciding.count.get()));
    let text = RwSignal::new(String::new());
    let write = Write::new();
    let outcome = RwSignal::new(None::<Record>);
    let decide = move || {
        let fields = [
            ("chosen", Value::Json(deciding.chosen.get_untracked())),
            ("decision", decision.word.into()),
            ("text", text.get_untracked().trim().into()),
        ];
        let done = move |decided: Record| {
            // The page may have been left meanwhile.
            on_decided.try_run(());
            if decided.count("undoneTotal") == 0 {
                deciding.open.try_set(false);
                announce(decision.outcome(&decided));
            } else {
                outcome.try_set(Some(decided));
            }
        };
        write.run(
            records::post(&format!("{}/decide", path.get_untracked()), &fields),
            done,
        );
    };
    write.on_changed(on_decided);
    let question = move || {
        view! {
            <form on:submit=move |event| {
                event.prevent_default();
                decide();
            }>
                <div class="dialog-body">
                    {deciding.one.get_untracked().map(|request| about(&request))}
                    <p>{decision.follows}</p>
                    <TextArea
                        label="Text for the drivers"
                        value=text
                        hint="On the page of their request; ChargePoint e-mails it to the drivers that it reports. Empty: none."
                        error=write.field("text")
                    />
                    <ProblemLine problem=write.problem() />
                </div>
                <ModalFooter>
                    <Button on_press=move |()| deciding.open.set(false)>"Cancel"</Button>
                    <Button look=decision.look submit=true busy=write.pending()>{decision.button(many)}</Button>
                </ModalFooter>
            </form>
        }
    };
    let came = move |decided: Record| {
        view! {
            <div class="dialog-body" role="status">{undone(decision, &decided)}</div>
            <ModalFooter>
                <Button look=Look::Primary on_press=move |()| deciding.open.set(false)>"Close"</Button>
            </ModalFooter>
        }
    };
    move || match outcome.get() {
        Some(decided) => came(decided).into_any(),
        None => question().into_any(),
    }
}

/// Who asks, with the answers.
fn about(request: &Record) -> AnyView {
    let fact = |label: String, text: String| view! { <Fact label>{text}</Fact> };
    let named = |label: &str, key: &str| {
        let text = request.text(key);
        (!text.is_empty()).then(|| fact(label.to_owned(), text))
    };
    let answer = |answer: &Record| fact(answer.text("question"), answer.text("answer"));
    let problem = note(request);
    let problem = (!problem.is_empty()).then(|| view! { <Banner tone=Tone::Attention>{problem}</Banner> });
    view! {
        {problem}
        <dl class="facts">
            {named("Driver", "driver")}
            {named("E-mail", "email")}
            {named("Connection", "connection")}
            {request.records("answers").iter().map(answer).collect_view()}
            {named("Card number", "cardNumber")}
        </dl>
    }
    .into_any()
}

/// What stayed undone, with the reasons.
fn undone(decision: &Decision, decided: &Record) -> AnyView {
    let shown = decided.records("undone");
    let total = decided.count("undoneTotal");
    let more = total.saturating_sub(shown.len() as u64);
    let line = |one: &Record| {
        view! { <li><strong>{one.text("driver")}</strong>" "{one.text("reason")}</li> }
    };
    let stay = if total == 1 {
        "stays as it was:"
    } else {
        "stay as they were:"
    };
    view! {
        <p>{decision.outcome(decided)}</p>
        <Banner tone=Tone::Attention>{format!("{} {stay}", count(total, "request", "requests"))}</Banner>
        <ul class="undone">{shown.iter().map(line).collect_view()}</ul>
        {(more > 0).then(|| view! { <p class="quiet">{format!("And {more} more.")}</p> })}
    }
    .into_any()
}
