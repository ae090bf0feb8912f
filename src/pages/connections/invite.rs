//! *Invite drivers*: the link, the QR code and the search code of a connection.

use leptos_router::hooks::use_navigate;

use super::{PATH, state};
use crate::api::{Loaded, Record, Write, records};
use crate::kit::{
    Banner, Button, ConfirmDialog, CopyField, Dialog, LinkButton, Look, ModalFooter, ProblemPanel, Skeleton,
    Symbol, Tone, announce,
};
use crate::prelude::*;
use crate::routes;

/// Which connection the dialog invites to.
#[derive(Clone, Copy)]
pub struct Inviting {
    open: RwSignal<bool>,
    connection: RwSignal<Option<Record>>,
}

impl Inviting {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            connection: RwSignal::new(None),
        }
    }

    /// Opens the dialog.
    pub fn to(self, connection: &Record) {
        self.connection.set(Some(connection.clone()));
        self.open.set(true);
    }

    fn can(self, action: &str) -> bool {
        let can = |record: &Option<Record>| record.as_ref().is_some_and(|record| record.can(action));
        self.connection.with(can)
    }

    fn text(self, key: &str) -> String {
        let text = |record: &Option<Record>| record.as_ref().map(|record| record.text(key));
        self.connection.with(text).unwrap_or_default()
    }
}

#[component]
pub fn InviteDialog(inviting: Inviting) -> impl IntoView {
    let title = move || format!("Invite drivers to {}", inviting.text("connectionName"));
    view! {
        <Dialog open=inviting.open title=Signal::derive(title)>
            <Content inviting />
        </Dialog>
    }
}

#[component]
fn Content(inviting: Inviting) -> impl IntoView {
    let (id, name) = untrack(|| (inviting.text("id"), inviting.text("connectionName")));
    let path = records::path(PATH, &id, "/invitation");
    let invitation = Loaded::new({
        let path = path.clone();
        move || records::get(&path)
    });
    let asking = RwSignal::new(false);
    let write = Write::new();
    let rotate = move |()| {
        write.run(
            records::post(&format!("{path}/rotate"), &[]),
            move |new: Record| {
                asking.try_set(false);
                invitation.set(new);
                announce("The code is rotated: the old link and codes no longer work.");
            },
        );
    };
    let (page, navigate) = (routes::connection(&id), use_navigate());
    let to_page = Callback::new(move |()| {
        inviting.open.set(false);
        navigate(&page, Default::default());
    });
    let shown = move || {
        match (invitation.get(), invitation.problem()) {
        (_, Some(problem)) => {
            view! { <ProblemPanel problem on_retry=move |()| invitation.reload() /> }.into_any()
        }
        (Some(record), None) if record.flag("open") => ways(&id, &name, &record),
        (Some(_), None) => view! {
            <Banner>
                "This connection is disabled: its link and codes take no requests. Enable it to invite drivers; those who are connected stay."
            </Banner>
        }
        .into_any(),
        (None, None) => view! { <Skeleton lines=8 /> }.into_any(),
    }
    };
    view! {
        <div class="dialog-body">{shown}</div>
        <ModalFooter>
            {move || {
                let open = invitation.with(|record| record.flag("open"))?;
                if open && !inviting.can("rotate") {
                    return None;
                }
                let (look, icon, words) = match open {
                    true => (Look::Quiet, Symbol::Refresh, "Rotate code"),
                    false => (Look::Plain, Symbol::Open, "Open connection"),
                };
                let press = move |()| match open {
                    true => {
                        write.clear();
                        asking.set(true);
                    }
                    false => to_page.run(()),
                };
                Some(view! { <Button look icon on_press=press>{words}</Button> })
            }}
            <Button on_press=move |()| inviting.open.set(false)>"Close"</Button>
        </ModalFooter>
        <ConfirmDialog
            open=asking
            title="Rotate the code?"
            confirm="Rotate code"
            busy=write.pending()
            problem=write.problem()
            on_confirm=rotate
        >
            <p>
                "Link, QR code and search code given out before stop working at once, and printed sheets with them."
            </p>
            <p>"Connected drivers stay, and so do requests that were sent."</p>
        </ConfirmDialog>
    }
}

/// The words, the path below the invitation, and how the file's name ends; none: it opens beside the page.
const FILES: [(&str, &str, &str); 4] = [
    ("Download PNG", "qr.png?size=1024", "png"),
    ("Download SVG", "qr.svg", "svg"),
    ("Print sheet A4", "sheet?paper=a4", ""),
    ("Print sheet Letter", "sheet?paper=letter", ""),
];

/// The ways to invite, from an invitation that is open.
fn ways(id: &str, name: &str, invitation: &Record) -> AnyView {
    let file = |rest: &str| {
        format!(
            "/api/v1{}",
            records::path(PATH, id, &format!("/invitation/{rest}"))
        )
    };
    let to_file = |&(words, rest, ending): &(&'static str, &str, &str)| {
        let opens = ending.is_empty();
        let icon = if opens { Symbol::File } else { Symbol::Download };
        let download = match opens {
            true => String::new(),
            false => format!("{name} QR code.{ending}"),
        };
        view! { <LinkButton href=file(rest) icon download blank=opens>{words}</LinkButton> }
    };
    let local = invitation.flag("local").then(|| {
        view! {
            <Banner tone=Tone::Attention>
                "Only this machine can open this address. For drivers elsewhere, start the portal with its public address: "
                <code>"--public-url"</code>
                "."
            </Banner>
        }
    });
    let code = invitation.text("searchCode");
    let code = (!code.is_empty()).then(|| {
        let hint = format!("Drivers enter it at {}", invitation.text("searchLink"));
        view! { <CopyField label="Search code" hint text=code large=true /> }
    });
    // After a rotation the picture must not come from the browser's memory.
    let picture = format!("{}?at={}", file("qr.svg"), invitation.text("madeAt"));
    view! {
        {local}
        <div class="invite">
            <div class="invite-qr">
                <img src=picture alt="QR code of the link" width="176" height="176" />
            </div>
            <div class="invite-ways">
                <CopyField label="Link" hint="Drivers open it on their phone and ask to join." text=invitation.text("link") />
                {code}
            </div>
        </div>
        <div class="invite-files">
            {FILES.iter().map(to_file).collect_view()}
        </div>
    }
    .into_any()
}

/// What the page of a connection offers first: inviting, or enabling it.
pub fn first(inviting: Inviting, record: Loaded<Record>, write: Write) {
    if let Some(connection) = record.with_untracked(Clone::clone) {
        match state::is_enabled(&connection) {
            true => inviting.to(&connection),
            false => state::enable(record, write, true),
        }
    }
}
