//! Who is signed in.

use crate::api::{Call, Loaded, Record};
use crate::kit::{Item, Look, Menu, Symbol};
use crate::prelude::*;
use crate::routes;

/// What the page of one's own account is called.
pub const LABEL: &str = "Your account";

#[component]
pub fn AccountMenu(session: Loaded<Record>) -> impl IntoView {
    let items = move || {
        let text = |key: &str| session.with(|session| session.text(key)).unwrap_or_default();
        vec![
            Item::press(text("name"), || ()).refused(Some(text("role"))),
            Item::link(LABEL, routes::YOUR_ACCOUNT).icon(Symbol::Person),
            Item::press("Sign out", sign_out).icon(Symbol::Close),
        ]
    };
    view! {
        <Show when=move || session.is_loaded()>
            <Menu label="Account" icon=Symbol::Person look=Look::Quiet items=items />
        </Show>
    }
}

fn sign_out() {
    spawn_local(async {
        let _ = Call::delete("/session").run().await;
        let _ = window().location().assign("/sign-in");
    });
}
