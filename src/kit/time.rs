//! Points in time: shown in the reader's zone, with the exact UTC moment on hover.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::prelude::*;

thread_local! {
    /// Making a formatter is slow, using it is not.
    static FORMAT: Option<Function> = formatter();
}

fn formatter() -> Option<Function> {
    let options = Object::new();
    Reflect::set(&options, &"dateStyle".into(), &"medium".into()).ok()?;
    Reflect::set(&options, &"timeStyle".into(), &"short".into()).ok()?;
    let formatter = Intl::DateTimeFormat::new(&Array::of1(&"en-GB".into()), &options);
    Some(formatter.format())
}

/// A timestamp as people read it: `20 Nov 2026, 09:15`. What is no timestamp comes back as it is.
pub fn local(at: &str) -> String {
    let date = Date::new(&JsValue::from_str(at));
    if date.get_time().is_nan() {
        return at.to_owned();
    }
    let text = FORMAT.with(|format| {
        format
            .as_ref()?
            .call1(&JsValue::UNDEFINED, &date)
            .ok()?
            .as_string()
    });
    text.unwrap_or_else(|| at.to_owned())
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

/// The offset of the reader's zone now: `+01:00`.
pub fn zone_here() -> String {
    offset(-Date::new_0().get_timezone_offset())
}

/// The reader's zone at a moment: `UTC+1`, `UTC−3:30`, `UTC`.
pub fn zone(at: &str) -> String {
    domain::moment::clock_name(-Date::new(&JsValue::from_str(at)).get_timezone_offset() as i32)
}

/// What clocks show at a place so far from UTC now, `+01:00`, where they show another time than the reader's: in full,
/// or as short as it can be told. When summer time begins and ends there is not known, and taken to be as here.
pub fn elsewhere(at: &str, offset: &str, full: bool) -> String {
    let date = Date::new(&JsValue::from_str(at));
    let here = -date.get_timezone_offset();
    let Some(there) = domain::moment::east(offset).map(|seconds| seconds as f64 / 60.0) else {
        return String::new();
    };
    let there = here + there + Date::new_0().get_timezone_offset();
    if here.is_nan() || here == there {
        return String::new();
    }
    let clock = |east: f64| {
        let shifted = Date::new(&JsValue::from_f64(date.get_time() + east * 60_000.0));
        String::from(shifted.to_iso_string())
    };
    let zone = domain::moment::clock_name(there as i32);
    let (here, there) = (clock(here), clock(there));
    // On the same day the time says enough.
    let is_told = full || here.get(..10) != there.get(..10);
    let from = if is_told { 0 } else { 11 };
    let mut text = there.get(from..16).unwrap_or_default().replace('T', " ") + " there";
    if full {
        text += ", ";
        text += &zone;
    }
    text
}

/// A timestamp as people read it, with what clocks show at a place so far from UTC where that is another time.
pub fn local_and_there(at: &str, offset: &str) -> String {
    match elsewhere(at, offset, false) {
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

/// A point in time.
#[component]
pub fn Time(
    /// RFC 3339 in UTC.
    #[prop(into)]
    at: String,
) -> impl IntoView {
    let exact = format!("{} UTC", at.trim_end_matches('Z').replace('T', " "));
    view! { <time datetime=at.clone() title=exact>{local(&at)}</time> }
}
