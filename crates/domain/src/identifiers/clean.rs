//! What spreadsheets, mail programs and phones leave around an id, taken off.

use super::codes::{Code, Warnings};

/// Cleans the text of a cell into `out`: invisible characters and surrounding blanks, quotation
/// marks, apostrophes and `="…"` go, typographic dashes and blanks become plain. Each change
/// warns. Cleaning a cleaned text changes nothing.
pub fn clean(text: &str, out: &mut String) -> Warnings {
    let mut warnings = Warnings::NONE;
    out.clear();
    if text.is_ascii() {
        out.push_str(text);
    } else {
        for c in text.chars() {
            if is_invisible(c) {
                warnings.add(Code::WInvisibleRemoved);
            } else if is_dash(c) {
                warnings.add(Code::WDashNormalised);
                out.push('-');
            } else {
                out.push(if is_blank(c) { ' ' } else { c });
            }
        }
    }
    let (start, end) = unwrap(out, &mut warnings);
    out.truncate(end);
    out.drain(..start);
    warnings
}

/// Where the id itself starts and ends.
fn unwrap(text: &str, warnings: &mut Warnings) -> (usize, usize) {
    let mut inner = text;
    loop {
        let before = inner.len();
        inner = inner.trim_matches([' ', '\t', '\r', '\n']);
        if inner.len() != before {
            warnings.add(Code::WTrimmed);
        }
        if let Some(cell) = inner.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
            warnings.add(Code::WExcelTextFormula);
            inner = cell;
        } else if let Some(rest) = inner.strip_prefix(['\'', '’'])
            && !rest.ends_with(['\'', '’'])
        {
            warnings.add(Code::WApostropheRemoved);
            inner = rest;
        } else if inner.starts_with(is_quote) || inner.ends_with(is_quote) {
            warnings.add(Code::WQuotesRemoved);
            inner = inner.strip_prefix(is_quote).unwrap_or(inner);
            inner = inner.strip_suffix(is_quote).unwrap_or(inner);
        } else if inner.len() == before {
            let start = inner.as_ptr() as usize - text.as_ptr() as usize;
            return (start, start + inner.len());
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '´' | '«' | '»' | '‹' | '›' | '″' | '′' | '‘'..='‟'
    )
}

/// Whether a character takes no room: zero-width blanks and joiners, byte order marks, soft
/// hyphens, direction marks, variation selectors.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Whether a character is a blank beyond ASCII, for example the no-break space.
pub fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> (String, Vec<Code>) {
        let mut out = String::new();
        let warnings = clean(text, &mut out);
        (out, warnings.iter().collect())
    }

    #[test]
    fn each_change_warns() {
        for (text, clean, codes) in [
            ("NL-1", "NL-1", &[][..]),
            ("\u{a0}NL-1\t", "NL-1", &[Code::WTrimmed]),
            ("N\u{200b}L-1\u{feff}", "NL-1", &[Code::WInvisibleRemoved]),
            ("NL\u{2013}1", "NL-1", &[Code::WDashNormalised]),
            ("“NL-1”", "NL-1", &[Code::WQuotesRemoved]),
            ("'NL-1'", "NL-1", &[Code::WQuotesRemoved]),
            ("NL-1\"", "NL-1", &[Code::WQuotesRemoved]),
            ("'NL-1", "NL-1", &[Code::WApostropheRemoved]),
            ("=\"NL-1\"", "NL-1", &[Code::WExcelTextFormula]),
            ("\"", "", &[Code::WQuotesRemoved]),
            ("=\"", "=", &[Code::WQuotesRemoved]),
            ("NL\u{a0}1", "NL 1", &[]),
        ] {
            assert_eq!(cleaned(text), (clean.to_owned(), codes.to_vec()), "{text}");
        }
    }

    #[test]
    fn wrappings_in_each_other_all_go() {
        let (text, codes) = cleaned(" ' =\"NL-1 \"");
        assert_eq!(text, "NL-1");
        assert!(codes.contains(&Code::WExcelTextFormula) && codes.contains(&Code::WTrimmed));
    }
}
