//! Where one is signed in.

use crate::api::{Call, Loaded, Record, Write, records};
use crate::kit::format::count;
use crate::kit::{Badge, Button, ConfirmDialog, ProblemLine, Time, Tone, announce};
use crate::pages::record::awaited;
use crate::prelude::*;

#[component]
pub fn Sessions(sessions: Loaded<Record>) -> impl IntoView {
    let write = Write::new();
    let asking = RwSignal::new(false);
    let leaving = Write::new();
    let many = move || sessions.with(|all| all.records("").len()).unwrap_or_default() as u64;
    let all = Callback::new(move |all: Record| {
        let rows = all
            .records("")
            .into_iter()
            .map(|session| row(session, sessions, write));
        view! { <ul class="sessions">{rows.collect_view()}</ul> }.into_any()
    });
    let leave = move |()| {
        leaving.run(Call::delete("/sign-ins").run(), |()| {
            let _ = window().location().assign("/sign-in");
        });
    };
    view! {
        <ProblemLine problem=write.problem() />
        {awaited(sessions, 2, true, all)}
        <Button on_press=move |()| asking.set(true)>"Sign out everywhere"</Button>
        <ConfirmDialog
            open=asking
            title="Sign out everywhere?"
            confirm=Signal::derive(move || format!("End {}", count(many(), "session", "sessions")))
            busy=leaving.pending()
            problem=leaving.problem()
            on_confirm=leave
        >
            <p>"This one ends too. API keys go on."</p>
        </ConfirmDialog>
    }
}

fn row(session: Record, sessions: Loaded<Record>, write: Write) -> AnyView {
    let browser = session.text("browser");
    let end = match session.flag("current") {
        true => view! { <Badge tone=Tone::Active word="This one" /> }.into_any(),
        false => {
            let (id, name) = (session.text("id"), browser.clone());
            let press = move |()| {
                let name = name.clone();
                write.run(
                    Call::delete(&records::path("/sign-ins", &id, "")).run(),
                    move |()| {
                        announce(format!("Signed out of {name}."));
                        sessions.reload();
                    },
                );
            };
            let of = format!(" of {browser}");
            view! {
                <Button small=true on_press=press>"Sign out"<span class="visually-hidden">{of}</span></Button>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <span>
                <strong>{browser}</strong>
                <span class="quiet">
                    {session.text("address")}" · since "<Time at=session.text("beganAt") />" · last seen "
                    <Time at=session.text("seenAt") />
                </span>
            </span>
            {end}
        </li>
    }
    .into_any()
}
