//! The books' versions: SQL files, each run once, in order, in one transaction.

mod collate;
mod fold;

use domain::identifiers::auth_key;
use sqlx::{AnyPool, Row};

use super::{Engine, OpenError, audit, text};

/// All versions with their numbers, which stay as they are.
const VERSIONS: &[(i64, &str)] = &[
    (1, include_str!("0001_books.sql")),
    (2, include_str!("0002_tables.sql")),
    (3, include_str!("0003_station_tokens.sql")),
    (4, include_str!("0004_connections.sql")),
    (5, include_str!("0005_accounts.sql")),
    (6, include_str!("0006_cards.sql")),
    (7, include_str!("0007_audit.sql")),
    (8, include_str!("0008_limits.sql")),
    (9, include_str!("0009_station_token_history.sql")),
    (10, include_str!("0010_refused.sql")),
    (11, include_str!("0011_chargestations.sql")),
    (12, include_str!("0012_load.sql")),
    (13, include_str!("0013_partners.sql")),
    (14, include_str!("0014_customers_tokens.sql")),
    (15, include_str!("0015_load_words.sql")),
];

/// Folded columns that a version adds to tables which may hold rows.
const FOLDS: &[(i64, fold::Fold)] = &[
    (
        2,
        (
            "locations",
            &[
                ("street_and_number", "street_fold"),
                ("city", "city_fold"),
                ("country", "country_fold"),
            ],
        ),
    ),
    (
        2,
        (
            "customers",
            &[
                ("external_id", "external_id_fold"),
                ("email", "email_fold"),
                ("phone", "phone_fold"),
            ],
        ),
    ),
    (
        2,
        (
            "tokens",
            &[
                ("visual_id", "visual_id_fold"),
                ("issuer", "issuer_fold"),
                ("note", "note_fold"),
            ],
        ),
    ),
    (2, ("imports", &[("file_name", "file_name_fold")])),
];

/// Keys of Auth IDs that a version adds in the same way.
const KEYS: &[(i64, fold::Fold)] = &[(6, ("driver_requests", &[("card_number", "card_key")]))];

/// The organizations of sites, which a version adds in the same way.
const ORGANIZATIONS: &[(i64, fold::Fold)] = &[(8, ("locations", &[("site", "org_key")]))];

/// The organization's key with which a site's key begins.
fn organization(site: &str) -> String {
    site.split('|').next().unwrap_or_default().to_owned()
}

/// Brings the books to the newest version.
pub async fn run(engine: Engine, pool: &AnyPool) -> Result<(), OpenError> {
    let mut tx = pool.begin_with(engine.begin_write()).await?;
    if engine == Engine::Postgres {
        // Two servers that start at once: the second waits for the first.
        sqlx::query("SELECT pg_advisory_xact_lock(5108)")
            .execute(&mut *tx)
            .await?;
    }
    sqlx::query("CREATE TABLE IF NOT EXISTS migrations (version BIGINT NOT NULL PRIMARY KEY)")
        .execute(&mut *tx)
        .await?;
    let run: Vec<i64> = sqlx::query("SELECT version FROM migrations")
        .fetch_all(&mut *tx)
        .await?
        .iter()
        .map(|row| row.try_get("version"))
        .collect::<Result<_, _>>()?;
    let at = run.iter().copied().max().unwrap_or_default();
    let newest = VERSIONS.last().map_or(0, |(number, _)| *number);
    if at > newest {
        return Err(OpenError::Newer(at, newest));
    }
    for (number, sql) in VERSIONS.iter().filter(|(number, _)| !run.contains(number)) {
        if *number == 9 {
            audit::adopt(&mut tx).await?;
        }
        for statement in sql.split(';').filter(|statement| !statement.trim().is_empty()) {
            sqlx::query(statement).execute(&mut *tx).await?;
        }
        for (_, fold) in FOLDS.iter().filter(|(version, _)| version == number) {
            fold::fill(&mut tx, fold, text::fold).await?;
        }
        for (_, key) in KEYS.iter().filter(|(version, _)| version == number) {
            fold::fill(&mut tx, key, auth_key).await?;
        }
        if *number == 7 {
            for statement in audit::append_only(engine) {
                sqlx::query(*statement).execute(&mut *tx).await?;
            }
        }
        for (_, site) in ORGANIZATIONS.iter().filter(|(version, _)| version == number) {
            fold::fill(&mut tx, site, organization).await?;
        }
        sqlx::query("INSERT INTO migrations (version) VALUES ($1)")
            .bind(number)
            .execute(&mut *tx)
            .await?;
    }
    if engine == Engine::Postgres {
        collate::by_bytes(&mut tx, VERSIONS.iter().map(|(_, sql)| *sql)).await?;
    }
    Ok(tx.commit().await?)
}

/// Whether the books are of the newest version.
pub async fn check(pool: &AnyPool) -> Result<(), OpenError> {
    let row = sqlx::query("SELECT COALESCE(MAX(version), 0) AS version FROM migrations")
        .fetch_one(pool)
        .await?;
    let at: i64 = row.try_get("version")?;
    let newest = VERSIONS.last().map_or(0, |(number, _)| *number);
    match at {
        at if at > newest => Err(OpenError::Newer(at, newest)),
        at if at < newest => Err(OpenError::Older(at, newest)),
        _ => Ok(()),
    }
}
