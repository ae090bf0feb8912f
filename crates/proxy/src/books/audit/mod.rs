//! The audit log: lines are noted on a transaction and written when it ends, in the same breath.

mod adopt;
mod difference;
mod last;
mod lines;
mod noted;
mod since;
mod verify;
mod write;

pub(super) use adopt::adopt;
pub use last::Last;
pub use lines::{History, Lines};
pub use noted::{Audited, Noted};
pub use since::{Happened, between, last};
pub use verify::{Whole, Wrong, verify};
pub use write::write;

#[cfg(test)]
pub(super) use lines::TABLE;

use super::{Books, Engine};
use crate::problem::Error;

/// Tells of something that changed nothing else.
pub async fn note(books: &Books, noted: Noted) -> Result<(), Error> {
    let mut tx = books.write().await?;
    tx.note(noted);
    Ok(tx.commit().await?)
}

/// Statements that let lines only be added.
pub(super) fn append_only(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Sqlite => &[
            "CREATE TRIGGER audit_update BEFORE UPDATE ON audit BEGIN \
             SELECT RAISE(ABORT, 'lines of the audit log do not change'); END",
            "CREATE TRIGGER audit_delete BEFORE DELETE ON audit BEGIN \
             SELECT RAISE(ABORT, 'lines of the audit log do not change'); END",
        ],
        Engine::Postgres => &[
            "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$BEGIN RAISE EXCEPTION 'lines of the audit log do not change'; END$$",
            "CREATE TRIGGER audit_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit \
             FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        ],
    }
}
