//! Every call, request and answer: what is written, and in which forms it is read.

mod client;
mod guide;
mod guide_fleets;
pub mod sample;
mod schema;

use chargepoint::calls::alarms::{ClearAlarms, GetAlarms};
use chargepoint::calls::clear_shed_state::ClearShedState;
use chargepoint::calls::cpn_instances::GetCpnInstances;
use chargepoint::calls::fleet_changes::{AddFleetVehicle, DeleteFleetVehicle, UpdateFleetVehicle};
use chargepoint::calls::fleet_usage::GetFleetUsageData;
use chargepoint::calls::fleet_vehicles::GetFleetVehicles;
use chargepoint::calls::load::GetLoad;
use chargepoint::calls::load_shed_event::{CreateLoadShedEvent, RemoveLoadShedEvent};
use chargepoint::calls::organizations::GetOrgsAndStationGroups;
use chargepoint::calls::rights_profile::GetStationRightsProfile;
use chargepoint::calls::session_intervals::Get15MinChargingSessionData;
use chargepoint::calls::sessions::GetChargingSessionData;
use chargepoint::calls::shed_load::ShedLoad;
use chargepoint::calls::station_groups::{GetStationGroupDetails, GetStationGroups};
use chargepoint::calls::station_rights::GetStationRights;
use chargepoint::calls::station_status::GetStationStatus;
use chargepoint::calls::stations::GetStations;
use chargepoint::calls::transactions::GetTransactionData;
use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::users::GetUsers;
use chargepoint::calls::waitlist::SetWaitlistDone;
use chargepoint::calls::{Answer, Call};
use chargepoint::codec::envelope::{self, Entry, UsernameToken};
use chargepoint::codec::{Parser, Record, read_record};
use chargepoint::table::OPERATIONS;

use super::fake::envelope as message;
use sample::Form;

/// Something done with each call.
pub trait ForCall {
    fn with<C: Call>(&mut self);
}

/// Notes that every call passed a test, for the table that `cargo xtask test` puts together.
pub fn covered(column: &str) {
    if let Some(folder) = std::env::var_os("EV_PORTAL_CALLS").map(std::path::PathBuf::from) {
        let names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        std::fs::write(folder.join(column), names.join("\n")).unwrap();
    }
}

/// The number of calls it was done with.
pub fn each(visitor: &mut impl ForCall) -> usize {
    macro_rules! each {
        ($($call:ty),* $(,)?) => {{
            let calls = [$( { visitor.with::<$call>(); <$call>::SHAPE.name }, )*];
            let table: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
            assert_eq!(calls[..], table[..], "a call that is not tested");
            calls.len()
        }};
    }
    each!(
        GetCpnInstances,
        ShedLoad,
        ClearShedState,
        GetLoad,
        CreateLoadShedEvent,
        RemoveLoadShedEvent,
        GetChargingSessionData,
        Get15MinChargingSessionData,
        GetTransactionData,
        GetStations,
        GetStationStatus,
        GetStationGroups,
        GetStationGroupDetails,
        GetOrgsAndStationGroups,
        GetStationRights,
        GetStationRightsProfile,
        GetAlarms,
        ClearAlarms,
        GetUsers,
        UpdateUserStatus,
        SetWaitlistDone,
        AddFleetVehicle,
        DeleteFleetVehicle,
        UpdateFleetVehicle,
        GetFleetVehicles,
        GetFleetUsageData,
    )
}

/// Reads an element with these children, in an envelope.
pub fn read<R: Record>(children: &str) -> R {
    let name = R::SHAPE.name;
    let xml = message(&format!("<ns1:{name}>{children}</ns1:{name}>"));
    let handler = |entry: Entry<'_>, parser: &mut Parser<'_>| {
        assert!(entry.ours && entry.name == name);
        read_record::<R>(parser)
    };
    match envelope::read(xml.as_bytes(), handler) {
        Ok((_, (record, _))) => record,
        Err(broken) => panic!("{name}: {broken}\n{xml}"),
    }
}

/// A whole request.
fn request<C: Call>(call: &C) -> String {
    let token = UsernameToken {
        username: "key".into(),
        password: "password".into(),
    };
    envelope::write_request(&token, call)
}

/// What stands in the one element of a message's Body.
fn children_of(xml: &str) -> &str {
    let (_, body) = xml.split_once(":Body>").unwrap();
    let (body, _) = body.rsplit_once("</").unwrap();
    let (body, _) = body.rsplit_once("</").unwrap();
    let (_, children) = body.split_once('>').unwrap();
    children.rsplit_once("</").unwrap().0
}

/// A request as it goes out, without the operation element.
fn written<C: Call>(call: &C) -> String {
    children_of(&request(call)).to_owned()
}

fn answered<A: Record>(answer: &A) -> String {
    children_of(&envelope::write_answer(answer)).to_owned()
}

/// Every field is read, and written in the table's order.
#[test]
fn every_field_is_written_in_order_and_read_back() {
    struct Check;
    impl ForCall for Check {
        fn with<C: Call>(&mut self) {
            let xml = sample::children(&C::SHAPE, Form::default());
            assert_eq!(written(&read::<C>(&xml)), xml, "{}", C::SHAPE.name);
            let xml = sample::children(&C::Answer::SHAPE, Form::default());
            assert_eq!(
                answered(&read::<C::Answer>(&xml)),
                xml,
                "{}",
                C::Answer::SHAPE.name
            );
        }
    }
    assert_eq!(each(&mut Check), 26);
}

#[test]
fn odd_forms_are_read_the_same() {
    struct Check(Form);
    impl ForCall for Check {
        fn with<C: Call>(&mut self) {
            let form = self.0;
            let name = C::SHAPE.name;
            let plain = sample::children(&C::SHAPE, Form::default());
            let odd = sample::children(&C::SHAPE, form);
            assert_eq!(written(&read::<C>(&odd)), written(&read::<C>(&plain)), "{name}");
            let plain = sample::children(&C::Answer::SHAPE, Form::default());
            let odd = sample::children(&C::Answer::SHAPE, form);
            let odd = answered(&read::<C::Answer>(&odd));
            assert_eq!(odd, answered(&read::<C::Answer>(&plain)), "{name}");
        }
    }
    let plain = Form::default();
    for form in [
        Form {
            reversed: true,
            ..plain
        },
        Form {
            other_names: true,
            ..plain
        },
        Form {
            strangers: true,
            ..plain
        },
        Form {
            padded: true,
            ..plain
        },
        Form {
            reversed: true,
            other_names: true,
            strangers: true,
            padded: true,
            ..plain
        },
    ] {
        each(&mut Check(form));
    }
}

/// The service writes an empty element for null, for numbers and lists too.
#[test]
fn empty_elements_are_nothing() {
    struct Check;
    impl ForCall for Check {
        fn with<C: Call>(&mut self) {
            let form = Form {
                empty: true,
                ..Form::default()
            };
            let nothing = |xml: &str| {
                let texts = xml.split('<').filter_map(|part| part.split_once('>'));
                texts.map(|(_, text)| text).collect::<String>()
            };
            let request = written(&read::<C>(&sample::children(&C::SHAPE, form)));
            let default = written(&C::default());
            assert_eq!(nothing(&request), nothing(&default), "{}", C::SHAPE.name);
            let answer = read::<C::Answer>(&sample::children(&C::Answer::SHAPE, form));
            assert_eq!(nothing(&answered(&answer)), "", "{}", C::Answer::SHAPE.name);
            let code = answer.status().map_or("", |(code, _)| code);
            assert_eq!(code, "", "an answer without a code is not taken for success");
        }
    }
    each(&mut Check);
}
