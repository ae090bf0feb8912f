//! Whom a private location may be shown to. A list may hold very many, so that the engine packs those of a location
//! into one text, which is cheaper to read than as many rows.

use std::collections::HashMap;

use domain::identifiers::IdKind;
use domain::privacy::{Via, Visibility, settle};
use domain::tokens::TokenState;
use ocpi::locations::PublishTokenType;
use sqlx::{AssertSqlSafe, Row};

use super::super::super::listing::{Bind, bind_all};
use super::super::super::{Tx, ids};
use super::super::Asking;
use super::{has_sent, sent, sent_of_customers, within};
use crate::clock;
use crate::problem::Error;

/// Between the fields of a token, and between tokens.
const FIELD: char = '\u{1f}';
const TOKEN: char = '\u{1e}';

/// The partner's tokens that each of these locations admits, as apps are told of them.
pub async fn to(
    tx: &mut Tx,
    asking: &Asking,
    ids: &[String],
) -> Result<HashMap<String, Vec<PublishTokenType>>, Error> {
    let now = clock::now();
    let mut binds: Vec<Bind> = vec![asking.partner.id.as_str().into()];
    let own = within("t.auth_key", asking, &mut binds);
    let listed = within("e.key", asking, &mut binds);
    let marks: Vec<String> = ids
        .iter()
        .map(|id| {
            binds.push(id.as_str().into());
            format!("${}", binds.len())
        })
        .collect();
    let marks = marks.join(", ");
    let auth = ids::kind_number(IdKind::AuthId);
    let ours = packed([
        "t.chip_key",
        "CASE t.type WHEN 'RFID' THEN 'RFID' ELSE 'OTHER' END",
        "t.visual_id",
        "t.issuer",
        "t.valid",
        "t.expires",
    ]);
    let mut ways = vec![
        format!(
            "SELECT e.location_id, {ours} AS told FROM authorization_tokens e JOIN tokens t ON t.auth_key = e.key \
             WHERE e.location_id IN ({marks}) AND e.kind = {auth} AND {listed} GROUP BY e.location_id"
        ),
        format!(
            "SELECT k.location_id, {ours} AS told FROM authorization_customers k \
             JOIN tokens t ON t.customer_id = k.customer_id WHERE k.location_id IN ({marks}) AND {own} \
             GROUP BY k.location_id"
        ),
    ];
    if has_sent(tx, asking).await? {
        let theirs = packed(["p.uid", "p.type", "p.visual_number", "p.issuer", "p.valid", "''"]);
        let now = format!("'{now}'");
        let all = sent(&now).into_iter().chain([sent_of_customers(&now)]);
        ways.extend(all.map(|from| {
            format!(
                "SELECT e.location_id, {theirs} AS told FROM {from} AND e.location_id IN ({marks}) \
                 GROUP BY e.location_id"
            )
        }));
    }
    // Without the partner's own id the engine would miss the first value.
    let sql = format!("SELECT * FROM ({}) found WHERE $1 = $1", ways.join(" UNION ALL "));
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
        .fetch_all(&mut **tx)
        .await?;
    let mut to: HashMap<String, Vec<PublishTokenType>> = HashMap::new();
    for row in &rows {
        let all: &str = row.try_get("told")?;
        let told = all.split(TOKEN).filter_map(|token| told(token, &now));
        to.entry(row.try_get("location_id")?).or_default().extend(told);
    }
    for told in to.values_mut() {
        told.sort_unstable();
        told.dedup();
    }
    Ok(to)
}

/// The tokens of a group in one text. What divides them is taken out of what people wrote.
fn packed([uid, kind, visual, issuer, valid, expires]: [&str; 6]) -> String {
    let plain = |text: &str| format!("REPLACE(REPLACE(COALESCE({text}, ''), '{FIELD}', ''), '{TOKEN}', '')");
    let fields = [
        plain(uid),
        plain(kind),
        // Told only where there is no uid.
        format!(
            "CASE COALESCE({uid}, '') WHEN '' THEN {} ELSE '' END",
            plain(visual)
        ),
        format!(
            "CASE COALESCE({uid}, '') WHEN '' THEN {} ELSE '' END",
            plain(issuer)
        ),
        valid.to_owned(),
        format!("COALESCE({expires}, '')"),
    ];
    format!(
        "STRING_AGG({}, '{TOKEN}')",
        fields.join(&format!(" || '{FIELD}' || "))
    )
}

/// A token as apps are told of it; none for one that is not admitted, or that they cannot be told of.
fn told(token: &str, now: &str) -> Option<PublishTokenType> {
    let mut fields = token.split(FIELD);
    let mut next = || fields.next().unwrap_or_default();
    let (uid, kind, visual, issuer, valid, expires) = (next(), next(), next(), next(), next(), next());
    let expires = Some(expires).filter(|expires| !expires.is_empty());
    let state = TokenState::of(valid == "1", expires, now);
    // By itself or through its customer: it is admitted either way.
    if !settle(Visibility::Private, Some(state), Some(Via::Token)).allowed() {
        return None;
    }
    if !uid.is_empty() {
        return Some(PublishTokenType {
            uid: Some(uid.to_owned()),
            token_type: Some(kind.to_owned()),
            ..PublishTokenType::default()
        });
    }
    (!visual.is_empty() && !issuer.is_empty()).then(|| PublishTokenType {
        visual_number: Some(visual.to_owned()),
        issuer: Some(issuer.to_owned()),
        ..PublishTokenType::default()
    })
}
