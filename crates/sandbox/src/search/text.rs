//! When a text or an identifier is the one asked for.

/// Whether texts are the same in any case and without blanks around; `*` and `%` stand for any
/// characters, `?` for one.
pub fn like(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.trim().to_lowercase().chars().collect();
    let text: Vec<char> = text.trim().to_lowercase().chars().collect();
    // Reach: how much of the text the pattern so far can account for.
    let mut reach = vec![false; text.len() + 1];
    reach[0] = true;
    for wanted in pattern {
        let mut next = vec![false; text.len() + 1];
        for end in 0..=text.len() {
            next[end] = match wanted {
                '*' | '%' => reach[end] || end > 0 && next[end - 1],
                '?' => end > 0 && reach[end - 1],
                wanted => end > 0 && reach[end - 1] && text[end - 1] == wanted,
            };
        }
        reach = next;
    }
    reach[text.len()]
}

/// `CPNID:Identifier`, where the identifier is a prefix and digits.
pub fn is_qualified(id: &str, prefix: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    id.trim()
        .split_once(':')
        .is_some_and(|(network, own)| digits(network) && own.strip_prefix(prefix).is_some_and(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_and_case() {
        for (pattern, text) in [
            ("oslo", " OSLO "),
            ("*garage*", "Union Garage 01"),
            ("union%01", "UNION GARAGE 01"),
            ("g?rage", "garage"),
            ("*", ""),
        ] {
            assert!(like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("gar", "garage"), ("?", ""), ("a*b", "abc")] {
            assert!(!like(pattern, text), "{pattern} {text}");
        }
        // A pattern that would take a backtracking matcher forever.
        assert!(!like(&"*a".repeat(200), &"a".repeat(199)));
    }

    #[test]
    fn identifiers_have_their_form() {
        assert!(is_qualified("1:12345", ""));
        assert!(is_qualified("1:ORG07225", "ORG"));
        for id in ["12345", "1:", ":1", "a:1", "1:2:3", "1:ORG07225", ""] {
            assert!(!is_qualified(id, ""), "{id}");
        }
    }
}
