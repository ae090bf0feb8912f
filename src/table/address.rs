//! What of an address belongs to a table: read, with what cannot be understood, and written.
//!
//! A part is `key=value`, not escaped.

use std::ops::RangeInclusive;

use domain::column::Head;
use domain::filter::Filter;
use domain::limits::{MAX_FILTERS, MAX_SEARCH};
use domain::listing::{ListQuery, MAX_PAGE_SIZE, MIN_PAGE_SIZE};

/// How many rows a page of a table may have.
const SIZES: RangeInclusive<u32> = MIN_PAGE_SIZE..=MAX_PAGE_SIZE;

/// The keys that belong to a table.
pub const KEYS: &[&str] = &["q", "filter", "match", "sort", "page", "pageSize", "columns"];

/// An address as far as it is understood.
#[derive(Default)]
pub struct Read {
    pub query: ListQuery,
    /// Keys in their order; none: as usual.
    pub columns: Vec<String>,
    /// What is left out, and why.
    pub ignored: Vec<String>,
}

/// Reads the parts of an address.
pub fn read(parts: &[String], heads: &'static [Head]) -> Read {
    let mut all = Read::default();
    for part in parts {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        if let Err(why) = take(&mut all, key, value, heads) {
            all.ignored.push(why);
        }
    }
    all.query = all.query.bounded();
    all
}

fn take(all: &mut Read, key: &str, value: &str, heads: &'static [Head]) -> Result<(), String> {
    let unknown = |what: &str| Err(format!("{what} “{}”", value.chars().take(40).collect::<String>()));
    match key {
        "columns" => return columns(all, value, heads),
        "filter" => {
            if all.query.filter.len() == MAX_FILTERS {
                return Err(format!("a list takes at most {MAX_FILTERS} filters"));
            }
            Filter::read(value, heads)?.check()?;
        }
        "sort" => {
            let column = value.strip_prefix('-').unwrap_or(value);
            if !heads.iter().any(|head| head.key == column && head.filtered) {
                return unknown("nothing can be sorted by");
            }
        }
        "page" if !value.parse().is_ok_and(|page: u32| page > 0) => return unknown("there is no page"),
        "pageSize" if !value.parse().is_ok_and(|rows| SIZES.contains(&rows)) => {
            return unknown("a page has 25 to 500 rows, not");
        }
        "match" if !matches!(value, "any" | "all") => return unknown("there is no match"),
        "q" if value.chars().count() > MAX_SEARCH => {
            return Err(format!("a search text has at most {MAX_SEARCH} characters"));
        }
        _ => {}
    }
    all.query.take(key, value);
    Ok(())
}

fn columns(all: &mut Read, value: &str, heads: &[Head]) -> Result<(), String> {
    let mut unknown = Vec::new();
    for key in value.split(',').filter(|key| !key.is_empty()) {
        match heads.iter().any(|head| head.key == key) {
            true if all.columns.iter().any(|own| own == key) => {}
            true => all.columns.push(key.to_owned()),
            false => unknown.push(format!("“{}”", key.chars().take(40).collect::<String>())),
        }
    }
    match unknown.is_empty() {
        true => Ok(()),
        false => Err(format!("there is no column {} here", unknown.join(", "))),
    }
}

/// The parts of a text such as `filter=note:is:x&sort=-name`.
pub fn parts_of(text: &str) -> Vec<String> {
    let part = |part: &str| {
        let (key, value) = part.split_once('=')?;
        let value = js_sys::decode_uri_component(&value.replace('+', " ")).ok()?;
        Some(format!("{key}={}", String::from(value)))
    };
    text.trim_start_matches('?').split('&').filter_map(part).collect()
}

/// The text of parts.
pub fn text_of(parts: &[String]) -> String {
    let part = |part: &String| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        format!("{key}={}", String::from(js_sys::encode_uri_component(value)))
    };
    parts.iter().map(part).collect::<Vec<_>>().join("&")
}

/// The parts that say the same; none where it is the usual.
pub fn write(query: &ListQuery, columns: &[String]) -> Vec<String> {
    let part = |(key, value)| format!("{key}={value}");
    let mut parts: Vec<String> = query.parameters().into_iter().map(part).collect();
    if !columns.is_empty() {
        parts.push(part(("columns", columns.join(","))));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::column::Listed;
    use domain::tokens::Token;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn of(parts: &[&str]) -> Read {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        read(&parts, Token::HEADS)
    }

    #[wasm_bindgen_test]
    fn what_is_usual_is_not_in_the_address() {
        assert!(write(&ListQuery::default(), &[]).is_empty());
        let address = [
            "q=x",
            "filter=note:is:a=b&c",
            "filter=type:in:RFID,Other",
            "match=any",
            "sort=-authId",
            "page=3",
            "pageSize=25",
            "columns=authId,note",
        ];
        let all = of(&address);
        assert!(all.ignored.is_empty(), "{:?}", all.ignored);
        assert_eq!(write(&all.query, &all.columns), address);
    }

    #[wasm_bindgen_test]
    fn only_what_cannot_be_understood_is_left_out() {
        let all = of(&[
            "filter=colour:is:red",
            "filter=note:like:x",
            "filter=expires:before:soon",
            "filter=note:is:x",
            "sort=-colour",
            "match=some",
            "page=x",
            "columns=authId,colour,authId,note",
        ]);
        assert_eq!(
            all.ignored,
            [
                "there is no field “colour” here",
                "there is no condition “like”",
                "“soon” is no date; write it as 2026-11-20",
                "nothing can be sorted by “-colour”",
                "there is no match “some”",
                "there is no page “x”",
                "there is no column “colour” here",
            ]
        );
        assert_eq!(
            write(&all.query, &all.columns),
            ["filter=note:is:x", "columns=authId,note"]
        );
    }

    #[wasm_bindgen_test]
    fn texts_of_any_length_are_measured() {
        let long = format!("q={}", "ö".repeat(100_000));
        assert_eq!(of(&[&long]).ignored, ["a search text has at most 255 characters"]);
        let many = vec!["filter=note:is:x"; MAX_FILTERS + 1];
        assert_eq!(of(&many).ignored, ["a list takes at most 20 filters"]);
        for size in ["0", "24", "501", "-1", "many"] {
            let all = of(&[&format!("pageSize={size}"), "page=0"]);
            let page = ["there is no page “0”".to_owned()];
            assert_eq!(
                all.ignored,
                [&[format!("a page has 25 to 500 rows, not “{size}”")], &page[..]].concat()
            );
            assert_eq!((all.query.page_size, all.query.page), (50, 1));
        }
    }
}
