//! What happens before a question, done to plain sets for the function and over REST for the portal.

mod ocpi;
mod portal;
mod sets;

pub use ocpi::Partners;
pub use portal::Portal;
pub use sets::Sets;

use domain::identifiers::IdKind;
use domain::tokens::TokenType;

use crate::support::TestApp;

/// The clock of the function; tokens of the cases expire long before it or never.
pub const NOW: &str = "2026-11-20T08:00:00Z";
/// The station at the location.
pub const STATION: &str = "1:7";

/// A token as a case writes it.
#[derive(Clone, Copy)]
pub struct Card {
    pub auth: &'static str,
    pub chip: &'static str,
    pub token_type: TokenType,
    pub customer: &'static str,
}

pub const fn card(auth: &'static str) -> Card {
    Card {
        auth,
        chip: "",
        token_type: TokenType::Rfid,
        customer: "",
    }
}

impl Card {
    pub const fn chip(mut self, chip: &'static str) -> Self {
        self.chip = chip;
        self
    }

    pub const fn of(mut self, customer: &'static str) -> Self {
        self.customer = customer;
        self
    }

    pub const fn other(mut self) -> Self {
        self.token_type = TokenType::Other;
        self
    }
}

/// One change. Tokens are called by their Auth ID, customers by their name.
#[derive(Clone, Copy)]
pub enum Step {
    Customer(&'static str),
    Token(Card),
    /// To another customer; to none, where it is empty.
    Move(&'static str, &'static str),
    Block(&'static str),
    Expire(&'static str),
    Delete(&'static str),
    List(&'static str),
    ListCustomer(&'static str),
    /// And whether it is confirmed.
    Unlist(&'static str, bool),
    UnlistCustomer(&'static str, bool),
    Publish,
    Unpublish,
    /// An import of these ids, and whether it clears the list.
    Import(IdKind, &'static [&'static str], bool),
}

/// A question.
#[derive(Clone, Copy)]
pub struct Ask {
    pub kind: IdKind,
    pub id: &'static str,
    pub token_type: Option<TokenType>,
    /// Empty: none.
    pub evse: &'static str,
    /// Of a location that there is not.
    pub elsewhere: bool,
}

/// Changes the books behind the portal's back.
pub async fn execute(app: &TestApp, sql: &str) {
    let mut tx = app.app.books.write().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
    app.app.books.index.forget();
}
