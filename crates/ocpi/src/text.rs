//! Texts with an end, and such whose case does not matter.

/// Whether two `CiString`s are the same.
pub fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// What is wrong with a `CiString(most)`; none where it is one.
pub fn wrong_ci(text: &str, most: usize) -> Option<String> {
    if text.is_empty() {
        return Some("is empty".into());
    }
    if text.len() > most {
        return Some(format!("is longer than {most} characters"));
    }
    let is_printable = |byte: u8| (0x20..0x7f).contains(&byte);
    (!text.bytes().all(is_printable)).then(|| "holds what is not printable ASCII".into())
}

/// What is wrong with a `string(most)`; none where it is one.
pub fn wrong(text: &str, most: usize) -> Option<String> {
    if text.chars().count() > most {
        return Some(format!("is longer than {most} characters"));
    }
    let is_control = text.chars().any(char::is_control);
    is_control.then(|| "holds a control character".into())
}

/// As much of a text as fits, without control characters.
pub fn cut(text: &str, most: usize) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control()).take(most).collect();
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits() {
        assert!(same("NL-abc", "nl-ABC") && !same("a", "ab"));
        assert_eq!(wrong_ci("NL*TNM*E1", 9), None);
        for (text, most) in [("", 3), ("abcd", 3), ("a\u{e9}", 3), ("a\n", 3)] {
            assert!(wrong_ci(text, most).is_some(), "{text:?}");
        }
        assert_eq!(wrong("ééé", 3), None);
        assert!(wrong("éééé", 3).is_some() && wrong("a\tb", 9).is_some());
        assert_eq!(cut(" Łódź\n ", 4), "Łód");
    }
}
