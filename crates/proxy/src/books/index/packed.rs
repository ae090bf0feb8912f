//! A token, small: its texts in one, and where each ends.

use domain::tokens::{CustomerRef, Token, TokenType};

/// The texts, in order.
pub const ID: usize = 0;
pub const AUTH_ID: usize = 1;
pub const AUTH_KEY: usize = 2;
pub const CHIP_ID: usize = 3;
pub const CHIP_KEY: usize = 4;
pub const VISUAL_ID: usize = 5;
pub const EXPIRES: usize = 6;
const TEXTS: usize = 7;

/// No customer.
pub const NOBODY: u32 = u32::MAX;

/// A token. Texts that there are none of are empty.
#[derive(Debug)]
pub struct Packed {
    text: Box<str>,
    ends: [u16; TEXTS],
    /// The customer's place, or [`NOBODY`].
    pub customer: u32,
    is_card: bool,
    valid: bool,
}

impl Packed {
    /// None where a text is longer than any that the books take.
    pub fn of(texts: [&str; TEXTS], customer: u32, is_card: bool, valid: bool) -> Option<Self> {
        let mut ends = [0; TEXTS];
        let mut end = 0;
        for (at, text) in texts.iter().enumerate() {
            end += text.len();
            ends[at] = u16::try_from(end).ok()?;
        }
        Some(Self {
            text: texts.concat().into(),
            ends,
            customer,
            is_card,
            valid,
        })
    }

    /// One of its texts.
    pub fn text(&self, which: usize) -> &str {
        let from = if which == 0 { 0 } else { self.ends[which - 1] };
        let range = usize::from(from)..usize::from(self.ends[which]);
        self.text.get(range).unwrap_or_default()
    }

    /// The token as far as decisions and their answers want it.
    pub fn token(&self, customer: Option<CustomerRef>) -> Token {
        let filled = |which| Some(self.text(which).to_owned()).filter(|text| !text.is_empty());
        Token {
            id: self.text(ID).to_owned(),
            auth_id: self.text(AUTH_ID).to_owned(),
            chip_id: filled(CHIP_ID),
            visual_id: filled(VISUAL_ID),
            token_type: if self.is_card {
                TokenType::Rfid
            } else {
                TokenType::Other
            },
            customer,
            issuer: String::new(),
            valid: self.valid,
            expires: filled(EXPIRES),
            note: String::new(),
            version: 0,
            created_at: String::new(),
            updated_at: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_comes_out_as_it_went_in() {
        let texts = ["tok_1", "NL-é", "NLE", "", "", "0001", "2026-11-20T08:00:00Z"];
        let token = Packed::of(texts, NOBODY, true, false).unwrap().token(None);
        assert_eq!(
            (token.id.as_str(), token.auth_id.as_str(), token.valid),
            ("tok_1", "NL-é", false)
        );
        assert_eq!((token.chip_id, token.visual_id.as_deref()), (None, Some("0001")));
        assert_eq!(token.expires.as_deref(), Some("2026-11-20T08:00:00Z"));
        assert_eq!(token.token_type, TokenType::Rfid);
        let long = "x".repeat(70_000);
        assert!(Packed::of([&long, "", "", "", "", "", ""], NOBODY, true, true).is_none());
    }
}
