//! What happens when the session ends while a page is open: what was typed stays, and what was asked for
//! waits until the same account is signed in to again.

use domain::sessions::SIGN_IN_FIELDS;

use super::Frame;
use crate::api::json::body;
use crate::api::transport::{open_for, settle};
use crate::api::{Call, Record, SIGNED_OUT, Write};
use crate::kit::{Button, Dialog, Look, ModalFooter, ProblemLine};
use crate::pages::record::{Entry, Fields};
use crate::prelude::*;

/// Signing in another way, in a tab of its own, which says afterwards that it can be closed.
const SIGN_IN: &str = "/sign-in?next=/signed-in";

/// Asks over the page to sign in again, and goes away once that is done, here or in another tab.
#[component]
pub fn Ended(frame: Frame) -> impl IntoView {
    let open = RwSignal::new(false);
    // Whom the page was opened for.
    let own = RwSignal::new(None::<Record>);
    let ended = window_event_listener_untyped(SIGNED_OUT, move |event| {
        event.prevent_default();
        open.set(true);
    });
    let back = window_event_listener_untyped("focus", move |_| frame.session.reload());
    on_cleanup(move || {
        ended.remove();
        back.remove();
    });
    effect(move || {
        let Some(now) = frame.session.get().filter(|_| frame.session.problem().is_none()) else {
            return;
        };
        let (id, before) = (now.text("id"), own.get_untracked());
        match before.map(|before| before.text("id")) {
            // What somebody else sees, they see from the beginning.
            Some(before) if before != id => {
                let _ = window().location().reload();
            }
            _ => {
                open_for(&id);
                own.set(Some(now));
                settle(true);
                open.set(false);
            }
        }
    });
    effect(move || {
        if !open.get() {
            settle(false);
        }
    });
    view! {
        <Dialog open title="Your session has ended">
            {form(frame, own.get_untracked())}
        </Dialog>
    }
}

/// Asks whoever the page is open for; as long as that is not known, only the other tab is a way.
fn form(frame: Frame, own: Option<Record>) -> AnyView {
    let entry = Entry::of(SIGN_IN_FIELDS, None);
    let write = Write::new();
    let text = |key: &str| own.as_ref().map(|own| own.text(key)).unwrap_or_default();
    let (name, email) = (text("name"), text("email"));
    let by_password = own.as_ref().is_some_and(|own| own.flag("hasPassword"));
    let sandbox = frame.status.with_untracked(|status| status.flag("sandbox"));
    let can = by_password || sandbox == Some(true) && own.is_some();
    let who = match name.is_empty() {
        true => String::new(),
        false => format!(" as {name}"),
    };
    let words = match can {
        true => "and go on",
        false => "in another tab, then go on here",
    };
    let button = match by_password {
        true => "Sign in".to_owned(),
        false => format!("Go on as {name}"),
    };
    let typed = email.clone();
    let sign_in = move || {
        if by_password && !entry.is_right() {
            return;
        }
        let password = untrack(|| entry.text("password"));
        let typed = body(&[("email", typed.clone().into()), ("password", password.into())]);
        let asked = Call::post("/session").alone().send_json(typed);
        write.run(asked, move |session: Record| frame.session.set(session));
    };
    view! {
        <form on:submit=move |event| {
            event.prevent_default();
            sign_in();
        }>
            <div class="dialog-body">
                <p>"Sign in again"{who}" "{words}". What you typed is still here; nothing of it was sent."</p>
                <input type="hidden" autocomplete="username" prop:value=email />
                {by_password.then(|| view! { <Fields entry write /> })}
                <ProblemLine problem=write.problem() />
            </div>
            <ModalFooter>
                <a class="button" href=SIGN_IN target="_blank">"Sign in in another tab"</a>
                {can.then(|| view! { <Button look=Look::Primary submit=true busy=write.pending()>{button}</Button> })}
            </ModalFooter>
        </form>
    }
    .into_any()
}
