//! What was told of station tokens before there was a log.

use domain::audit::Change;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::write::{FIELDS, FOLDS, folds, hash};

/// How many events are in hand at once.
const AT_ONCE: i64 = 1_000;

/// Takes the events of station tokens over as lines, in their order and with their times: those from before the
/// log's first line, which tells of the later ones itself.
pub async fn adopt(tx: &mut Transaction<'static, Any>) -> sqlx::Result<()> {
    let head = sqlx::query("SELECT id, hash FROM audit_head WHERE one = 1")
        .fetch_one(&mut **tx)
        .await?;
    let (mut id, mut last): (i64, String) = (head.try_get("id")?, head.try_get("hash")?);
    let begun = sqlx::query("SELECT COALESCE(MIN(at), '9') AS begun FROM audit")
        .fetch_one(&mut **tx)
        .await?;
    let begun: String = begun.try_get("begun")?;
    let names: Vec<&str> = ["id", "hash"].into_iter().chain(FIELDS).chain(FOLDS).collect();
    let marks: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
    let insert = format!(
        "INSERT INTO audit ({}) VALUES ({})",
        names.join(", "),
        marks.join(", ")
    );
    for page in 0.. {
        let events = sqlx::query(
            "SELECT e.at, e.what, e.detail, t.id, t.token_sn, t.org_key FROM station_token_events e \
             JOIN station_tokens t ON t.id = e.token_id \
             WHERE e.at < $1 ORDER BY e.at, e.token_id, e.version LIMIT $2 OFFSET $3",
        )
        .bind(&begun)
        .bind(AT_ONCE)
        .bind(page * AT_ONCE)
        .fetch_all(&mut **tx)
        .await?;
        for event in &events {
            id += 1;
            let detail: String = event.try_get("detail")?;
            let changes = [Change::new("Detail", None, Some(detail))];
            let changes =
                serde_json::to_string(&changes).map_err(|error| sqlx::Error::Protocol(error.to_string()))?;
            let nothing = String::new;
            let fields = [
                event.try_get("at")?,
                "The time before the log".to_owned(),
                nothing(),
                event.try_get("what")?,
                "station_tokens".to_owned(),
                event.try_get("id")?,
                event.try_get("token_sn")?,
                event.try_get("org_key")?,
                changes,
                nothing(),
                nothing(),
                nothing(),
            ];
            last = hash(&last, id, &fields);
            let folds = folds(&fields);
            let mut statement = sqlx::query(AssertSqlSafe(insert.as_str())).bind(id).bind(&last);
            for text in fields.into_iter().chain(folds) {
                statement = statement.bind(text);
            }
            statement.execute(&mut **tx).await?;
        }
        if (events.len() as i64) < AT_ONCE {
            break;
        }
    }
    sqlx::query("UPDATE audit_head SET id = $1, hash = $2 WHERE one = 1")
        .bind(id)
        .bind(last)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
