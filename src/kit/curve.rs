//! A curve over time, as steps: what stands in a table beside it, for those who would rather look.

use super::field::SelectField;
use super::format::read;
use crate::prelude::*;

/// A step: from when to when, in any unit of time, and how high.
pub type Step = (f64, f64, f64);

/// The picture's units, across and up.
const WIDE: f64 = 1000.0;
const HIGH: f64 = 200.0;

/// Steps in their order.
#[component]
pub fn Curve(
    /// What it shows: "Mean power".
    label: String,
    unit: &'static str,
    steps: Vec<Step>,
    /// What stands at the beginning and at the end.
    ends: (String, String),
) -> impl IntoView {
    let most = steps.iter().map(|step| step.2).fold(0.0, f64::max);
    let text = format!("{} {unit}", read(most, 1));
    let words = format!("{label}: at most {text}");
    let drawn = drawn(&steps, most);
    view! {
        <figure class="curve">
            <figcaption>{words}</figcaption>
            <svg viewBox="0 0 1000 200" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <path d=drawn />
            </svg>
            <div class="curve-ends" aria-hidden="true">
                <span>{ends.0}</span>
                <span>{ends.1}</span>
            </div>
        </figure>
    }
    .into_any()
}

/// Chooses what is shown, by its number.
pub fn one_of(label: &'static str, shown: RwSignal<String>, words: [&'static str; 4]) -> AnyView {
    let options = words.iter().enumerate();
    let options: Vec<(String, String)> = options
        .map(|(at, words)| (at.to_string(), (*words).to_owned()))
        .collect();
    view! {
        <div class="curve-choice">
            <SelectField label value=shown options />
        </div>
    }
    .into_any()
}

/// The steps as areas of one path.
fn drawn(steps: &[Step], most: f64) -> String {
    let from = steps.first().map_or(0.0, |step| step.0);
    let span = steps.last().map_or(0.0, |step| step.1) - from;
    let part = |value: f64, of: f64, all: f64| match all > 0.0 {
        true => (value / all * of).clamp(0.0, of) as u32,
        false => 0,
    };
    let mut path = String::new();
    for (begin, end, value) in steps {
        let (left, right) = (part(begin - from, WIDE, span), part(end - from, WIDE, span));
        let top = 200 - part(*value, HIGH, most);
        path += &format!("M{left} 200V{top}H{right}V200z");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn steps_fill_the_picture() {
        let path = drawn(&[(10.0, 15.0, 2.0), (15.0, 20.0, 1.0)], 2.0);
        assert_eq!(path, "M0 200V0H500V200zM500 200V100H1000V200z");
    }

    #[wasm_bindgen_test]
    fn nothing_is_drawn_of_nothing() {
        assert_eq!(drawn(&[], 0.0), "");
        assert_eq!(drawn(&[(5.0, 5.0, 0.0)], 0.0), "M0 200V200H0V200z");
    }
}
