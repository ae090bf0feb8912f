//! The access tester: may this charge there, why, and what would change that.

use super::locations::authorization::change::Change;
use super::locations::authorization::words;
use super::record::{RecordPicker, customer_choice, facts};
use super::shell::may;
use crate::api::{Record, Write, records};
use crate::kit::{
    Banner, Button, Choice, Dialog, LinkButton, Look, ModalFooter, ProblemLine, TextField, Tone, announce,
};
use crate::prelude::*;
use crate::routes;
use crate::table::Shown;

/// What the page says already; the other is asked for.
#[derive(Clone, Copy)]
pub enum Asking {
    /// About this charge location.
    At(StoredValue<String>),
    /// About a charge token with this Auth ID.
    Of(Signal<String>),
}

/// A test that goes on while its dialog is open.
#[derive(Clone, Copy)]
struct Test {
    asking: Asking,
    typed: RwSignal<String>,
    chosen: RwSignal<Option<Record>>,
    write: Write,
    answer: RwSignal<Option<Record>>,
    /// Told what came of a list that was changed.
    changed: Callback<Record>,
}

/// *Test access*, and its dialog.
#[component]
pub fn AccessTester(asking: Asking, #[prop(into)] changed: Callback<Record>) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = move || {
        may("Ask:Authorization")
            .then(|| view! { <Button on_press=move |()| open.set(true)>"Test access"</Button> })
    };
    view! {
        {button}
        <Dialog open title="Test access".to_owned()>{form(asking, changed, open)}</Dialog>
    }
}

fn form(asking: Asking, changed: Callback<Record>, open: RwSignal<bool>) -> AnyView {
    let test = Test {
        asking,
        typed: RwSignal::new(String::new()),
        chosen: RwSignal::new(None),
        write: Write::new(),
        answer: RwSignal::new(None),
        changed,
    };
    let write = test.write;
    let field = match asking {
        Asking::At(_) => view! {
            <TextField
                label="Auth ID, Chip ID or visual number"
                hint="As it stands on the card, or as its reader tells it. Nobody is told that it was tried."
                value=test.typed
                mono=true
                autofocus=true
                error=write.field("id")
            />
        }
        .into_any(),
        Asking::Of(_) => view! {
            <RecordPicker
                label="Charge location"
                path="/locations"
                choice=place
                autofocus=true
                chosen=test.chosen
                error=write.field("locationId")
            />
        }
        .into_any(),
    };
    // What was told is about what is entered.
    effect(move || {
        test.typed.track();
        test.chosen.track();
        test.answer.set(None);
    });
    let told = move || {
        let items = test.answer.with(|answer| Some(answer.as_ref()?.records("items")));
        let one = |item: &Record| test.told(item);
        items.unwrap_or_default().iter().map(one).collect_view()
    };
    view! {
        <form on:submit=move |event| {
            event.prevent_default();
            test.ask();
        }>
            <div class="dialog-body">{field} <div role="status" class="tested">{told}</div></div>
            <div class="dialog-problem">
                <ProblemLine problem=write.problem() />
            </div>
            <ModalFooter>
                <Button on_press=move |()| open.set(false)>"Close"</Button>
                <Button look=Look::Primary submit=true busy=write.pending()>"Test"</Button>
            </ModalFooter>
        </form>
    }
    .into_any()
}

fn place(location: &Record) -> Choice {
    Choice {
        note: location.text("address.city"),
        ..customer_choice(location)
    }
}

impl Test {
    fn location(self) -> String {
        match self.asking {
            Asking::At(id) => id.get_value(),
            Asking::Of(_) => {
                let chosen = self.chosen.get_untracked();
                chosen.map(|location| location.text("id")).unwrap_or_default()
            }
        }
    }

    fn ask(self) {
        let id = match self.asking {
            Asking::At(_) => self.typed.get_untracked(),
            Asking::Of(id) => id.get_untracked(),
        };
        let fields = [("id", id.into()), ("locationId", self.location().into())];
        let asked = records::post("/authorize/test", &fields);
        self.write.run(asked, move |told| {
            self.answer.try_set(Some(told));
        });
    }

    /// An answer, with what can be done about it.
    fn told(self, item: &Record) -> AnyView {
        let (tone, verdict) = match item.flag("allowed") {
            true => (Tone::Good, "May charge"),
            false => (Tone::Bad, "May not charge"),
        };
        let through = item.text("via.name");
        let why = [". ", &item.text("words"), " ", &through].concat();
        let token = item.text("token.id");
        let own = (!token.is_empty()).then(|| {
            let text = |path: &str| Shown::text(item.text(path));
            facts(vec![
                (
                    "Auth ID",
                    Shown::link(item.text("token.authId"), routes::token(&token)),
                ),
                ("Customer", text("token.customer.name")),
                ("State", text("token.state")),
            ])
        });
        let remedy = |remedy: &Record| self.remedy(remedy);
        let remedies = item.records("remedies").iter().map(remedy).collect_view();
        view! {
            <Banner tone>
                <strong>{verdict}</strong>
                {why}
            </Banner>
            {own}
            <div class="tested-remedies">{remedies}</div>
        }
        .into_any()
    }

    fn remedy(self, remedy: &Record) -> AnyView {
        let (kind, id, label) = (remedy.text("kind"), remedy.text("id"), remedy.text("label"));
        if kind == "extend" {
            return view! { <LinkButton href=routes::token(&id)>{label}</LinkButton> }.into_any();
        }
        let act = move |()| match Change::remedy(&kind, &id) {
            Some(change) => self.list(change),
            None => self.unblock(&id),
        };
        view! { <Button busy=self.write.pending() on_press=act>{label}</Button> }.into_any()
    }

    /// Changes the list, and asks again.
    fn list(self, change: Change) {
        let location = self.location();
        let list = change.list;
        self.write.run(change.ask_now(&location), move |done: Record| {
            announce(words::outcome(&done, list));
            self.changed.try_run(done);
            self.ask();
        });
    }

    fn unblock(self, token: &str) {
        let chosen = [("ids", vec![token.to_owned()].into())];
        let asked = records::post("/tokens/unblock", &chosen);
        self.write.run(asked, move |done: Record| {
            announce("The charge token is unblocked.");
            self.changed.try_run(done);
            self.ask();
        });
    }
}
