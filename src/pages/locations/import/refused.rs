//! A file that is refused as a whole: why, what to do, and the choice of a column where that helps.

use domain::token_file::Preview;

use super::check::another_file;
use super::detected::{detected, sample};
use super::read::Unread;
use super::wizard::Wizard;
use super::words;
use crate::kit::{Banner, Button, Look, SelectField, Tone};
use crate::prelude::*;

pub fn refused(wizard: Wizard, unread: &Unread) -> AnyView {
    let (tone, title, detail, preview) = match unread {
        Unread::Lost => (
            Tone::Bad,
            "The file could not be read",
            " It was changed, moved or deleted since it was picked. Nothing has changed on the list. Pick it \
             again."
                .to_owned(),
            None,
        ),
        Unread::Refused { code, line, preview } => {
            let at = match (line, preview) {
                (Some(line), None) => format!(" It shows in line {line}."),
                _ => String::new(),
            };
            let detail = format!("{at} {} Nothing has changed on the list.", code.remedy());
            let tone = if preview.is_some() { Tone::Attention } else { Tone::Bad };
            (tone, code.meaning(), detail, preview.as_deref())
        }
    };
    view! {
        <div role="alert">
            <Banner tone>
                <strong>{title}</strong>
                {detail}
            </Banner>
        </div>
        {preview.map(|preview| mapping(wizard, preview))}
        <footer class="wizard-foot">{another_file(wizard)}</footer>
    }
    .into_any()
}

/// The choice of the column that holds the ids.
fn mapping(wizard: Wizard, preview: &Preview) -> AnyView {
    let kind = words::kind(wizard.options().kind);
    let column = RwSignal::new(String::new());
    let first = preview.rows.first();
    let choice = |(at, name): (usize, &String)| {
        let example = first
            .and_then(|row| row.get(at))
            .filter(|cell| !cell.trim().is_empty());
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
            let mut options = wizard.options();
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
        {sample(wizard, preview)}
        {detected(wizard, preview)}
    }
    .into_any()
}
