//! What can be done with records: asked in a dialog, with the fields that it takes, and sent once.

use domain::export::Chosen;
use domain::field::Field;

use super::Outline;
use crate::api::json::{Value, body};
use crate::api::transport::{Asked, Call};
use crate::api::{Record, Write};
use crate::kit::format::{count, typed};
use crate::kit::{Banner, Button, Dialog, DropZone, Item, Look, Menu, Symbol, Tone, announce};
use crate::pages::record::{Entry, Fields, RecordForm};
use crate::pages::shell::may;
use crate::prelude::*;
use crate::table::{BulkAction, RowAction, RowView, chosen_body};

/// Where an action is offered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// At the end of rows, and on the record's page.
    Row,
    /// There, and for all that are selected too.
    Many,
    /// Above the list: it makes something.
    List,
}

/// Something that can be done.
pub struct Action {
    /// On the buttons: "Clear".
    pub label: &'static str,
    /// What the dialog about one record is called: "Clear this alarm".
    pub title: &'static str,
    /// The permission that it takes.
    pub needs: &'static str,
    pub on: On,
    /// Whether it can be done with a record.
    pub fits: fn(&Record) -> bool,
    /// What is asked.
    pub fields: &'static [Field],
    /// What the fields start with.
    pub start: fn(&Record) -> Option<Record>,
    /// The field that a file may fill.
    pub file: Option<&'static str>,
    /// What follows from it.
    pub words: &'static str,
    pub send: fn(&Acted) -> Asked<Record>,
    /// What would follow in numbers, asked as the fields change.
    pub preview: Option<Preview>,
    /// What is said afterwards: "The alarm is cleared."
    pub done: &'static str,
    /// What the answer says beside that; empty: nothing.
    pub left: fn(&Record) -> String,
}

/// A question that changes nothing, none while too little is said, and the words of its answer.
pub type Preview = (fn(&Acted) -> Option<Asked<Record>>, fn(&Record) -> String);

impl Action {
    /// What most actions are; the rest is to be filled in.
    pub const USUAL: Self = Self {
        label: "",
        title: "",
        needs: "",
        on: On::Row,
        fits: |_| true,
        fields: &[],
        start: |_| None,
        file: None,
        words: "",
        send: |_| Asked::of(std::future::pending()),
        preview: None,
        done: "",
        left: |_| String::new(),
    };
}

/// What is acted on, with what is entered.
pub struct Acted {
    /// The record; an empty one above the list and for many.
    pub record: Record,
    pub entry: Entry,
    /// The field of its id, and the id that the page's address names.
    id: (&'static str, String),
    /// Those that are selected.
    chosen: Option<Chosen>,
}

impl Acted {
    /// The record's text there. Its own id may stand in the address alone.
    pub fn of(&self, path: &str) -> String {
        match self.record.text(path) {
            none if none.is_empty() && path == self.id.0 => self.id.1.clone(),
            text => text,
        }
    }

    /// What is entered there.
    pub fn text(&self, key: &str) -> String {
        self.entry.text(key).trim().to_owned()
    }

    /// The same as a number.
    pub fn number(&self, key: &str) -> Value {
        let text = self.text(key).replace(',', ".");
        match typed(&text) {
            Some(_) => Value::Json(text),
            None => Value::Null,
        }
    }

    /// Posts a JSON text.
    pub fn post_json(&self, path: &str, body: String) -> Asked<Record> {
        Call::post(path).send_json(body)
    }

    /// Posts these fields.
    pub fn post(&self, path: &str, fields: &[(&str, Value)]) -> Asked<Record> {
        self.post_json(path, body(fields))
    }

