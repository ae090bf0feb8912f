//! The second step: what would move and what would not, and why; then what has moved.

use super::{Transfer, tokens};
use crate::api::Record;
use crate::kit::format::{count, number};
use crate::kit::{Banner, Button, Guard, Look, ModalFooter, ProblemLine, Switch, Tone};
use crate::pages::station_tokens::state::rows;
use crate::prelude::*;

#[component]
pub fn Found(transfer: Transfer, found: Record, on_done: Callback<()>) -> impl IntoView {
    let [moves, refused, repeated] = ["moves", "refused", "repeated"].map(|key| found.count(key));
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
    let only = (moves > 0 && refused > 0).then(|| {
        let label = format!("Move only the {} that can", number(moves));
        view! { <Switch label checked=transfer.without_refused /> }
    });
    let refusals = (refused > 0).then(|| {
        let examples = found.records("examples");
        let which = match examples.len() as u64 {
            shown if shown < refused => format!("The first {shown} that cannot"),
            _ => "Those that cannot".into(),
        };
        view! {
            <table class="group-rows" aria-label="How many cannot move, and why">
                {rows(&found.records("reasons"), &["count", "reason"])}
            </table>
            {only}
            <details class="group">
                <summary>{which}</summary>
                <table class="group-rows">{rows(&examples, &["tokenSn", "reason"])}</table>
            </details>
        }
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
            {refusals}
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
                        on_press=move |()| transfer.run(&found, on_done)
                    >
                        {format!("Transfer {} to {to}", tokens(moves))}
                    </Button>
                }
            })}
        </ModalFooter>
    }
}

/// What has moved.
pub fn done(transfer: Transfer, moved: &Record) -> AnyView {
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
