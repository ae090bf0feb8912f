//! *Import*: a file, what it would change, and then all of it in one step.

mod preview;

use send_wrapper::SendWrapper;
use web_sys::File;

use self::preview::Preview;
use super::PATH;
use crate::api::transport::Call;
use crate::api::{Record, Write, records};
use crate::kit::{
    Banner, Button, Dialog, DropZone, LinkButton, ModalFooter, ProblemLine, Progress, Symbol, Tone,
};
use crate::prelude::*;
use crate::view::IntoChild;

/// The most bytes of a file.
const MOST: f64 = 20.0 * 1024.0 * 1024.0;

#[component]
pub fn ImportTokens(open: RwSignal<bool>, on_done: Callback<()>) -> impl IntoView {
    view! {
        <Dialog open title="Import station tokens" wide=true>
            <Steps open on_done />
        </Dialog>
    }
}

#[component]
fn Steps(open: RwSignal<bool>, on_done: Callback<()>) -> impl IntoView {
    let (read, finalise) = (Write::new(), Write::new());
    let name = RwSignal::new(String::new());
    let too_large = RwSignal::new(false);
    let file = StoredValue::new(None::<SendWrapper<File>>);
    let preview = RwSignal::new(None::<Record>);
    // What is staged and not wanted goes; where that fails, the server drops it after a day.
    let discard = move |()| {
        let unwanted = !finalise.pending().get_untracked();
        let staged = preview.try_update(Option::take).flatten().filter(|_| unwanted);
        if let Some(staged) = staged {
            discard_staged(&staged);
        }
    };
    on_cleanup(move || discard(()));
    let send = move |()| {
        let Some(file) = file.get_value() else { return };
        discard(());
        finalise.clear();
        let call = Call::post(&format!("{PATH}/imports"));
        read.run(call.send_file(&file), move |found| {
            // Closed while the file was read: nobody will finalise it.
            match preview.is_disposed() {
                true => discard_staged(&found),
                false => preview.set(Some(found)),
            }
        });
    };
    let take = Callback::new(move |chosen: File| {
        name.set(chosen.name());
        too_large.set(chosen.size() > MOST);
        file.set_value(Some(SendWrapper::new(chosen)));
        if !too_large.get_untracked() {
            send(());
        }
    });
    let (again, another) = (Callback::new(send), Callback::new(discard));
    let reading = Signal::derive(move || format!("Reading {}", name.get()));
    let choose = move || match read.pending().get() {
        true => view! { <Progress label=reading part=Signal::stored(None) /> }.into_any(),
        false => view! {
            <DropZone
                words="Drop a CSV or Excel file here"
                label="File with station tokens"
                accept=".csv,.tsv,.txt,.xlsx,text/csv"
                on_file=take
            />
        }
        .into_any(),
    };
    let step = move || {
        match preview.get() {
        Some(found) => {
            view! { <Preview found preview name open write=finalise again another on_done /> }.into_any()
        }
        None => view! {
            <div class="dialog-body">
                {choose}
                <Show when=move || too_large.get()>
                    <Banner tone=Tone::Bad>
                        {name}
                        " has more than 20 MB. Nothing was sent; divide it, then import the parts."
                    </Banner>
                </Show>
                <ProblemLine problem=read.problem() />
                <p class="quiet">
                    "One token in each row; columns are found by their names. “Token S/N” must be there, for new tokens the cloud plan and the organization too. What a file does not say stays as it is. Nothing changes before “Finalise import”."
                </p>
            </div>
            <ModalFooter>
                <LinkButton
                    href="/station-tokens-example.csv"
                    icon=Symbol::Download
                    download="station-tokens-example.csv"
                >
                    "Example file"
                </LinkButton>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </ModalFooter>
        }
        .into_any(),
    }
    };
    step.into_child()
}

fn discard_staged(staged: &Record) {
    let gone = Call::delete(&path(staged, "")).run();
    spawn_local(async move {
        let _ = gone.await;
    });
}

fn path(staged: &Record, rest: &str) -> String {
    records::path(&format!("{PATH}/imports"), &staged.text("id"), rest)
}
