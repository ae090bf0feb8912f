//! A location's Overview tab.

use super::CurrentLocation;
use super::hours;
use super::visibility::who_may_charge;
use crate::api::Record;
use crate::kit::format::{count, fixed};
use crate::kit::{Banner, Skeleton, Time, Tone};
use crate::pages::record::{Fact, said};
use crate::pages::shell::may;
use crate::prelude::*;
use crate::routes;

#[component]
pub fn OverviewTab() -> impl IntoView {
    let record = CurrentLocation::get().record;
    move || match record.get() {
        Some(location) => facts(&location).into_any(),
        None if record.problem().is_none() => view! { <Skeleton lines=8 /> }.into_any(),
        None => ().into_any(),
    }
}

fn facts(location: &Record) -> impl IntoView + use<> {
    let id = location.text("id");
    let link = |href: String, words: String| view! { <a href=href>{words}</a> };
    let customers = link(
        routes::location_authorization_customers(&id),
        count(location.count("customers"), "customer", "customers"),
    );
    let tokens = link(
        routes::location_authorization_tokens(&id),
        count(location.count("tokens"), "charge token", "charge tokens"),
    );
    let stations = location.records("stations").len() as u64;
    let stations = link(
        routes::location_stations(&id),
        count(stations, "station", "stations"),
    );
    let coded = |text: String| view! { <span class="id">{text}</span> }.into_any();
    let known = |text: String| if text.is_empty() { "Not known".into() } else { text };
    let facts: [(&str, AnyView); 10] = [
        (
            "Authorization list",
            view! { {customers} ", " {tokens} }.into_any(),
        ),
        ("Stations", stations.into_any()),
        ("Address", said(&lines(|key| location.text(key))).into_any()),
        (
            "Coordinates",
            match degrees(location) {
                None => known(String::new()).into_any(),
                Some(at) => {
                    let near = may("View:Session").then(|| {
                        let place = at.replace(", ", "&long=");
                        let href = [routes::SESSIONS, "?proximity=1&lat=", &place].concat();
                        view! { " · " {link(href, "Sessions near".into())} }
                    });
                    view! { {coded(at)} {near} }.into_any()
                }
            },
        ),
        ("Time zone", known(location.text("timezone")).into_any()),
        ("Opening hours", week(location)),
        ("Operator", said(&location.text("operatorName")).into_any()),
        ("Notes", said(&location.text("notes")).into_any()),
        (
            "Updated",
            view! { <Time at=location.text("updatedAt") /> }.into_any(),
        ),
        ("Location ID", coded(id)),
    ];
    let fact = |(label, what): (&'static str, AnyView)| view! { <Fact label>{what}</Fact> };
    view! {
        <div class="rule">
            {location
                .flag("gone")
                .then(|| {
                    view! {
                        <Banner tone=Tone::Attention>
                            "ChargePoint no longer reports a station here. The location is kept until you decide."
                        </Banner>
                    }
                })}
            <p>{who_may_charge(&location.text("visibility"))}</p>
        </div>
        <dl class="facts">{facts.into_iter().map(fact).collect_view()}</dl>
    }
}

fn week(location: &Record) -> AnyView {
    if !location.has("openingHours") {
        return "Not known".into_any();
    }
    let day = |(key, name): &(&str, &'static str)| {
        let spans = hours::shown(hours::text(location, key));
        view! { <span>{*name}</span><span>{spans}</span> }
    };
    view! { <div class="hours">{hours::DAYS.iter().map(day).collect_view()}</div> }.into_any()
}

/// The address as people write it, a line each.
fn lines(text: impl Fn(&str) -> String) -> String {
    let join = |keys: &[&str], with: &str| {
        let parts = keys.iter().map(|key| text(&format!("address.{key}")));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(with)
    };
    let lines = [
        join(&["streetAndNumber"], ""),
        join(&["postalCode", "city", "state"], " "),
        join(&["country"], ""),
    ];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn degrees(location: &Record) -> Option<String> {
    let at = |key| Some(fixed(location.number(key)?, 6));
    let (latitude, longitude) = (at("coordinates.latitude")?, at("coordinates.longitude")?);
    Some(format!("{latitude}, {longitude}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_an_address_lacks_leaves_no_gap() {
        let city = |key: &str| match key {
            "address.city" => "Köln".into(),
            "address.country" => "Germany".into(),
            _ => String::new(),
        };
        assert_eq!(lines(city), "Köln\nGermany");
        assert_eq!(lines(|_| String::new()), "");
    }
}
