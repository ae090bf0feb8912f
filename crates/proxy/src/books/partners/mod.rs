//! Roaming partners: who they are, by which token they ask, and the tokens that they sent.

mod change;
pub mod shown;
pub mod tokens;

pub use change::{Registered, create, delete, end, invite, new_token, patch, register, seen};

use domain::column::Listed;
use domain::partners::Partner;
use ocpi::authorization::Shown;
use ocpi::credentials::{Endpoint, Role};
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::listing::{Column, Rows, Scope, Source, Table, flag, number};
use super::secrets::known_by;
use super::{Tx, text};
use crate::ocpi::Party;
use crate::problem::Error;

const SENT: &str = "(SELECT COUNT(*) FROM partner_tokens s WHERE s.partner_id = p.id)";
const SELECT: &str = "p.*, (SELECT COUNT(*) FROM partner_tokens s WHERE s.partner_id = p.id) AS tokens";

pub(in crate::books) const TABLE: Table = Table {
    select: SELECT,
    from: "partners p",
    heads: Partner::HEADS,
    columns: &[
        Column::text("name", "p.name_fold"),
        Column::text("countryCode", "LOWER(p.country_code)"),
        Column::text("partyId", "LOWER(p.party_id)"),
        Column::text("role", "LOWER(p.role)"),
        Column::text("status", "LOWER(p.status)"),
        Column::number("tokens", SENT),
        Column::text("lastContactAt", "COALESCE(p.last_contact_at, '')"),
        Column::text("versionsUrl", "LOWER(p.versions_url)"),
        Column::text(
            "unencodedToken",
            "CASE p.unencoded_token WHEN 0 THEN 'no' ELSE 'yes' END",
        ),
        Column::text("updatedAt", "p.updated_at"),
    ],
    search: &["p.name_fold", "LOWER(p.party_id)"],
    order: "p.name_fold ASC",
    tie: "p.id",
    id: "p.id",
    key: str::to_owned,
    org: "",
    changed: &[],
};

/// The list of the partners.
pub struct Partners;

impl Source for Partners {
    type Row = Partner;
    type Path = ();

    async fn rows(_: &mut Tx, (): ()) -> Result<Rows<Partner>, Error> {
        Ok(Rows::new(&TABLE, Scope::all(), read))
    }
}

/// One partner.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Partner, Error> {
    Ok(read(&row(tx, id).await?)?)
}

async fn row(tx: &mut Tx, id: &str) -> Result<AnyRow, Error> {
    let sql = format!("SELECT {SELECT} FROM partners p WHERE p.id = $1");
    let found = sqlx::query(AssertSqlSafe(sql))
        .bind(id.to_owned())
        .fetch_optional(&mut **tx)
        .await?;
    found.ok_or(Error::NotFound("partner"))
}

