//! What the page of a charge station says of it: each thing once, in words.

use chargepoint::Station;
use domain::Timestamp;
use domain::chargestations::ChargestationRow;
use domain::moment::clock_name;
use schemars::JsonSchema;
use serde::Serialize;

use crate::clock;
use crate::estate::words::filled;
use crate::estate::{prices, reception};

/// A fact about a station.
#[derive(Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ChargestationFact")]
pub struct Fact {
    pub label: String,
    pub text: String,
    /// A moment, in the place of a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The zone of the station's clock, of a moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// What is said beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How many percent of a bar it fills.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<u8>,
    /// The list whose record it is, as in `/find`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// That record's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

fn text(label: &str, text: impl AsRef<str>) -> Fact {
    Fact {
        label: label.to_owned(),
        text: text.as_ref().trim().to_owned(),
        ..Fact::default()
    }
}

fn some(label: &str, said: &Option<String>) -> Fact {
    text(label, said.as_deref().unwrap_or_default())
}

/// The name of a record of another list, which leads to it.
fn link(label: &str, name: &Option<String>, kind: &'static str, id: &Option<String>) -> Fact {
    let named = name.as_ref().or(id.as_ref());
    Fact {
        kind: Some(kind),
        id: id.clone(),
        ..text(label, named.map_or("", String::as_str))
    }
}

/// The facts, in their order. State and ports stand above them, as they change.
pub fn of(row: &ChargestationRow, station: Option<&Station>) -> Vec<Fact> {
    let own = &row.station;
    let at = |label: &str, at: &Option<Timestamp>| Fact {
        at: at.clone(),
        time_zone: row.time_zone.clone(),
        ..text(label, "")
    };
    let groups = row.station_groups.iter().map(|group| group.name.as_str());
    let mut facts = vec![
        link("Location", &row.location_name, "locations", &own.location),
        link(
            "Organization",
            &row.organization_name,
            "organizations",
            &own.organization,
        ),
        text("Station groups", groups.collect::<Vec<_>>().join(", ")),
    ];
    facts.extend(station.map(place));
    facts.extend([
        some("Manufacturer", &own.manufacturer),
        some("Model", &own.model),
        some("Serial number", &row.serial_number),
        some("MAC address", &row.mac_address),
        text("Station ID", &own.id),
        some("Protocol", &own.protocol),
        some("Endpoint", &own.endpoint),
        text("EVSEs", own.evses.len().to_string()),
        text(
            "Time zone",
            row.time_zone.as_deref().map(clock_of).unwrap_or_default(),
        ),
        at("Last message", &own.last_message_at),
        at("Last connected", &own.last_connect_at),
        at("Last disconnected", &own.last_disconnect_at),
        at("Added", &own.created_at),
        at("Updated", &own.updated_at),
    ]);
    if let Some(station) = station {
        let until = station.warranty_expiration_date.as_deref().and_then(clock::read);
        let validated = station.site_validation_date.as_deref().and_then(clock::read);
        facts.extend([
            some("Warranty", &station.warranty_service),
            at("Warranty until", &until),
            text("Site validated", yes_or_no(station.site_validated)),
            at("Site validated on", &validated),
            some("Firmware", &station.station_firmware),
            heard(station),
            some("IP address", &station.wan_ip_address),
            some("Radio group", &station.radio_group_id),
            some("Driver support", &station.main_phone),
            // ChargePoint writes a dash where there is none.
            some(
                "Description",
                &filled(station.description.as_deref()).filter(|words| words != "-"),
            ),
        ]);
        facts.extend(
            prices::of(station)
                .into_iter()
                .map(|(label, words)| text(&label, words)),
        );
    }
    facts.retain(|fact| !fact.text.is_empty() || fact.at.is_some());
    facts
}

/// The name of a zone; of one that is nothing but hours, how far it is from UTC, `UTC−8`.
fn clock_of(zone: &str) -> String {
    let westwards: Option<i32> = zone.strip_prefix("Etc/GMT").and_then(|hours| hours.parse().ok());
    match westwards {
        Some(hours @ -14..=14) => clock_name(-60 * hours),
        _ => zone.trim_start_matches("Etc/").to_owned(),
    }
}

fn yes_or_no(flag: Option<bool>) -> &'static str {
    match flag {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "",
    }
}

