//! A location's Overview tab.

use domain::locations::{Address, Coordinates, Location};

use super::CurrentLocation;
use super::hours;
use super::visibility::who_may_charge;
use crate::kit::format::{count, fixed};
use crate::kit::{Banner, Skeleton, Time, Tone};
use crate::pages::record::{Fact, said};
use crate::prelude::*;
use crate::routes;

#[component]
pub fn OverviewTab() -> impl IntoView {
    let record = CurrentLocation::get().record;
    move || match record.get() {
        Some(location) => view! { <Facts location /> }.into_any(),
        None if record.problem().is_none() => view! { <Skeleton lines=8 /> }.into_any(),
        None => ().into_any(),
    }
}

#[component]
fn Facts(location: Location) -> impl IntoView {
    let id = location.id;
    let to_customers = routes::location_authorization_customers(&id);
    let to_tokens = routes::location_authorization_tokens(&id);
    let to_stations = routes::location_stations(&id);
    let who = who_may_charge(location.visibility);
    let stations = count(location.stations.len() as u64, "station", "stations");
    let customers = count(location.customers, "customer", "customers");
    let tokens = count(location.tokens, "charge token", "charge tokens");
    let hours = match &location.opening_hours {
        None => "Not known".into_any(),
        Some(week) => {
            let day = |(name, spans)| view! { <span>{name}</span><span>{spans}</span> };
            view! { <div class="hours">{hours::lines(week).into_iter().map(day).collect_view()}</div> }
                .into_any()
        }
    };
    view! {
        <div class="rule">
            {location
                .gone
                .then(|| {
                    view! {
                        <Banner tone=Tone::Attention>
                            "ChargePoint no longer reports a station here. The location is kept until you decide."
                        </Banner>
                    }
                })}
            <p>{who}</p>
        </div>
        <dl class="facts">
            <Fact label="Authorization list">
                <a href=to_customers>{customers}</a>
                ", "
                <a href=to_tokens>{tokens}</a>
            </Fact>
            <Fact label="Stations">
                <a href=to_stations>{stations}</a>
            </Fact>
            <Fact label="Address">{lines(&location.address)}</Fact>
            <Fact label="Coordinates">
                {location.coordinates.map_or_else(|| "Not known".into_any(), |at| view! { <span class="id">{degrees(at)}</span> }.into_any())}
            </Fact>
            <Fact label="Time zone">{location.timezone.unwrap_or_else(|| "Not known".into())}</Fact>
            <Fact label="Opening hours">{hours}</Fact>
            <Fact label="Operator">{said(&location.operator_name)}</Fact>
            <Fact label="Notes">{said(&location.notes)}</Fact>
            <Fact label="Updated"><Time at=location.updated_at /></Fact>
            <Fact label="Location ID"><span class="id">{id}</span></Fact>
        </dl>
    }
}

/// The address as people write it, a line each.
fn lines(address: &Address) -> String {
    let join = |parts: &[&str]| {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    let town = join(&[&address.postal_code, &address.city, &address.state]);
    let lines = [address.street_and_number.clone(), town, address.country.clone()];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    said(&lines.join("\n"))
}

fn degrees(at: Coordinates) -> String {
    format!("{}, {}", fixed(at.latitude, 6), fixed(at.longitude, 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_lacks_leaves_no_gap() {
        let address = Address {
            city: "Köln".into(),
            country: "Germany".into(),
            ..Address::default()
        };
        assert_eq!(lines(&address), "Köln\nGermany");
        assert_eq!(lines(&Address::default()), "–");
    }
}
