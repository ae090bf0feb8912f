//! Where a customer or a token is listed, and why it may charge there.

use domain::authorization::MayChargeAt;
use domain::column::Listed;
use domain::privacy::{Via, Visibility, settle};
use domain::tokens::TokenState;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::super::listing::{Column, Rows, Scope, Source, Table, flag};
use super::super::{Tx, customers, tokens};
use crate::clock;
use crate::problem::Error;

const LOCATION: &[Column] = &[
    Column::text("name", "l.name_fold"),
    Column::text("city", "l.city_fold").order(&["l.city_fold", "l.name_fold"]),
    Column::text("country", "l.country_fold").order(&["l.country_fold", "l.name_fold"]),
];

pub(in super::super) const OF_TOKEN: Table = Table {
    select: "l.id, l.name, l.city, l.country, CASE WHEN e.key IS NULL THEN 0 ELSE 1 END AS direct",
    from: "locations l LEFT JOIN authorization_tokens e ON e.location_id = l.id AND e.kind = 0 AND e.key = $1 \
           LEFT JOIN authorization_customers k ON k.location_id = l.id AND k.customer_id = $2",
    heads: MayChargeAt::HEADS,
    columns: LOCATION,
    search: &["l.search"],
    order: "l.name_fold ASC",
    tie: "l.id",
    id: "l.id",
    key: str::to_owned,
    org: "l.org_key",
    changed: &[],
};

/// Locations on whose list a token stands, itself or through its customer.
pub struct OfToken;

impl Source for OfToken {
    type Row = MayChargeAt;
    type Path = String;

    async fn rows(tx: &mut Tx, id: String) -> Result<Rows<MayChargeAt>, Error> {
        let keyed = tokens::Keyed::of(tokens::get(tx, &id).await?)?;
        let customer = keyed.token.customer.clone();
        let state = keyed.token.state(&clock::now());
        let customer_id = customer
            .as_ref()
            .map(|customer| customer.id.clone())
            .unwrap_or_default();
        let scope = Scope::of(
            "(e.key IS NOT NULL OR k.customer_id IS NOT NULL)",
            [keyed.auth_key.into(), customer_id.into()],
        );
        Ok(Rows::new(&OF_TOKEN, scope, move |row| {
            let via = match (&customer, flag(row, "direct")?) {
                (Some(customer), false) => Via::Customer {
                    id: customer.id.clone(),
                    name: customer.name.clone(),
                },
                _ => Via::Token,
            };
            read(row, state, via)
        }))
    }
}

const OF_CUSTOMER: Table = Table {
    select: "l.id, l.name, l.city, l.country, CASE WHEN k.customer_id IS NULL THEN 1 ELSE 0 END AS direct",
    from: "locations l LEFT JOIN authorization_customers k ON k.location_id = l.id AND k.customer_id = $1",
    ..OF_TOKEN
};

/// Locations on whose list a customer stands, or one of their tokens by itself.
pub struct OfCustomer;

impl Source for OfCustomer {
    type Row = MayChargeAt;
    type Path = String;

    async fn rows(tx: &mut Tx, id: String) -> Result<Rows<MayChargeAt>, Error> {
        let customer = customers::get(tx, &id).await?;
        let scope = Scope::of(
            "(k.customer_id IS NOT NULL OR EXISTS (SELECT 1 FROM tokens t JOIN authorization_tokens e \
         ON e.location_id = l.id AND e.kind = 0 AND e.key = t.auth_key WHERE t.customer_id = $1))",
            [id.into()],
        );
        Ok(Rows::new(&OF_CUSTOMER, scope, move |row| {
            let via = if flag(row, "direct")? {
                Via::Token
            } else {
                Via::Customer {
                    id: customer.id.clone(),
                    name: customer.name.clone(),
                }
            };
            read(row, TokenState::Valid, via)
        }))
    }
}

fn read(row: &AnyRow, state: TokenState, via: Via) -> Result<MayChargeAt, sqlx::Error> {
    Ok(MayChargeAt {
        location_id: row.try_get("id")?,
        name: row.try_get("name")?,
        city: row.try_get("city")?,
        country: row.try_get("country")?,
        decision: settle(Visibility::Private, Some(state), Some(via)),
    })
}
