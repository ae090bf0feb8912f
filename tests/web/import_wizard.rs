//! A wizard without its pages, and files for it.

use domain::identifiers::IdKind;
use domain::token_file::Options;
use ev_portal::pages::locations::import::read::Source;
use ev_portal::pages::locations::import::wizard::{Wizard, work};
use ev_portal::prelude::*;
use js_sys::{Array, Uint8Array};
use web_sys::File;

use crate::import_server::Shared;
use crate::page::{owner, until};
use crate::portal::Reply;

pub const AUTH: Options = Options {
    kind: IdKind::AuthId,
    encoding: None,
    delimiter: None,
    header: None,
    column: None,
    repairs: domain::identifiers::Repairs::NONE,
};

pub fn file(bytes: &[u8]) -> Source {
    let parts = Array::of1(&Uint8Array::from(bytes));
    Source::File(File::new_with_u8_array_sequence(&parts, "tokens.csv").unwrap())
}

pub fn ids(count: usize) -> String {
    let mut text = String::from("Auth ID\n");
    (0..count).for_each(|n| text.push_str(&format!("NL-GFX-C{n:08}\n")));
    text
}

/// A wizard in an owner of its own.
pub fn wizard() -> (Owner, Wizard) {
    let owner = owner();
    let wizard = owner.with(|| Wizard::new("L1".into()));
    (owner, wizard)
}

pub async fn checked(wizard: Wizard, text: &str) {
    wizard.pick(Source::Text(text.to_owned()));
    until("checked", || wizard.is_read.get_untracked()).await;
}

pub async fn idle(wizard: Wizard) {
    until("idle", || wizard.work.get_untracked() == work::IDLE).await;
}

pub fn undo(wizard: Wizard, confirm: bool) {
    let result = wizard.result.get_untracked().unwrap();
    wizard.undo(result.text("import.id"), confirm);
}

pub fn trouble(server: &Shared, method: &'static str, end: &'static str, reply: Reply, works: bool) {
    server.borrow_mut().trouble = Some((method, end, reply, works));
}