    /// Posts what is entered, about those that are selected or about the one record of that id.
    pub fn post_chosen(&self, path: &str, id: &str) -> Asked<Record> {
        let chosen = match &self.chosen {
            Some(chosen) => chosen_body(chosen.clone()),
            None => body(&[("ids", vec![id.to_owned()].into())]),
        };
        let mut fields = self.entry.changes();
        fields.push(("chosen", Value::Json(chosen)));
        self.post(path, &fields)
    }
}

/// The action that is asked about.
#[derive(Clone)]
struct Subject {
    action: &'static Action,
    record: Record,
    chosen: Option<Chosen>,
}

/// The state of a page's actions.
#[derive(Clone, Copy)]
pub struct Acting {
    outline: &'static Outline,
    open: RwSignal<bool>,
    subject: RwSignal<Option<Subject>>,
    /// The id that the page's address names; empty: it is no record's.
    id: RwSignal<String>,
    /// What is there to act on changed.
    done: Callback<Record>,
}

impl Acting {
    pub fn new(outline: &'static Outline, done: impl Fn(Record) + Send + Sync + 'static) -> Self {
        Self {
            outline,
            open: RwSignal::new(false),
            subject: RwSignal::new(None),
            id: RwSignal::new(String::new()),
            done: Callback::new(done),
        }
    }

    /// Those of the page around, if it has any.
    pub fn current() -> Option<Self> {
        use_context()
    }

    /// The page of the record with that id.
    pub fn at(self, id: &str) {
        self.id.set(id.to_owned());
    }

    pub fn outline(self) -> &'static Outline {
        self.outline
    }

    /// Asks about a record.
    pub fn about(self, action: &'static Action, record: Record) {
        self.ask(action, record, None);
    }

    fn ask(self, action: &'static Action, record: Record, chosen: Option<Chosen>) {
        let subject = Subject {
            action,
            record,
            chosen,
        };
        self.subject.set(Some(subject));
        self.open.set(true);
    }

    fn offered(self) -> impl Iterator<Item = &'static Action> {
        let actions = self.outline.actions.iter().copied();
        actions.filter(|action| may(action.needs))
    }

    /// What can be done above the list: its buttons, tracked.
    pub fn above(self) -> Vec<AnyView> {
        let button = |(at, action): (usize, &'static Action)| {
            let ask = move |()| self.ask(action, Record::empty(), None);
            // One is the page's main button.
            let look = if at == 0 { Look::Primary } else { Look::Plain };
            view! { <Button look icon=Symbol::Plus on_press=ask>{action.label}</Button> }.into_any()
        };
        self.offered()
            .filter(|action| action.on == On::List)
            .enumerate()
            .map(button)
            .collect()
    }

    /// What fits a record: the first as a button, the rest behind a menu, tracked; at the end of its row or on
    /// its page.
    pub fn with_record(self, record: Record, in_row: bool) -> AnyView {
        let look = if in_row { Look::Quiet } else { Look::Plain };
        let fits = |action: &&Action| action.on != On::List && (action.fits)(&record);
        let mut fitting = self.offered().filter(fits);
        let first = fitting.next().map(|action| {
            let own = record.clone();
            let ask = move |()| self.ask(action, own.clone(), None);
            view! { <Button look small=in_row on_press=ask>{action.label}</Button> }
        });
        let rest: Vec<&'static Action> = fitting.collect();
        let more = (!rest.is_empty()).then(|| {
            let own = record.clone();
            let item = move |action: &&'static Action| {
                let (action, own) = (*action, own.clone());
                Item::press(action.label, move || self.ask(action, own.clone(), None))
            };
            let items = move || rest.iter().map(&item).collect::<Vec<_>>();
            view! { <Menu label="More" icon=Symbol::More look items=items /> }
        });
        view! { {first}{more} }.into_any()
    }

    /// The one button at the end of rows; none where there is more to do.
    pub fn row_action(self) -> Option<RowAction> {
        let mut actions = self.rows();
        match (actions.next(), actions.next()) {
            (Some(action), None) => Some(
                RowAction::new(action.label, "", move |record| self.ask(action, record, None))
                    .fitting(action.fits),
            ),
            _ => None,
        }
    }

    /// The buttons at the end of rows, where there are several.
    pub fn row_actions(self) -> Option<RowView> {
        (self.rows().count() > 1).then(|| Callback::new(move |record| self.with_record(record, true)))
    }

    fn rows(self) -> impl Iterator<Item = &'static Action> {
        let actions = self.outline.actions.iter().copied();
        actions.filter(|action| action.on != On::List)
    }

    /// What can be done with all that are selected.
    pub fn bulk(self) -> Vec<BulkAction> {
        let actions = self.outline.actions.iter().copied();
        let many = actions.filter(|action| action.on == On::Many);
        let one = |action: &'static Action| {
            BulkAction::run(action.label, action.needs, move |chosen| {
                self.ask(action, Record::empty(), Some(chosen));
            })
        };
        many.map(one).collect()
    }
}

