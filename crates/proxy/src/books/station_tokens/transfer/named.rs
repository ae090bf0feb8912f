//! Which tokens a transfer means.

use std::collections::{HashMap, HashSet};

use domain::export::Chosen;
use domain::limits::MAX_CHOSEN;
use domain::listing::ListQuery;
use domain::station_tokens::{StationToken, Transfer};
use futures::TryStreamExt;

use super::super::super::Tx;
use super::super::super::listing::{self, Scope, Source};
use super::super::{StationTokens, TABLE, key, of};
use crate::problem::Error;

/// How a token is named, and the token, if there is one.
pub type Named = (String, Option<StationToken>);

/// The tokens that a query means, if they are those that the sender saw.
pub async fn matching(tx: &mut Tx, query: &ListQuery, chosen: &Chosen) -> Result<Vec<Named>, Error> {
    listing::chosen(tx, &TABLE, Scope::all(), chosen).await?;
    let all = StationTokens::rows(tx, ()).await?.export(tx, query, None).await?;
    let tokens: Vec<StationToken> = all.stream(tx).try_collect().await?;
    let named = tokens
        .into_iter()
        .map(|token| (token.token_sn.clone(), Some(token)));
    Ok(named.collect())
}

/// The tokens that are meant, each once, by serial number or id, and how many were named again.
pub async fn by_name(tx: &mut Tx, transfer: &Transfer) -> Result<(Vec<Named>, u64), Error> {
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
