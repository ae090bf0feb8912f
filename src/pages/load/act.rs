//! Holding load back, at once or at a time, and letting it flow again.

use domain::field::{Field, Input};

use crate::api::Record;
use crate::api::json::{Value, body};
use crate::api::transport::{Asked, Call};
use crate::pages::outline::{Acted, Action, On};

const PERCENT: &str = "By a share of what is drawn now, %";
const LOAD: &str = "Down to a load, kW";

/// How and how much.
const HOW: Field = Field::new("how", "Hold back", Input::Choice(&[PERCENT, LOAD])).required();
const MUCH: Field = Field::new("much", "How much", Input::Line)
    .required()
    .hint("Of each station, or of each port that is named");
/// Of a station.
const PORTS: Field =
    Field::new("ports", "Ports", Input::Line).hint("Their numbers, such as 1, 2; empty: the whole station");

/// What is asked, of which a group has all but the ports.
const FIELDS: &[Field] = &[
    HOW,
    MUCH,
    Field::new("timeInterval", "Minutes", Input::Number(0, 10_080))
        .required()
        .hint("0: until it is cleared"),
    PORTS,
];

pub static SHED: Action = shedding(FIELDS);
pub static SHED_GROUP: Action = shedding(FIELDS.split_at(3).0);

const fn shedding(fields: &'static [Field]) -> Action {
    Action {
        label: "Shed load",
        title: "Shed load",
        needs: "Manage:Load",
        on: On::Row,
        fields,
        start: |_| Record::parse(r#"{"how":"By a share of what is drawn now, %","timeInterval":60}"#),
        words: "Vehicles go on charging with less, or wait. A port that gives no power now is held at 0.",
        send: |place| place.post_json("/load/shed", shed(place)),
        preview: Some((
            |place| {
                let told = matches!(place.number("much"), Value::Json(_));
                told.then(|| {
                    Call::post("/load/shed/preview")
                        .send_json(shed(place))
                        .after(REST)
                })
            },
            |preview| preview.text("words"),
        )),
        done: "The load is shed.",
        ..Action::USUAL
    }
}

/// How long the typing rests before the preview is asked for.
const REST: std::time::Duration = std::time::Duration::from_millis(300);

/// The amount under one of two names, by how it is meant.
fn amount(place: &Acted, percent: &'static str, load: &'static str) -> (&'static str, Value) {
    let name = match place.text("how") == LOAD {
        true => load,
        false => percent,
    };
    (name, place.number("much"))
}

fn shed(place: &Acted) -> String {
    let minutes = ("timeInterval", place.number("timeInterval"));
    let per_station = || amount(place, "percentShedPerStation", "allowedLoadPerStation");
    let (group, station) = (place.of("sgId"), place.of("stationId"));
    if station.is_empty() {
        let group = body(&[("sgId", group.into()), per_station()]);
        return body(&[("shedGroup", Value::Json(group)), minutes]);
    }
    let what = ports(place, |place| {
        Some(amount(place, "percentShedPerPort", "allowedLoadPerPort"))
    });
    let station = body(&[("stationId", station.into()), what.unwrap_or_else(per_station)]);
    body(&[("shedStation", Value::Json(station)), minutes])
}

/// The ports that are named, each with what is said of it; none: the whole station is meant.
fn ports(place: &Acted, each: fn(&Acted) -> Option<(&'static str, Value)>) -> Option<(&'static str, Value)> {
    let text = place.text("ports");
    let port = |number: &str| {
        let mut port = vec![("portNumber", number.trim().into())];
        port.extend(each(place));
        body(&port)
    };
    let ports = || ("ports", Value::list(text.split(',').map(port)));
    (!text.is_empty()).then(ports)
}

pub static CLEAR: Action = Action {
    fits: |place| !place.text("shed").is_empty(),
    fields: &[PORTS],
    send: |place| {
        let mut station = vec![("stationId", place.of("stationId").into())];
        station.extend(ports(place, |_| None));
        place.post("/load/clear", &[("shedStation", Value::Json(body(&station)))])
    },
    ..CLEARING
};

pub static CLEAR_GROUP: Action = Action {
    send: |group| {
        let id = body(&[("sgId", group.of("sgId").into())]);
        group.post("/load/clear", &[("shedGroup", Value::Json(id))])
    },
    ..CLEARING
};

const CLEARING: Action = Action {
    label: "Clear",
    title: "Let the load flow again",
    needs: "Manage:Load",
    words: "What was held back by hand ends now. Planned events stay.",
    done: "The load flows again.",
    ..Action::USUAL
};

/// Of the station or the group that one looks at.
pub static PLAN: Action = Action {
    label: "Plan an event",
    title: "Plan a load event",
    needs: "Manage:Load",
    fields: &[
        Field::new("eventStartTime", "Begins", Input::Moment)
            .required()
            .hint("By your own clock"),
        Field::new("eventDuration", "Minutes", Input::Number(1, 10_080)).required(),
        HOW,
        MUCH.hint("Of each station; a load in kW: of each port"),
        Field::new("allowOptOut", "Drivers may opt out", Input::Flag),
    ],
    start: |_| Record::parse(r#"{"how":"By a share of what is drawn now, %","eventDuration":60}"#),
    send: plan,
    done: "The event is planned.",
    ..Action::USUAL
};

fn plan(event: &Acted) -> Asked<Record> {
    let (of, id) = match event.of("stationId") {
        none if none.is_empty() => ("sgId", event.of("sgId")),
        station => ("stationId", station),
    };
    event.post(
        "/load/events",
        &[
            (of, id.into()),
            (
                "eventStartTime",
                crate::kit::time::from_input(&event.text("eventStartTime")).into(),
            ),
            ("eventDuration", event.number("eventDuration")),
            ("allowOptOut", (!event.text("allowOptOut").is_empty()).into()),
            amount(event, "percentShedPerStation", "allowedLoadPerPort"),
        ],
    )
}
