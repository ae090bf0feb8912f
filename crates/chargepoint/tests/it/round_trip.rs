//! What is written is read back the same, through every prefix style.

use chargepoint::calls::station_status::{GetStationStatus, GetStationStatusResponse, StationIds};
use chargepoint::calls::stations::{Connectors, GetStationsResponse};
use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::users::{
    CredentialIds, CustomInfo, CustomInfos, GetUsersResponse, HomeStation, UserConnection, Users,
};
use chargepoint::codec::envelope::{self, Entry, UsernameToken};
use chargepoint::codec::{Broken, Parser, Record, read_record};
use chargepoint::table::NAMESPACE;
use chargepoint::{
    CommaList, DateTime, Geo, Port, PortStatus, Pricing, PricingOptions, Station, StationStatus, StatusQuery,
    Time, User,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    "[ -~\t\n\räß€😀]{0,10}[!-~]".prop_map(|text| text)
}

fn word() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9:<&]{1,8}"
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![-180.0..180.0, -1e300..1e300, Just(0.0)]
}

prop_compose! {
    fn geo()(lat in number(), long in number()) -> Geo {
        Geo { lat, long }
    }
}

prop_compose! {
    fn port()(
        port_number in word(), status in of(text()), geo in of(geo()), reservable in of(any::<bool>()),
        estimated_cost in of(number()), names in of(vec(text(), 1..3)), stamp in of(word()),
    ) -> Port {
        Port {
            port_number: Some(port_number), status, geo, reservable, estimated_cost,
            connectors: names.map(|names| Connectors { names }),
            time_stamp: stamp.map(DateTime),
            ..Port::default()
        }
    }
}

prop_compose! {
    fn station()(
        record_number in any::<i32>(), station_id in of(text()), address in of(text()),
        geo in of(geo()), ports in vec(port(), 0..4), price in of(number()),
        groups in of(vec("[a-z&<]{1,5}", 1..4)), validated in of(any::<bool>()), time in of(word()),
    ) -> Station {
        let pricing = price.map(|price| Pricing {
            unit_price_per_kwh: Some(price),
            start_time: time.map(Time),
            ..Pricing::default()
        });
        Station {
            record_number: Some(record_number), station_id, address, geo, ports,
            pricing: pricing.into_iter().collect(),
            sg_ids: groups.map(CommaList),
            site_validated: validated,
            ..Station::default()
        }
    }
}

prop_compose! {
    fn query()(
        station_id in of(text()), ids in of(vec(text(), 1..4)), geo in of(geo()),
        duration in of(any::<i32>()), port_details in of(any::<bool>()), status in of(any::<i32>()),
    ) -> GetStationStatus {
        let pricing = duration.map(|hours| PricingOptions {
            duration: Some(hours),
            ..PricingOptions::default()
        });
        GetStationStatus {
            search_query: StatusQuery {
                station_id, geo, pricing, port_details, status,
                station_ids: ids.map(|ids| StationIds { ids }),
                ..StatusQuery::default()
            },
        }
    }
}

prop_compose! {
    fn user()(
        user_id in of(text()), email in of(text()), modified in of(word()), number in any::<i32>(),
        status in text(), answers in of(vec((of(text()), text()), 1..3)), cards in of(vec(text(), 1..3)),
        serial in of("[0-9]{1,15}"),
    ) -> User {
        let info = |(key, value)| CustomInfo { key, value: Some(value) };
        let infos = |answers: Vec<_>| CustomInfos { infos: answers.into_iter().map(info).collect() };
        User {
            user_id,
            driver_email: email,
            last_modified: modified.map(DateTime),
            record_number: Some(number),
            connection: Some(UserConnection {
                status: Some(status),
                custom_infos: answers.map(infos),
                ..UserConnection::default()
            }),
            credential_ids: cards.map(|ids| CredentialIds { ids }),
            home_station: serial.map(|serial| HomeStation {
                serial_number: Some(serial),
                ..HomeStation::default()
            }),
            ..User::default()
        }
    }
}