/// The address on one line. Street and number may hold all of it, behind a comma.
fn place(station: &Station) -> Fact {
    let part = |text: &Option<String>| filled(text.as_deref());
    let mut parts: Vec<String> = part(&station.address).into_iter().collect();
    let words = |text: &str| {
        let words: Vec<&str> = text.split([',', ' ']).filter(|word| !word.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    let whole = parts.concat();
    let said = words(whole.split_once(',').map_or("", |(_, more)| more));
    for more in [
        &station.city,
        &station.state,
        &station.postal_code,
        &station.country,
    ] {
        let more = part(more).filter(|more| !said.contains(&words(more)));
        parts.extend(more);
    }
    text("Address", parts.join(", "))
}

fn heard(station: &Station) -> Fact {
    let label = "Reception";
    reception::of(station).map_or_else(
        || some(label, &station.station_reception),
        |heard| Fact {
            note: Some(heard.words),
            part: Some(heard.percent),
            ..text(label, heard.dbm)
        },
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::estate::chargestations;

    fn facts(station: &Station) -> Vec<Fact> {
        let mut row = chargestations::of(station, None).unwrap();
        row.station.location = Some("loc_1".into());
        row.location_name = Some("Garage".into());
        of(&row, Some(station))
    }

    #[test]
    fn each_thing_is_said_once_and_in_words() {
        let told = facts(&Station {
            station_id: Some("1:7".into()),
            station_name: Some("ACME / One".into()),
            network_status: Some("REACHABLE".into()),
            timezone_offset: Some("-08:00".into()),
            state: Some("California".into()),
            address: Some("1 Main St".into()),
            city: Some("Campbell".into()),
            country: Some("United States".into()),
            org_id: Some("1:ORG1".into()),
            organization_name: Some("ACME".into()),
            description: Some("-".into()),
            station_firmware: Some("5.7.1.4".into()),
            warranty_expiration_date: Some("2026-11-20T08:00:00Z".into()),
            ..Station::default()
        });
        let said: Vec<String> = told
            .iter()
            .map(|fact| format!("{}: {}", fact.label, fact.text))
            .collect();
        assert_eq!(
            said,
            [
                "Location: Garage",
                "Organization: ACME",
                "Address: 1 Main St, Campbell, California, United States",
                "Station ID: 1:7",
                "EVSEs: 0",
                "Time zone: America/Los_Angeles",
                "Warranty until: ",
                "Firmware: 5.7.1.4",
                "Price: No pricing policy",
            ]
        );
        assert_eq!(
            (told[0].kind, told[0].id.as_deref()),
            (Some("locations"), Some("loc_1"))
        );
        assert_eq!(told[6].at.as_deref(), Some("2026-11-20T08:00:00Z"));
        assert_eq!(told[6].time_zone.as_deref(), Some("America/Los_Angeles"));
        for (address, city, told) in [
            ("Berliner Straße 5", "Berlin", "Berliner Straße 5, Berlin"),
            (
                "Gracht 1, Amsterdam, Netherlands",
                "Amsterdam",
                "Gracht 1, Amsterdam, Netherlands",
            ),
            ("1 Main St, CA 95008", "CA", "1 Main St, CA 95008"),
            ("1 Main St, Campbell", "Camp", "1 Main St, Campbell, Camp"),
        ] {
            let station = Station {
                address: Some(address.into()),
                city: Some(city.into()),
                ..Station::default()
            };
            assert_eq!(place(&station).text, told);
        }
        let clocks = ["Etc/UTC", "Etc/GMT+8", "Europe/Berlin", "Etc/GMT+99999999"].map(clock_of);
        assert_eq!(clocks, ["UTC", "UTC−8", "Europe/Berlin", "GMT+99999999"]);
    }
}
