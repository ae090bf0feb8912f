//! *Edit*: the form of a location.

use super::{CurrentLocation, week};
use crate::api::json::{Value, body};
use crate::api::{self, Record, Write, records};
use crate::kit::{Sheet, TextArea, TextField, announce, format};
use crate::pages::record::RecordForm;
use crate::prelude::*;

#[component]
pub fn EditLocation(current: CurrentLocation, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Sheet open title="Edit charge location">
            {move || current.record.with_untracked(Clone::clone).map(|base| view! { <Form current open base /> })}
        </Sheet>
    }
}

/// A text of the form.
struct Text {
    /// Where it stands in the record.
    path: &'static str,
    label: &'static str,
    hint: &'static str,
    /// The request's field of which it shows the errors.
    error: &'static str,
}

const fn text(path: &'static str, label: &'static str, error: &'static str) -> Text {
    Text {
        path,
        label,
        hint: "",
        error,
    }
}

const TEXTS: [Text; 11] = [
    text("name", "Name", "name"),
    text("address.streetAndNumber", "Street and number", ""),
    text("address.postalCode", "Postal code", ""),
    text("address.city", "City", ""),
    text("address.state", "State", ""),
    text("address.country", "Country", "address"),
    text("coordinates.latitude", "Latitude", DEGREES),
    text("coordinates.longitude", "Longitude", "coordinates"),
    Text {
        hint: "For example Europe/Berlin",
        ..text("timezone", "Time zone", "timezone")
    },
    text("operatorName", "Operator", "operatorName"),
    text("notes", "Notes", "notes"),
];

const NOTES: usize = TEXTS.len() - 1;

/// The field at which the page itself says what is wrong with the position.
const DEGREES: &str = "degrees";

/// What is entered, and what it started with, so that only what was changed is sent.
#[derive(Clone, Copy)]
struct Entered {
    now: [RwSignal<String>; TEXTS.len()],
    before: StoredValue<Vec<String>>,
}

impl Entered {
    fn of(base: &Record) -> Self {
        let before = TEXTS.map(|text| match base.number(text.path) {
            Some(degrees) => format::rounded(degrees, PLACES),
            None => base.text(text.path),
        });
        Self {
            now: before.clone().map(RwSignal::new),
            before: StoredValue::new(before.into()),
        }
    }

    fn at(self, at: usize) -> String {
        self.now[at].with_untracked(|text| text.trim().to_owned())
    }

    fn differs(self, at: usize) -> bool {
        self.before.with_value(|before| before[at] != self.at(at))
    }

    /// The texts that differ, and the address as one. None: what is entered is no position.
    fn changes(self) -> Option<Vec<(&'static str, Value)>> {
        let mut changes = Vec::new();
        let mut inner = Vec::new();
        let mut address = false;
        for (at, text) in TEXTS.iter().enumerate() {
            match text.path.split_once('.') {
                Some(("address", key)) => {
                    inner.push((key, self.at(at).into()));
                    address |= self.differs(at);
                }
                None if self.differs(at) => changes.push((text.path, self.at(at).into())),
                _ => {}
            }
        }
        if address {
            changes.push(("address", Value::Json(body(&inner))));
        }
        let (latitude, longitude) = (LATITUDE, LATITUDE + 1);
        // The texts are rounded, so untouched ones are not read back.
        if self.differs(latitude) || self.differs(longitude) {
            let at = [
                ("latitude", self.degrees(latitude, 90.0)?),
                ("longitude", self.degrees(longitude, 180.0)?),
            ];
            changes.push(("coordinates", Value::Json(body(&at))));
        }
        Some(changes)
    }

    fn degrees(self, at: usize, most: f64) -> Option<Value> {
        let degrees = format::typed(&self.at(at).replace(',', "."));
        let degrees = degrees.filter(|degrees| degrees.abs() <= most)?;
        Some(Value::Json(format::rounded(degrees, PLACES)))
    }
}

const LATITUDE: usize = 6;

/// Decimal places of degrees: to a tenth of a millimetre, without the noise of floating point.
const PLACES: u8 = 9;

#[component]
fn Form(current: CurrentLocation, open: RwSignal<bool>, base: Record) -> impl IntoView {
    let write = Write::new();
    let entered = Entered::of(&base);
    let degrees = RwSignal::new(None::<String>);
    let week = week::Week::of(&base);
    let save = move |()| {
        let texts = entered.changes();
        degrees.set(
            texts
                .is_none()
                .then(|| "Both in degrees, like 52.520008 and 13.404954.".into()),
        );
        let (Some(mut changes), Some(hours)) = (texts, week.changes()) else {
            return;
        };
        changes.extend(hours);
        if changes.is_empty() {
            open.set(false);
            return;
        }
        let path = api::locations::path(&current.id.get_untracked());
        write.run(
            records::patch(&path, current.version(), &changes),
            move |location: Record| {
                announce(format!("{} is saved.", location.text("name")));
                current.record.set(location);
                open.try_set(false);
            },
        );
    };
    write.refetch(current.record);
    let error = move |at: usize| match TEXTS[at].error {
        DEGREES => degrees.into(),
        field => write.field(field),
    };
    let line = move |at: usize| {
        let Text { label, hint, .. } = TEXTS[at];
        view! {
            <TextField
                label
                value=entered.now[at]
                hint
                required={at == 0}
                autofocus={at == 0}
                error=error(at)
            />
        }
        .into_any()
    };
    let pair = move |at: usize| view! { <div class="field-row">{line(at)} {line(at + 1)}</div> };
    view! {
        <RecordForm open write save="Save" on_save=save>
            {line(0)}
            <fieldset class="fieldset">
                <legend class="visually-hidden">"Address"</legend>
                {line(1)}
                {pair(2)}
                {pair(4)}
            </fieldset>
            {pair(LATITUDE)}
            {line(8)}
            <week::Hours week />
            {line(9)}
            <TextArea label=TEXTS[NOTES].label value=entered.now[NOTES] error=error(NOTES) />
        </RecordForm>
    }
}
