//! CPO › Alarms: what stations report, cleared ones too.

use domain::field::{Field, Input};

use super::outline::{Action, On, Outline};
use super::sessions::station;
use crate::api::Record;
use crate::kit::Tone;
use crate::routes;
use crate::table::Shown;

pub static ALARMS: Outline = Outline {
    at: routes::ALARMS,
    area: "CPO",
    title: "Alarms",
    noun: ("alarm", "alarms"),
    path: "/alarms",
    list: domain::app!(ALARMS),
    id: "id",
    search: "Search by alarm, station or organization",
    empty: (
        "No alarms",
        "What stations report stands here, cleared alarms for 90 days.",
    ),
    cells: &[("stationName", station), ("state", state)],
    actions: &[&CLEAR],
    live: &["alarm", "books"],
    ..Outline::USUAL
};

static CLEAR: Action = Action {
    label: "Clear",
    title: "Clear this alarm",
    needs: "Clear:Alarm",
    on: On::Many,
    fits: is_open,
    fields: &[Field::new("reason", "Reason", Input::Line).hint("Stands with the alarm and in the audit log")],
    words: "ChargePoint moves it to the history. Here it stays to be seen, as cleared.",
    send: |alarm| alarm.post_chosen("/alarms/clear", &alarm.of("id")),
    done: "Cleared.",
    left: |answer| match answer.count("left") {
        0 => String::new(),
        left => format!(" {left} of them stay open. {}", answer.text("problem")),
    },
    ..Action::USUAL
};

fn is_open(alarm: &Record) -> bool {
    alarm.text("state") != "Cleared"
}

fn state(alarm: &Record) -> Shown {
    match is_open(alarm) {
        true => Shown::badge(Tone::Attention, "Open"),
        false => Shown::badge(Tone::Neutral, "Cleared").note(alarm.text("clearedBy")),
    }
}
