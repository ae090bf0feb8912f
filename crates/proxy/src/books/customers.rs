//! Customers.

use domain::audit::Change;
use domain::column::Listed;
use domain::customers::{Customer, CustomerInput};
use domain::listing::{ListQuery, Page};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::audit::Noted;
use super::listing::{self, Column, Rows, Scope, Source, Table, number};
use super::{Tx, authorization, connections, fields, ids, records, text};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

const TOKENS: &str = "(SELECT COUNT(*) FROM tokens t WHERE t.customer_id = c.id)";
const SELECT: &str = "c.*, (SELECT COUNT(*) FROM tokens t WHERE t.customer_id = c.id) AS tokens";

pub(super) const TABLE: Table = Table {
    select: SELECT,
    from: "customers c",
    heads: Customer::HEADS,
    columns: &[
        Column::text("name", "c.name_fold"),
        Column::text("externalId", "c.external_id_fold"),
        Column::text("email", "c.email_fold"),
        Column::text("phone", "c.phone_fold"),
        Column::number("tokens", TOKENS),
        Column::text("updatedAt", "c.updated_at"),
    ],
    search: &["c.search"],
    order: "c.name_fold ASC",
    tie: "c.id",
    id: "c.id",
    key: str::to_owned,
    org: "",
    changed: &[],
};

/// The list of the customers.
pub struct Customers;

impl Source for Customers {
    type Row = Customer;
    type Path = ();

    async fn rows(_: &mut Tx, (): ()) -> Result<Rows<Customer>, Error> {
        Ok(Rows::new(&TABLE, Scope::all(), read))
    }
}

/// One page of the customers.
pub async fn page(tx: &mut Tx, query: &ListQuery) -> Result<Page<Customer>, Error> {
    listing::page(tx, &TABLE, Scope::all(), query, read).await
}

/// One customer.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Customer, Error> {
    let row = sqlx::query(
        "SELECT c.*, (SELECT COUNT(*) FROM tokens t WHERE t.customer_id = c.id) AS tokens FROM customers c WHERE c.id = $1",
    )
    .bind(id)
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("customer"))?;
    Ok(read(&row)?)
}

