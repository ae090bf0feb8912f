//! Drivers who are connected and answer anew, because their connection asks them to.

use std::collections::HashMap;

use domain::audit::Change;
use domain::driver_requests::DriverRequest;
use sqlx::Row;

use super::super::Tx;
use super::super::audit::Noted;
use super::card;
use super::send::key;
use crate::clock;
use crate::problem::Error;

/// What is told of a request that a newer one took the place of.
pub(super) const RENEWED: &str = "Newer answers took the place of these.";

const WAITS: &str = "has the e-mail address of another request that waits";
const CONNECTED: &str = "has the e-mail address of a driver who is connected, and was not sent from that driver's page; \
                         approved, it stands beside that one";

/// A request and after how many days its connection asks again.
pub(super) type Asked = (DriverRequest, Option<u64>);

/// Says of each request when its answers are due, of several of one driver the newest's, and which of those
/// that wait have an e-mail address in common with another.
pub(super) fn mark(all: Vec<Asked>) -> Vec<DriverRequest> {
    let of = |request: &DriverRequest| (request.connection_id.clone(), key(&request.email));
    let mut connected: HashMap<_, String> = HashMap::new();
    let mut waiting: HashMap<_, usize> = HashMap::new();
    for (request, _) in &all {
        if request.status == "Approved" {
            let at = request.decided_at.clone().unwrap_or_default();
            let newest = connected.entry(of(request)).or_default();
            if *newest < at {
                *newest = at;
            }
        } else if request.status == "Pending" {
            *waiting.entry(of(request)).or_default() += 1;
        }
    }
    let marked = |(mut request, days): Asked| {
        let driver = of(&request);
        let newest = connected.get(&driver);
        if request.status == "Approved" && request.decided_at.as_ref() == newest {
            let due = request.decided_at.as_deref().zip(days);
            request.answers_due = due.and_then(|(at, days)| clock::days_after(at, days as i64));
        }
        if request.status == "Pending" {
            let mut said: Vec<String> = request.problem.take().into_iter().collect();
            if waiting.get(&driver).is_some_and(|waiting| *waiting > 1) {
                said.push(WAITS.into());
            }
            if newest.is_some() && !request.renews {
                said.push(CONNECTED.into());
            }
            request.problem = Some(said.join("; also ")).filter(|said| !said.is_empty());
        }
        request
    };
    all.into_iter().map(marked).collect()
}

/// Lets a request that was approved take the place of the older one whose page it was sent from: the pages
/// that follow that one follow it, and it stands for that one's card, unless it brings another. Newer answers
/// from the same page, which still wait, take its place in turn; older ones take nobody's.
pub(super) async fn replace(tx: &mut Tx, new: &str) -> Result<(), Error> {
    let row = sqlx::query(
        "SELECT o.id, o.card_number, o.card_key, o.problem, n.card_key AS own FROM driver_requests n \
         JOIN driver_requests o ON o.id = n.renews_id WHERE n.id = $1",
    )
    .bind(new)
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let old: String = row.try_get("id")?;
    let removed = sqlx::query(
        "UPDATE driver_requests SET status = 'Removed', text = $2, decided_at = $3, version = version + 1 \
         WHERE id = $1 AND status = 'Approved'",
    )
    .bind(&old)
    .bind(RENEWED)
    .bind(clock::now())
    .execute(&mut **tx)
    .await?;
    if removed.rows_affected() == 0 {
        return Ok(());
    }
    if let Some(removed) = super::find(tx, &old).await? {
        let told = Change::new("Text", None, Some(RENEWED.to_owned()));
        tx.note(Noted::about("Removed", &removed).with([told]));
    }
    if row.try_get::<String, _>("own")?.is_empty() {
        sqlx::query("UPDATE driver_requests SET card_number = $2, card_key = $3, problem = $4 WHERE id = $1")
            .bind(new)
            .bind(row.try_get::<String, _>("card_number")?)
            .bind(row.try_get::<String, _>("card_key")?)
            .bind(row.try_get::<Option<String>, _>("problem")?)
            .execute(&mut **tx)
            .await?;
    }
    card::release(tx, &old).await?;
    for sql in [
        "UPDATE driver_request_links SET request_id = $2 WHERE request_id = $1",
        "UPDATE driver_requests SET renews_id = $2 WHERE renews_id = $1 AND status = 'Pending' \
         AND requested_at > (SELECT n.requested_at FROM driver_requests n WHERE n.id = $2)",
    ] {
        sqlx::query(sql).bind(&old).bind(new).execute(&mut **tx).await?;
    }
    Ok(())
}
