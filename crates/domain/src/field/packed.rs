//! A field table as one text: for each field a sign of whether it is required, one of its input, key, label, hint,
//! and the words or bounds of the input.

use std::cell::RefCell;

use super::{Field, Input};
use crate::packed::{Known, PART, Writer, rows, sign};

const INPUTS: [Input; 16] = [
    Input::Line,
    Input::Id,
    Input::Serial,
    Input::Email,
    Input::Phone,
    Input::Note,
    Input::Date,
    Input::Pacific,
    Input::Moment,
    Input::Lines,
    Input::Flag,
    Input::Password,
    Input::NewPassword,
    Input::Permissions,
    Input::OwnPermissions,
    Input::Organizations,
];
/// The signs behind those: what follows belongs to the input.
const NUMBER: usize = INPUTS.len();
const CHOICE: usize = NUMBER + 1;
const SUGGESTED: usize = NUMBER + 2;
const SOME: usize = NUMBER + 3;

/// How long [`pack`] makes it.
#[must_use]
pub const fn packed_len(fields: &[Field]) -> usize {
    let mut writer = Writer::<0>::new();
    writer.fields(fields);
    writer.at
}

/// The fields as a text, `N` being [`packed_len`].
#[must_use]
pub const fn pack<const N: usize>(fields: &[Field]) -> [u8; N] {
    let mut writer = Writer::new();
    writer.fields(fields);
    writer.bytes
}

impl<const N: usize> Writer<N> {
    const fn fields(&mut self, fields: &[Field]) {
        let mut at = 0;
        while at < fields.len() {
            self.field(&fields[at]);
            at += 1;
        }
    }

    const fn field(&mut self, field: &Field) {
        self.byte(b'a' + field.required as u8);
        self.byte(b'a' + input(field.input) as u8);
        self.text(field.key);
        self.text(field.label);
        self.text(field.hint);
        match field.input {
            Input::Number(least, most) => {
                self.number(least);
                self.number(most);
            }
            Input::Choice(words) | Input::Suggested(words) | Input::Some(words) => self.texts(words),
            _ => {}
        }
        self.end();
    }
}

const fn input(input: Input) -> usize {
    match input {
        Input::Line => 0,
        Input::Id => 1,
        Input::Serial => 2,
        Input::Email => 3,
        Input::Phone => 4,
        Input::Note => 5,
        Input::Date => 6,
        Input::Pacific => 7,
        Input::Moment => 8,
        Input::Lines => 9,
        Input::Flag => 10,
        Input::Password => 11,
        Input::NewPassword => 12,
        Input::Permissions => 13,
        Input::OwnPermissions => 14,
        Input::Organizations => 15,
        Input::Number(..) => NUMBER,
        Input::Choice(_) => CHOICE,
        Input::Suggested(_) => SUGGESTED,
        Input::Some(_) => SOME,
    }
}

thread_local! {
    static READ: Known<Field> = const { RefCell::new(Vec::new()) };
}

/// The fields of a packed text.
#[must_use]
pub fn unpacked(text: &'static str) -> &'static [Field] {
    READ.with(|read| rows(read, text, field))
}

fn field(line: &'static str) -> Option<Field> {
    let (required, rest) = line.split_at_checked(1)?;
    let (input, rest) = rest.split_at_checked(1)?;
    let mut parts = rest.split_terminator(char::from(PART));
    let (key, label, hint) = (parts.next()?, parts.next()?, parts.next()?);
    let input = match sign(input)? {
        NUMBER => Input::Number(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?),
        CHOICE => Input::Choice(Vec::leak(parts.collect())),
        SUGGESTED => Input::Suggested(Vec::leak(parts.collect())),
        SOME => Input::Some(Vec::leak(parts.collect())),
        plain => *INPUTS.get(plain)?,
    };
    Some(Field {
        key,
        label,
        input,
        hint,
        required: sign(required)? == 1,
    })
}

/// A field table as a text.
#[macro_export]
macro_rules! fields {
    ($fields:expr) => {{
        const PACKED: &[$crate::field::Field] = $fields;
        const BYTES: [u8; $crate::field::packed_len(PACKED)] = $crate::field::pack(PACKED);
        match std::str::from_utf8(&BYTES) {
            Ok(text) => text,
            Err(_) => panic!("texts are texts"),
        }
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_as_they_were() {
        const FIELDS: &[Field] = &[
            Field::new("a", "Ä label", Input::Line).required().hint("Say it"),
            Field::new("n", "N", Input::Number(0, 10_080)),
            Field::new("c", "C", Input::Choice(&["", "One", "Two words"])),
            Field::new("s", "S", Input::Suggested(&["One"])),
            Field::new("m", "M", Input::Some(&["One", "Two"])),
        ];
        const TEXT: &str = crate::fields!(FIELDS);
        assert_eq!(unpacked(TEXT), FIELDS);
        // Read once: the same fields.
        assert!(std::ptr::eq(unpacked(TEXT), unpacked(TEXT)));
        for (at, plain) in INPUTS.into_iter().enumerate() {
            assert_eq!(input(plain), at);
        }
        const TOKENS: &str = crate::fields!(crate::tokens::FIELDS);
        assert_eq!(unpacked(TOKENS), crate::tokens::FIELDS);
        assert_eq!(unpacked("a\n\nzz\nö\na!k\tl\t\t\naq\tk\tl\t\tx\n"), []);
    }
}
