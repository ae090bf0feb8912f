//! Your account: who one is here, what one may do, where one is signed in, and one's API keys.

mod keys;
mod password;
mod sessions;

use keys::KEYS;
use password::PasswordDialog;
use sessions::Sessions;

use crate::api::{Loaded, Record, records};
use crate::kit::Button;
use crate::pages::outline::ListOf;
use crate::pages::record::{allowed, awaited, facts};
use crate::pages::shell::{Frame, PageHeader};
use crate::prelude::*;
use crate::table::Shown;

#[component]
pub fn YourAccountPage() -> impl IntoView {
    let session =
        Frame::current().map_or_else(|| Loaded::new(|| records::get("/session")), |frame| frame.session);
    let sessions: Loaded<Record> = Loaded::new(|| records::get("/sign-ins"));
    let changing = RwSignal::new(false);
    let change = move || {
        view! {
            <Show when=move || session.with(|own| own.flag("hasPassword")).unwrap_or_default()>
                <Button on_press=move |()| changing.set(true)>"Change password"</Button>
            </Show>
        }
    };
    view! {
        <PageHeader title="Your account" crumbs=vec![] actions=change />
        {awaited(session, 4, true, Callback::new(said))}
        <section class="section">
            <h2>"Where you are signed in"</h2>
            <Sessions sessions />
        </section>
        <section class="section">
            <h2>"API keys"</h2>
            <ListOf outline=&KEYS path=Signal::from(KEYS.path.to_owned()) without=&[] />
        </section>
        <PasswordDialog open=changing on_changed=move |()| sessions.reload() />
    }
    .into_any()
}

fn said(own: Record) -> AnyView {
    let text = |key: &str| Shown::text(own.text(key));
    let password = match own.flag("hasPassword") {
        true => "Set",
        false => "None: you sign in another way",
    };
    view! {
        {facts(vec![
            ("Name", text("name")),
            ("E-mail", text("email")),
            ("Role", text("role")),
            ("Password", Shown::text(password)),
        ])}
        <section class="section">
            <h2>"What you may do"</h2>
            {allowed(&own.texts("permissions"))}
        </section>
    }
    .into_any()
}
