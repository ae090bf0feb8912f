//! Locations as OCPI has them.

use domain::country::alpha3;
use domain::locations::{self, OpeningHours};
use domain::privacy::Visibility;
use ocpi::credentials::BusinessDetails;
use ocpi::locations::{Evse, GeoLocation, Hours, Location, PublishTokenType, RegularHours};
use ocpi::text::cut;

use super::Party;

/// A location; none for one without a position, of which OCPI cannot tell.
pub fn location(
    own: &locations::Location,
    to: Vec<PublishTokenType>,
    evses: Vec<Evse>,
    last_updated: &str,
    party: &Party,
) -> Option<Location> {
    let at = own.coordinates?;
    let address = &own.address;
    let filled = |text: &str, most: usize| Some(cut(text, most)).filter(|text| !text.is_empty());
    Some(Location {
        country_code: party.country_code.clone(),
        party_id: party.party_id.clone(),
        id: own.id.clone(),
        publish: own.visibility == Visibility::Published,
        publish_allowed_to: to,
        name: cut(&own.name, 255),
        address: filled(&address.street_and_number, 45).unwrap_or_else(|| cut(&own.name, 45)),
        city: filled(&address.city, 45).unwrap_or_else(|| "-".into()),
        postal_code: filled(&address.postal_code, 10),
        state: filled(&address.state, 20),
        country: alpha3(&address.country).into(),
        coordinates: GeoLocation::of(at.latitude, at.longitude),
        evses,
        operator: filled(&own.operator_name, 100).map(|name| BusinessDetails { name }),
        time_zone: locations::zone(own.timezone.as_deref(), address, Some(at))
            .unwrap_or_else(|| "Etc/UTC".into()),
        opening_times: own.opening_hours.as_ref().and_then(hours),
        last_updated: last_updated.to_owned(),
    })
}

/// Opening hours: days from 1, Monday, to 7. A day ends a minute before the next, since OCPI knows no 24:00; what goes on
/// after midnight is two spans. None where it is never open, which OCPI has no word for.
fn hours(days: &OpeningHours) -> Option<Hours> {
    let is_whole = |day: &str| {
        let spans = days.get(day).map(Vec::as_slice).unwrap_or_default();
        spans
            .iter()
            .any(|span| span.start_time == "00:00" && ["24:00", LAST].contains(&span.end_time.as_str()))
    };
    if ["0", "1", "2", "3", "4", "5", "6"].into_iter().all(is_whole) {
        return Some(Hours {
            twentyfourseven: true,
            regular_hours: Vec::new(),
        });
    }
    let mut regular_hours = Vec::new();
    for (day, spans) in days {
        let weekday = match day.parse::<u8>() {
            Ok(0) => 7,
            Ok(day) => day,
            Err(_) => continue,
        };
        for span in spans {
            let (begin, end) = (span.start_time.as_str(), span.end_time.as_str());
            if begin < end {
                regular_hours.extend(within_day(weekday, begin, end));
            } else {
                regular_hours.extend(within_day(weekday, begin, "24:00"));
                regular_hours.extend(within_day(weekday % 7 + 1, "00:00", end));
            }
        }
    }
    regular_hours.sort_by(|a, b| (a.weekday, &a.period_begin).cmp(&(b.weekday, &b.period_begin)));
    (!regular_hours.is_empty()).then_some(Hours {
        twentyfourseven: false,
        regular_hours,
    })
}

/// The last minute of a day.
const LAST: &str = "23:59";

/// A span of one day; none where nothing is left of it.
fn within_day(weekday: u8, begin: &str, end: &str) -> Option<RegularHours> {
    let end = end.min(LAST);
    (begin < end).then(|| RegularHours {
        weekday,
        period_begin: begin.to_owned(),
        period_end: end.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use domain::locations::OpeningSpan;

    fn span(start: &str, end: &str) -> OpeningSpan {
        OpeningSpan {
            start_time: start.into(),
            end_time: end.into(),
        }
    }

    fn told(days: &OpeningHours) -> Vec<String> {
        let hours = hours(days).unwrap();
        assert!(!hours.twentyfourseven);
        let spans = hours.regular_hours.iter();
        let spans =
            spans.map(|hours| format!("{} {}-{}", hours.weekday, hours.period_begin, hours.period_end));
        spans.collect()
    }

    #[test]
    fn what_goes_on_after_midnight_is_two_spans() {
        let days = OpeningHours::from([
            ("0".to_owned(), vec![span("22:00", "02:00")]),
            (
                "1".to_owned(),
                vec![span("18:00", "00:00"), span("23:59", "24:00")],
            ),
        ]);
        assert_eq!(told(&days), ["1 00:00-02:00", "1 18:00-23:59", "7 22:00-23:59"]);
    }

    #[test]
    fn never_open_is_not_told() {
        assert_eq!(hours(&OpeningHours::new()), None);
        let closed = OpeningHours::from([
            ("5".to_owned(), vec![]),
            ("6".to_owned(), vec![span("23:59", "24:00")]),
        ]);
        assert_eq!(hours(&closed), None);
    }

    #[test]
    fn sunday_is_the_last_day_and_midnight_a_minute_early() {
        let days = OpeningHours::from([
            ("0".to_owned(), vec![span("10:00", "24:00")]),
            (
                "1".to_owned(),
                vec![span("13:00", "18:00"), span("08:00", "12:00")],
            ),
        ]);
        let told = told(&days);
        assert_eq!(told, ["1 08:00-12:00", "1 13:00-18:00", "7 10:00-23:59"]);
    }

    #[test]
    fn all_day_every_day() {
        let days = (0..7)
            .map(|day| (day.to_string(), vec![span("00:00", "24:00")]))
            .collect();
        assert!(hours(&days).is_some_and(|hours| hours.twentyfourseven));
    }
}
