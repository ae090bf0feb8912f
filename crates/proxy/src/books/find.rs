//! What a text may mean among the books' records: a few of each kind.

use domain::column::Listed;
use domain::identifiers::{auth_key, chip_key};
use domain::listing::ListQuery;
use domain::rows::matching;
use domain::search::{Hit, MOST_OF_KIND};
use domain::text::fold;
use sqlx::{Row, query};

use super::connections::Connections;
use super::customers::Customers;
use super::listing::Source;
use super::locations::Locations;
use super::station_tokens::StationTokens;
use super::{Tx, chargestations, driver_requests, evses, organizations};
use crate::problem::Error;

/// What stands between the parts that tell a hit apart.
pub const BETWEEN: &str = " · ";

/// A hit of a kind; of what tells it apart, what there is.
pub fn hit(kind: &str, id: &str, label: &str, detail: &[&str]) -> Hit {
    let told = detail.iter().filter(|text| !text.is_empty() && **text != label);
    Hit {
        kind: kind.to_owned(),
        id: id.to_owned(),
        label: if label.is_empty() { id } else { label }.to_owned(),
        detail: told.copied().collect::<Vec<_>>().join(BETWEEN),
        ..Hit::default()
    }
}

/// The records that the caller may see. With `ports`, stations are looked for among the EVSEs that ChargePoint
/// showed last, because no newer answer is kept.
pub async fn find(tx: &mut Tx, text: &str, ports: bool) -> Result<Vec<Hit>, Error> {
    let asked = ListQuery {
        q: text.to_owned(),
        page_size: MOST_OF_KIND as u32,
        ..ListQuery::default()
    };
    let caller = tx.caller();
    let mut hits = Vec::new();
    if caller.may("View:Location") {
        for one in best::<Locations>(tx, &asked, "name").await? {
            let place = [one.address.street_and_number.as_str(), &one.address.city];
            hits.push(hit("locations", &one.id, &one.name, &place));
        }
    }
    if caller.may("View:Station") {
        hits.extend(stations(tx, &asked, ports).await?);
    }
    if caller.may("View:Customer") {
        for one in best::<Customers>(tx, &asked, "name").await? {
            hits.push(hit("customers", &one.id, &one.name, &[&one.external_id]));
        }
    }
    if caller.may("View:Token") {
        hits.extend(tokens(tx, text).await?);
    }
    if caller.may("View:StationToken") {
        for one in best::<StationTokens>(tx, &asked, "tokenSn").await? {
            let told = [one.cloud_plan.as_str(), one.status.word(), &one.org_name];
            hits.push(hit("station_tokens", &one.id, &one.token_sn, &told));
        }
    }
    if caller.may("View:Connection") {
        for one in best::<Connections>(tx, &asked, "connectionName").await? {
            hits.push(hit(
                "connections",
                &one.id,
                &one.connection_name,
                &[&one.org_name],
            ));
        }
        let all = driver_requests::all(tx).await?;
        let found = matching(&all, &asked, |a, b| b.requested_at.cmp(&a.requested_at));
        for one in found.map_err(Error::fields)?.into_iter().take(MOST_OF_KIND) {
            let told = [one.email.as_str(), &one.connection, &one.status];
            hits.push(hit("driver_requests", &one.id, &one.driver, &told));
        }
    }
    for one in organizations::page(tx, &asked).await?.items {
        hits.push(hit("organizations", &one.id, &one.name, &[&one.id]));
    }
    Ok(hits)
}

/// A few rows of a list: the one of that id, those whose column begins so, then whatever else the text means.
async fn best<S: Source<Path = ()>>(
    tx: &mut Tx,
    asked: &ListQuery,
    column: &str,
) -> Result<Vec<S::Row>, Error> {
    let id = asked.q.to_ascii_lowercase();
    let one = S::rows(tx, ()).await?.only(&id);
    let mut found = one.page(tx, &ListQuery::default()).await?.items;
    let begins = ListQuery {
        q: String::new(),
        filter: vec![format!("{column}:startsWith:{}", asked.q)],
        ..asked.clone()
    };
    for query in [&begins, asked] {
        if found.len() >= MOST_OF_KIND {
            break;
        }
        for row in S::rows(tx, ()).await?.page(tx, query).await?.items {
            if !found.iter().any(|known| known.id() == row.id()) {
                found.push(row);
            }
        }
    }
    found.truncate(MOST_OF_KIND);
    Ok(found)
}

async fn stations(tx: &mut Tx, asked: &ListQuery, ports: bool) -> Result<Vec<Hit>, Error> {
    let own = chargestations::all(tx).await?;
    let found = matching(&own, asked, |a, b| a.name.cmp(&b.name)).map_err(Error::fields)?;
    let told = |row: &&domain::chargestations::ChargestationRow| {
        let place = row.location_name.as_deref().unwrap_or_default();
        let model = row.station.model.as_deref().unwrap_or_default();
        hit("chargestations", row.id(), &row.name, &[model, place])
    };
    let mut hits: Vec<Hit> = found.iter().take(MOST_OF_KIND).map(told).collect();
    if ports {
        for evse in evses::page(tx, asked).await?.items {
            let id = evse
                .id
                .rsplit_once('-')
                .map_or(evse.id.as_str(), |(station, _)| station);
            let told = hit("chargestations", id, &evse.station_name, &[&evse.station_sn, id]);
            if !hits.contains(&told) {
                hits.push(told);
            }
        }
    }
    Ok(hits)
}

/// Tokens whose Auth ID, Chip ID, visual number or own id begins so. There may be millions: each is a walk along an index.
async fn tokens(tx: &mut Tx, text: &str) -> Result<Vec<Hit>, Error> {
    let mut hits: Vec<Hit> = Vec::new();
    for (column, key) in [
        ("t.auth_key", auth_key(text)),
        ("t.chip_key", chip_key(text)),
        ("t.visual_id_fold", fold(text.trim())),
        (
            "t.id",
            Some(text.trim())
                .filter(|id| id.starts_with("tok_"))
                .unwrap_or_default()
                .to_owned(),
        ),
    ] {
        if key.is_empty() {
            continue;
        }
        let sql = format!(
            "SELECT t.id, t.auth_id, t.chip_id, t.visual_id, c.name FROM tokens t \
             LEFT JOIN customers c ON c.id = t.customer_id WHERE {column} >= $1 AND {column} < $2 \
             ORDER BY {column} LIMIT $3"
        );
        let end = format!("{key}{}", char::MAX);
        let rows = query(sqlx::AssertSqlSafe(sql))
            .bind(&key)
            .bind(end)
            .bind(MOST_OF_KIND as i64)
            .fetch_all(&mut **tx)
            .await?;
        for row in rows {
            let text = |column: &str| {
                row.try_get::<Option<String>, _>(column)
                    .map(Option::unwrap_or_default)
            };
            let told = [text("chip_id")?, text("visual_id")?, text("name")?];
            let told: Vec<&str> = told.iter().map(String::as_str).collect();
            let one = hit("tokens", row.try_get("id")?, row.try_get("auth_id")?, &told);
            if !hits.contains(&one) {
                hits.push(one);
            }
        }
    }
    hits.truncate(MOST_OF_KIND);
    Ok(hits)
}
