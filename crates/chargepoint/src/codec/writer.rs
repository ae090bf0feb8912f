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
        let mut rest = text;
        // Nothing else than these begins what is written otherwise.
        let is_odd = |byte: u8| matches!(byte, 0..=0x1f | b'<' | b'>' | b'&' | b'"' | 0xef);
        while let Some(at) = rest.bytes().position(is_odd) {
            let (clean, odd) = rest.split_at(at);
            self.out.push_str(clean);
            let mut characters = odd.chars();
            match characters.next() {
                Some('<') => self.out.push_str("&lt;"),
                Some('>') => self.out.push_str("&gt;"),
                Some('&') => self.out.push_str("&amp;"),
                Some('"') => self.out.push_str("&quot;"),
                Some('\r') => self.out.push_str("&#13;"),
                Some(blank @ ('\t' | '\n')) => self.out.push(blank),
                Some('\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}') => self.out.push('\u{fffd}'),
                Some(other) => self.out.push(other),
                None => {}
            }
            rest = characters.as_str();
        }
        self.out.push_str(rest);
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
        out.element("a", "<&>\"\r\n\u{0}\u{b}ü\u{ffff}\u{feff}");
        assert_eq!(
            out.finish(),
            "<a>&lt;&amp;&gt;&quot;&#13;\n\u{fffd}\u{fffd}ü\u{fffd}\u{feff}</a>"
        );
    }
}
