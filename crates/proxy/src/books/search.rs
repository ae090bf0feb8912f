//! What the two pickers of the Authorization tab find.

use domain::listing::ListQuery;
use domain::search::{CustomerHit, MAX_HITS, SearchResult, TokenHit};
use domain::tokens::CustomerRef;
use sqlx::Row;

use super::authorization::tokens::token_ref;
use super::listing::{self, Scope, Table, flag, number};
use super::{Tx, limits};
use crate::clock;
use crate::problem::Error;

const CUSTOMERS: Table = Table {
    select: "c.id, c.external_id, c.name, (SELECT COUNT(*) FROM tokens t WHERE t.customer_id = c.id) AS tokens, \
             CASE WHEN e.customer_id IS NULL THEN 0 ELSE 1 END AS listed",
    from: "customers c LEFT JOIN authorization_customers e ON e.location_id = $1 AND e.customer_id = c.id",
    heads: &[],
    columns: &[],
    search: &["c.name_fold", "c.external_id_fold"],
    order: "c.name_fold ASC",
    tie: "c.id",
    id: "c.id",
    key: str::to_owned,
    org: "",
    changed: &[],
};

const TOKENS: Table = Table {
    select: "t.id, t.auth_id, t.chip_id, t.visual_id, t.valid, t.expires, t.customer_id, c.external_id, c.name, \
             CASE WHEN e.key IS NULL THEN 0 ELSE 1 END AS listed",
    from: "tokens t LEFT JOIN customers c ON c.id = t.customer_id \
           LEFT JOIN authorization_tokens e ON e.location_id = $1 AND e.kind = 0 AND e.key = t.auth_key",
    heads: &[],
    columns: &[],
    search: &["t.search", "c.name_fold"],
    order: "t.auth_key ASC",
    tie: "t.id",
    id: "t.id",
    key: str::to_owned,
    org: "",
    changed: &[],
};

/// Which records are searched.
#[derive(Clone, Copy, Debug)]
pub struct Kinds {
    pub customers: bool,
    pub tokens: bool,
}

/// The first hits of each kind, and whether they stand on the location's list already.
pub async fn search(
    tx: &mut Tx,
    text: &str,
    kinds: Kinds,
    location_id: Option<&str>,
) -> Result<SearchResult, Error> {
    if let Some(id) = location_id {
        limits::require(tx, &limits::LOCATIONS, id).await?;
    }
    let scope = || Scope::of("1 = 1", [location_id.unwrap_or_default().into()]);
    let query = ListQuery {
        q: text.to_owned(),
        page_size: MAX_HITS as u32,
        ..ListQuery::default()
    };
    let mut result = SearchResult::default();
    if kinds.customers {
        let page = listing::page(tx, &CUSTOMERS, scope(), &query, |row| {
            Ok(CustomerHit {
                customer: CustomerRef {
                    id: row.try_get("id")?,
                    external_id: row.try_get("external_id")?,
                    name: row.try_get("name")?,
                },
                tokens: number(row, "tokens")?,
                listed: flag(row, "listed")?,
            })
        });
        let page = page.await?;
        (result.customers, result.total) = (page.items, page.total);
    }
    if kinds.tokens {
        let now = clock::now();
        let page = listing::page(tx, &TOKENS, scope(), &query, |row| {
            Ok(TokenHit {
                token: token_ref(row, &now)?,
                listed: flag(row, "listed")?,
            })
        });
        let page = page.await?;
        result.total += page.total;
        result.tokens = page.items;
    }
    Ok(result)
}
