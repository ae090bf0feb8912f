//! Changes of partners: by operators, and by their own registering.

use domain::partners::{FIELDS, Partner, PartnerInput};
use ocpi::credentials::{Credentials, Endpoint};

use super::super::audit::Noted;
use super::super::secrets::{known_by, secret};
use super::super::{Tx, fields, ids, listing, records};
use super::{folded, get};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// The most partners.
const MOST: u64 = 500;

/// Adds a partner, and gives the token by which they register.
pub async fn create(tx: &mut Tx, input: PartnerInput) -> Result<(Partner, String), Error> {
    let count = sqlx::query("SELECT COUNT(*) AS partners FROM partners")
        .fetch_one(&mut **tx)
        .await?;
    if listing::number(&count, "partners")? >= MOST {
        let said = format!("at most {MOST} partners; delete one that is no more");
        return Err(Error::field("name", said));
    }
    let now = clock::now();
    let mut partner = Partner {
        id: ids::new("par")?,
        role: "EMSP".into(),
        status: "Invited".into(),
        version: 1,
        created_at: now.clone(),
        updated_at: now,
        ..Partner::default()
    };
    apply(&mut partner, input)?;
    let token = secret()?;
    sqlx::query(
        "INSERT INTO partners (id, name, name_fold, country_code, party_id, role, status, digest, their_token, \
         unencoded_token, versions_url, roles, endpoints, version, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, '', '[]', '[]', $10, $11, $11)",
    )
    .bind(&partner.id)
    .bind(&partner.name)
    .bind(folded(&partner))
    .bind(&partner.country_code)
    .bind(&partner.party_id)
    .bind(&partner.role)
    .bind(&partner.status)
    .bind(known_by(&token))
    .bind(i64::from(partner.unencoded_token))
    .bind(listing::bound(partner.version))
    .bind(&partner.created_at)
    .execute(&mut **tx)
    .await?;
    tx.changed("Added", None, Some(&partner));
    Ok((partner, token))
}

fn apply(partner: &mut Partner, input: PartnerInput) -> Result<(), Error> {
    let PartnerInput {
        name,
        country_code,
        party_id,
        role,
        unencoded_token,
    } = input;
    let lines = [
        ("name", &mut partner.name, name),
        ("countryCode", &mut partner.country_code, country_code),
        ("partyId", &mut partner.party_id, party_id),
        ("role", &mut partner.role, role),
    ];
    for (key, field, value) in lines {
        if let Some(value) = value {
            *field = fields::line(key, &value)?;
            let known = FIELDS.iter().find(|field| field.key == key);
            if let Some(wrong) = known.and_then(|known| known.wrong(field)) {
                return Err(Error::field(key, wrong));
            }
        }
    }
    partner.unencoded_token = unencoded_token.unwrap_or(partner.unencoded_token);
    if partner.name.is_empty() {
        return Err(Error::field("name", "a partner needs a name"));
    }
    partner.country_code.make_ascii_uppercase();
    partner.party_id.make_ascii_uppercase();
    let country = &partner.country_code;
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err(Error::field("countryCode", "two letters, such as NL"));
    }
    let party = &partner.party_id;
    if party.len() != 3 || !party.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Error::field("partyId", "three letters or digits, such as TNM"));
    }
    Ok(())
}

/// Changes a partner.
pub async fn patch(tx: &mut Tx, id: &str, version: IfMatch, input: PartnerInput) -> Result<Partner, Error> {
    records::lock(tx, "partners", id, version).await?;
    let before = get(tx, id).await?;
    let mut partner = before.clone();
    apply(&mut partner, input)?;
    let party = (&before.country_code, &before.party_id);
    let is_another = (&partner.country_code, &partner.party_id) != party;
    // Those of others would stay and count.
    let passes_on_no_more = before.role == "HUB" && partner.role != "HUB";
    if (is_another || passes_on_no_more) && before.tokens > 0 {
        return Err(Error::InUse(format!(
            "{} sent {} tokens as the {} {}-{}. Add the other one as a partner of its own; nothing was changed.",
            before.name, before.tokens, before.role, before.country_code, before.party_id
        )));
    }
    store(tx, &before, partner, "Changed").await
}

/// Writes what has changed.
async fn store(
    tx: &mut Tx,
    before: &Partner,
    mut partner: Partner,
    what: &'static str,
) -> Result<Partner, Error> {
    tx.changed(what, Some(before), Some(&partner));
    if partner == *before {
        return Ok(partner);
    }
    partner.version += 1;
    partner.updated_at = clock::now();
    sqlx::query(
        "UPDATE partners SET name = $2, name_fold = $3, country_code = $4, party_id = $5, role = $6, status = $7, \
         unencoded_token = $8, versions_url = $9, version = $10, updated_at = $11 WHERE id = $1",
    )
    .bind(&partner.id)
    .bind(&partner.name)
    .bind(folded(&partner))
    .bind(&partner.country_code)
    .bind(&partner.party_id)
    .bind(&partner.role)
    .bind(&partner.status)
    .bind(i64::from(partner.unencoded_token))
    .bind(&partner.versions_url)
    .bind(listing::bound(partner.version))
    .bind(&partner.updated_at)
    .execute(&mut **tx)
    .await?;
    Ok(partner)
}

