//! Records as JSON: the names, and that nothing is lost on the way there and back.

use chargepoint::calls::stations::{GetStations, StationsQuery};
use chargepoint::codec::json::{Look, RecordJson, from_json, look};
use chargepoint::table::{Kind, OPERATIONS, Shape};
use chargepoint::{CommaList, Geo, Port, Station};
use serde_json::{Value, json};

/// A value for each field of a request, in JSON.
pub fn sample(shape: &Shape, n: &mut usize) -> Value {
    let field = |field: &chargepoint::table::FieldShape, n: &mut usize| {
        *n += 1;
        let one = match field.kind {
            Kind::Complex(nested) => sample(nested, n),
            Kind::Text if field.wire == "Lat" || field.wire == "Long" => json!(*n as f64 + 0.5),
            Kind::Text => json!(format!("t{n}")),
            Kind::Boolean => json!(n.is_multiple_of(2)),
            Kind::Int | Kind::Long => json!(*n),
            Kind::Double | Kind::Decimal => json!(*n as f64 + 0.25),
            Kind::Percent => json!(*n % 101),
            Kind::DateTime => json!(format!("2026-11-20T10:00:{:02}Z", *n % 60)),
            Kind::Date => json!("2026-11-20"),
            Kind::Time => json!("10:00:00"),
        };
        if field.several { json!([one]) } else { one }
    };
    if shape.is_wrapper() {
        return field(&shape.fields[0], n);
    }
    let fields = shape.fields.iter();
    fields.map(|one| (one.json.to_owned(), field(one, n))).collect()
}

/// Ids are texts in JSON, and may come as numbers.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.to_string()),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), plain(value)))
            .collect(),
        other => other.clone(),
    }
}

#[test]
fn every_request_is_the_same_in_json_and_in_xml() {
    for operation in OPERATIONS {
        let body = sample(&operation.request, &mut 0);
        let (xml, again) = operation
            .request_from_json(&body)
            .unwrap_or_else(|unfit| panic!("{}: {unfit}", operation.name));
        assert_eq!(plain(&again), plain(&body), "{}", operation.name);
        for field in leaves(&operation.request) {
            assert!(xml.contains(&format!("<{field}>")), "{}: {field}", operation.name);
        }
    }
}

fn leaves(shape: &Shape) -> Vec<&'static str> {
    let fields = shape.fields.iter();
    fields
        .flat_map(|field| match field.kind {
            Kind::Complex(nested) => leaves(nested),
            _ => vec![field.wire],
        })
        .collect()
}

#[test]
fn names_of_a_record_differ_and_every_field_says_what_it_is() {
    fn look_at(shape: &Shape) {
        let mut names: Vec<&str> = shape.fields.iter().map(|field| field.json).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{}: {names:?}", shape.title);
        for field in shape.fields {
            assert!(!field.doc.trim().is_empty(), "{}.{}", shape.title, field.json);
            if let Kind::Complex(nested) = field.kind {
                look_at(nested);
            }
        }
    }
    for operation in OPERATIONS {
        look_at(&operation.request);
        look_at(&operation.response);
    }
}

#[test]
fn a_record_reads_well() {
    let port = Port {
        port_number: Some("1".into()),
        status: Some("INUSE".into()),
        power: Some(" 7.2 ".into()),
        ..Port::default()
    };
    let station = Station {
        station_id: Some("1:7".into()),
        address: Some("1357 Dell Ave ".into()),
        sg_ids: Some(CommaList(vec!["3".into(), "4".into()])),
        geo: Some(Geo {
            lat: 52.5,
            long: 4.25,
        }),
        ports: vec![
            port.clone(),
            Port {
                status: Some("AVAILABLE".into()),
                ..port
            },
        ],
        num_ports: Some(2),
        site_validated: Some(true),
        ..Station::default()
    };
    let told = serde_json::to_value(RecordJson(&station)).unwrap();
    let found = json!({ "id": told["stationId"], "address": told["address"], "groups": told["sgIds"],
                        "geo": told["geo"], "power": told["ports"][0]["power"],
                        "connectors": told["ports"][0]["connectors"], "valid": told["siteValidated"],
                        "none": told["city"] });
    let expected = json!({ "id": "1:7", "address": "1357 Dell Ave", "groups": ["3", "4"],
                           "geo": { "lat": 52.5, "long": 4.25 }, "power": 7.2, "connectors": [],
                           "valid": true, "none": null });
    assert_eq!(found, expected);
    let text = |text: &str| Look::Text(text.into());
    for (path, expected) in [
        ("stationId", text("1:7")),
        ("sgIds", text("3, 4")),
        ("ports", Look::Number(2.0)),
        ("ports.status", text("INUSE, AVAILABLE")),
        ("geo.lat", Look::Number(52.5)),
        ("siteValidated", Look::Bool(true)),
        ("city", Look::Nothing),
        ("weather", Look::Nothing),
    ] {
        assert_eq!(look(&station, path), expected, "{path}");
    }
}

#[test]
fn what_does_not_fit_is_named_by_its_place() {
    for (body, place, why) in [
        (
            json!({ "cty": "x" }),
            "cty",
            "is not known here; there are stationId",
        ),
        (
            json!({ "numStations": "many" }),
            "numStations",
            "must be a whole number.",
        ),
        (
            json!({ "reservable": "perhaps" }),
            "reservable",
            "must be true or false.",
        ),
        (json!({ "city": ["x"] }), "city", "must be a text."),
        (
            json!({ "geo": { "lat": 1 } }),
            "geo",
            "must be given together: lat, long.",
        ),
        (
            json!({ "geo": { "lat": "north", "long": 1 } }),
            "geo.lat",
            "must be a number.",
        ),
        (
            json!({ "demoSerialNumber": [[1]] }),
            "demoSerialNumber[0]",
            "must be a text.",
        ),
        (json!([]), "", "must be an object."),
    ] {
        let unfit = from_json::<GetStations>(&body).unwrap_err();
        assert_eq!(unfit.field, place);
        assert!(unfit.why.starts_with(why), "{unfit}");
    }
    let nothing: GetStations = from_json(&json!({ "city": null })).unwrap();
    assert_eq!(nothing.search_query, StationsQuery::default());
}
