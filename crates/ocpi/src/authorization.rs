//! `Authorization: Token …`: the token in base64, or, as many write it, as it is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What a header may mean: the token that its text encodes, and its text as a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub decoded: Option<String>,
    pub plain: String,
}

/// Reads the header's value; none where it is of another scheme, or empty.
pub fn read(header: &str) -> Option<Shown> {
    let (scheme, text) = header.split_once(' ')?;
    let text = text.trim();
    if !scheme.eq_ignore_ascii_case("token") || text.is_empty() {
        return None;
    }
    let decoded = STANDARD.decode(text).ok();
    let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    Some(Shown {
        decoded: decoded.filter(|token| is_token(token)),
        plain: text.to_owned(),
    })
}

/// Writes the header's value.
pub fn write(token: &str, plain: bool) -> String {
    match plain {
        true => format!("Token {token}"),
        false => format!("Token {}", STANDARD.encode(token)),
    }
}

/// Whether a text can be a credentials token: printable, without blanks, at most 64 characters.
pub fn is_token(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| (0x21..0x7f).contains(&byte))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn encoded_and_not() {
        let written = write("abc-123", false);
        assert_eq!(read(&written).unwrap().decoded.as_deref(), Some("abc-123"));
        let plain = read(&write("abc-123", true)).unwrap();
        assert_eq!((plain.decoded, plain.plain.as_str()), (None, "abc-123"));
        assert_eq!(read("token YQ==").unwrap().decoded.as_deref(), Some("a"));
    }

    #[test]
    fn what_is_none() {
        for header in ["", "Token", "Token  ", "Bearer abc", "abc"] {
            assert_eq!(read(header), None, "{header}");
        }
        // A blank, and bytes that are no text.
        for text in ["YSBi", "/////w=="] {
            assert_eq!(read(&format!("Token {text}")).unwrap().decoded, None, "{text}");
        }
    }
}