fn read(row: &AnyRow) -> Result<Partner, sqlx::Error> {
    Ok(Partner {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        country_code: row.try_get("country_code")?,
        party_id: row.try_get("party_id")?,
        role: row.try_get("role")?,
        status: row.try_get("status")?,
        unencoded_token: flag(row, "unencoded_token")?,
        versions_url: row.try_get("versions_url")?,
        tokens: number(row, "tokens")?,
        last_contact_at: row.try_get("last_contact_at")?,
        version: number(row, "version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

/// A partner who asks, with what is theirs alone to know.
#[derive(Clone, Debug)]
pub struct Asking {
    pub partner: Partner,
    /// The token by which they asked.
    pub token: String,
    /// The parties that they say to speak for, each in one of its parts.
    roles: Vec<Role>,
    /// The parties that speak for themselves, in capitals: the portal's own, and those of other partners. Nobody passes
    /// on for them.
    themselves: Vec<String>,
    pub endpoints: Vec<Endpoint>,
}

impl Asking {
    pub fn is_registered(&self) -> bool {
        self.partner.status == "Registered"
    }

    /// Whether the operator entered them for one of these parts, whatever they say of themselves.
    pub fn plays(&self, roles: &[&str]) -> bool {
        roles.contains(&self.partner.role.as_str())
    }

    /// The parties beside the entered one: only who passes on has such, now and not when they registered.
    fn others(&self) -> impl Iterator<Item = &Role> {
        let passes_on = |role: &&Role| self.passes_on(&role.country_code, &role.party_id);
        self.roles.iter().filter(passes_on)
    }

    /// Whether they speak for that party; whoever passes on speaks for all that do not speak for themselves.
    pub fn speaks_for(&self, country_code: &str, party_id: &str) -> bool {
        let own = tokens::party(&self.partner.country_code, &self.partner.party_id);
        own == tokens::party(country_code, party_id) || self.passes_on(country_code, party_id)
    }

    fn passes_on(&self, country_code: &str, party_id: &str) -> bool {
        self.partner.role == "HUB" && !self.themselves.contains(&tokens::party(country_code, party_id))
    }

    /// With what the contract ids of their own parties begin, as keys: country and party in capitals.
    pub fn prefixes(&self) -> Vec<String> {
        let mut all = vec![tokens::party(&self.partner.country_code, &self.partner.party_id)];
        let others = self.others();
        all.extend(others.map(|role| tokens::party(&role.country_code, &role.party_id)));
        all.sort();
        all.dedup();
        all
    }
}

/// Whom a token belongs to; none if to nobody, or to somebody with whom it is over. `us` is the portal's own party.
pub async fn find(tx: &mut Tx, shown: &Shown, us: &Party) -> Result<Option<Asking>, Error> {
    let decoded = shown.decoded.as_deref().map(known_by);
    let sql = format!("SELECT {SELECT} FROM partners p WHERE p.digest IN ($1, $2) AND p.status <> 'Ended'");
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(known_by(&shown.plain))
        .bind(decoded.clone().unwrap_or_else(|| "-".into()))
        .fetch_all(&mut **tx)
        .await?;
    for row in &rows {
        let asking = asking(row)?;
        let digest: String = row.try_get("digest")?;
        let is_encoded = decoded.as_ref() == Some(&digest);
        if is_encoded || asking.partner.unencoded_token {
            let token = if is_encoded { shown.decoded.clone() } else { None };
            let mut themselves = others(tx, &asking.partner).await?;
            themselves.push(tokens::party(&us.country_code, &us.party_id));
            return Ok(Some(Asking {
                token: token.unwrap_or_else(|| shown.plain.clone()),
                themselves,
                ..asking
            }));
        }
    }
    Ok(None)
}

/// The parties of the partners beside that one with whom it is not over.
async fn others(tx: &mut Tx, than: &Partner) -> Result<Vec<String>, Error> {
    if than.role != "HUB" {
        return Ok(Vec::new());
    }
    let sql = "SELECT country_code, party_id FROM partners WHERE id <> $1 AND status <> 'Ended'";
    let rows = sqlx::query(sql).bind(&than.id).fetch_all(&mut **tx).await?;
    let party = |row: &AnyRow| {
        let (country, party): (String, String) = (row.try_get("country_code")?, row.try_get("party_id")?);
        Ok(tokens::party(&country, &party))
    };
    Ok(rows.iter().map(party).collect::<Result<_, sqlx::Error>>()?)
}

fn asking(row: &AnyRow) -> Result<Asking, sqlx::Error> {
    Ok(Asking {
        partner: read(row)?,
        token: String::new(),
        roles: json(row, "roles")?,
        themselves: Vec::new(),
        endpoints: json(row, "endpoints")?,
    })
}

fn json<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T, sqlx::Error> {
    let json: String = row.try_get(column)?;
    serde_json::from_str(&json).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// The name as it is compared.
fn folded(partner: &Partner) -> String {
    text::fold(&partner.name)
}
