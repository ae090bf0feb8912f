//! What the app's wasm takes from its JavaScript: named after functions and hashes, for no reader.

use std::collections::HashMap;

use super::bytes::{Bytes, Read, number, sized};

/// A function that the wasm imports.
pub struct Import<'a> {
    module: &'a [u8],
    name: &'a str,
    kind: u32,
}

pub fn imports(section: Bytes<'_>) -> Read<Vec<Import<'_>>> {
    section.list(|from| {
        let module = from.sized()?.0;
        let name = std::str::from_utf8(from.sized()?.0).map_err(|error| error.to_string())?;
        match from.byte()? {
            0 => Ok(Import {
                module,
                name,
                kind: from.number()?,
            }),
            _ => Err(format!("The app's wasm imports {name}, which is no function.")),
        }
    })
}

pub fn write_imports(imports: &[Import], out: &mut Vec<u8>) {
    number(imports.len() as u32, out);
    for (at, import) in imports.iter().enumerate() {
        sized(import.module, out);
        sized(short(at).as_bytes(), out);
        out.push(0);
        number(import.kind, out);
    }
}

/// The name of the import of that number: `a`, `b`, … `z`, `ab`, …
fn short(mut at: usize) -> String {
    let mut name = String::new();
    loop {
        name.push(char::from(b'a' + (at % 26) as u8));
        at /= 26;
        if at == 0 {
            return name;
        }
    }
}

/// The JavaScript with the short names, without indentation and comments.
pub fn written(js: &str, imports: &[Import]) -> Read<String> {
    let mut names: HashMap<&str, String> = imports
        .iter()
        .enumerate()
        .map(|(at, import)| (import.name, short(at)))
        .collect();
    let lines = js.lines().map(str::trim);
    let mut out = String::new();
    let end = |letter: char| !letter.is_alphanumeric() && letter != '_';
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with("//")) {
        for word in line.split_inclusive(end) {
            let name = word.trim_end_matches(end);
            // Each is named once.
            out.push_str(names.remove(name).as_deref().unwrap_or(name));
            out.push_str(&word[name.len()..]);
        }
        out.push('\n');
    }
    match names.keys().next() {
        Some(name) => Err(format!(
            "The app's JavaScript has no {name}, which its wasm imports."
        )),
        None => Ok(tight(&out)),
    }
}

/// Without the blanks that only a reader needs, and without a name for what is given back at once.
fn tight(js: &str) -> String {
    let blanks = [(", ", ","), (") {", "){"), (" = ", "=")];
    let js = blanks
        .iter()
        .fold(js.to_owned(), |js, (wide, tight)| js.replace(wide, tight));
    let (mut out, mut lines) = (String::new(), js.lines().peekable());
    while let Some(line) = lines.next() {
        match line.strip_prefix("const ret=") {
            Some(value) if lines.next_if_eq(&"return ret;").is_some() => {
                out.push_str("return ");
                out.push_str(value);
            }
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}
