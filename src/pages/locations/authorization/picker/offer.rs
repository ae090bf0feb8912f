//! What the two pickers offer: hits of the search, and an Auth ID that the portal does not know.

use domain::identifiers::{Code, IdKind, auth_key, chip_key, judge};
use domain::search::{CustomerHit, SearchResult, TokenHit};
use domain::tokens::TokenState;

use super::super::change::List;

/// One thing that can be put on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub what: What,
    pub title: String,
    pub detail: String,
    /// Already on this location's list, so there is nothing to pick.
    pub listed: bool,
    /// What to know before adding it.
    pub warnings: Vec<String>,
}

/// What is put on the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A customer's id.
    Customer(String),
    /// A token's id.
    Token(String),
    /// An external Auth ID, as typed.
    External(String),
}

impl Offer {
    /// What it is called once it is picked.
    pub fn name(&self) -> &str {
        match &self.what {
            What::External(auth_id) => auth_id,
            What::Customer(_) | What::Token(_) => &self.title,
        }
    }
}

impl From<CustomerHit> for Offer {
    fn from(hit: CustomerHit) -> Self {
        let tokens = List::Tokens.count(hit.tokens);
        let warnings = (hit.tokens == 0).then(|| "No charge tokens: admits nobody".into());
        Self {
            detail: format!("{} · {tokens}", hit.customer.external_id),
            what: What::Customer(hit.customer.id),
            title: hit.customer.name,
            listed: hit.listed,
            warnings: warnings.into_iter().collect(),
        }
    }
}

impl From<TokenHit> for Offer {
    fn from(hit: TokenHit) -> Self {
        let token = hit.token;
        let chip = token.chip_id.map(|chip| format!("Chip ID {chip}"));
        let customer = token.customer.map(|customer| customer.name);
        let warnings = (token.state != TokenState::Valid)
            .then(|| format!("{}: refused though listed", token.state.word()));
        Self {
            what: What::Token(token.id),
            title: token.auth_id,
            detail: chip.into_iter().chain(customer).collect::<Vec<_>>().join(" · "),
            listed: hit.listed,
            warnings: warnings.into_iter().collect(),
        }
    }
}

/// What the answer to a search offers, and why the words themselves cannot be added where they cannot.
pub fn offers(result: SearchResult, words: &str, list: List) -> (Vec<Offer>, Option<Code>) {
    let external = match list {
        List::Customers => Ok(None),
        List::Tokens => external(words, &result.tokens),
    };
    let customers = result.customers.into_iter().map(Offer::from);
    let mut offers: Vec<_> = customers
        .chain(result.tokens.into_iter().map(Offer::from))
        .collect();
    let refused = external.as_ref().err().copied();
    offers.extend(external.ok().flatten());
    (offers, refused)
}

/// The words as an external Auth ID, unless a hit is that very token; else why they are none.
fn external(words: &str, hits: &[TokenHit]) -> Result<Option<Offer>, Code> {
    let found = |hit: &TokenHit| {
        let chip_id = hit.token.chip_id.as_deref();
        auth_key(&hit.token.auth_id) == auth_key(words)
            || chip_id.is_some_and(|chip_id| chip_key(chip_id) == chip_key(words))
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
        what: What::External(id.display),
    }))
}
