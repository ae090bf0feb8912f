//! Days and moments as people and spreadsheets write them.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use domain::Timestamp;
use domain::moment::{self, Zone};

/// Numbers that are days of a spreadsheet: 1954 to 2119.
const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;

/// A day, `2026-11-20`.
///
/// # Errors
/// How a day is written.
pub fn day(text: &str) -> Result<String, String> {
    let wrong = || "a date such as 2026-11-20 or 11/20/2026".to_owned();
    let wall = wall(text).ok_or_else(wrong)?;
    let (day, time) = wall.split_at_checked(10).ok_or_else(wrong)?;
    let is_midnight = time
        .chars()
        .all(|letter| matches!(letter, 'T' | ' ' | '0' | ':' | 'Z'));
    let exists = moment::span(day, Zone::Utc).is_some();
    if is_midnight && exists {
        Ok(day.to_owned())
    } else {
        Err(wrong())
    }
}

/// A moment by the Pacific's clock, or by the one that it names.
///
/// # Errors
/// How a moment is written.
pub fn pacific(text: &str) -> Result<Timestamp, String> {
    let span = wall(text).and_then(|wall| moment::span(&wall, Zone::Pacific));
    span.map(|(from, _)| from)
        .ok_or_else(|| "a date such as 2026-11-20 08:15 or 11/20/2026 8:15".to_owned())
}

/// The text in the order year, month, day.
fn wall(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>()
        && SERIALS.contains(&number)
    {
        return of_excel(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false));
    }
    if !text.contains('/') {
        return Some(text.to_owned());
    }
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let mut date = date.split('/').map(|part| part.parse::<u32>().ok());
    let (month, day, year) = (date.next()??, date.next()??, date.next()??);
    let date = format!("{year:04}-{month:02}-{day:02}");
    match time.trim() {
        "" => Some(date),
        time => Some(format!("{date} {}", twenty_four(time)?)),
    }
}

/// `8:15 pm` is `20:15`.
fn twenty_four(time: &str) -> Option<String> {
    let lower = time.to_ascii_lowercase();
    let half = lower.strip_suffix("am").map(|clock| (clock, 0));
    let half = half.or_else(|| lower.strip_suffix("pm").map(|clock| (clock, 12)));
    let (clock, half) = half.map_or((lower.as_str(), None), |(clock, half)| (clock, Some(half)));
    let (hour, rest) = clock.trim().split_once(':')?;
    let hour: u32 = hour.parse().ok()?;
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    Some(format!("{hour:02}:{rest}"))
}

/// The days of a spreadsheet that counts from 1900, which has none before that year and none after 9999.
const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;
/// The last day as spreadsheets number it that count from 1900 and from 1904: calamine gives it for all later
/// numbers as well.
const LAST: [f64; 2] = [2_958_465.0, 2_957_003.0];

/// A spreadsheet's moment, to the second; a day where it is midnight. None where the number is no day.
pub fn of_excel(at: &ExcelDateTime) -> Option<String> {
    let number = at.as_f64();
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let is_last = (year, month, day) == (9999, 12, 31);
    if !DAYS.contains(&number) || is_last && !LAST.contains(&number.floor()) {
        return None;
    }
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
    let at = moment::write(moment::read(&text)? + i64::from(milli >= 500));
    match at.split_once("T00:00:00Z") {
        Some((day, _)) => Some(day.to_owned()),
        None => Some(at.trim_end_matches('Z').replace('T', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        for text in [
            "2026-11-20",
            " 11/20/2026",
            "11/20/2026 12:00:00 AM",
            "2026-11-20T00:00:00Z",
            "46346",
        ] {
            assert_eq!(day(text), Ok("2026-11-20".into()), "{text}");
        }
        for text in [
            "20/11/2026",
            "2026-11-20 08:15",
            "2026-02-30",
            "20.11.2026",
            "soon",
            "11/20",
            "46346.5",
            "2026-1ö-20",
        ] {
            assert!(day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_number_that_is_no_day_is_none() {
        let read = |number: f64, from_1904: bool| {
            of_excel(&ExcelDateTime::new(
                number,
                ExcelDateTimeType::DateTime,
                from_1904,
            ))
        };
        for number in [
            2_958_466.0,
            9_999_999.0,
            1e308,
            0.0,
            0.5,
            -1.0,
            f64::NAN,
            f64::INFINITY,
        ] {
            assert_eq!(read(number, false), None, "{number}");
        }
        assert_eq!(read(2_957_004.0, true), None);
        for (number, from_1904) in [(2_958_465.0, false), (2_957_003.0, true)] {
            assert_eq!(read(number, from_1904), Some("9999-12-31".into()));
        }
        assert_eq!(read(1.0, false), Some("1900-01-01".into()));
        assert_eq!(read(60.0, false), None, "1900 had no 29 February");
    }

    #[test]
    fn moments_are_the_pacifics() {
        for text in [
            "2026-11-20 08:15",
            "2026-11-20T08:15",
            "11/20/2026 8:15",
            "11/20/2026 8:15 AM",
            "11/20/2026 08:15:00",
            "46346.34375",
            "2026-11-20T16:15:00Z",
        ] {
            assert_eq!(pacific(text), Ok("2026-11-20T16:15:00Z".into()), "{text}");
        }
        assert_eq!(pacific("7/1/2026 12:30 pm"), Ok("2026-07-01T19:30:00Z".into()));
        assert_eq!(pacific("7/1/2026"), Ok("2026-07-01T07:00:00Z".into()));
        for text in [
            "20/11/2026",
            "2026-11-20 25:00",
            "11/20/2026 13:00 PM",
            "noon",
            "12",
        ] {
            assert!(pacific(text).is_err(), "{text}");
        }
    }
}