fn read<R: Record>(xml: &str) -> R {
    let handler = |entry: Entry<'_>, parser: &mut Parser<'_>| {
        assert!(entry.ours && entry.name == R::SHAPE.name);
        read_record::<R>(parser)
    };
    let read: Result<_, Broken> = envelope::read(xml.as_bytes(), handler);
    read.unwrap().1.0
}

/// The same message in the prefix styles that are seen: the guide's two, a default namespace for
/// the envelope, and one for the operation and so for its children too.
fn styles(xml: &str) -> [String; 4] {
    let small = xml.replace("SOAP-ENV", "soapenv");
    let bare = xml.replace("SOAP-ENV:", "").replace("xmlns:SOAP-ENV", "xmlns");
    let name = "getStationsResponse";
    let inherited = xml
        .replace(
            &format!("<ns1:{name}>"),
            &format!("<{name} xmlns=\"{NAMESPACE}\">"),
        )
        .replace(&format!("</ns1:{name}>"), &format!("</{name}>"));
    [xml.to_owned(), small, bare, inherited]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn stations(stations in vec(station(), 0..4), more in of(any::<bool>())) {
        let answer = GetStationsResponse {
            response_code: Some("100".to_owned()),
            stations,
            more,
            ..GetStationsResponse::default()
        };
        for xml in styles(&envelope::write_answer(&answer)) {
            prop_assert_eq!(&read::<GetStationsResponse>(&xml), &answer);
        }
    }

    #[test]
    fn states(id in text(), reason in of(text()), stamp in word()) {
        let answer = GetStationStatusResponse {
            response_code: Some("100".to_owned()),
            stations: vec![StationStatus {
                station_id: Some(id),
                ports: vec![PortStatus {
                    fault_reason: reason,
                    time_stamp: Some(DateTime(stamp)),
                    ..PortStatus::default()
                }],
                ..StationStatus::default()
            }],
            ..GetStationStatusResponse::default()
        };
        let xml = envelope::write_answer(&answer);
        prop_assert_eq!(read::<GetStationStatusResponse>(&xml), answer);
    }

    #[test]
    fn drivers(users in vec(user(), 0..4), more in any::<bool>()) {
        let answer = GetUsersResponse {
            response_code: Some("100".to_owned()),
            users: Some(Users { users, more: Some(more) }),
            ..GetUsersResponse::default()
        };
        let xml = envelope::write_answer(&answer);
        prop_assert_eq!(read::<GetUsersResponse>(&xml), answer);
    }

    #[test]
    fn decisions(ids in vec(text(), 0..3), status in of(text()), custom_text in of(text())) {
        let token = UsernameToken { username: "k".into(), password: "p".into() };
        let call = UpdateUserStatus { user_ids: ids, status, custom_text, association: None };
        let xml = envelope::write_request(&token, &call);
        prop_assert_eq!(read::<UpdateUserStatus>(&xml), call);
    }

    #[test]
    fn requests(call in query(), key in text(), password in text()) {
        use secrecy::ExposeSecret;
        let token = UsernameToken { username: key.clone().into(), password: password.clone().into() };
        let xml = envelope::write_request(&token, &call);
        prop_assert_eq!(&read::<GetStationStatus>(&xml), &call);
        let handler = |_: Entry<'_>, parser: &mut Parser<'_>| parser.skip();
        let token = envelope::read(xml.as_bytes(), handler).unwrap().0.unwrap();
        prop_assert_eq!(token.username.expose_secret(), key);
        prop_assert_eq!(token.password.expose_secret(), password);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in vec(any::<u8>(), 0..200), cut in 0usize..600) {
        let handler = |_: Entry<'_>, parser: &mut Parser<'_>| read_record::<GetStationsResponse>(parser);
        drop(envelope::read(&bytes, handler));
        let whole = super::fake::stations("100", "<stationData><Port><Geo><Lat>1</Lat></Geo></Port></stationData>", 1);
        let cut = cut.min(whole.len());
        let mixed = [&whole.as_bytes()[..cut], &bytes, &whole.as_bytes()[cut..]].concat();
        drop(envelope::read(&mixed, handler));
        drop(envelope::read(&whole.as_bytes()[..cut], handler));
    }
}
