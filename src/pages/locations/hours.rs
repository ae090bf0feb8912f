//! Opening hours as people read and type them: `08:00–12:00, 13:00–18:00`.

use crate::api::Record;

/// The days as a week reads, with their keys.
pub const DAYS: [(&str, &str); 7] = [
    ("1", "Monday"),
    ("2", "Tuesday"),
    ("3", "Wednesday"),
    ("4", "Thursday"),
    ("5", "Friday"),
    ("6", "Saturday"),
    ("0", "Sunday"),
];

/// A day's hours to be read, from what is typed.
pub fn shown(typed: String) -> String {
    match typed.as_str() {
        "" => "Closed".to_owned(),
        "00:00–24:00" | "00:00–23:59" => "Open all day".to_owned(),
        _ => typed,
    }
}

/// A day's hours as they are typed; `day` is the path of its spans.
pub fn text(location: &Record, day: &str) -> String {
    let spans: Vec<String> = location
        .records(&format!("openingHours.{day}"))
        .iter()
        .map(|span| format!("{}–{}", span.text("startTime"), span.text("endTime")))
        .collect();
    spans.join(", ")
}

/// A day's hours written out, from what was typed; nothing typed: closed.
pub fn read(text: &str) -> Result<String, String> {
    let spans = text
        .split([',', ';'])
        .map(str::trim)
        .filter(|span| !span.is_empty());
    let spans: Vec<String> = spans.map(span).collect::<Result<_, _>>()?;
    Ok(spans.join(", "))
}

/// Hours written out, as JSON.
pub fn json(text: &str) -> String {
    let span = |span: &str| {
        let (start, end) = span.split_once('–')?;
        Some(format!(r#"{{"startTime":"{start}","endTime":"{end}"}}"#))
    };
    let spans: Vec<String> = text.split(", ").filter_map(span).collect();
    format!("[{}]", spans.join(","))
}

fn span(text: &str) -> Result<String, String> {
    let wrong = || format!("“{text}” is no span of time. Write it like 08:00–18:00.");
    let (start, end) = text.split_once(['–', '-']).ok_or_else(wrong)?;
    let (start, end) = (time(start).ok_or_else(wrong)?, time(end).ok_or_else(wrong)?);
    if start >= end {
        return Err(format!("“{text}” ends before it starts."));
    }
    Ok(format!("{start}–{end}"))
}

/// `8`, `8:30` and `08:30` are times; the end of the day is `24:00`.
fn time(text: &str) -> Option<String> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "00"));
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60 || (hour, minute) == (24, 0)).then(|| format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_is_shown_can_be_typed_again() {
        let spans = read("8-12, 13:00–18:30").unwrap();
        assert_eq!(spans, "08:00–12:00, 13:00–18:30");
        assert_eq!(read(&spans).unwrap(), spans);
        assert_eq!(read(" ").unwrap(), "");
        assert!(read("00:00–24:00").is_ok());
    }

    #[wasm_bindgen_test]
    fn what_is_sent_is_json() {
        assert_eq!(
            json("08:00–12:00, 13:00–24:00"),
            r#"[{"startTime":"08:00","endTime":"12:00"},{"startTime":"13:00","endTime":"24:00"}]"#
        );
        assert_eq!(json(""), "[]");
    }

    #[wasm_bindgen_test]
    fn what_is_no_span_is_named() {
        assert!(read("late").unwrap_err().contains("late"));
        assert!(read("8–25").unwrap_err().contains("8–25"));
        assert!(read("24:30–24:45").is_err());
        assert!(read("18–8").unwrap_err().contains("ends before"));
    }

    #[wasm_bindgen_test]
    fn a_day_without_spans_is_closed() {
        assert_eq!(shown(read("0–24").unwrap()), "Open all day");
        assert_eq!(shown(String::new()), "Closed");
    }
}
