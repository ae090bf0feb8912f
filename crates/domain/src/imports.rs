//! Imports of charge tokens into a location's Authorization list: staged, previewed, finalised, undone.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::authorization::Authorization;
use crate::column::{Column, Head, Kind, Listed};
use crate::identifiers::IdKind;
use crate::privacy::Visibility;
use crate::{heads, packed};

/// The most ids that one chunk carries.
pub const MAX_CHUNK_IDS: usize = 50_000;
/// The most ids that one import carries.
pub const MAX_IMPORT_IDS: u64 = 5_000_000;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ImportState {
    /// Rows arrive; nothing has changed.
    Staged,
    Finalised,
    Undone,
    Discarded,
}

impl ImportState {
    /// The words of the column *State*.
    pub const WORDS: &'static [&'static str] = &["Staged", "Finalised", "Undone", "Discarded"];

    pub const fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// POST `…/authorization/imports`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewImport {
    pub file_name: String,
    /// What the rows are.
    pub kind: IdKind,
}

/// PUT `…/imports/{id}/chunks/{seq}`: ids as typed, in file order; `seq` counts from 0. The same chunk
/// sent again replaces itself, so that a lost connection can go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Chunk {
    pub ids: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Import {
    pub id: String,
    pub location_id: String,
    pub file_name: String,
    pub kind: IdKind,
    pub state: ImportState,
    /// Chunks received; the next one has this number.
    pub next_chunk: u64,
    /// Distinct ids received.
    pub ids: u64,
    /// After *Finalise import*: how many entries came, were there already, and went.
    pub added: u64,
    pub already_listed: u64,
    pub removed: u64,
    /// The charge token list was cleared before importing.
    pub cleared: bool,
    pub created_at: Timestamp,
    pub finalised_at: Option<Timestamp>,
    pub undone_at: Option<Timestamp>,
}

/// GET `…/imports/{id}/preview?clear=`: what *Finalise import* will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    pub ids: u64,
    pub added: u64,
    pub already_listed: u64,
    /// Of those added: ids that the portal knows as a token of its own, and the rest.
    pub known: u64,
    pub external: u64,
    /// Of the known ones: blocked or expired, so refused though listed.
    pub refused_though_listed: u64,
    /// With `clear`: entries that go.
    pub removed: u64,
    /// The first of them, by id; the whole list is at `…/imports/{id}/removed?clear=true`.
    pub removed_sample: Vec<RemovedEntry>,
    pub visibility_before: Visibility,
    pub visibility_after: Visibility,
    /// The version of the list that this was worked out for.
    pub version: u64,
}

/// An entry that a clearing import takes off the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RemovedEntry {
    pub id: String,
    /// The customer whose token it is.
    pub customer: Option<String>,
}

/// POST `…/imports/{id}/finalise`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Finalise {
    /// *Clear charge token list before importing*.
    #[serde(default)]
    pub clear: bool,
    /// How many distinct ids the sender means; a staged import with fewer is not whole (409).
    pub ids: u64,
}

/// POST `…/imports/{id}/undo`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Undo {
    /// Required where the list is empty afterwards, which opens the location.
    pub confirm: bool,
}

/// What *Finalise import* or *Undo* did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportResult {
    pub import: Import,
    pub visibility_before: Visibility,
    pub authorization: Authorization,
}

impl Listed for Import {
    const NAME: &'static str = "imports";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("fileName", "File", Kind::Text, |i| (&i.file_name).into()).searched(),
        Column::<Self>::new("state", "State", Kind::Choice(ImportState::WORDS), |i| {
            i.state.word().into()
        }),
        Column::<Self>::new("createdAt", "Begun", Kind::Time, |i| (&i.created_at).into()),
        Column::<Self>::new("finalisedAt", "Finalised", Kind::Time, |i| {
            (&i.finalised_at).into()
        }),
        Column::<Self>::new("added", "Added", Kind::Number, |i| i.added.into()),
        Column::<Self>::new("alreadyListed", "Already listed", Kind::Number, |i| {
            i.already_listed.into()
        }),
        Column::<Self>::new("removed", "Removed", Kind::Number, |i| i.removed.into()),
        Column::<Self>::new("ids", "Distinct ids", Kind::Number, |i| i.ids.into()).hidden(),
        Column::<Self>::new("cleared", "List cleared before", Kind::Bool, |i| i.cleared.into()).hidden(),
        Column::<Self>::new("undoneAt", "Undone", Kind::Time, |i| (&i.undone_at).into()).hidden(),
    ];
    const HEADS: &'static [Head] = heads!(Import);
    const PACKED: &'static str = packed!(Import);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("finalise", &["Manage:Location"]).when(|i| i.state == ImportState::Staged),
        Action::new("discard", &["Manage:Location"]).when(|i| i.state == ImportState::Staged),
        Action::new("undo", &["Manage:Location"]).when(|i| i.state == ImportState::Finalised),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}

impl Listed for RemovedEntry {
    const NAME: &'static str = "import-removed";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("id", "Auth ID", Kind::AuthId, |e| (&e.id).into()).searched(),
        Column::<Self>::new("customer", "Customer", Kind::Text, |e| (&e.customer).into()).searched(),
    ];
    const HEADS: &'static [Head] = heads!(RemovedEntry);
    const PACKED: &'static str = packed!(RemovedEntry);

    fn id(&self) -> &str {
        &self.id
    }
}
