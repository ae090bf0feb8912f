//! Tokens made, changed and deleted.

use domain::identifiers::{IdKind, judge};
use domain::tokens::{CustomerRef, Token, TokenInput, TokenType};
use sqlx::AssertSqlSafe;

use super::super::driver_requests::card;
use super::super::{Tx, authorization, customers, fields, ids, imports, listing, records, text};
use super::many::delete_locked;
use super::{get, select};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// A token with the keys it is found by.
#[derive(PartialEq, Eq, Clone)]
pub struct Keyed {
    pub token: Token,
    pub auth_key: String,
    pub chip_key: Option<String>,
}

impl Keyed {
    /// Judges the ids and works out their keys.
    pub fn of(token: Token) -> Result<Self, Error> {
        let auth_key = key(IdKind::AuthId, "authId", &token.auth_id)?;
        let chip_key = token
            .chip_id
            .as_deref()
            .map(|id| key(IdKind::ChipId, "chipId", id))
            .transpose()?;
        Ok(Self {
            token,
            auth_key,
            chip_key,
        })
    }

    fn search(&self) -> String {
        let Self {
            token,
            auth_key,
            chip_key,
        } = self;
        text::search([
            token.auth_id.as_str(),
            auth_key,
            token.chip_id.as_deref().unwrap_or_default(),
            chip_key.as_deref().unwrap_or_default(),
            token.visual_id.as_deref().unwrap_or_default(),
        ])
    }
}

fn key(kind: IdKind, field: &str, id: &str) -> Result<String, Error> {
    judge(kind, id)
        .map(|id| id.key)
        .map_err(|code| Error::field(field, code.message()))
}

/// Adds a token. Lists that hold its Chip ID as an external entry hold its Auth ID from now on.
pub async fn create(tx: &mut Tx, input: TokenInput) -> Result<Token, Error> {
    let now = clock::now();
    let mut token = Token {
        id: ids::new("tok")?,
        auth_id: String::new(),
        chip_id: None,
        visual_id: None,
        token_type: TokenType::default(),
        customer: None,
        issuer: String::new(),
        valid: true,
        expires: None,
        note: String::new(),
        version: 1,
        created_at: now.clone(),
        updated_at: now,
    };
    apply(tx, &mut token, input).await?;
    let keyed = Keyed::of(token)?;
    check_unique(tx, &keyed).await?;
    insert(tx, &keyed).await?;
    imports::changed(tx, keyed.chip_key.as_slice()).await?;
    tx.changed("Added", None, Some(&keyed.token));
    authorization::adopt(tx, &keyed).await?;
    Ok(keyed.token)
}

/// Writes a new token.
pub async fn insert(tx: &mut Tx, keyed: &Keyed) -> Result<(), Error> {
    let columns = "auth_id, auth_key, chip_id, chip_key, visual_id, type, customer_id, issuer, valid, expires, note, \
                   search, version, updated_at, visual_id_fold, issuer_fold, note_fold, id, created_at";
    let sql = format!(
        "INSERT INTO tokens ({columns}) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
         $17, $18, $19)"
    );
    write(sqlx::query(AssertSqlSafe(sql)), keyed)
        .bind(&keyed.token.created_at)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

type Statement<'q> = sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>;

fn write<'q>(statement: Statement<'q>, keyed: &Keyed) -> Statement<'q> {
    let token = &keyed.token;
    statement
        .bind(token.auth_id.clone())
        .bind(keyed.auth_key.clone())
        .bind(token.chip_id.clone())
        .bind(keyed.chip_key.clone())
        .bind(token.visual_id.clone())
        .bind(token.token_type.word())
        .bind(token.customer.as_ref().map(|customer| customer.id.clone()))
        .bind(token.issuer.clone())
        .bind(i64::from(token.valid))
        .bind(token.expires.clone())
        .bind(token.note.clone())
        .bind(keyed.search())
        .bind(listing::bound(token.version))
        .bind(token.updated_at.clone())
        .bind(text::fold(token.visual_id.as_deref().unwrap_or_default()))
        .bind(text::fold(&token.issuer))
        .bind(text::fold(&token.note))
        .bind(token.id.clone())
}

