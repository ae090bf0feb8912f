//! Days and hours of UTC and of America/Los_Angeles, and what a typed date stands for.

use crate::Timestamp;

const DAY: i64 = 86_400;
const YEAR_0: i64 = -62_167_219_200;
const YEAR_10000: i64 = 253_402_300_800;
/// Stands for the end of the year 9999: moments and days are compared as texts, and five digits of a year
/// would come before four.
const AFTER_ALL: &str = "9999-12-32T00:00:00Z";

/// Where a wall clock hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    Utc,
    /// America/Los_Angeles by the rule of 2007: daylight saving from the second Sunday of March, 2:00,
    /// to the first Sunday of November, 2:00. Older moments are reckoned by the same rule.
    Pacific,
}

impl Zone {
    /// Seconds east of UTC at a moment.
    fn offset(self, at: i64) -> i64 {
        match self {
            Self::Utc => 0,
            Self::Pacific if daylight(at) => -7 * 3600,
            Self::Pacific => -8 * 3600,
        }
    }

    /// The moment at which the wall clock shows `local`. An hour that the clock shows twice is the first
    /// one; one that it skips counts on from the hour before.
    fn moment(self, local: i64) -> i64 {
        match self {
            Self::Utc => local,
            Self::Pacific if daylight(local + 7 * 3600) => local + 7 * 3600,
            Self::Pacific => local + 8 * 3600,
        }
    }
}

fn daylight(at: i64) -> bool {
    let (year, _, _) = civil(at.div_euclid(DAY));
    let begins = sunday(year, 3, 2) * DAY + 10 * 3600;
    let ends = sunday(year, 11, 1) * DAY + 9 * 3600;
    (begins..ends).contains(&at)
}

/// The day number of the `n`-th Sunday of a month.
fn sunday(year: i64, month: i64, n: i64) -> i64 {
    let first = days(year, month, 1);
    // 1970-01-01 was a Thursday.
    first + (3 - first).rem_euclid(7) + 7 * (n - 1)
}