/// Deletes a partner with the tokens that they sent.
pub async fn delete(tx: &mut Tx, id: &str, version: IfMatch) -> Result<(), Error> {
    records::lock(tx, "partners", id, version).await?;
    let partner = get(tx, id).await?;
    tx.changed("Deleted", Some(&partner), None);
    for sql in [
        "DELETE FROM partner_tokens WHERE partner_id = $1",
        "DELETE FROM partners WHERE id = $1",
    ] {
        sqlx::query(sql).bind(id.to_owned()).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Makes a new token by which a partner registers; what they had counts no more.
pub async fn new_token(tx: &mut Tx, id: &str) -> Result<(Partner, String), Error> {
    let token = secret()?;
    let partner = over(tx, id, "Invited", &known_by(&token), "Token made").await?;
    Ok((partner, token))
}

/// Lets a partner ask with that token, while the portal registers with them.
///
/// # Errors
/// They are registered: what they have would be lost if this failed.
pub async fn invite(tx: &mut Tx, id: &str, token: &str) -> Result<(), Error> {
    let partner = get(tx, id).await?;
    if partner.status == "Registered" {
        let said = format!(
            "{} is registered already. End that first; nothing was changed.",
            partner.name
        );
        return Err(Error::InUse(said));
    }
    over(tx, id, "Invited", &known_by(token), "Token made").await?;
    Ok(())
}

/// Ends it: nothing that the partner knows lets them in any more.
pub async fn end(tx: &mut Tx, id: &str) -> Result<Partner, Error> {
    over(tx, id, "Ended", "", "Ended").await
}

async fn over(
    tx: &mut Tx,
    id: &str,
    status: &str,
    digest: &str,
    what: &'static str,
) -> Result<Partner, Error> {
    records::lock(tx, "partners", id, IfMatch::Any).await?;
    let before = get(tx, id).await?;
    let partner = Partner {
        status: status.to_owned(),
        versions_url: String::new(),
        ..before.clone()
    };
    sqlx::query(
        "UPDATE partners SET digest = $2, their_token = '', roles = '[]', endpoints = '[]' WHERE id = $1",
    )
    .bind(id)
    .bind(digest)
    .execute(&mut **tx)
    .await?;
    if partner == before && what == "Token made" {
        tx.note(Noted::about(what, &partner));
        return Ok(partner);
    }
    store(tx, &before, partner, what).await
}

/// What a registration leaves behind.
pub struct Registered {
    pub partner: Partner,
    /// The token by which the partner asks from now on.
    pub token: String,
}

/// Registers a partner, or registers them anew, with what they told. `token` is the one by which they ask from
/// now on; none: a new one. `asked_by` is the token with which it began: where it counts no more, somebody else
/// was faster.
pub async fn register(
    tx: &mut Tx,
    id: &str,
    asked_by: Option<&str>,
    told: &Credentials,
    endpoints: &[Endpoint],
    token: Option<String>,
) -> Result<Registered, Error> {
    records::lock(tx, "partners", id, IfMatch::Any).await?;
    let before = get(tx, id).await?;
    if let Some(asked_by) = asked_by {
        let still = sqlx::query("SELECT 1 AS found FROM partners WHERE id = $1 AND digest = $2")
            .bind(id.to_owned())
            .bind(known_by(asked_by))
            .fetch_optional(&mut **tx)
            .await?;
        still.ok_or_else(|| Error::InUse("The token was replaced at the same moment.".into()))?;
    }
    let token = match token {
        Some(token) => token,
        None => secret()?,
    };
    let partner = Partner {
        status: "Registered".into(),
        versions_url: told.url.clone(),
        last_contact_at: Some(clock::now()),
        ..before.clone()
    };
    let json = |error: serde_json::Error| Error::Internal(error.to_string());
    sqlx::query(
        "UPDATE partners SET digest = $2, their_token = $3, roles = $4, endpoints = $5, last_contact_at = $6 \
         WHERE id = $1",
    )
    .bind(id.to_owned())
    .bind(known_by(&token))
    .bind(&told.token)
    .bind(serde_json::to_string(&told.roles).map_err(json)?)
    .bind(serde_json::to_string(endpoints).map_err(json)?)
    .bind(partner.last_contact_at.clone())
    .execute(&mut **tx)
    .await?;
    let changed = Noted::of("Registered", Some(&before), Some(&partner));
    let is_same = changed.is_none();
    let partner = store(tx, &before, partner, "Registered").await?;
    if is_same {
        tx.note(Noted::about("Registered", &partner));
    }
    Ok(Registered { partner, token })
}

/// Notes that a partner asked.
pub async fn seen(tx: &mut Tx, id: &str) -> Result<(), Error> {
    tx.silently("when a partner last asked stands with the partner");
    sqlx::query("UPDATE partners SET last_contact_at = $2 WHERE id = $1")
        .bind(id)
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
