//! JSON that is sent: a body without a type of its own. What is read is a [`Record`](super::Record), as the
//! browser parsed it.

/// A value in a body.
pub enum Value {
    Text(String),
    Texts(Vec<String>),
    Count(u64),
    Flag(bool),
    /// A JSON text.
    Json(String),
    Null,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<String>> for Value {
    fn from(texts: Vec<String>) -> Self {
        Self::Texts(texts)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// A record as a JSON text.
pub fn body(fields: &[(&str, Value)]) -> String {
    let mut text = String::from("{");
    for (name, value) in fields {
        if text.len() > 1 {
            text.push(',');
        }
        quote(name, &mut text);
        text.push(':');
        value.write(&mut text);
    }
    text.push('}');
    text
}

impl Value {
    /// A list of JSON texts.
    pub fn list(all: impl Iterator<Item = String>) -> Self {
        Self::Json(["[", &all.collect::<Vec<_>>().join(","), "]"].concat())
    }

    fn write(&self, into: &mut String) {
        match self {
            Self::Text(text) => quote(text, into),
            Self::Texts(texts) => {
                into.push('[');
                for (at, text) in texts.iter().enumerate() {
                    if at > 0 {
                        into.push(',');
                    }
                    quote(text, into);
                }
                into.push(']');
            }
            Self::Count(count) => into.push_str(&count.to_string()),
            Self::Flag(flag) => into.push_str(if *flag { "true" } else { "false" }),
            Self::Json(json) => into.push_str(json),
            Self::Null => into.push_str("null"),
        }
    }
}

/// Puts a text in quotes.
fn quote(text: &str, into: &mut String) {
    into.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                into.push('\\');
                into.push(char);
            }
            '\0'..' ' => {
                into.push_str("\\u00");
                into.push(if char < '\x10' { '0' } else { '1' });
                into.extend(char::from_digit(char as u32 % 16, 16));
            }
            _ => into.push(char),
        }
    }
    into.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_body_is_json() {
        let sent = body(&[
            ("name", "a \"b\"".into()),
            ("ids", vec!["1".to_owned(), "2".to_owned()].into()),
            ("count", 3.into()),
            ("everyone", false.into()),
            ("columns", Value::Null),
            ("inner", Value::Json(body(&[]))),
        ]);
        assert_eq!(
            sent,
            r#"{"name":"a \"b\"","ids":["1","2"],"count":3,"everyone":false,"columns":null,"inner":{}}"#
        );
    }
}
