//! Moments as OCPI writes them: RFC 3339 in UTC, with `Z` or nothing behind them, never an offset.

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// A moment as others write it; none for one with an offset, or that is none.
fn parse(text: &str) -> Option<OffsetDateTime> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let has_shape = text.len() >= 19 && text.as_bytes()[10] == b'T' && text.is_ascii();
    if !has_shape || text[11..].contains(['+', '-', 'Z', 'z']) {
        return None;
    }
    OffsetDateTime::parse(&format!("{text}Z"), &Rfc3339).ok()
}

/// A moment to the second as the portal writes it.
pub fn write(at: OffsetDateTime) -> String {
    let at = at.to_offset(UtcOffset::UTC);
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second) = at.to_hms();
    format!(
        "{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z",
        u8::from(month)
    )
}

/// This moment.
pub fn now() -> String {
    write(OffsetDateTime::now_utc())
}

/// The second that a moment is in. Records are stamped to the second, so that both ends of a window mean that: of
/// two windows, one beginning where the other ends, each record is in one, and none is lost between them.
pub fn read(text: &str) -> Option<String> {
    parse(text).map(write)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn z_or_nothing_and_never_an_offset() {
        let whole = Some("2026-11-20T08:15:00Z".to_owned());
        for text in [
            "2026-11-20T08:15:00Z",
            "2026-11-20T08:15:00",
            "2026-11-20T08:15:00.9",
        ] {
            assert_eq!(read(text), whole, "{text}");
        }
        for text in [
            "2026-11-20T08:15:00+00:00",
            "2026-11-20T08:15:00-01:00",
            "2026-11-20",
            "2026-11-20 08:15:00",
            "2026-13-20T08:15:00Z",
            "2026-11-20T08:15:00ZZ",
            "yesterday, perhaps, at ten",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
