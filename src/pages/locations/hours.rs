//! Opening hours as people read and type them: `08:00–12:00, 13:00–18:00`.

use domain::locations::{OpeningHours, OpeningSpan};

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

/// Each day's name and hours, to be read.
pub fn lines(week: &OpeningHours) -> Vec<(&'static str, String)> {
    let day = |(key, name): &(&str, &'static str)| {
        let text = text(week.get(*key).map_or(&[], Vec::as_slice));
        let text = match text.as_str() {
            "" => "Closed".to_owned(),
            "00:00–24:00" | "00:00–23:59" => "Open all day".to_owned(),
            _ => text,
        };
        (*name, text)
    };
    DAYS.iter().map(day).collect()
}

/// A day's spans, to be typed over.
pub fn text(spans: &[OpeningSpan]) -> String {
    let spans: Vec<String> = spans
        .iter()
        .map(|span| format!("{}–{}", span.start_time, span.end_time))
        .collect();
    spans.join(", ")
}

/// A day's spans from what was typed; nothing typed: closed.
pub fn read(text: &str) -> Result<Vec<OpeningSpan>, String> {
    text.split([',', ';'])
        .map(str::trim)
        .filter(|span| !span.is_empty())
        .map(span)
        .collect()
}

fn span(text: &str) -> Result<OpeningSpan, String> {
    let wrong = || format!("“{text}” is no span of time. Write it like 08:00–18:00.");
    let (start, end) = text.split_once(['–', '-']).ok_or_else(wrong)?;
    let (start_time, end_time) = (time(start).ok_or_else(wrong)?, time(end).ok_or_else(wrong)?);
    if start_time >= end_time {
        return Err(format!("“{text}” ends before it starts."));
    }
    Ok(OpeningSpan { start_time, end_time })
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

    #[test]
    fn what_is_shown_can_be_typed_again() {
        let spans = read("8-12, 13:00–18:30").unwrap();
        assert_eq!(text(&spans), "08:00–12:00, 13:00–18:30");
        assert_eq!(read(&text(&spans)).unwrap(), spans);
        assert_eq!(read(" ").unwrap(), vec![]);
        assert!(read("00:00–24:00").is_ok());
    }

    #[test]
    fn what_is_no_span_is_named() {
        assert!(read("late").unwrap_err().contains("late"));
        assert!(read("8–25").unwrap_err().contains("8–25"));
        assert!(read("24:30–24:45").is_err());
        assert!(read("18–8").unwrap_err().contains("ends before"));
    }

    #[test]
    fn a_day_without_a_key_is_closed() {
        let week = OpeningHours::from([("1".into(), read("0–24").unwrap())]);
        let lines = lines(&week);
        assert_eq!(lines[0], ("Monday", "Open all day".into()));
        assert_eq!(lines[6], ("Sunday", "Closed".into()));
    }
}
