//! The codes by which drivers find a connection.

/// Letters and digits that nobody takes for one another.
const LETTERS: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// How long a search code is.
const SEARCH_CODE: usize = 8;

/// A code to be read out and typed. Every letter is equally likely.
pub fn search_code() -> Result<String, getrandom::Error> {
    let mut code = String::with_capacity(SEARCH_CODE);
    let fair = u8::MAX - u8::MAX % LETTERS.len() as u8;
    while code.len() < SEARCH_CODE {
        let mut bytes = [0; 2 * SEARCH_CODE];
        getrandom::fill(&mut bytes)?;
        let letters = bytes.iter().filter(|byte| **byte < fair);
        let letters = letters.map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
        code.extend(letters.take(SEARCH_CODE - code.len()));
    }
    Ok(code)
}

/// A search code as it was typed, in its own spelling.
pub fn typed(code: &str) -> String {
    code.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .flat_map(char::to_uppercase)
        .take(SEARCH_CODE + 1)
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn codes_are_long_enough_and_differ() {
        let code = search_code().unwrap();
        assert_eq!(code.len(), 8);
        assert!(code.bytes().all(|byte| LETTERS.contains(&byte)));
        assert_ne!(code, search_code().unwrap());
    }

    #[test]
    fn a_search_code_is_read_as_people_type_it() {
        assert_eq!(typed(" abcd-ef 23 "), "ABCDEF23");
        assert_eq!(typed(&"A".repeat(1000)).len(), 9);
    }
}
