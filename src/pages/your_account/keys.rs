//! One's own API keys.

use domain::accounts::{ApiKey, KEY_FIELDS};
use domain::column::Listed;

use crate::api::records;
use crate::api::transport::Call;
use crate::kit::format::count;
use crate::pages::outline::{Action, On, Once, Outline};
use crate::table::Shown;

const PATH: &str = "/keys";

pub static KEYS: Outline = Outline {
    title: "API keys",
    noun: ("API key", "API keys"),
    path: PATH,
    list: (ApiKey::NAME, ApiKey::PACKED),
    id: "id",
    search: "Search by name",
    empty: (
        "No API keys",
        "With a key a program does what you may do, or less, until the key expires or is revoked.",
    ),
    cells: &[("permissions", |key| {
        let many = key.texts("permissions").len() as u64;
        Shown::text(count(many, "permission", "permissions"))
    })],
    actions: &[&ADD, &REVOKE],
    own: true,
    ..Outline::USUAL
};

static ADD: Action = Action {
    label: "New API key",
    title: "New API key",
    on: On::List,
    fields: KEY_FIELDS,
    send: |key| {
        let mut fields = key.entry.changes();
        fields.retain(|(name, _)| *name != "days");
        fields.push(("days", key.number("days")));
        key.post(PATH, &fields)
    },
    once: Some(&Once {
        label: "API key",
        path: "secret",
        words: "Programs send it with each request, as \u{201c}Authorization: Bearer \u{2026}\u{201d}. Keep it where you keep \
                passwords.",
        hint: "It is not shown again. If it is lost, revoke it and make another one.",
    }),
    ..Action::USUAL
};

static REVOKE: Action = Action {
    label: "Revoke",
    title: "Revoke this API key",
    words: "Programs that use it are refused from now on. It does not come back.",
    send: |key| Call::delete(&records::path(PATH, &key.of("id"), "")).fetch(),
    done: "The API key is revoked.",
    ..Action::USUAL
};
