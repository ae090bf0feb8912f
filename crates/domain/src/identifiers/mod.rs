//! Auth IDs and Chip IDs: what counts as one, and the key by which two are the same.
//!
//! Ids are shown as they were typed and compared by key, always the whole key, never a prefix.
//! Search, import, authorisation and URLs all use the functions of this module.

mod auth_id;
mod cell;
mod check_character;
mod chip_id;
mod clean;
mod codes;
mod repair;

pub(crate) use cell::{is_placeholder, is_scientific};
pub use check_character::check_character;
pub use clean::{is_blank, is_invisible};
pub use codes::{Code, Severity, Warnings};
pub use repair::{Repair, Repairs};

use serde::{Deserialize, Serialize};

/// The most characters an id can have: OCPI's `CiString(36)`.
pub const MAX_KEY: usize = 36;

/// The most characters an id may be typed with, separators included.
pub const MAX_TYPED: usize = 120;

/// What an id names. It comes from the column or the field, never from looking at the id:
/// `DEADBEEF012345` is both a legal Chip ID and a legal Auth ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdKind {
    /// A contract id (eMA ID), for example `NL-GFX-C00000001-4`, or a free-form id.
    AuthId,
    /// The UID of an RFID card in hexadecimal, for example `04A1B2C3D4E5F6`.
    ChipId,
}

/// An id that was judged good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Id {
    /// The id as it was typed, cleaned of what does not belong to it.
    pub display: String,
    /// What it is compared by.
    pub key: String,
    /// What someone should look at.
    pub warnings: Warnings,
    /// Whether a chosen repair changed it.
    pub repaired: bool,
}

/// Judges an id as it was typed or read from a cell.
///
/// # Errors
/// The code (`E_…`) that says why it is none.
pub fn judge(kind: IdKind, text: &str) -> Result<Id, Code> {
    if let Some(key) = usual(kind, text) {
        let display = text.to_owned();
        return Ok(Id {
            display,
            key,
            ..Id::default()
        });
    }
    let mut id = Id::default();
    judge_into(kind, Repairs::NONE, text, &mut id)?;
    Ok(id)
}

/// [`judge`], reusing the strings of `id`, with the repairs the operator chose.
///
/// # Errors
/// The code (`E_…`) that says why it is none; `id.display` then holds the cleaned text.
pub fn judge_into(kind: IdKind, repairs: Repairs, text: &str, id: &mut Id) -> Result<(), Code> {
    id.repaired = false;
    id.warnings = clean::clean(text, &mut id.display);
    cell::holds_one(kind, &id.display)?;
    match kind {
        IdKind::AuthId => auth_id::judge(id),
        IdKind::ChipId => chip_id::judge(id, repairs),
    }
}

/// The key of an Auth ID in lower or upper case, with or without separators and check character.
/// Answers for any text, so that a lookup needs no judgement.
pub fn auth_key(text: &str) -> String {
    usual(IdKind::AuthId, text).unwrap_or_else(|| settled(text, auth_id::fold))
}

/// Whether an Auth ID's key is a contract id without its check character: the same contract may stand
/// in the books with a check character that is wrong, as a key one longer.
pub fn is_contract_key(key: &str) -> bool {
    auth_id::is_contract(key)
}

/// The key of a Chip ID in lower or upper case, with or without separators and `0x`. Answers for
/// any text, so that a lookup needs no judgement.
pub fn chip_key(text: &str) -> String {
    usual(IdKind::ChipId, text).unwrap_or_else(|| settled(text, chip_id::fold))
}

/// [`auth_key`] or [`chip_key`].
pub fn key(kind: IdKind, text: &str) -> String {
    match kind {
        IdKind::AuthId => auth_key(text),
        IdKind::ChipId => chip_key(text),
    }
}

/// The key of an id in its usual spelling, written to `key`; `None` sends it to [`judge_into`],
/// which for these spellings would find the same key, the text unchanged and no warning.
pub fn usual_key<'k>(kind: IdKind, cell: &[u8], key: &'k mut [u8; MAX_KEY]) -> Option<&'k [u8]> {
    let length = match kind {
        IdKind::AuthId => auth_id::usual(cell, key),
        IdKind::ChipId => chip_id::usual(cell, key),
    }?;
    key.get(..length)
}

/// [`usual_key`] as text.
fn usual(kind: IdKind, text: &str) -> Option<String> {
    let mut key = [0; MAX_KEY];
    let key = usual_key(kind, text.as_bytes(), &mut key)?;
    std::str::from_utf8(key).ok().map(str::to_owned)
}

/// Cleans and folds until nothing changes any more: what folding uncovers may need cleaning.
fn settled(text: &str, fold: fn(&str, &mut String)) -> String {
    let (mut cleaned, mut key) = (String::new(), String::new());
    clean::clean(text, &mut cleaned);
    fold(&cleaned, &mut key);
    while {
        clean::clean(&key, &mut cleaned);
        let before = key.len();
        fold(&cleaned, &mut key);
        key.len() != before
    } {}
    key
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn hexadecimal_is_not_scientific() {
        for text in ["73928E05", "04E12345", "12345E67"] {
            assert_eq!(judge(IdKind::ChipId, text).unwrap().key, text);
        }
    }

    #[test]
    fn one_id_with_a_blank_is_one_id() {
        assert_eq!(
            judge(IdKind::AuthId, "NL GFX C00000001 4").unwrap().key,
            "NLGFXC00000001"
        );
        assert_eq!(judge(IdKind::ChipId, "04 A1 B2 C3").unwrap().key, "04A1B2C3");
    }
}
