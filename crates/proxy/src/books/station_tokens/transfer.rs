//! *Transfer tokens*: all of those named go to another organisation, or none.

use std::collections::{HashMap, HashSet};

use domain::limits::MAX_CHOSEN;
use domain::organizations::Organization;
use domain::problem::FieldError;
use domain::station_tokens::{Reason, RefusedToken, StationToken, Status, Transfer, TransferResult};

use super::super::{Tx, fields, organizations};
use super::{Happened, hold, key, note, of, write};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::middleware::keyed::digest;
use crate::problem::Error;

/// How many tokens that cannot move are named.
const NAMED: usize = 100;

/// What a transfer comes to.
struct Plan {
    receiver: Organization,
    reference: String,
    moving: Vec<StationToken>,
    result: TransferResult,
}

/// What the transfer would do.
pub async fn check(tx: &mut Tx, transfer: &Transfer) -> Result<TransferResult, Error> {
    Ok(plan(tx, transfer).await?.result)
}

/// Does it, if all can move, or those that can are as many as were meant.
pub async fn transfer(
    tx: &mut Tx,
    transfer: &Transfer,
    version: Option<IfMatch>,
) -> Result<TransferResult, Error> {
    hold(tx).await?;
    let plan = plan(tx, transfer).await?;
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
        return Err(refusal(&plan.result, transfer.only_movable));
    }
    let Plan {
        receiver,
        reference,
        moving,
        result,
    } = plan;
    organizations::add(tx, std::slice::from_ref(&receiver)).await?;
    let now = clock::now();
    let behind = if reference.is_empty() {
        String::new()
    } else {
        format!(", reference {reference}")
    };
    let moved: Vec<(StationToken, String)> = moving
        .into_iter()
        .map(|mut token| {
            let detail = format!("from {} to {}{behind}", token.org_name, receiver.name);
            (token.org_id, token.org_name) = (receiver.id.clone(), receiver.name.clone());
            token.version += 1;
            token.updated_at.clone_from(&now);
            (token, detail)
        })
        .collect();
    let tokens: Vec<StationToken> = moved.iter().map(|(token, _)| token.clone()).collect();
    write(tx, &tokens).await?;
    let events: Vec<_> = moved
        .iter()
        .map(|(token, detail)| (token, detail.clone()))
        .collect();
    note(tx, Happened::Transferred, &events).await?;
    Ok(result)
}

async fn plan(tx: &mut Tx, transfer: &Transfer) -> Result<Plan, Error> {
    let reference = fields::line("reference", &transfer.reference)?;
    let receiver = match organizations::find(tx, &transfer.org_id).await? {
        Some(known) => known,
        None => organizations::foreign(&transfer.org_id, &transfer.org_name)?,
    };
    let (named, repeated) = named(tx, transfer).await?;
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
        reasons: reasons(&refused),
        examples: refused.into_iter().take(NAMED).map(example).collect(),
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

/// The tokens that are meant, each once, by serial number or id, and how many were named again.
async fn named(
    tx: &mut Tx,
    transfer: &Transfer,
) -> Result<(Vec<(String, Option<StationToken>)>, u64), Error> {
    let by_sn = transfer
        .token_sns
        .iter()
        .filter(|token_sn| !token_sn.trim().is_empty());
    let (column, written): (_, Vec<String>) = match &transfer.chosen {
        None => (
            "t.token_sn_fold",
            by_sn.map(|token_sn| token_sn.trim().to_owned()).collect(),
        ),
        Some(_) if by_sn.count() > 0 => {
            return Err(Error::field(
                "tokenSns",
                "tokens are chosen in the table or named here, not both",
            ));
        }
        Some(chosen) => ("t.id", chosen.ids.clone()),
    };
    if written.is_empty() {
        return Err(Error::field("tokenSns", "no token is named"));
    }
    if transfer.chosen.is_none() && written.len() > MAX_CHOSEN {
        let message = format!("at most {MAX_CHOSEN} tokens at once, these are {}", written.len());
        return Err(Error::field("tokenSns", message));
    }
    let key_of = |text: &str| match &transfer.chosen {
        Some(_) => text.to_owned(),
        None => key(text),
    };
    let mut keys = HashSet::new();
    let count = written.len();
    let once: Vec<String> = written
        .into_iter()
        .filter(|text| keys.insert(key_of(text)))
        .collect();
    let keys: Vec<String> = once.iter().map(|text| key_of(text)).collect();
    let mut found: HashMap<String, StationToken> = of(tx, column, &keys)
        .await?
        .into_iter()
        .map(|token| match transfer.chosen {
            Some(_) => (token.id.clone(), token),
            None => (key(&token.token_sn), token),
        })
        .collect();
    let repeated = (count - once.len()) as u64;
    let named = once
        .into_iter()
        .zip(keys)
        .map(|(text, key)| (text, found.remove(&key)));
    Ok((named.collect(), repeated))
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

fn reasons(refused: &[(String, &'static str)]) -> Vec<Reason> {
    let mut all: Vec<Reason> = Vec::new();
    for (_, reason) in refused {
        match all.iter_mut().find(|known| known.reason == *reason) {
            Some(known) => known.count += 1,
            None => all.push(Reason {
                reason: (*reason).to_owned(),
                count: 1,
            }),
        }
    }
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
    all
}

fn example((token_sn, reason): (String, &'static str)) -> RefusedToken {
    RefusedToken {
        token_sn,
        reason: reason.to_owned(),
    }
}

/// A number that a browser can hold, another one for everything else that was seen.
fn version_of(seen: &[String]) -> u64 {
    let digest = digest(seen.join("\n").as_bytes());
    u64::from_str_radix(&digest[..12], 16).unwrap_or_default()
}

fn refusal(result: &TransferResult, meant: Option<u64>) -> Error {
    let all = result.moves + result.refused;
    let reasons: Vec<String> = result
        .reasons
        .iter()
        .map(|one| format!("{} {}", one.count, one.reason))
        .collect();
    let cannot = match result.refused {
        0 => format!("All {all} tokens can move"),
        refused => format!("{refused} of {all} tokens cannot move: {}", reasons.join(", ")),
    };
    let meant = match meant {
        Some(meant) if meant != result.moves => {
            format!(" Meant were {meant} that can, by now there are {}.", result.moves)
        }
        _ => String::new(),
    };
    let error = |refused: &RefusedToken| FieldError {
        field: "tokenSns".into(),
        message: format!("{}: {}", refused.token_sn, refused.reason),
    };
    Error::TransferRefused {
        detail: format!("{cannot}.{meant} Nothing was moved."),
        errors: result.examples.iter().map(error).collect(),
    }
}
