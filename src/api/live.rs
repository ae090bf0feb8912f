//! What happens elsewhere, as the server tells it: states of ports, alarms, requests, imports. An event only says
//! that there is something new; what it is, is asked for as usual.

use std::time::Duration;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource};

use super::Status;
use crate::prelude::*;

/// The names of events; `reset`: some were missed, everything may be new.
const EVENTS: [&str; 7] = [
    "port",
    "alarm",
    "request",
    "import",
    "books",
    "chargepoint",
    "reset",
];
const RESET: usize = EVENTS.len() - 1;

/// How long events gather before what they concern is asked for again.
const GATHER: Duration = Duration::from_millis(500);
/// How long the connection may be lost before that is said.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest wait before it is tried again, in seconds.
const LONGEST: u64 = 60;

/// The events, while the page is in sight. Copies are the same.
#[derive(Clone, Copy)]
pub struct Live {
    /// How many came, by name.
    counts: RwSignal<Vec<u64>>,
    source: RwSignal<Option<send_wrapper::SendWrapper<EventSource>>>,
    /// It was there once.
    known: RwSignal<bool>,
    /// How often it was tried in vain.
    tries: RwSignal<u64>,
    /// The connection has been lost for a while.
    lost: RwSignal<bool>,
}

impl Live {
    /// Listens for as long as the owner lives.
    pub fn listen() -> Self {
        let this = Self {
            counts: RwSignal::new(vec![0; EVENTS.len()]),
            source: RwSignal::new(None),
            known: RwSignal::new(false),
            tries: RwSignal::new(0),
            lost: RwSignal::new(false),
        };
        let seen = window_event_listener_untyped("visibilitychange", move |_| this.follow_sight());
        on_cleanup(move || {
            seen.remove();
            this.close();
        });
        this.follow_sight();
        this
    }

    /// Whether the connection has been lost for a while, tracked.
    pub fn lost(self) -> bool {
        self.lost.get()
    }

    /// Fetches again whenever such events came, for as long as the owner lives.
    pub fn on(self, names: &'static [&'static str], what: Status) {
        let count = memo(move |_| {
            let is_meant = |name: &str| name == EVENTS[RESET] || names.contains(&name);
            self.counts.with(|counts| {
                let meant = EVENTS.iter().zip(counts).filter(|(name, _)| is_meant(name));
                meant.map(|(_, count)| count).sum::<u64>()
            })
        });
        let timer = StoredValue::new(None);
        watch(move |before: Option<u64>| {
            let now = count.get();
            if before.is_some_and(|before| before != now) {
                later(what, timer);
            }
            now
        });
        on_cleanup(move || stop(timer));
    }

    /// Nobody is told what nobody looks at.
    fn follow_sight(self) {
        if document().hidden() {
            self.close();
        } else if self.source.with_untracked(Option::is_none) {
            self.connect();
        }
    }

    fn close(self) {
        self.known.try_set(true);
        if let Some(source) = self.source.try_update(Option::take).flatten() {
            source.close();
        }
    }

    fn connect(self) {
        let Ok(source) = EventSource::new("/api/v1/events") else {
            return;
        };
        let hear = Closure::<dyn Fn(Event)>::new(move |event: Event| self.hear(&event.type_()));
        let hear: js_sys::Function = hear.into_js_value().unchecked_into();
        for name in EVENTS.iter().chain(&["open", "error"]) {
            let _ = source.add_event_listener_with_callback(name, &hear);
        }
        self.source.set(Some(send_wrapper::SendWrapper::new(source)));
    }

    fn hear(self, name: &str) {
        match name {
            "open" => {
                // What happened meanwhile is not known.
                if self.known.get_untracked() {
                    self.count(RESET);
                }
                self.tries.set(0);
                self.lost.set(false);
            }
            "error" => self.wait(),
            name => {
                if let Some(at) = EVENTS.iter().position(|own| *own == name) {
                    self.count(at);
                }
            }
        }
    }

    fn count(self, at: usize) {
        self.counts.update(|counts| counts[at] += 1);
    }

    /// Tries again, later each time, and not when all others do. The browser would as often as ever.
    fn wait(self) {
        self.close();
        self.tries.update(|tries| *tries += 1);
        let tries = self.tries.get_untracked();
        let is_lost = move || {
            if self.tries.try_get_untracked().is_some_and(|tries| tries > 0) {
                self.lost.set(true);
            }
        };
        if tries == 1 {
            set_timeout(is_lost, PATIENCE);
        }
        let again = move || {
            if self.source.try_get_untracked().is_some() {
                self.follow_sight();
            }
        };
        let most = 1_000 * (1 << tries.min(6)).min(LONGEST);
        let wait = most as f64 * (1.0 + js_sys::Math::random()) / 2.0;
        set_timeout(again, Duration::from_millis(wait as u64));
    }
}

/// One for all events of a listener, however long it is waited.
type Timer = StoredValue<Option<TimeoutHandle>>;

fn later(what: Status, timer: Timer) {
    stop(timer);
    timer.set_value(set_timeout_with_handle(move || fetch(what, timer), GATHER).ok());
}

fn stop(timer: Timer) {
    if let Some(timer) = timer.try_get_value().flatten() {
        timer.clear();
    }
}

/// Fetches again, once no menu is open, which may go with what it belongs to, and no dialog, which asks about what
/// was seen.
fn fetch(what: Status, timer: Timer) {
    match document().query_selector(".menu:popover-open, dialog[open]") {
        Ok(Some(_)) => later(what, timer),
        _ => what.reload(),
    }
}
