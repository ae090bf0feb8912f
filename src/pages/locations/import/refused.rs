//! A file that is refused as a whole: why, what to do, and the choice of a column where that helps.

use domain::identifiers::Code;
use domain::token_file::Preview;

use super::detected::{Detected, Sample};
use super::wizard::{Step, Wizard};
use super::words;
use crate::kit::{Banner, Button, Look, SelectField, Tone};
use crate::prelude::*;

#[component]
pub fn Refused(
    wizard: Wizard,
    code: Code,
    line: Option<u32>,
    preview: Option<Box<Preview>>,
) -> impl IntoView {
    let mapped = preview.is_some();
    let at = line
        .filter(|_| !mapped)
        .map(|line| format!(" It shows in line {line}."));
    view! {
        <div role="alert">
            <Banner tone=if mapped { Tone::Attention } else { Tone::Bad }>
                <strong>{code.meaning()}</strong>
                {at}
                " "
                {code.remedy()}
                " Nothing has changed on the list."
            </Banner>
        </div>
        {preview.map(|preview| view! { <Mapping wizard preview=*preview /> })}
        <footer class="wizard-foot">
            <Button on_press=move |()| wizard.back_to(Step::File)>"Choose another file"</Button>
        </footer>
    }
}

/// The choice of the column that holds the ids.
#[component]
fn Mapping(wizard: Wizard, preview: Preview) -> impl IntoView {
    let kind = wizard.options.with_untracked(|options| words::kind(options.kind));
    let column = RwSignal::new(String::new());
    let first = preview.rows.first().cloned().unwrap_or_default();
    let choice = |(at, name): (usize, &String)| {
        let example = first.get(at).filter(|cell| !cell.trim().is_empty());
        let words = match example {
            Some(example) => format!("{name} (“{example}”)"),
            None => name.clone(),
        };
        (at.to_string(), words)
    };
    let mut choices = vec![(String::new(), "Choose a column".to_owned())];
    choices.extend(preview.columns.iter().enumerate().map(choice));
    let read = move |()| {
        if let Ok(column) = column.get_untracked().parse() {
            let mut options = wizard.options.get_untracked();
            options.column = Some(column);
            wizard.read_as(options);
        }
    };
    view! {
        <div class="mapping">
            <SelectField label=format!("Column with the {kind}s") value=column options=choices />
            <Button
                look=Look::Primary
                disabled=Signal::derive(move || column.with(String::is_empty))
                on_press=read
            >
                "Read this column"
            </Button>
        </div>
        <Sample preview=preview.clone() kind />
        <Detected wizard preview />
    }
}
