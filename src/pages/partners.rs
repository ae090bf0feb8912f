//! Settings › Roaming partners: who speaks OCPI with the portal.

use domain::column::Listed;
use domain::partners::{FIELDS, Partner, PartnerToken, REGISTER_FIELDS};

use super::outline::{Acted, Action, On, Once, Outline, Part, Sheet, Tab};
use crate::api::transport::{Asked, Call};
use crate::api::{Record, records};
use crate::kit::Tone;
use crate::routes;
use crate::table::Shown;

const PATH: &str = "/partners";

pub static PARTNERS: Outline = Outline {
    at: routes::PARTNERS,
    area: "Settings",
    title: "Roaming partners",
    noun: ("roaming partner", "roaming partners"),
    path: PATH,
    list: (Partner::NAME, Partner::PACKED),
    id: "id",
    search: "Search by name or party",
    empty: (
        "No roaming partners",
        "Who speaks OCPI 2.2.1 with the portal: whoever has drivers is told of the locations that these may see, and \
         asks whether they may charge.",
    ),
    cells: &[("status", status)],
    actions: &[&ADD, &EDIT, &TOKEN, &REGISTER, &REVOKE, &DELETE],
    own: true,
    record: Some(&Sheet {
        name: "Roaming partner",
        read: "",
        title: |partner| partner.text("name"),
        state: Some(status),
        tabs: &[
            Tab {
                label: "Partner",
                parts: &[Part::Facts(Partner::PACKED), Part::History],
                ..Tab::FIRST
            },
            Tab {
                label: "Tokens",
                at: "tokens",
                parts: &[Part::List(&TOKENS, |id| [PATH, "/", id, "/tokens"].concat(), &[])],
                ..Tab::FIRST
            },
        ],
    }),
    ..Outline::USUAL
};

static TOKENS: Outline = Outline {
    title: "Tokens that they sent",
    noun: ("token", "tokens"),
    list: (PartnerToken::NAME, PartnerToken::PACKED),
    id: "id",
    search: "Search by UID or contract ID",
    empty: (
        "They sent no tokens",
        "What a partner with drivers sends stands here, and can be put on Authorization lists.",
    ),
    own: true,
    ..Outline::USUAL
};

fn status(partner: &Record) -> Shown {
    let word = partner.text("status");
    let tone = match word.as_str() {
        "Registered" => Tone::Good,
        "Invited" => Tone::Attention,
        _ => Tone::Neutral,
    };
    Shown::badge(tone, word)
}

const MANAGED: Action = Action {
    needs: "Manage:Partner",
    ..Action::USUAL
};

const ONCE: Once = Once {
    label: "Their token",
    path: "token",
    words: "With this token the partner registers, at the portal's address with /ocpi/versions behind it. It does \
            nothing else.",
    hint: "It is not shown again. If it is lost, make a new one on the partner's page.",
};

static ADD: Action = Action {
    label: "Add partner",
    title: "Add a roaming partner",
    on: On::List,
    fields: FIELDS,
    send: |partner| partner.post(PATH, &partner.entry.changes()),
    once: Some(&ONCE),
    ..MANAGED
};

static EDIT: Action = Action {
    label: "Edit",
    title: "Edit this partner",
    fits: |partner| partner.can("edit"),
    fields: FIELDS,
    start: |partner| Some(partner.clone()),
    send: |partner| partner.patch(&at(partner, ""), &partner.entry.changes()),
    done: "The partner is saved.",
    ..MANAGED
};

static TOKEN: Action = Action {
    label: "New token",
    title: "Make a new token",
    fits: |partner| partner.can("token"),
    words: "What they had counts no more, at once: they have to register again.",
    send: |partner| ask(partner, "/token"),
    once: Some(&ONCE),
    ..MANAGED
};

static REGISTER: Action = Action {
    label: "Register with them",
    title: "Register with them",
    fits: |partner| partner.can("register"),
    fields: REGISTER_FIELDS,
    words: "The portal asks their server now, which may take some seconds.",
    send: |partner| partner.post(&at(partner, "/register"), &partner.entry.changes()),
    done: "Registered.",
    ..MANAGED
};

static REVOKE: Action = Action {
    label: "Revoke",
    title: "Revoke their token",
    fits: |partner| partner.can("revoke"),
    words: "The partner asks nothing and is told nothing any more, at once. Their tokens stay known. A new token lets \
            them register again.",
    send: |partner| ask(partner, "/revoke"),
    done: "It is over: their token counts no more.",
    ..MANAGED
};

static DELETE: Action = Action {
    label: "Delete",
    title: "Delete this partner",
    fits: |partner| partner.can("delete"),
    ends: true,
    words: "The partner goes, with the tokens that they sent. Lists keep the ids, which then nobody has.",
    send: |partner| partner.delete(&at(partner, "")),
    done: "The partner is deleted.",
    ..MANAGED
};

fn at(partner: &Acted, rest: &str) -> String {
    records::path(PATH, &partner.of("id"), rest)
}

fn ask(partner: &Acted, rest: &str) -> Asked<Record> {
    Call::post(&at(partner, rest)).fetch()
}
