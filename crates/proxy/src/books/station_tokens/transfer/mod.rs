//! *Transfer tokens*: all of those named go to another organization, or none.

mod named;
mod words;

use domain::audit::Change;
use domain::listing::ListQuery;
use domain::organizations::Organization;
use domain::station_tokens::{StationToken, Status, Transfer, TransferResult};

use super::super::audit::Noted;
use super::super::{Tx, fields, organizations};
use super::{hold, write};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::middleware::keyed::digest;
use crate::problem::Error;

/// What a transfer comes to.
struct Plan {
    receiver: Organization,
    reference: String,
    moving: Vec<StationToken>,
    result: TransferResult,
}

/// What the transfer would do. `query` is the one of its choice, read.
pub async fn check(
    tx: &mut Tx,
    transfer: &Transfer,
    query: Option<&ListQuery>,
) -> Result<TransferResult, Error> {
    Ok(plan(tx, transfer, query).await?.result)
}

/// Does it, if all can move, or those that can are as many as were meant.
pub async fn transfer(
    tx: &mut Tx,
    transfer: &Transfer,
    query: Option<&ListQuery>,
    version: Option<IfMatch>,
) -> Result<TransferResult, Error> {
    hold(tx).await?;
    let plan = plan(tx, transfer, query).await?;
    if let Some(IfMatch::Version(seen)) = version
        && seen != plan.result.version
    {
        return Err(Error::Stale);
    }
    let as_meant = match transfer.only_movable {
        Some(count) => count == plan.result.moves,
        None => plan.result.refused == 0,
    };
    if !as_meant || plan.moving.is_empty() {
        return Err(words::refusal(&plan.result, transfer.only_movable));
    }
    let Plan {
        receiver,
        reference,
        moving,
        result,
    } = plan;
    organizations::add(tx, std::slice::from_ref(&receiver)).await?;
    let now = clock::now();
    let more = Some(reference)
        .filter(|reference| !reference.is_empty())
        .map(|reference| Change::new("Reference", None, Some(reference)));
    let mut moved = moving;
    for token in &mut moved {
        let before = token.clone();
        (token.org_id, token.org_name) = (receiver.id.clone(), receiver.name.clone());
        token.version += 1;
        token.updated_at.clone_from(&now);
        if let Some(noted) = Noted::of("Transferred", Some(&before), Some(&*token)) {
            tx.note(noted.with(more.clone()));
        }
    }
    write(tx, &moved).await?;
    Ok(result)
}

async fn plan(tx: &mut Tx, transfer: &Transfer, query: Option<&ListQuery>) -> Result<Plan, Error> {
    let reference = fields::line("reference", &transfer.reference)?;
    let receiver = match organizations::find(tx, &transfer.org_id).await? {
        Some(known) => known,
        // What is given away changes the stock of whoever gets it.
        None if tx.caller().organizations.is_some() => {
            let message = "your account transfers tokens among the organizations that it is limited to";
            return Err(Error::field("orgId", message));
        }
        None => organizations::foreign(&transfer.org_id, &transfer.org_name)?,
    };
    let (named, repeated) = match (query, &transfer.chosen) {
        (Some(query), Some(chosen)) => (named::matching(tx, query, chosen).await?, 0),
        _ => named::by_name(tx, transfer).await?,
    };
    let (mut moving, mut refused) = (Vec::new(), Vec::new());
    let mut seen = vec![organizations::key(&receiver.id)];
    for (token_sn, token) in named {
        seen.extend(
            token
                .as_ref()
                .map(|token| format!("{} {}", token.id, token.version)),
        );
        match token {
            None => refused.push((token_sn, "unknown")),
            Some(token) => match reason(&token, &receiver) {
                Some(reason) => refused.push((token.token_sn, reason)),
                None => moving.push(token),
            },
        }
    }
    seen.sort_unstable();
    let result = TransferResult {
        moves: moving.len() as u64,
        refused: refused.len() as u64,
        reasons: words::reasons(&refused),
        examples: words::examples(refused),
        repeated,
        org_name: receiver.name.clone(),
        version: version_of(&seen),
    };
    Ok(Plan {
        receiver,
        reference,
        moving,
        result,
    })
}

fn reason(token: &StationToken, receiver: &Organization) -> Option<&'static str> {
    if organizations::key(&token.org_id) == organizations::key(&receiver.id) {
        return Some("already there");
    }
    match token.status {
        _ if !token.ours => Some("not yours"),
        Status::Active => Some("Active"),
        Status::Expired => Some("Expired"),
        Status::New | Status::Available => None,
    }
}

/// A number that a browser can hold, another one for everything else that was seen.
fn version_of(seen: &[String]) -> u64 {
    let digest = digest(seen.join("\n").as_bytes());
    u64::from_str_radix(&digest[..12], 16).unwrap_or_default()
}
