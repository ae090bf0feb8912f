//! What the app's wasm takes from its JavaScript, which wasm-bindgen writes for every use and every browser.

use std::collections::{BTreeMap, HashMap};

use super::bytes::{Bytes, Read, number, sized};

/// What the functions are one list of, and the module that the wasm knows the list as.
const LIST: (&str, &str) = ("    const import0 = {\n        __proto__: null,\n", "\n    };\n");
const MODULE: &str = "m";

/// From here on the wasm is fetched in each of the ways that there ever were.
const START: &str = "let wasmModule, wasmInstance, wasm;\n";

/// The one way that every browser has which knows `light-dark()`, without which the app's style sheets are nothing.
const STARTS: &str = "let wasm;
export default async({module_or_path})=>{
wasm=(await WebAssembly.instantiateStreaming(fetch(module_or_path),__wbg_get_imports())).instance.exports;
wasm.__wbindgen_start();
}
";

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

/// The JavaScript, with its functions as a list: what is alike stands together, and what is the same is there once.
pub struct Glue {
    kinds: Vec<u32>,
    /// For each import the number of its function in the list.
    pub places: Vec<u32>,
    js: String,
}

impl Glue {
    pub fn read(js: &str, imports: &[Import]) -> Read<Self> {
        let (before, rest) = cut(js, LIST.0)?;
        let (list, rest) = cut(rest, LIST.1)?;
        let (after, _) = cut(rest, START)?;
        let mut after = after.to_owned();
        let functions = functions(list);
        let mut numbers: BTreeMap<(u32, &str), u32> = BTreeMap::new();
        for import in imports {
            let function = functions.get(import.name).ok_or_else(|| unknown(import.name))?;
            numbers.insert((import.kind, function), 0);
            let module = format!("\"{}\": import0", String::from_utf8_lossy(import.module));
            let ours = format!("{MODULE}: import0");
            after = after.replace(&module, &ours);
            after.find(&ours).ok_or_else(|| unknown(&module))?;
        }
        numbers.values_mut().zip(0..).for_each(|(own, at)| *own = at);
        let place = |import: &Import| numbers[&(import.kind, functions[import.name].as_str())];
        let list: String = numbers.keys().map(|(_, function)| *function).collect();
        Ok(Self {
            kinds: numbers.keys().map(|(kind, _)| *kind).collect(),
            places: imports.iter().map(place).collect(),
            js: tight(&format!("{before}const import0 = [\n{list}];\n{after}{STARTS}")),
        })
    }

    /// How many functions there are.
    pub fn len(&self) -> u32 {
        self.kinds.len() as u32
    }

    pub fn write_imports(&self, out: &mut Vec<u8>) {
        number(self.len(), out);
        for (at, kind) in self.kinds.iter().enumerate() {
            sized(MODULE.as_bytes(), out);
            sized(at.to_string().as_bytes(), out);
            out.push(0);
            number(*kind, out);
        }
    }

    /// Whether the JavaScript takes that from the wasm, and not what begins so.
    pub fn takes(&self, export: &[u8]) -> bool {
        let taken = format!("wasm.{}", String::from_utf8_lossy(export));
        let mut after = self.js.split(&taken).skip(1);
        after.any(|after| !after.starts_with(is_of_name))
    }

    /// The text.
    pub fn into_js(self) -> String {
        self.js
    }
}

fn unknown(what: &str) -> String {
    format!("The app's JavaScript has no {what:?}.")
}

/// What stands before that and what behind it.
fn cut<'a>(js: &'a str, at: &str) -> Read<(&'a str, &'a str)> {
    js.split_once(at).ok_or_else(|| unknown(at))
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The functions of a list such as `__wbg_abort_1: function(arg0) { … },`, by their names.
fn functions(list: &str) -> HashMap<&str, String> {
    let mut all = HashMap::new();
    let mut name = "";
    let lines = list.lines().filter(|line| !line.trim_start().starts_with("//"));
    for mut line in lines {
        if let Some((own, function)) = line.split_once(": function(")
            && own.trim_start().chars().all(is_of_name)
        {
            name = own.trim_start();
            line = &line[line.len() - function.len() - "function(".len()..];
        }
        let text: &mut String = all.entry(name).or_default();
        text.push_str(line.trim());
        text.push('\n');
    }
    all
}

/// Without indentation, comments and the blanks that only a reader needs, and without a name for what is given back at
/// once.
fn tight(js: &str) -> String {
    let blanks = [(", ", ","), (") {", "){"), (" = ", "=")];
    let js = blanks
        .iter()
        .fold(js.to_owned(), |js, (wide, tight)| js.replace(wide, tight));
    let lines = js.lines().map(str::trim);
    let mut lines = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .peekable();
    let mut out = String::new();
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
