//! What the two pickers offer: hits of the search, and an Auth ID that the portal does not know.

use domain::identifiers::{Code, IdKind, auth_key, chip_key, judge};

use super::super::list::List;
use crate::api::Record;

/// One thing that can be put on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Of a customer or a charge token of the portal, or an external Auth ID, as typed.
    pub id: String,
    pub external: bool,
    pub title: String,
    pub detail: String,
    /// Already on this location's list, so there is nothing to pick.
    pub listed: bool,
    /// What to know before adding it.
    pub warnings: Vec<String>,
}

impl Offer {
    /// What it is called once it is picked.
    pub fn name(&self) -> &str {
        if self.external { &self.id } else { &self.title }
    }

    fn of(hit: &Record, list: List) -> Self {
        let text = |path: &str| hit.text(path);
        let (id, title, detail, warning);
        match list {
            List::Customers => {
                (id, title) = (text("customer.id"), text("customer.name"));
                let tokens = hit.count("tokens");
                warning = (tokens == 0).then(|| "No charge tokens: admits nobody".into());
                detail = format!("{} · {}", text("customer.externalId"), List::Tokens.count(tokens));
            }
            List::Tokens => {
                (id, title) = (text("token.id"), text("token.authId"));
                let state = text("token.state");
                warning = (state != "Valid").then(|| format!("{state}: refused though listed"));
                let chip = hit
                    .has("token.chipId")
                    .then(|| format!("Chip ID {}", text("token.chipId")));
                let customer = hit.has("token.customer").then(|| text("token.customer"));
                detail = chip.into_iter().chain(customer).collect::<Vec<_>>().join(" · ");
            }
        }
        Self {
            id,
            external: false,
            title,
            detail,
            listed: hit.flag("listed"),
            warnings: warning.into_iter().collect(),
        }
    }
}

/// What the answer to a search offers, and why the words themselves cannot be added where they cannot.
pub fn offers(result: &Record, words: &str, list: List) -> (Vec<Offer>, Option<Code>) {
    let hits = result.records(list.words().key);
    let external = match list {
        List::Customers => Ok(None),
        List::Tokens => external(words, &hits),
    };
    let mut offers: Vec<_> = hits.iter().map(|hit| Offer::of(hit, list)).collect();
    let refused = external.as_ref().err().copied();
    offers.extend(external.ok().flatten());
    (offers, refused)
}

/// The words as an external Auth ID, unless a hit is that very token; else why they are none.
fn external(words: &str, hits: &[Record]) -> Result<Option<Offer>, Code> {
    let found = |hit: &Record| {
        auth_key(&hit.text("token.authId")) == auth_key(words)
            || hit.has("token.chipId") && chip_key(&hit.text("token.chipId")) == chip_key(words)
    };
    if words.trim().is_empty() || hits.iter().any(found) {
        return Ok(None);
    }
    let id = judge(IdKind::AuthId, words)?;
    Ok(Some(Offer {
        title: format!("Add {} as an external Auth ID", id.display),
        detail: "The portal knows no charge token of this Auth ID".into(),
        listed: false,
        warnings: id.warnings.iter().map(|code| code.meaning().to_owned()).collect(),
        id: id.display,
        external: true,
    }))
}
