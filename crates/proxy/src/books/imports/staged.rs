//! What staged ids will be on the list: a Chip ID that one of the portal's tokens has is listed as
//! that token's Auth ID, so that the list names a token once.

use domain::identifiers::IdKind;

/// SQL fragments over `import_rows r`, by the kind of the import.
pub struct Staged {
    /// Joins the portal's token `t` of a staged id.
    pub join_token: &'static str,
    /// The kind of the entry.
    pub kind: &'static str,
    /// The key of the entry.
    pub key: &'static str,
}

/// Entries of a list, where `s.key IS NULL` those that are not in the import.
pub const NOT_IN_IMPORT: &str =
    "authorization_tokens e LEFT JOIN staged s ON s.key = e.key AND s.kind = e.kind";

/// The fragments for that kind.
pub fn of(kind: IdKind) -> Staged {
    match kind {
        IdKind::AuthId => Staged {
            join_token: "LEFT JOIN tokens t ON t.auth_key = r.key",
            kind: "0",
            key: "r.key",
        },
        IdKind::ChipId => Staged {
            join_token: "LEFT JOIN tokens t ON t.chip_key = r.key AND t.type = 'RFID'",
            kind: "CASE WHEN t.id IS NULL THEN 1 ELSE 0 END",
            key: "COALESCE(t.auth_key, r.key)",
        },
    }
}

impl Staged {
    /// The import `$2` as `staged`, for [`NOT_IN_IMPORT`]. The staged keys are written out once, so that
    /// no engine looks through them entry by entry.
    pub fn with(&self) -> String {
        let Self {
            join_token,
            kind,
            key,
        } = self;
        format!(
            "WITH staged AS MATERIALIZED (SELECT {kind} AS kind, {key} AS key FROM import_rows r {join_token} \
             WHERE r.import_id = $2)"
        )
    }
}
