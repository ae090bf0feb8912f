//! *Edit*: the form of a location.

use domain::locations::{Address, Coordinates, Location, LocationPatch, OpeningHours};

use super::{CurrentLocation, hours};
use crate::api::{self, Write};
use crate::kit::{SelectField, Sheet, TextArea, TextField, announce, format};
use crate::pages::record::{RecordForm, typed};
use crate::prelude::*;

#[component]
pub fn EditLocation(current: CurrentLocation, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Sheet open title="Edit charge location">
            {move || current.record.with_untracked(Clone::clone).map(|base| view! { <Form current open base /> })}
        </Sheet>
    }
}

/// What is entered; `base` is what it started from, so that only what was changed is sent.
#[component]
fn Form(current: CurrentLocation, open: RwSignal<bool>, base: Location) -> impl IntoView {
    let write = Write::new();
    let field = |text: &str| RwSignal::new(text.to_owned());
    let (name, operator, notes) = (field(&base.name), field(&base.operator_name), field(&base.notes));
    let timezone = field(base.timezone.as_deref().unwrap_or_default());
    let address = AddressFields::of(&base.address);
    let position = Position::of(base.coordinates);
    let week = Week::of(base.opening_hours.as_ref());
    let base = StoredValue::new(base);
    let save = move |()| {
        let base = base.get_value();
        let (Some(coordinates), Some(opening_hours)) = (position.read(), week.read()) else {
            return;
        };
        let patch = LocationPatch {
            name: typed(name, &base.name),
            address: Some(address.read()).filter(|address| *address != base.address),
            coordinates,
            timezone: typed(timezone, base.timezone.as_deref().unwrap_or_default()),
            opening_hours: opening_hours.filter(|hours| Some(hours) != base.opening_hours.as_ref()),
            operator_name: typed(operator, &base.operator_name),
            notes: typed(notes, &base.notes),
        };
        if patch == LocationPatch::default() {
            open.set(false);
            return;
        }
        let done = move |location: Location| {
            announce(format!("{} is saved.", location.name));
            current.record.set(location);
            open.try_set(false);
        };
        write.run(
            api::locations::update(current.id.get_untracked(), current.version(), patch),
            done,
        );
    };
    // After a 412 the newer version is fetched, so that saving again means it.
    effect(move || {
        if write.stale().get() {
            current.record.reload();
        }
    });
    view! {
        <RecordForm open write save="Save" on_save=save>
            <TextField label="Name" value=name required=true autofocus=true error=write.field("name") />
            <fieldset class="fieldset">
                <legend class="visually-hidden">"Address"</legend>
                <TextField label="Street and number" value=address.street_and_number />
                <div class="field-row">
                    <TextField label="Postal code" value=address.postal_code />
                    <TextField label="City" value=address.city />
                </div>
                <div class="field-row">
                    <TextField label="State" value=address.state />
                    <TextField label="Country" value=address.country error=write.field("address") />
                </div>
            </fieldset>
            <div class="field-row">
                <TextField label="Latitude" value=position.latitude error=position.error />
                <TextField label="Longitude" value=position.longitude error=write.field("coordinates") />
            </div>
            <TextField
                label="Time zone"
                value=timezone
                hint="For example Europe/Berlin or UTC+01:00"
                error=write.field("timezone")
            />
            <Hours week />
            <TextField label="Operator" value=operator error=write.field("operatorName") />
            <TextArea label="Notes" value=notes error=write.field("notes") />
        </RecordForm>
    }
}

#[derive(Clone, Copy)]
struct AddressFields {
    street_and_number: RwSignal<String>,
    postal_code: RwSignal<String>,
    city: RwSignal<String>,
    state: RwSignal<String>,
    country: RwSignal<String>,
}

impl AddressFields {
    fn of(address: &Address) -> Self {
        let field = |text: &String| RwSignal::new(text.clone());
        Self {
            street_and_number: field(&address.street_and_number),
            postal_code: field(&address.postal_code),
            city: field(&address.city),
            state: field(&address.state),
            country: field(&address.country),
        }
    }

    fn read(self) -> Address {
        let text = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        Address {
            street_and_number: text(self.street_and_number),
            postal_code: text(self.postal_code),
            city: text(self.city),
            state: text(self.state),
            country: text(self.country),
        }
    }
}

#[derive(Clone, Copy)]
struct Position {
    latitude: RwSignal<String>,
    longitude: RwSignal<String>,
    /// What the fields started with. It is rounded, so untouched fields are not read back.
    start: StoredValue<[String; 2]>,
    error: RwSignal<Option<String>>,
}

