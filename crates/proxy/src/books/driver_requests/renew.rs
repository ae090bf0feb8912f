//! Drivers who are connected and answer anew, because their connection asks them to.

use std::collections::HashMap;

use domain::driver_requests::DriverRequest;
use domain::identifiers::auth_key;
use sqlx::Row;

use super::super::Tx;
use super::card;
use super::send::key;
use crate::clock;
use crate::problem::Error;

/// What is told of a request that a newer one took the place of.
const RENEWED: &str = "Newer answers took the place of these.";

/// A request and after how many days its connection asks again.
pub(super) type Asked = (DriverRequest, Option<u64>);

/// Says of each request whether it renews an older one, and when its answers are due: of several of one
/// driver, the newest's.
pub(super) fn mark(all: Vec<Asked>) -> Vec<DriverRequest> {
    let of = |request: &DriverRequest| (request.connection_id.clone(), key(&request.email));
    let mut connected: HashMap<_, String> = HashMap::new();
    for (request, _) in all.iter().filter(|(request, _)| request.status == "Approved") {
        let at = request.decided_at.clone().unwrap_or_default();
        let newest = connected.entry(of(request)).or_default();
        if *newest < at {
            *newest = at;
        }
    }
    let marked = |(mut request, days): Asked| {
        let newest = connected.get(&of(&request));
        if request.status == "Approved" && request.decided_at.as_ref() == newest {
            let due = request.decided_at.as_deref().zip(days);
            request.answers_due = due.and_then(|(at, days)| clock::days_after(at, days as i64));
        }
        request.renews = request.status == "Pending" && newest.is_some();
        request
    };
    all.into_iter().map(marked).collect()
}

/// Lets a request that an operator approved take the place of the driver's older ones: the pages that follow
/// those follow it, and it stands for their card, unless it brings another, which then replaces the old one.
pub(super) async fn replace(tx: &mut Tx, new: &DriverRequest) -> Result<(), Error> {
    let older = sqlx::query(
        "SELECT id, card_number, token_id FROM driver_requests WHERE connection_id = $1 AND email_key = $2 \
         AND status = 'Approved' AND id <> $3 ORDER BY decided_at DESC, id",
    )
    .bind(new.connection_id.clone())
    .bind(key(&new.email))
    .bind(&new.id)
    .fetch_all(&mut **tx)
    .await?;
    let mut held = new.card_number.clone();
    for row in older {
        let (id, own): (String, String) = (row.try_get("id")?, row.try_get("card_number")?);
        let token: Option<String> = row.try_get("token_id")?;
        if held.is_empty() || auth_key(&held) == auth_key(&own) {
            sqlx::query(
                "UPDATE driver_requests SET card_number = $2, token_id = COALESCE(token_id, $3) WHERE id = $1",
            )
            .bind(&new.id)
            .bind(&own)
            .bind(token)
            .execute(&mut **tx)
            .await?;
            sqlx::query("UPDATE driver_requests SET token_id = NULL WHERE id = $1")
                .bind(&id)
                .execute(&mut **tx)
                .await?;
            held = own;
        } else {
            card::block(tx, &id).await?;
        }
        sqlx::query(
            "UPDATE driver_requests SET status = 'Removed', text = $2, decided_at = $3, version = version + 1 \
             WHERE id = $1",
        )
        .bind(&id)
        .bind(RENEWED)
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
        sqlx::query("UPDATE driver_request_links SET request_id = $2 WHERE request_id = $1")
            .bind(&id)
            .bind(&new.id)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