/// Changes a token. Its Auth ID cannot change while it is listed, because lists hold Auth IDs.
pub async fn patch(tx: &mut Tx, id: &str, version: IfMatch, input: TokenInput) -> Result<Token, Error> {
    if input.customer_id.is_some() {
        card::hold(tx, id).await?;
    }
    records::lock(tx, "tokens", id, version).await?;
    let mut token = get(tx, id).await?;
    let before = Keyed::of(token.clone())?;
    apply(tx, &mut token, input).await?;
    let mut keyed = Keyed::of(token)?;
    tx.changed("Changed", Some(&before.token), Some(&keyed.token));
    if keyed == before {
        return Ok(keyed.token);
    }
    if keyed.auth_key != before.auth_key {
        authorization::refuse_if_listed(tx, &before).await?;
    }
    if keyed.token.customer != before.token.customer {
        card::leave(tx, id).await?;
    }
    keyed.token.version += 1;
    keyed.token.updated_at = clock::now();
    check_unique(tx, &keyed).await?;
    let update = sqlx::query(
        "UPDATE tokens SET auth_id = $1, auth_key = $2, chip_id = $3, chip_key = $4, visual_id = $5, type = $6, \
         customer_id = $7, issuer = $8, valid = $9, expires = $10, note = $11, search = $12, version = $13, \
         updated_at = $14, visual_id_fold = $15, issuer_fold = $16, note_fold = $17 WHERE id = $18",
    );
    write(update, &keyed).execute(&mut **tx).await?;
    let is_same_card = keyed.chip_key == before.chip_key && keyed.token.token_type == before.token.token_type;
    if keyed.auth_key != before.auth_key || !is_same_card {
        let chip_keys: Vec<String> = [&before, &keyed]
            .into_iter()
            .filter_map(|keyed| keyed.chip_key.clone())
            .collect();
        imports::changed(tx, &chip_keys).await?;
    }
    authorization::adopt(tx, &keyed).await?;
    Ok(keyed.token)
}

/// Deletes a token and takes it off all lists, also off those that an undo would bring back.
pub async fn delete(tx: &mut Tx, id: &str, version: IfMatch) -> Result<(), Error> {
    records::lock(tx, "tokens", id, version).await?;
    delete_locked(tx, &[id.to_owned()]).await
}

async fn apply(tx: &mut Tx, token: &mut Token, input: TokenInput) -> Result<(), Error> {
    let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let TokenInput {
        auth_id,
        chip_id,
        visual_id,
        token_type,
        customer_id,
        issuer,
        valid,
        expires,
        note,
    } = input;
    token.auth_id = auth_id.map_or_else(|| token.auth_id.clone(), |id| id.trim().to_owned());
    token.chip_id = chip_id.map_or_else(|| token.chip_id.clone(), filled);
    token.token_type = token_type.unwrap_or(token.token_type);
    token.valid = valid.unwrap_or(token.valid);
    if let Some(id) = visual_id {
        token.visual_id = filled(fields::line("visualId", &id)?);
    }
    if let Some(issuer) = issuer {
        token.issuer = fields::line("issuer", &issuer)?;
    }
    if let Some(note) = note {
        token.note = fields::note("note", note)?;
    }
    if let Some(expires) = expires.map(filled) {
        let time = |text: String| {
            clock::read(&text)
                .ok_or_else(|| Error::field("expires", "a time is RFC 3339, like 2026-11-20T08:15:00Z"))
        };
        token.expires = expires.map(time).transpose()?;
    }
    if let Some(customer_id) = customer_id.map(filled) {
        token.customer = match customer_id {
            None => None,
            Some(id) => match customers::get(tx, &id).await {
                Ok(customer) => Some(CustomerRef {
                    id,
                    external_id: customer.external_id,
                    name: customer.name,
                }),
                Err(Error::NotFound(_)) => {
                    return Err(Error::field("customerId", "there is no such customer"));
                }
                Err(other) => return Err(other),
            },
        };
    }
    Ok(())
}

async fn check_unique(tx: &mut Tx, keyed: &Keyed) -> Result<(), Error> {
    let Keyed {
        token,
        auth_key,
        chip_key,
    } = keyed;
    let others = [
        ("authId", "auth_key", Some(auth_key), "Auth ID"),
        ("chipId", "chip_key", chip_key.as_ref(), "Chip ID"),
    ];
    for (field, column, key, label) in others {
        let Some(key) = key else { continue };
        let condition = format!("t.{column} = $1 AND t.id <> $2");
        if let Some(other) = select(tx, &condition, &[key.as_str().into(), token.id.as_str().into()])
            .await?
            .first()
        {
            let detail = format!("The token {} has that {label} already.", other.auth_id);
            return Err(Error::Duplicate { field, detail });
        }
    }
    Ok(())
}
