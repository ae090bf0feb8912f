use chargepoint::calls::station_status::{GetStationStatus, StationIds};
use chargepoint::calls::stations::{GetStations, SerialNumbers};
use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::users::{ConnectionQuery, CustomInfo, GetUsers, RealmQuery};
use chargepoint::codec::envelope::{self, UsernameToken};
use chargepoint::{DateTime, Geo, PricingOptions, StationsQuery, StatusQuery, Time, UsersQuery};

/// What our client sends with every parameter set, to be checked against the schema.
pub fn messages() -> [String; 4] {
    let token = UsernameToken {
        username: "sandbox".into(),
        password: "sandbox".into(),
    };
    let text = || Some("text".to_owned());
    let geo = || Some(Geo { lat: 1.5, long: -2.5 });
    let pricing = || {
        Some(PricingOptions {
            start_time: Some(Time::from("10:00:00")),
            duration: Some(1),
            energy_required: Some(1.5),
            vehicle_power: Some(11.0),
        })
    };
    let serials = || {
        Some(SerialNumbers {
            numbers: vec!["1".to_owned(), "2".to_owned()],
        })
    };
    let stations = GetStations {
        search_query: StationsQuery {
            station_id: text(),
            station_manufacturer: text(),
            station_model: text(),
            station_name: text(),
            serial_number: text(),
            address: text(),
            city: text(),
            state: text(),
            country: text(),
            postal_code: text(),
            proximity: Some(5.0),
            proximity_unit: text(),
            connector: text(),
            voltage: text(),
            current: text(),
            power: text(),
            demo_serial_number: serials(),
            reservable: Some(true),
            geo: geo(),
            level: text(),
            mode: text(),
            pricing: pricing(),
            org_id: text(),
            organization_name: text(),
            sg_id: text(),
            sg_name: text(),
            station_activation_date: Some(DateTime::from("2026-11-20T10:00:00Z")),
            warranty_service: text(),
            start_record: Some(1),
            num_stations: Some(500),
        },
    };
    let status = GetStationStatus {
        search_query: StatusQuery {
            station_id: text(),
            station_ids: Some(StationIds {
                ids: vec!["1:1".to_owned(), "1:2".to_owned()],
            }),
            station_manufacturer: text(),
            station_model: text(),
            station_name: text(),
            address: text(),
            city: text(),
            state: text(),
            country: text(),
            postal_code: text(),
            proximity: Some(0.5),
            proximity_unit: text(),
            connector: text(),
            voltage: text(),
            current: text(),
            power: text(),
            port_details: Some(true),
            demo_serial_number: serials(),
            reservable: Some(false),
            geo: geo(),
            status: Some(1),
            level: text(),
            mode: text(),
            pricing: pricing(),
            start_record: Some(1),
            num_stations: Some(1),
        },
    };
    let info = || {
        Some(CustomInfo {
            key: text(),
            value: text(),
        })
    };
    let users = GetUsers {
        search_query: UsersQuery {
            user_id: text(),
            first_name: text(),
            last_name: text(),
            last_modified: Some(DateTime::from("2026-11-20T10:00:00Z")),
            connection: Some(ConnectionQuery {
                status: text(),
                custom_info: info(),
            }),
            management_realm: Some(RealmQuery {
                status: text(),
                custom_info: info(),
            }),
            credential_id: text(),
            start_record: Some(1),
            num_users: Some(500),
        },
    };
    let decision = UpdateUserStatus {
        user_ids: vec!["1".to_owned()],
        association: text(),
        status: text(),
        custom_text: text(),
    };
    [
        envelope::write_request(&token, &stations),
        envelope::write_request(&token, &status),
        envelope::write_request(&token, &users),
        envelope::write_request(&token, &decision),
    ]
}