/// Asks what an action takes, and does it.
#[component]
pub fn ActionDialog(acting: Acting) -> impl IntoView {
    let title = move || {
        let noun = acting.outline.noun;
        let title = |subject: &Subject| match &subject.chosen {
            Some(chosen) => format!("{} {}", subject.action.label, count(chosen.count, noun.0, noun.1)),
            None => subject.action.title.to_owned(),
        };
        acting
            .subject
            .with(|subject| subject.as_ref().map(title))
            .unwrap_or_default()
    };
    view! {
        <Dialog open=acting.open title=Signal::derive(title)>
            {acting.subject.get_untracked().map(|subject| form(acting, subject))}
        </Dialog>
    }
}

fn form(acting: Acting, subject: Subject) -> AnyView {
    let Subject {
        action,
        record,
        chosen,
    } = subject;
    let entry = Entry::of(action.fields, (action.start)(&record).as_ref());
    let write = Write::new();
    let part = StoredValue::new(Acted {
        record,
        entry,
        id: (acting.outline.id, acting.id.get_untracked()),
        chosen,
    });
    let save = move |()| {
        if entry.is_right() {
            write.run(
                part.with_value(|part| (action.send)(part)),
                move |answer: Record| {
                    let left = (action.left)(&answer);
                    announce([action.done, &left].concat());
                    acting.open.try_set(false);
                    acting.done.try_run(answer);
                },
            );
        }
    };
    // What a file filled is drawn anew.
    let filled = RwSignal::new(());
    let preview = action.preview.map(|preview| said(part, preview));
    view! {
        <RecordForm open=acting.open write save=action.label on_save=save>
            {(!action.words.is_empty()).then(|| view! { <p>{action.words}</p> })}
            {action.file.map(|key| from_file(entry, key, filled))}
            {move || {
                filled.track();
                view! { <Fields entry write /> }
            }}
            {preview}
        </RecordForm>
    }
    .into_any()
}

/// Fills a field with what a file says.
fn from_file(entry: Entry, key: &'static str, filled: RwSignal<()>) -> AnyView {
    let take = move |file: web_sys::File| {
        spawn_local(async move {
            let text = wasm_bindgen_futures::JsFuture::from(file.text()).await;
            if let Some(text) = text.ok().and_then(|text| text.as_string()) {
                entry.fill(key, text);
                filled.try_set(());
            }
        });
    };
    view! { <DropZone words="Drop a CSV file here" label="CSV file" accept=".csv,text/csv,text/plain" on_file=take /> }
        .into_any()
}

/// What would follow, as long as that can be told.
fn said(part: StoredValue<Acted>, (ask, words): Preview) -> AnyView {
    let answer = RwSignal::new(Ok(String::new()));
    effect(move || {
        let asked = part.with_value(ask);
        let Some(asked) = asked else {
            answer.set(Ok(String::new()));
            return;
        };
        let (asked, handle) = futures::future::abortable(asked);
        on_cleanup(move || handle.abort());
        spawn_local(async move {
            if let Ok(told) = asked.await {
                let told = told.map(|told| words(&told)).map_err(|problem| problem.detail);
                answer.try_set(told);
            }
        });
    });
    let shown = move || {
        let (tone, text) = match answer.get() {
            Ok(text) => (Tone::Neutral, text),
            Err(text) => (Tone::Attention, text),
        };
        (!text.is_empty()).then(|| view! { <Banner tone>{text}</Banner> })
    };
    view! { <div role="status">{shown}</div> }.into_any()
}