impl Position {
    fn of(at: Option<Coordinates>) -> Self {
        let text = |degrees: Option<f64>| {
            degrees
                .map(|degrees| format::rounded(degrees, PLACES))
                .unwrap_or_default()
        };
        let start = [text(at.map(|at| at.latitude)), text(at.map(|at| at.longitude))];
        Self {
            latitude: RwSignal::new(start[0].clone()),
            longitude: RwSignal::new(start[1].clone()),
            start: StoredValue::new(start),
            error: RwSignal::new(None),
        }
    }

    /// None: what is entered is no position, and the field says so. `Some(None)`: nothing was changed.
    fn read(self) -> Option<Option<Coordinates>> {
        let text = |field: RwSignal<String>| field.with_untracked(|text| text.trim().replace(',', "."));
        let (latitude, longitude) = (text(self.latitude), text(self.longitude));
        self.error.set(None);
        if self
            .start
            .with_value(|start| start[0] == latitude && start[1] == longitude)
        {
            return Some(None);
        }
        let degrees = |text: &str, most: f64| format::typed(text).filter(|degrees| degrees.abs() <= most);
        match (degrees(&latitude, 90.0), degrees(&longitude, 180.0)) {
            (Some(latitude), Some(longitude)) => Some(Some(Coordinates { latitude, longitude })),
            _ => {
                self.error
                    .set(Some("Both in degrees, like 52.520008 and 13.404954.".into()));
                None
            }
        }
    }
}

/// Decimal places of degrees: to a tenth of a millimetre, without the noise of floating point.
const PLACES: u8 = 9;

/// The opening hours as entered: not known, always, or by day.
#[derive(Clone, Copy)]
struct Week {
    mode: RwSignal<String>,
    days: [RwSignal<String>; 7],
    errors: [RwSignal<Option<String>>; 7],
}

const UNKNOWN: &str = "unknown";
const ALWAYS: &str = "always";
const BY_DAY: &str = "days";
const ALL_DAY: &str = "00:00–24:00";

impl Week {
    fn of(hours: Option<&OpeningHours>) -> Self {
        let text = |key| {
            hours
                .and_then(|week| week.get(key))
                .map(|spans| hours::text(spans))
                .unwrap_or_default()
        };
        let days = hours::DAYS.map(|(key, _)| text(key));
        let mode = match hours {
            None => UNKNOWN,
            Some(_) if days.iter().all(|day| day == ALL_DAY) => ALWAYS,
            Some(_) => BY_DAY,
        };
        Self {
            mode: RwSignal::new(mode.into()),
            days: days.map(RwSignal::new),
            errors: std::array::from_fn(|_| RwSignal::new(None)),
        }
    }

    /// None: a day cannot be read, and its field says so. `Some(None)`: not known.
    fn read(self) -> Option<Option<OpeningHours>> {
        let mode = self.mode.get_untracked();
        if mode == UNKNOWN {
            return Some(None);
        }
        let mut week = OpeningHours::new();
        let mut good = true;
        for (index, (key, _)) in hours::DAYS.iter().enumerate() {
            let text = if mode == ALWAYS {
                ALL_DAY.to_owned()
            } else {
                self.days[index].get_untracked()
            };
            let day = hours::read(&text);
            self.errors[index].set(day.as_ref().err().cloned());
            match day {
                Ok(spans) if spans.is_empty() => {}
                Ok(spans) => {
                    week.insert((*key).to_owned(), spans);
                }
                Err(_) => good = false,
            }
        }
        good.then_some(Some(week))
    }
}

#[component]
fn Hours(week: Week) -> impl IntoView {
    let choice = |key: &str, words: &str| (key.to_owned(), words.to_owned());
    let mut options = vec![
        choice(ALWAYS, "Always open"),
        choice(BY_DAY, "By day of the week"),
    ];
    // What is known once cannot become unknown again.
    if week.mode.get_untracked() == UNKNOWN {
        options.insert(0, choice(UNKNOWN, "Not known"));
    }
    view! {
        <SelectField label="Opening hours" value=week.mode options />
        <Show when=move || week.mode.with(|mode| mode == BY_DAY)>
            <fieldset class="fieldset days">
                <legend class="field-help">"Like 08:00–12:00, 13:00–18:00. Empty: closed."</legend>
                {hours::DAYS
                    .iter()
                    .enumerate()
                    .map(|(index, (_, name))| {
                        view! { <TextField label=*name value=week.days[index] error=week.errors[index] /> }
                    })
                    .collect_view()}
            </fieldset>
        </Show>
    }
}