fn read(row: &AnyRow) -> Result<Customer, sqlx::Error> {
    Ok(Customer {
        id: row.try_get("id")?,
        external_id: row.try_get("external_id")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        phone: row.try_get("phone")?,
        note: row.try_get("note")?,
        tokens: number(row, "tokens")?,
        version: number(row, "version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

/// Adds a customer.
pub async fn create(tx: &mut Tx, input: CustomerInput) -> Result<Customer, Error> {
    let now = clock::now();
    let mut customer = Customer {
        id: ids::new("cus")?,
        external_id: String::new(),
        name: String::new(),
        email: String::new(),
        phone: String::new(),
        note: String::new(),
        tokens: 0,
        version: 1,
        created_at: now.clone(),
        updated_at: now,
    };
    apply(&mut customer, input)?;
    insert(tx, &customer).await?;
    tx.changed("Added", None, Some(&customer));
    Ok(customer)
}

/// Writes a new customer.
pub async fn insert(tx: &mut Tx, customer: &Customer) -> Result<(), Error> {
    check_external_id(tx, customer).await?;
    sqlx::query(
        "INSERT INTO customers (id, external_id, name, email, phone, note, name_fold, search, version, created_at, \
         updated_at, external_id_fold, email_fold, phone_fold) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(&customer.id)
    .bind(&customer.external_id)
    .bind(&customer.name)
    .bind(&customer.email)
    .bind(&customer.phone)
    .bind(&customer.note)
    .bind(text::fold(&customer.name))
    .bind(search(customer))
    .bind(listing::bound(customer.version))
    .bind(&customer.created_at)
    .bind(&customer.updated_at)
    .bind(text::fold(&customer.external_id))
    .bind(text::fold(&customer.email))
    .bind(text::fold(&customer.phone))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Changes a customer.
pub async fn patch(tx: &mut Tx, id: &str, version: IfMatch, input: CustomerInput) -> Result<Customer, Error> {
    records::lock(tx, "customers", id, version).await?;
    let mut customer = get(tx, id).await?;
    let before = customer.clone();
    apply(&mut customer, input)?;
    tx.changed("Changed", Some(&before), Some(&customer));
    if customer == before {
        return Ok(customer);
    }
    customer.version += 1;
    customer.updated_at = clock::now();
    check_external_id(tx, &customer).await?;
    sqlx::query(
        "UPDATE customers SET external_id = $2, name = $3, email = $4, phone = $5, note = $6, name_fold = $7, \
         search = $8, version = $9, updated_at = $10, external_id_fold = $11, email_fold = $12, phone_fold = $13 \
         WHERE id = $1",
    )
    .bind(id)
    .bind(&customer.external_id)
    .bind(&customer.name)
    .bind(&customer.email)
    .bind(&customer.phone)
    .bind(&customer.note)
    .bind(text::fold(&customer.name))
    .bind(search(&customer))
    .bind(listing::bound(customer.version))
    .bind(&customer.updated_at)
    .bind(text::fold(&customer.external_id))
    .bind(text::fold(&customer.email))
    .bind(text::fold(&customer.phone))
    .execute(&mut **tx)
    .await?;
    Ok(customer)
}

/// Deletes a customer, takes them off all lists, and leaves their tokens and connections without a customer.
pub async fn delete(tx: &mut Tx, id: &str, version: IfMatch) -> Result<(), Error> {
    records::lock(tx, "customers", id, version).await?;
    let customer = get(tx, id).await?;
    tx.changed("Deleted", Some(&customer), None);
    let gone = Change::new("Customer", Some(customer.name.clone()), None);
    // Tokens before lists, as in all other changes of both, so that none waits for another in a ring.
    let tokens = sqlx::query(
        "UPDATE tokens SET customer_id = NULL, version = version + 1, updated_at = $2 WHERE customer_id = $1 \
         RETURNING id, auth_id",
    )
    .bind(id)
    .bind(clock::now())
    .fetch_all(&mut **tx)
    .await?;
    for token in tokens {
        let (id, auth_id): (String, String) = (token.try_get("id")?, token.try_get("auth_id")?);
        tx.note(Noted::new("Changed", "tokens", &id, &auth_id).with([gone.clone()]));
    }
    authorization::forget_customer(tx, id, &customer.name).await?;
    let connections = sqlx::query(
        "UPDATE connections SET customer_id = NULL, version = version + 1, updated_at = $2 WHERE customer_id = $1 \
         RETURNING id",
    )
    .bind(id)
    .bind(clock::now())
    .fetch_all(&mut **tx)
    .await?;
    for connection in connections {
        let connection = connections::get(tx, connection.try_get("id")?).await?;
        tx.note(Noted::about("Changed", &connection).with([gone.clone()]));
    }
    sqlx::query("DELETE FROM customers WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn apply(customer: &mut Customer, input: CustomerInput) -> Result<(), Error> {
    let CustomerInput {
        external_id,
        name,
        email,
        phone,
        note,
    } = input;
    let lines = [
        ("externalId", &mut customer.external_id, external_id),
        ("name", &mut customer.name, name),
        ("email", &mut customer.email, email),
        ("phone", &mut customer.phone, phone),
    ];
    for (name, field, value) in lines {
        if let Some(value) = value {
            *field = fields::line(name, &value)?;
        }
    }
    if let Some(note) = note {
        customer.note = fields::note("note", note.trim().to_owned())?;
    }
    if customer.name.is_empty() {
        return Err(Error::field("name", "a customer needs a name"));
    }
    if !customer.email.is_empty() && !customer.email.contains('@') {
        return Err(Error::field("email", "an e-mail address has an @"));
    }
    Ok(())
}

async fn check_external_id(tx: &mut Tx, customer: &Customer) -> Result<(), Error> {
    let other =
        sqlx::query("SELECT name FROM customers WHERE external_id = $1 AND external_id <> '' AND id <> $2")
            .bind(&customer.external_id)
            .bind(&customer.id)
            .fetch_optional(&mut **tx)
            .await?;
    let Some(other) = other else { return Ok(()) };
    let name: String = other.try_get("name")?;
    Err(Error::Duplicate {
        field: "externalId",
        detail: format!("{name} has the external ID {} already.", customer.external_id),
    })
}

fn search(customer: &Customer) -> String {
    text::search([customer.name.as_str(), &customer.external_id, &customer.email])
}
