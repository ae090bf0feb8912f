//! The operation table and the contract written from it.

use std::collections::HashSet;

use chargepoint::table::{FieldShape, Kind, OPERATIONS, Order, Shape};
use chargepoint::wsdl;

fn shapes(shape: &'static Shape, found: &mut Vec<&'static Shape>) {
    found.push(shape);
    for field in shape.fields {
        if let Kind::Complex(nested) = field.kind {
            shapes(nested, found);
        }
    }
}

#[test]
fn names_are_unambiguous() {
    let mut found = Vec::new();
    for operation in OPERATIONS {
        assert_eq!(operation.response.name, format!("{}Response", operation.name));
        shapes(&operation.request, &mut found);
        shapes(&operation.response, &mut found);
    }
    for shape in &found {
        let names = |field: &'static FieldShape| [field.wire].into_iter().chain(field.also.iter().copied());
        let names: Vec<String> = shape
            .fields
            .iter()
            .flat_map(names)
            .map(str::to_lowercase)
            .collect();
        let different: HashSet<&String> = names.iter().collect();
        assert_eq!(
            different.len(),
            names.len(),
            "{}: a name twice but for its case",
            shape.name
        );
        let same = found.iter().filter(|other| other.name == shape.name);
        for other in same {
            assert_eq!(
                format!("{other:?}"),
                format!("{shape:?}"),
                "two types of one name"
            );
        }
        if shape.order == Order::All {
            assert!(
                shape.fields.iter().all(|field| field.occurs.max == Some(1)),
                "{}",
                shape.name
            );
        }
    }
}

/// The calls of the guide's contents, and which of them change something.
#[test]
fn every_call_of_the_guide_is_there() {
    let names = |writes| {
        let operations = OPERATIONS
            .iter()
            .filter(move |operation| operation.writes == writes);
        operations.map(|operation| operation.name).collect::<Vec<_>>()
    };
    let reads = [
        "getCPNInstances",
        "getLoad",
        "getChargingSessionData",
        "get15minChargingSessionData",
        "getTransactionData",
        "getStations",
        "getStationStatus",
        "getStationGroups",
        "getStationGroupDetails",
        "getOrgsAndStationGroups",
        "getStationRights",
        "getStationRightsProfile",
        "getAlarms",
        "getUsers",
        "getFleetVehicles",
        "getFleetUsageData",
    ];
    let writes = [
        "shedLoad",
        "clearShedState",
        "createLoadShedEvent",
        "removeLoadShedEvent",
        "clearAlarms",
        "updateUserStatus",
        "setWaitlistDone",
        "addFleetVehicle",
        "deleteFleetVehicle",
        "updateFleetVehicle",
    ];
    assert_eq!(names(false), reads);
    assert_eq!(names(true), writes);
    assert_eq!(OPERATIONS.len(), 26);
}

#[test]
fn the_contract_names_every_operation_and_field() {
    let contract = wsdl::write("http://127.0.0.1:1/services?a&b", "A <test>");
    assert!(contract.contains(r#"location="http://127.0.0.1:1/services?a&amp;b""#));
    assert!(contract.contains("A &lt;test&gt;"));
    let mut found = Vec::new();
    for operation in OPERATIONS {
        let name = operation.name;
        assert!(contract.contains(&format!(r#"<xsd:element name="{name}">"#)));
        assert!(contract.contains(&format!(r#"chargepointservices/{name}""#)));
        shapes(&operation.request, &mut found);
        shapes(&operation.response, &mut found);
    }
    for shape in found {
        let types = contract
            .matches(&format!(r#"complexType name="{}""#, shape.name))
            .count();
        assert!(types <= 1, "{}", shape.name);
        for field in shape.fields {
            assert!(contract.contains(&format!(r#"<xsd:element name="{}" type="#, field.wire)));
        }
    }
}

/// The contract as it was when it was last compared with the public 5.0 one and the 5.1 guide. A
/// name, type, order or occurrence that changes shows here, whatever client and stand-in agree on.
#[test]
fn the_contract_is_the_one_that_was_checked() {
    let written = wsdl::write("http://127.0.0.1/services/5.1", "Golden");
    let golden = include_str!("contract.wsdl");
    for (number, (line, known)) in written.lines().zip(golden.lines()).enumerate() {
        assert_eq!(line, known, "line {}", number + 1);
    }
    assert_eq!(written.lines().count(), golden.lines().count());
}
