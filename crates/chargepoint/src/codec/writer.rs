use std::fmt::{Display, Write as _};

/// Builds a document. Text is escaped here and nowhere else; names are the table's own.
#[derive(Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// `<name>`; `name` may carry attributes.
    pub fn open(&mut self, name: &str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
    }

    /// `</name>`.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// `<name>text</name>`.
    pub fn element(&mut self, name: &str, text: &str) {
        self.open(name);
        self.text(text);
        self.close(name);
    }

    /// Markup as it is.
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Character data. What XML 1.0 cannot carry becomes U+FFFD; a carriage return is written as a
    /// reference, since a reader turns a bare one into a line feed.
    pub fn text(&mut self, text: &str) {
        let mut clean = 0;
        for (at, character) in text.char_indices() {
            let instead = match character {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                '\r' => "&#13;",
                '\t' | '\n' => continue,
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
                _ => continue,
            };
            self.out.push_str(&text[clean..at]);
            self.out.push_str(instead);
            clean = at + character.len_utf8();
        }
        self.out.push_str(&text[clean..]);
    }

    /// A value whose text needs no escaping: a number.
    pub fn display(&mut self, value: impl Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.out, "{value}");
    }

    /// The document.
    pub fn finish(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_made_legal() {
        let mut out = Writer::default();
        out.element("a", "<&>\"\r\n\u{0}\u{b}ü");
        assert_eq!(out.finish(), "<a>&lt;&amp;&gt;&quot;&#13;\n\u{fffd}\u{fffd}ü</a>");
    }
}
