//! Points in time: shown in the reader's zone, with the exact UTC moment on hover.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Object, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};

use crate::prelude::*;

/// A zone, and what writes times in it, if the browser knows it.
type Format = (String, Option<Function>);

thread_local! {
    /// Making a formatter is slow, using it is not.
    static FORMATS: RefCell<Vec<Format>> = const { RefCell::new(Vec::new()) };
}

/// What writes times in a zone; in the reader's, if it is empty.
fn formatter(zone: &str) -> Option<Function> {
    let options = Object::new();
    let zone = if zone.is_empty() {
        JsValue::UNDEFINED
    } else {
        zone.into()
    };
    let said = [
        ("dateStyle", "medium".into()),
        ("timeStyle", "short".into()),
        ("timeZone", zone),
    ];
    for (key, value) in said {
        Reflect::set(&options, &key.into(), &value).ok()?;
    }
    // A zone that it does not know is an error to the browser.
    let intl = Reflect::get(&global(), &"Intl".into()).ok()?;
    let kind = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?;
    let made = Reflect::construct(
        kind.unchecked_ref::<Function>(),
        &Array::of2(&"en-GB".into(), &options),
    )
    .ok()?;
    Some(Reflect::get(&made, &"format".into()).ok()?.unchecked_into())
}

/// A timestamp as people read it in a zone; none where either means nothing.
fn written(at: &str, zone: &str) -> Option<String> {
    let date = Date::new(&at.into());
    if date.get_time().is_nan() {
        return None;
    }
    FORMATS.with_borrow_mut(|formats| {
        let place = formats
            .iter()
            .position(|(known, _)| known == zone)
            .unwrap_or_else(|| {
                formats.push((zone.to_owned(), formatter(zone)));
                formats.len() - 1
            });
        formats[place]
            .1
            .as_ref()?
            .call1(&JsValue::UNDEFINED, &date)
            .ok()?
            .as_string()
    })
}

/// A timestamp as people read it: `20 Nov 2026, 09:15`. What is no timestamp comes back as it is.
pub fn local(at: &str) -> String {
    written(at, "").unwrap_or_else(|| at.to_owned())
}

/// The moment now as it travels, to the second.
pub fn now() -> String {
    seconds(&Date::new_0())
}

fn seconds(date: &Date) -> String {
    let text = String::from(date.to_iso_string());
    text.get(..19)
        .map_or(text.clone(), |seconds| format!("{seconds}Z"))
}

/// A timestamp as an input of type `datetime-local` holds it, in the reader's zone.
pub fn to_input(at: &str) -> String {
    let date = Date::new(&JsValue::from_str(at));
    if date.get_time().is_nan() {
        return String::new();
    }
    let day = format!(
        "{:04}-{:02}-{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date()
    );
    format!("{day}T{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// The moment that such an input names, as it travels. Empty stays empty.
pub fn from_input(text: &str) -> String {
    let date = Date::new(&JsValue::from_str(text));
    if date.get_time().is_nan() {
        String::new()
    } else {
        seconds(&date)
    }
}

/// A day of the reader's own as a filter names it: with the offset of their zone on that day.
pub fn day_here(day: &str) -> String {
    let date = Date::new(&JsValue::from_str(&format!("{day}T00:00")));
    let minutes = -date.get_timezone_offset();
    if minutes.is_nan() {
        return day.to_owned();
    }
    day.to_owned() + &offset(minutes)
}

fn offset(minutes: f64) -> String {
    let (sign, east) = (if minutes < 0.0 { '-' } else { '+' }, minutes.abs() as u32);
    format!("{sign}{:02}:{:02}", east / 60, east % 60)
}

/// When the day began that is so many days before the reader's today.
pub fn midnight(before: i32) -> String {
    let now = Date::new_0();
    let (year, month, day) = (now.get_full_year(), now.get_month() as i32, now.get_date() as i32);
    seconds(&Date::new_with_year_month_day(year, month, day - before))
}

/// The reader's zone at a moment: `UTC+1`, `UTC−3:30`, `UTC`.
pub fn zone(at: &str) -> String {
    domain::moment::clock_name(-Date::new(&JsValue::from_str(at)).get_timezone_offset() as i32)
}

/// What clocks of a zone show where that is another time than the reader's; `named`: and which zone it is.
pub fn elsewhere(at: &str, zone: &str, named: bool) -> String {
    let here = local(at);
    let there = written(at, zone)
        .filter(|there| *there != here)
        .unwrap_or_default();
    let told = match there.split_once(", ") {
        None => return there,
        // On the same day the time says enough.
        Some((day, time)) if here.starts_with(day) => time,
        Some(_) => &there,
    };
    let (comma, zone) = if named { (", ", zone) } else { ("", "") };
    [told, " there", comma, zone].concat()
}

/// A timestamp as people read it, with what clocks of a zone show where that is another time.
pub fn local_and_there(at: &str, zone: &str) -> String {
    match elsewhere(at, zone, false) {
        same if same.is_empty() => local(at),
        there => [&local(at), " (", &there, ")"].concat(),
    }
}

/// Waits.
pub async fn sleep(time: std::time::Duration) {
    let (done, over) = futures::channel::oneshot::channel();
    let end = move || {
        let _ = done.send(());
    };
    set_timeout(end, time);
    let _ = over.await;
}

/// What [`ago`] calls less than a minute.
pub const JUST_NOW: &str = "just now";

/// How long ago, roughly: `just now`, `5 minutes ago`, `2 days ago`.
pub fn ago(at: &str) -> String {
    let seconds = (Date::now() - Date::new(&JsValue::from_str(at)).get_time()) / 1000.0;
    let (value, unit) = match seconds {
        s if s.is_nan() => return String::new(),
        s if s < 60.0 => return JUST_NOW.into(),
        s if s < 3_600.0 => (s / 60.0, "minute"),
        s if s < 86_400.0 => (s / 3_600.0, "hour"),
        s => (s / 86_400.0, "day"),
    };
    let value = value as u64;
    format!("{value} {unit}{} ago", if value == 1 { "" } else { "s" })
}

/// A timestamp to the second: `2026-11-20 08:00:00 UTC`.
pub fn exact(at: &str) -> String {
    format!("{} UTC", at.trim_end_matches('Z').replace('T', " "))
}

/// A point in time.
#[component]
pub fn Time(
    /// RFC 3339 in UTC.
    #[prop(into)]
    at: String,
) -> impl IntoView {
    view! { <time datetime=at.clone() title=exact(&at)>{local(&at)}</time> }
}
