//! Secrets that let somebody in: sessions, API keys, set-up links, invitations, and drivers' own pages.

use crate::middleware::keyed;

/// The random bytes of a secret: 160 bits.
const BYTES: usize = 20;

/// A new secret, in hex.
///
/// # Errors
/// There are no random numbers.
pub fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// Bytes in hex.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// What stands in the books for a secret, and it is looked up by: it lets nobody in. Longer texts than any
/// secret are cut, since none can match.
pub fn known_by(secret: &str) -> String {
    keyed::digest(secret.as_bytes().get(..64).unwrap_or(secret.as_bytes()))
}

/// Whether a text could be a secret.
pub fn is_secret(text: &str) -> bool {
    text.len() == 2 * BYTES && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn secrets_are_long_enough_and_differ() {
        let secret = secret().unwrap();
        assert!(is_secret(&secret) && secret.len() * 4 == 160, "{secret}");
        assert_ne!(secret, super::secret().unwrap());
        assert_ne!(known_by(&secret), known_by(&super::secret().unwrap()));
        assert!(!known_by(&secret).contains(&secret));
    }

    #[test]
    fn bytes_in_hex() {
        assert_eq!(hex(&[0, 9, 0x1f, 0xa0, 255]), "00091fa0ff");
    }
}
