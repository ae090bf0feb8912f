//! A roaming partner: who they are, the tokens that they sent, and what can be done.

use domain::partners::PartnerToken;

use super::register::RegisterDialog;
use super::token::{Token, TokenDialog};
use super::{KIND, status};
use crate::api::{Call, Loaded, Record, Write};
use crate::kit::{ConfirmDialog, EmptyState, Item, SplitButton, Symbol, announce};
use crate::pages::record::{DeleteRecord, Deletion, RecordPage, RecordSheet, facts};
use crate::prelude::*;
use crate::routes::Place;
use crate::table::{DataTable, List, QueryState, Shown};

#[component]
pub fn PartnerPage() -> impl IntoView {
    let id = Place::current().id;
    let record = KIND.load(id, "");
    let actions = move || view! { <Actions record /> };
    view! {
        <RecordPage kind=&KIND record state=status actions facts=said>
            <section class="section">
                <h2>"Tokens that they sent"</h2>
                {tokens(id)}
            </section>
        </RecordPage>
    }
}

fn said(partner: Record) -> AnyView {
    let text = |key: &str| Shown::text(partner.text(key));
    let party = [partner.text("countryCode"), partner.text("partyId")].join("-");
    let contact = match partner.text("lastContactAt") {
        at if at.is_empty() => Shown::text("Never"),
        at => Shown::moment(at),
    };
    let encoding = match partner.flag("unencodedToken") {
        true => "Their token as it is",
        false => "Base64, as the standard wants",
    };
    facts(vec![
        ("Party", Shown::text(party)),
        ("Role", text("role")),
        ("Last contact", contact),
        ("Versions", text("versionsUrl")),
        ("They send", Shown::text(encoding)),
        ("Tokens", Shown::number(partner.count("tokens"))),
        ("Updated", Shown::moment(partner.text("updatedAt"))),
    ])
}

fn tokens(id: Memo<String>) -> AnyView {
    let path = Signal::derive(move || KIND.at(&id.get(), "/tokens"));
    let query = QueryState::in_url(List::of::<PartnerToken>(path), "tokens.");
    let page = query.load();
    view! {
        <DataTable
            label="Tokens that they sent"
            noun=("token", "tokens")
            query
            page
            search="Search by UID or contract ID"
            empty=|| {
                view! {
                    <EmptyState
                        title="They sent no tokens"
                        detail="What a partner with drivers sends stands here, and can be put on Authorization lists."
                    />
                }
            }
        />
    }
    .into_any()
}

#[component]
fn Actions(record: Loaded<Record>) -> impl IntoView {
    let (editing, registering, ending) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let token = Token::new();
    let write = Write::new();
    let deletion = Deletion::new(&KIND, record);
    let make = move || {
        if let Some(partner) = record.with_untracked(Clone::clone) {
            token.make(&partner, move |partner| record.set(partner));
        }
    };
    let end = move |()| {
        let id = record.with_untracked(|partner| partner.text("id"));
        let asked = Call::post(&KIND.at(&id.unwrap_or_default(), "/revoke")).fetch();
        write.run(asked, move |partner: Record| {
            announce("It is over: their token counts no more.");
            ending.try_set(false);
            record.set(partner);
        });
    };
    let items = move || {
        let can = |what: &'static str| record.with(|partner| partner.can(what)).unwrap_or_default();
        let mut items = Vec::new();
        if can("token") {
            items.push(Item::press("New token", make).icon(Symbol::Link));
        }
        if can("register") {
            items.push(Item::press("Register with them", move || registering.set(true)).icon(Symbol::Globe));
        }
        if can("revoke") {
            items.push(Item::press("Revoke", move || ending.set(true)).icon(Symbol::Lock));
        }
        items.append(&mut deletion.offered());
        items
    };
    view! {
        <SplitButton
            label="Edit"
            menu_label="More for this partner"
            icon=Symbol::Edit
            only_menu=Signal::derive(move || !record.can("edit"))
            on_press=move |()| editing.set(true)
            items=items
        />
        <RecordSheet kind=&KIND open=editing record=Some(record) on_saved=KIND.saved(record) />
        <TokenDialog token />
        <RegisterDialog open=registering record />
        <ConfirmDialog
            open=ending
            title="Revoke their token?".to_owned()
            confirm="Revoke"
            busy=write.pending()
            problem=write.problem()
            on_confirm=end
        >
            <p>
                "The partner asks nothing and is told nothing any more, at once. Their tokens stay known. A new token lets them register again."
            </p>
        </ConfirmDialog>
        <DeleteRecord deletion>
            <p>"The partner goes, with the tokens that they sent. Lists keep the ids, which then nobody has."</p>
        </DeleteRecord>
    }
}
