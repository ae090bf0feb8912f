//! Times as the portal writes them: RFC 3339 in UTC to the second.

use std::cell::RefCell;

use domain::Timestamp;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime, UtcOffset};

thread_local! {
    /// The second that was written last, and how: every request asks for it more than once.
    static LAST: RefCell<(i64, Timestamp)> = const { RefCell::new((i64::MIN, String::new())) };
}

/// This moment.
pub fn now() -> Timestamp {
    let now = OffsetDateTime::now_utc();
    LAST.with_borrow_mut(|(second, written)| {
        if *second != now.unix_timestamp() {
            (*second, *written) = (now.unix_timestamp(), write(now));
        }
        written.clone()
    })
}

/// The moment that many days ago.
pub fn days_ago(days: i64) -> Timestamp {
    write(OffsetDateTime::now_utc() - Duration::days(days))
}

/// The moment that many hours ago.
pub fn hours_ago(hours: i64) -> Timestamp {
    write(OffsetDateTime::now_utc() - Duration::hours(hours))
}

/// The moment that many days after another; none if that is none, or later than can be written.
pub fn days_after(at: &str, days: i64) -> Option<Timestamp> {
    let at = OffsetDateTime::parse(at, &Rfc3339).ok()?;
    at.checked_add(Duration::days(days)).map(write)
}

/// The moment that many minutes ago.
pub fn minutes_ago(minutes: i64) -> Timestamp {
    write(OffsetDateTime::now_utc() - Duration::minutes(minutes))
}

/// The moment that many minutes after another; none if that is none, or later than can be written.
pub fn minutes_after(at: &str, minutes: i64) -> Option<Timestamp> {
    let at = OffsetDateTime::parse(at, &Rfc3339).ok()?;
    at.checked_add(Duration::minutes(minutes)).map(write)
}

/// The moment in that many hours.
pub fn in_hours(hours: i64) -> Timestamp {
    write(OffsetDateTime::now_utc() + Duration::hours(hours))
}

/// A time as the portal writes it.
pub fn write(time: OffsetDateTime) -> Timestamp {
    let t = time.to_offset(UtcOffset::UTC);
    let (year, month, day) = t.to_calendar_date();
    let (hour, minute, second) = t.to_hms();
    format!(
        "{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z",
        u8::from(month)
    )
}

/// The same moment as the portal writes it; none if the text is no RFC 3339 time.
pub fn read(text: &str) -> Option<Timestamp> {
    OffsetDateTime::parse(text.trim(), &Rfc3339).ok().map(write)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn any_zone_becomes_utc_to_the_second() {
        assert_eq!(
            read("2026-11-20T09:15:00.7+01:00").unwrap(),
            "2026-11-20T08:15:00Z"
        );
        assert_eq!(read("20.11.2026"), None);
        let at = now();
        assert_eq!(read(&at).unwrap(), at);
        assert_eq!(
            days_after("2026-02-27T23:00:00Z", 2).unwrap(),
            "2026-03-01T23:00:00Z"
        );
        assert_eq!(days_after("soon", 2), None);
        assert!(days_ago(1) < hours_ago(23) && hours_ago(1) < now());
    }
}
