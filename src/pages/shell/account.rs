//! Who is signed in, and what happens when that ends.

use super::Frame;
use crate::api::{Call, Loaded, Record, SIGNED_OUT};
use crate::kit::{Dialog, Item, Look, Menu, Symbol};
use crate::prelude::*;

/// Signing in, in a tab of its own, which says afterwards that it can be closed.
const SIGN_IN: &str = "/sign-in?next=/signed-in";

#[component]
pub fn AccountMenu(session: Loaded<Record>) -> impl IntoView {
    let name = Signal::derive(move || session.with(|session| session.text("name")).unwrap_or_default());
    let items = move || {
        let role = session.with(|session| session.text("role")).unwrap_or_default();
        vec![
            Item::press(name.get(), || ()).refused(Some(role)),
            Item::press("Sign out", sign_out).icon(Symbol::Close),
        ]
    };
    view! {
        <Show when=move || session.is_loaded()>
            <Menu label="Account" icon=Symbol::People look=Look::Quiet items=items />
        </Show>
    }
}

fn sign_out() {
    spawn_local(async {
        let _ = Call::delete("/session").run().await;
        let _ = window().location().assign("/sign-in");
    });
}

/// Says over the page that the session has ended, and goes away once somebody is signed in again. What was
/// typed stays.
#[component]
pub fn Ended(frame: Frame) -> impl IntoView {
    let open = RwSignal::new(false);
    let ended = window_event_listener_untyped(SIGNED_OUT, move |_| open.set(true));
    let back = window_event_listener_untyped("focus", move |_| {
        if open.get_untracked() {
            frame.session.reload();
        }
    });
    on_cleanup(move || {
        ended.remove();
        back.remove();
    });
    watch(move |_: Option<()>| {
        if frame.session.is_loaded() && frame.session.problem().is_none() {
            open.set(false);
            frame.status.reload();
        }
    });
    view! {
        <Dialog open title="Your session has ended">
            <div class="dialog-body">
                <p>"Sign in again in another tab, then go on here. What you typed is still here; nothing of it was sent."</p>
            </div>
            <footer class="dialog-foot">
                <a class="button button-primary" href=SIGN_IN target="_blank">
                    "Sign in"
                </a>
            </footer>
        </Dialog>
    }
}
