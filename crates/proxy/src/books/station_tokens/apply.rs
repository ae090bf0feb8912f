//! *Apply to station*.

use domain::station_tokens::{ApplyToStation, StationToken, Status};

use super::super::{Tx, evses, organizations, records};
use super::{active_on, get, require_ours, write};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// Makes a free token active on an EVSE of its own organization.
pub async fn apply(
    tx: &mut Tx,
    id: &str,
    version: IfMatch,
    where_to: &ApplyToStation,
) -> Result<StationToken, Error> {
    records::lock(tx, "station_tokens", id, version).await?;
    let mut token = get(tx, id).await?;
    require_ours(&token)?;
    if !token.status.is_free() {
        return Err(Error::InUse(match token.status {
            Status::Active => format!("{} is Active on {} already.", token.token_sn, token.evse_id),
            _ => format!(
                "{} is Expired; only a New or Available token can be applied.",
                token.token_sn
            ),
        }));
    }
    let evse = evses::find(tx, &where_to.evse_id)
        .await?
        .ok_or_else(|| Error::field("evseId", "no port of our stations has that EVSE ID"))?;
    if organizations::key(&evse.org_id) != organizations::key(&token.org_id) {
        let said = format!(
            "{} belongs to {}, and {} to {}; choose an EVSE of {}, or transfer the token first",
            evse.id, evse.org_name, token.token_sn, token.org_name, token.org_name
        );
        return Err(Error::field("evseId", said));
    }
    if let Some(other) = active_on(tx, &evse.id, id).await? {
        return Err(taken(&evse.id, &other));
    }
    let (now, before) = (clock::now(), token.clone());
    token.status = Status::Active;
    token.evse_id = evse.id;
    token.station_sn = evse.station_sn;
    token.station_name = evse.station_name;
    token.activation_date = Some(now.clone());
    token.applied_date = Some(now.clone());
    token.updated_at = now;
    token.version += 1;
    write(tx, std::slice::from_ref(&token)).await.map_err(|error| {
        // The other one got there between the look and the write.
        match error
            .as_database_error()
            .is_some_and(|error| error.is_unique_violation())
        {
            true => taken(&token.evse_id, "another token"),
            false => error.into(),
        }
    })?;
    tx.changed("Applied to station", Some(&before), Some(&token));
    Ok(token)
}

fn taken(evse_id: &str, other: &str) -> Error {
    Error::InUse(format!(
        "{other} is Active on {evse_id}, and an EVSE takes one token. Nothing was changed; choose another EVSE."
    ))
}
