//! EVSEs: the ports of the stations, as ChargePoint last showed them.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::listing::{ListQuery, Page};
use domain::organizations::Organization;
use domain::station_tokens::Evse;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::batch::{self, Value};
use super::listing::{self, Scope, Table};
use super::{Books, Engine, Tx, organizations, text};
use crate::problem::Error;

const TABLE: Table = Table {
    select: "e.*, o.id AS org_id, o.name AS org_name, t.token_sn AS active_sn",
    from: "evses e JOIN organizations o ON o.key = e.org_key \
           LEFT JOIN station_tokens t ON t.evse_id_fold = e.key AND t.status = 'active'",
    heads: &[],
    columns: &[],
    search: &["e.search", "o.name_fold"],
    order: "e.search ASC",
    tie: "e.key",
    id: "e.key",
    key: str::to_owned,
    org: "e.org_key",
    changed: &[],
};

/// One page of the EVSEs that a search finds, with the token that is active on each.
pub async fn page(tx: &mut Tx, query: &ListQuery) -> Result<Page<Evse>, Error> {
    listing::page(tx, &TABLE, Scope::all(), query, read).await
}

/// The same of one organization.
pub async fn page_of(tx: &mut Tx, org_id: &str, query: &ListQuery) -> Result<Page<Evse>, Error> {
    let scope = Scope::of("e.org_key = $1", [organizations::key(org_id).into()]);
    listing::page(tx, &TABLE, scope, query, read).await
}

/// The organizations of the EVSEs of these ids, by the folded id.
pub async fn owners(tx: &mut Tx, keys: &[String]) -> Result<HashMap<String, String>, Error> {
    let engine = Engine::behind(tx);
    let mut owners = HashMap::new();
    for keys in keys.chunks(500) {
        let marks: Vec<String> = (1..=keys.len()).map(|n| engine.placeholder(n)).collect();
        let sql = format!(
            "SELECT key, org_key FROM evses WHERE key IN ({})",
            marks.join(",")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        for key in keys {
            query = query.bind(key);
        }
        for row in query.fetch_all(&mut **tx).await? {
            owners.insert(row.try_get("key")?, row.try_get("org_key")?);
        }
    }
    Ok(owners)
}

/// The EVSE of that id.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Evse>, Error> {
    let scope = Scope::of("e.key = $1", [text::fold(id.trim()).into()]);
    let page = listing::page(tx, &TABLE, scope, &ListQuery::default(), read).await?;
    Ok(page.items.into_iter().next())
}

/// EVSEs by the station that each is at, all in folded ids.
pub type Ports = HashMap<String, HashSet<String>>;

/// The EVSEs that are kept, of one station or of all.
///
/// # Errors
/// The books cannot be read.
pub async fn ports(tx: &mut Tx, station: Option<&str>) -> Result<Ports, Error> {
    // Behind a station's id stands a hyphen, and before all that could follow it a full stop.
    let (from, to) = match station {
        Some(station) => (format!("{station}-"), format!("{station}.")),
        None => (String::new(), char::MAX.to_string()),
    };
    let rows = sqlx::query("SELECT key FROM evses WHERE key >= $1 AND key < $2")
        .bind(from)
        .bind(to)
        .fetch_all(&mut **tx)
        .await?;
    let mut ports = Ports::new();
    for row in &rows {
        let key: String = row.try_get("key")?;
        if let Some((station, _)) = key.rsplit_once('-') {
            ports.entry(station.to_owned()).or_default().insert(key);
        }
    }
    Ok(ports)
}

/// The station, in its folded id, at which an EVSE's id says that it is, if it says so.
pub fn station_of(evse: &str) -> Option<String> {
    station_in(&text::fold(evse.trim())).map(str::to_owned)
}

/// The station that a folded EVSE id is a port of.
fn station_in(evse: &str) -> Option<&str> {
    evse.rsplit_once('-').map(|(station, _)| station)
}

/// Whether an EVSE is at one of these stations: its id is the station's with a port behind it, one of those that are
/// kept of the station, where any are; or it is the station as a whole.
pub fn is_at(evse: &str, stations: &[String], ports: &Ports) -> bool {
    let evse = text::fold(evse.trim());
    let is_there = |station: &str| stations.iter().any(|own| own == station);
    let is_kept = |station: &str| ports.get(station).is_none_or(|kept| kept.contains(&evse));
    is_there(&evse) || station_in(&evse).is_some_and(|station| is_there(station) && is_kept(station))
}

/// Whether the books know no EVSE yet.
pub async fn is_empty(books: &Books) -> Result<bool, Error> {
    let mut tx = books.read().await?;
    let found = sqlx::query("SELECT 1 AS found FROM evses LIMIT 1")
        .fetch_optional(&mut *tx)
        .await?;
    Ok(found.is_none())
}

fn read(row: &AnyRow) -> Result<Evse, sqlx::Error> {
    Ok(Evse {
        id: row.try_get("id")?,
        station_sn: row.try_get("station_sn")?,
        station_name: row.try_get("station_name")?,
        org_id: row.try_get("org_id")?,
        org_name: row.try_get("org_name")?,
        token_sn: row.try_get("active_sn")?,
    })
}

/// Takes over the EVSEs that ChargePoint shows, and their organizations as ours.
pub async fn follow(tx: &mut Tx, evses: &[Evse]) -> Result<(), Error> {
    let ours: BTreeMap<String, Organization> = evses
        .iter()
        .map(|evse| {
            let organization = Organization {
                id: evse.org_id.clone(),
                name: evse.org_name.clone(),
                ours: true,
            };
            (organizations::key(&evse.org_id), organization)
        })
        .collect();
    organizations::set_ours(tx, &ours.into_values().collect::<Vec<_>>()).await?;
    sqlx::query("DELETE FROM evses").execute(&mut **tx).await?;
    let row = |evse: &Evse| -> Vec<Value> {
        let parts = [evse.station_name.as_str(), &evse.id, &evse.station_sn];
        vec![
            text::fold(&evse.id).into(),
            evse.id.as_str().into(),
            evse.station_sn.as_str().into(),
            evse.station_name.as_str().into(),
            organizations::key(&evse.org_id).into(),
            text::search(parts).into(),
        ]
    };
    let rows: Vec<Vec<Value>> = evses.iter().map(row).collect();
    let into = "INSERT INTO evses (key, id, station_sn, station_name, org_key, search)";
    Ok(batch::insert(tx, into, &rows, "ON CONFLICT DO NOTHING").await?)
}
