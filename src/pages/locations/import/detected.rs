//! What was found out about the file, shown and to be changed; a change reads the file again.

use domain::identifiers::IdKind;
use domain::token_file::{DELIMITERS, Encoding, Options, Preview};

use super::wizard::Wizard;
use super::words;
use crate::kit::SelectField;
use crate::prelude::*;

/// The most columns of the sample that are shown.
const COLUMNS_SHOWN: usize = 8;

const IDS: &str = "Ids";
const ENCODING: &str = "Encoding";
const DELIMITER: &str = "Delimiter";
const FIRST_ROW: &str = "First row";
const COLUMN: &str = "Column";

/// What the first row can be: a header, or none.
const HEADER: [&str; 2] = ["Column names", "An id"];

/// Kind, encoding, delimiter, header and column.
pub fn detected(wizard: Wizard, preview: &Preview) -> AnyView {
    let kinds = [IdKind::AuthId, IdKind::ChipId].map(words::kind);
    // "None" cannot be asked for; it is what is found where no delimiter is.
    let none = preview.delimiter.is_none().then_some(None);
    let delimiters = none.into_iter().chain(DELIMITERS.map(Some));
    let guessed = if preview.encoding_guessed { "Guessed" } else { "" };
    let column = preview.column.map(|column| {
        let names = preview.columns.iter().enumerate();
        let columns = names.map(|(at, name)| (at.to_string(), name.clone()));
        choice(wizard, COLUMN, "", column.to_string(), columns.collect())
    });
    view! {
        <fieldset class="detected">
            <legend>"Read as"</legend>
            {choice(wizard, IDS, "", words::kind(wizard.options().kind).into(), alike(&kinds))}
            {choice(
                wizard,
                ENCODING,
                guessed,
                preview.encoding.label().into(),
                alike(&Encoding::ALL.map(Encoding::label)),
            )}
            {choice(
                wizard,
                DELIMITER,
                "",
                words::delimiter(preview.delimiter).into(),
                alike(&delimiters.map(words::delimiter).collect::<Vec<_>>()),
            )}
            {choice(wizard, FIRST_ROW, "", HEADER[usize::from(!preview.has_header)].into(), alike(&HEADER))}
            {column}
        </fieldset>
    }
    .into_any()
}

/// Choices whose values are their words.
fn alike(words: &[&str]) -> Vec<(String, String)> {
    let choice = |word: &&str| ((*word).to_owned(), (*word).to_owned());
    words.iter().map(choice).collect()
}

fn choice(
    wizard: Wizard,
    label: &'static str,
    hint: &'static str,
    chosen: String,
    choices: Vec<(String, String)>,
) -> AnyView {
    let value = RwSignal::new(chosen.clone());
    effect(move || {
        let value = value.get();
        if value != chosen {
            wizard.read_as(read_as(wizard.options(), label, &value));
        }
    });
    view! { <SelectField label hint value options=choices /> }.into_any()
}

/// The options with another choice.
fn read_as(options: Options, label: &str, word: &str) -> Options {
    match label {
        // Another kind has other columns and other repairs.
        IDS => Options {
            encoding: options.encoding,
            ..Options::new(if word == words::kind(IdKind::ChipId) {
                IdKind::ChipId
            } else {
                IdKind::AuthId
            })
        },
        ENCODING => Options {
            encoding: Encoding::ALL.into_iter().find(|one| one.label() == word),
            ..options
        },
        DELIMITER => Options {
            delimiter: DELIMITERS
                .into_iter()
                .find(|one| words::delimiter(Some(*one)) == word),
            column: None,
            ..options
        },
        FIRST_ROW => Options {
            header: Some(word == HEADER[0]),
            ..options
        },
        _ => Options {
            column: word.parse().ok(),
            ..options
        },
    }
}

/// The first rows as they were taken apart.
pub fn sample(wizard: Wizard, preview: &Preview) -> AnyView {
    let kind = words::kind(wizard.options().kind);
    // The columns around the one that is read.
    let width = preview.columns.len();
    let from = preview
        .column
        .unwrap_or_default()
        .saturating_sub(COLUMNS_SHOWN / 2);
    let from = from.min(width.saturating_sub(COLUMNS_SHOWN));
    let shown = from..(from + COLUMNS_SHOWN).min(width);
    let hidden = width - shown.len();
    let read = |at: usize| (preview.column == Some(at)).then_some("true");
    let head = |at: usize| {
        let name = preview.columns.get(at).cloned().unwrap_or_default();
        view! {
            <th scope="col" data-read=read(at)>
                {name}
                {read(at).map(|_| view! { <span class="quiet">{format!(" → {kind}")}</span> })}
            </th>
        }
    };
    let row = |row: &Vec<String>| {
        let cell =
            |at: usize| view! { <td data-read=read(at)>{row.get(at).cloned().unwrap_or_default()}</td> };
        view! { <tr>{shown.clone().map(cell).collect_view()}</tr> }
    };
    let more = (hidden > 0).then(|| format!("{hidden} more columns are not shown."));
    view! {
        <div class="sample" role="region" aria-label="The first rows of the file" tabindex="0">
            <table>
                <caption class="visually-hidden">"The first rows of the file"</caption>
                <thead><tr>{shown.clone().map(head).collect_view()}</tr></thead>
                <tbody>{preview.rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="quiet">{more}</p>
    }
    .into_any()
}
