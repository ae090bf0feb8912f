//! Customers & tokens › Charge tokens: the list, and a charge token.

mod detail;
mod edit;
mod state;

pub use detail::TokenPage;

use domain::column::Listed;
use domain::tokens::Token;

use crate::pages::outline::Outline;
use crate::pages::record::Kind;
use crate::routes;
use crate::table::{BulkAction, Shown};

static KIND: Kind = Kind {
    path: "/tokens",
    areas: &["Customers & tokens"],
    records: "Charge tokens",
    record: "Charge token",
    name: "authId",
    before: "Charge token ",
    needs: "Manage:Token",
    create: "Create charge token",
    save: "Create charge token",
    created: "created",
    list: routes::TOKENS,
    page: routes::token,
    form: edit::form,
};

pub static TOKENS: Outline = Outline {
    area: "Customers & tokens",
    title: "Charge tokens",
    noun: ("charge token", "charge tokens"),
    path: "/tokens",
    list: (Token::NAME, Token::PACKED),
    id: "id",
    search: "Search by Auth ID, Chip ID, Visual ID or customer",
    empty: (
        "No charge tokens yet",
        "RFID cards and other tokens that drivers hold to the reader.",
    ),
    cells: &[("valid", state::valid)],
    own: true,
    kind: Some(&KIND),
    bulk: || {
        vec![
            BulkAction::post("Block", KIND.needs, "/tokens/block", "blocked"),
            BulkAction::post("Unblock", KIND.needs, "/tokens/unblock", "unblocked"),
            BulkAction::post("Delete", KIND.needs, "/tokens/delete", "deleted").asking(
                "They go, and are taken off every Authorization list. This cannot be undone. To keep them but \
                 refuse them, block them.",
            ),
        ]
    },
    ..Outline::USUAL
};

/// Those of one customer.
pub static OF_CUSTOMER: Outline = Outline {
    title: "Charge tokens of this customer",
    noun: ("charge token", "charge tokens"),
    list: (Token::NAME, Token::PACKED),
    id: "id",
    search: "Search by Auth ID or Chip ID",
    empty: (
        "No charge tokens",
        "Without a token this customer cannot charge. A token's page says whose it is.",
    ),
    cells: &[
        ("valid", state::valid),
        ("authId", |token| {
            Shown::link(token.text("authId"), routes::token(&token.text("id")))
        }),
    ],
    own: true,
    ..Outline::USUAL
};