/// The number of a day since 1970-01-01 (Howard Hinnant's `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day number.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day - era * 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Seconds since 1970 as the portal writes them.
pub fn write(at: i64) -> Timestamp {
    let (year, month, day) = civil(at.div_euclid(DAY));
    let of_day = at.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Seconds since 1970 of a moment as the portal writes it; none if it is not written so.
pub fn read(at: &str) -> Option<i64> {
    let text = at.strip_suffix('Z')?;
    (text.len() == 19).then(|| clock(text)).flatten()
}

/// A moment as a wall clock of the zone shows it: `2026-11-20 00:15`.
pub fn local(at: &str, zone: Zone) -> Option<String> {
    let at = read(at)?;
    let mut text = write(at + zone.offset(at));
    text.truncate(16);
    Some(text.replace('T', " "))
}

/// What a typed date or time stands for: from its first second to before the end. `2026-11-20` is a
/// day, `2026-11-20T08:15` (or with a blank) a minute, with seconds a second; `Z` or an offset such
/// as `+01:00` behind it names another zone than `zone`.
pub fn span(text: &str, zone: Zone) -> Option<(Timestamp, Timestamp)> {
    let text = text.trim();
    let (wall, offset) = match text.get(10..).and_then(|rest| rest.find(['Z', '+', '-'])) {
        Some(at) => text.split_at_checked(10 + at)?,
        None => (text, ""),
    };
    let from = clock(wall)?;
    let long = match wall.len() {
        10 => DAY,
        16 => 60,
        _ => 1,
    };
    let moment = |local: i64| match offset {
        "" => Some(zone.moment(local)),
        "Z" => Some(local),
        _ => Some(local - east(offset)?),
    };
    let (from, end) = (moment(from)?, moment(from + long)?);
    let end = if end < YEAR_10000 {
        write(end)
    } else {
        AFTER_ALL.into()
    };
    (YEAR_0..YEAR_10000).contains(&from).then(|| (write(from), end))
}

/// Seconds east of UTC of `+01:00`.
fn east(offset: &str) -> Option<i64> {
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let seconds = two(hours)? * 3600 + two(minutes)? * 60;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    (seconds <= 18 * 3600).then_some(sign * seconds)
}

/// A clock so many minutes east of UTC, as people call it: `UTC+1`, `UTC−3:30`, `UTC`.
pub fn clock_name(east: i32) -> String {
    let (hours, minutes) = (east.abs() / 60, east.abs() % 60);
    let sign = match east {
        0 => return "UTC".to_owned(),
        ..0 => '−',
        _ => '+',
    };
    match minutes {
        0 => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

fn two(digits: &str) -> Option<i64> {
    number(digits, 2)
}

fn number(digits: &str, length: usize) -> Option<i64> {
    let good = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
    good.then(|| digits.parse().ok()).flatten()
}

/// `YYYY-MM-DD`, with `HH:MM` and `:SS` behind a `T` or a blank.
fn clock(text: &str) -> Option<i64> {
    let (date, time) = match text.split_at_checked(10)? {
        (date, "") => (date, "00:00"),
        (date, time) => (date, time.strip_prefix(['T', ' '])?),
    };
    let mut date = date.split('-');
    let (year, month, day) = (number(date.next()?, 4)?, two(date.next()?)?, two(date.next()?)?);
    let mut time = time.split(':');
    let (hour, minute) = (two(time.next()?)?, two(time.next()?)?);
    let second = time.next().map_or(Some(0), two)?;
    let number = days(year, month, day);
    let exists = date.next().is_none() && time.next().is_none() && civil(number) == (year, month, day);
    let on_the_clock = hour < 24 && minute < 60 && second < 60;
    (exists && on_the_clock).then_some(number * DAY + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn pacific(text: &str) -> (String, String) {
        span(text, Zone::Pacific).unwrap()
    }

    #[test]
    fn pacific_days_follow_daylight_saving() {
        let day = |from: &str, end: &str| (from.to_owned(), end.to_owned());
        assert_eq!(
            pacific("2026-11-20"),
            day("2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z")
        );
        assert_eq!(
            pacific("2026-07-01"),
            day("2026-07-01T07:00:00Z", "2026-07-02T07:00:00Z")
        );
        // 23 and 25 hours long.
        assert_eq!(
            pacific("2026-03-08"),
            day("2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z")
        );
        assert_eq!(
            pacific("2026-11-01"),
            day("2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z")
        );
        assert_eq!(pacific("2026-03-08 03:00").0, "2026-03-08T10:00:00Z");
        assert_eq!(pacific("2026-03-08 01:59").0, "2026-03-08T09:59:00Z");
    }

    #[test]
    fn a_moment_comes_back_from_the_pacific_wall() {
        let shown = |at: &str| local(at, Zone::Pacific).unwrap();
        assert_eq!(shown("2026-03-08T09:59:59Z"), "2026-03-08 01:59");
        assert_eq!(shown("2026-03-08T10:00:00Z"), "2026-03-08 03:00");
        assert_eq!(shown("2026-11-01T08:59:00Z"), "2026-11-01 01:59");
        assert_eq!(shown("2026-11-01T09:00:00Z"), "2026-11-01 01:00");
        assert_eq!(shown("2026-01-01T00:00:00Z"), "2025-12-31 16:00");
    }

    #[test]
    fn an_offset_names_its_own_zone() {
        let day = span("2026-11-20+01:00", Zone::Utc).unwrap();
        assert_eq!(
            day,
            ("2026-11-19T23:00:00Z".into(), "2026-11-20T23:00:00Z".into())
        );
        let second = span("2026-11-20T08:15:00Z", Zone::Pacific).unwrap();
        assert_eq!(
            second,
            ("2026-11-20T08:15:00Z".into(), "2026-11-20T08:15:01Z".into())
        );
        assert_eq!(
            span("2026-11-20T08:15-08:00", Zone::Utc).unwrap().0,
            "2026-11-20T16:15:00Z"
        );
    }

    #[test]
    fn the_last_day_comes_before_its_end() {
        for (zone, from) in [(Zone::Utc, "T00:00:00Z"), (Zone::Pacific, "T08:00:00Z")] {
            let day = span("9999-12-31", zone).unwrap();
            assert_eq!(day, (format!("9999-12-31{from}"), AFTER_ALL.into()));
        }
        assert!(AFTER_ALL > "9999-12-31T23:59:59Z" && &AFTER_ALL[..10] > "9999-12-31");
        assert_eq!(span("9999-12-31T23:59:59", Zone::Pacific), None);
        assert_eq!(span("0000-01-01+01:00", Zone::Utc), None);
        assert_eq!(read("9999-12-31T23:59:59Z"), Some(YEAR_10000 - 1));
        assert_eq!(read("0000-01-01T00:00:00Z"), Some(YEAR_0));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "2026",
            "2026-02-30",
            "2026-13-01",
            "2026-11-20T24:00",
            "2026-11-20T08",
            "20.11.2026",
            "2026-11-20+1",
            "2026-11-20T08:15:00:00",
            "2026-11-2ö",
            "+026-11-20",
            "2026-11-20-99:00",
        ] {
            assert_eq!(span(text, Zone::Utc), None, "{text}");
        }
    }

    #[test]
    fn every_hour_of_years_is_read_as_it_is_written() {
        for hour in 0..24 * 366 * 8 {
            let at = 1_700_000_000 + hour * 3600;
            assert_eq!(read(&write(at)), Some(at));
            let shown = local(&write(at), Zone::Pacific).unwrap();
            let back = read(&span(&shown, Zone::Pacific).unwrap().0).unwrap();
            // The hour that the clock shows twice comes back as the first of the two.
            assert!(at - back < 3600 + 3600 && back <= at, "{shown}");
        }
    }
}
