//! The opening hours as entered: not known, always, or by day.

use super::hours;
use crate::api::Record;
use crate::api::json::{Value, body};
use crate::kit::{SelectField, TextField};
use crate::prelude::*;

#[derive(Clone, Copy)]
pub struct Week {
    mode: RwSignal<String>,
    days: [RwSignal<String>; 7],
    errors: [RwSignal<Option<String>>; 7],
    /// The days as they were; empty where nothing was known.
    before: StoredValue<Vec<String>>,
}

const UNKNOWN: &str = "unknown";
const ALWAYS: &str = "always";
const BY_DAY: &str = "days";
const ALL_DAY: &str = "00:00–24:00";

impl Week {
    /// Starts with what the location says.
    pub fn of(location: &Record) -> Self {
        let days = hours::DAYS.map(|(key, _)| hours::text(location, key));
        let known = location.has("openingHours");
        let mode = match known {
            false => UNKNOWN,
            true if days.iter().all(|day| day == ALL_DAY) => ALWAYS,
            true => BY_DAY,
        };
        let before = if known { days.to_vec() } else { Vec::new() };
        Self {
            mode: RwSignal::new(mode.into()),
            days: days.map(RwSignal::new),
            errors: std::array::from_fn(|_| RwSignal::new(None)),
            before: StoredValue::new(before),
        }
    }

    /// What is sent; nothing where nothing was changed. None: a day cannot be read, and its field says so.
    pub fn changes(self) -> Option<Option<(&'static str, Value)>> {
        let mode = self.mode.get_untracked();
        if mode == UNKNOWN {
            return Some(None);
        }
        let mut days = Vec::new();
        for at in 0..hours::DAYS.len() {
            let typed = if mode == ALWAYS {
                ALL_DAY.to_owned()
            } else {
                self.days[at].get_untracked()
            };
            let day = hours::read(&typed);
            self.errors[at].set(day.as_ref().err().cloned());
            days.extend(day);
        }
        if days.len() < hours::DAYS.len() {
            return None;
        }
        if self.before.with_value(|before| *before == days) {
            return Some(None);
        }
        let open = hours::DAYS.iter().zip(&days).filter(|(_, day)| !day.is_empty());
        let week: Vec<_> = open
            .map(|((key, _), day)| (*key, Value::Json(hours::json(day))))
            .collect();
        Some(Some(("openingHours", Value::Json(body(&week)))))
    }
}

#[component]
pub fn Hours(week: Week) -> impl IntoView {
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
                    .map(|(at, (_, name))| view! { <TextField label=*name value=week.days[at] error=week.errors[at] /> })
                    .collect_view()}
            </fieldset>
        </Show>
    }
}
