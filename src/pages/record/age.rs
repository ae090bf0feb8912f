//! How old an answer of ChargePoint's is, and why it is no newer.

use crate::api::{Loaded, Record};
use crate::kit::time::{JUST_NOW, ago};
use crate::kit::{Banner, Tone};
use crate::pages::shell::Frame;
use crate::prelude::*;

/// When ChargePoint was asked, and why not later; empty: that is not told.
pub type Asked = (String, String);

/// How long ago something was, tracked, also by the clock.
pub fn aged(at: &str) -> String {
    if let Some(frame) = Frame::current() {
        frame.minute.track();
    }
    ago(at)
}

/// When ChargePoint was asked for what a record says.
fn asked(record: &Record) -> Asked {
    // A charge station is the portal's, and holds what ChargePoint says of it.
    let inner = record.record("chargepoint").filter(|_| !record.has("asOf"));
    let told = inner.as_ref().unwrap_or(record);
    (told.text("asOf"), told.text("problem.detail"))
}

/// How old a record is, in words; empty: it is new, or its age is not told.
pub fn old(record: &Record) -> String {
    let (at, why) = asked(record);
    match aged(&at) {
        age if why.is_empty() && (age.is_empty() || age == JUST_NOW) => String::new(),
        age => [" As of ", &age, ". ", &why].concat(),
    }
}

/// How old a record is that stands below, where it is not new.
pub fn age_of(record: Loaded<Record>) -> AnyView {
    told(
        "As of ",
        false,
        memo(move |_| record.with(asked).unwrap_or_default()),
    )
}

/// The same of anything; `always`: also where it is new.
pub fn told(words: &'static str, always: bool, asked: Memo<Asked>) -> AnyView {
    let age = memo(move |_| asked.with(|(at, _)| aged(at)));
    let line = move || {
        let (age, why) = (age.get(), asked.get().1);
        let is_shown = always || !why.is_empty() || age != JUST_NOW;
        if age.is_empty() || !is_shown {
            return None;
        }
        let said = [words, &age].concat();
        // What is fresh is no cause for alarm, though something else may be missing.
        Some(match why.is_empty() || age == JUST_NOW {
            true => view! { <p class="quiet told age">{said}". "{why}</p> }.into_any(),
            false => view! {
                <div class="problem-kept told age" role="status">
                    <Banner tone=Tone::Attention>
                        <strong>{said}</strong>
                        ". "
                        {why}
                    </Banner>
                </div>
            }
            .into_any(),
        })
    };
    view! { {line} }.into_any()
}
