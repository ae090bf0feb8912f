//! What was found out about the file, shown and to be changed; a change reads the file again.

use domain::identifiers::IdKind;
use domain::token_file::{DELIMITERS, Encoding, Options, Preview};

use super::wizard::Wizard;
use super::words;
use crate::kit::SelectField;
use crate::prelude::*;

/// The most columns of the sample that are shown.
const COLUMNS_SHOWN: usize = 8;

type Choices = Vec<(String, String)>;

/// Kind, encoding, delimiter, header and column.
#[component]
pub fn Detected(wizard: Wizard, preview: Preview) -> impl IntoView {
    let options = wizard.options.get_untracked();
    let kinds = [IdKind::AuthId, IdKind::ChipId]
        .map(|kind| (words::kind(kind).to_owned(), words::kind(kind).to_owned()));
    let encodings = Encoding::ALL.map(|encoding| (encoding.label().to_owned(), encoding.label().to_owned()));
    let delimiters = std::iter::once(None)
        .chain(DELIMITERS.map(Some))
        .filter(|delimiter| {
            // "None" cannot be asked for; it is what is found where no delimiter is.
            delimiter.is_some() || preview.delimiter.is_none()
        });
    let delimiters: Choices = delimiters
        .map(|one| (words::delimiter(one), words::delimiter(one)))
        .collect();
    let header = |yes: bool| if yes { "Column names" } else { "An id" }.to_owned();
    let columns: Choices = preview
        .columns
        .iter()
        .enumerate()
        .map(|(at, name)| (at.to_string(), name.clone()))
        .collect();
    let column = preview
        .column
        .map(|column| column.to_string())
        .unwrap_or_default();
    let guessed = if preview.encoding_guessed { "Guessed" } else { "" };
    view! {
        <fieldset class="detected">
            <legend>"Read as"</legend>
            <Choice
                label="Ids"
                chosen=words::kind(options.kind).to_owned()
                choices=kinds.to_vec()
                on_choose=move |word: String| {
                    let kind = if word == words::kind(IdKind::ChipId) { IdKind::ChipId } else { IdKind::AuthId };
                    // Another kind has other columns and other repairs.
                    wizard.read_as(Options { encoding: options.encoding, ..Options::new(kind) });
                }
            />
            <Choice
                label="Encoding"
                hint=guessed
                chosen=preview.encoding.label().to_owned()
                choices=encodings.to_vec()
                on_choose=move |word: String| {
                    let encoding = Encoding::ALL.into_iter().find(|encoding| encoding.label() == word);
                    wizard.read_as(Options { encoding, ..options });
                }
            />
            <Choice
                label="Delimiter"
                chosen=words::delimiter(preview.delimiter)
                choices=delimiters
                on_choose=move |word: String| {
                    let delimiter = DELIMITERS.into_iter().find(|one| words::delimiter(Some(*one)) == word);
                    wizard.read_as(Options { delimiter, column: None, ..options });
                }
            />
            <Choice
                label="First row"
                chosen=header(preview.has_header)
                choices=[true, false].map(|yes| (header(yes), header(yes))).to_vec()
                on_choose=move |word: String| {
                    wizard.read_as(Options { header: Some(word == header(true)), ..options });
                }
            />
            {preview.column.map(|_| view! {
                <Choice
                    label="Column"
                    chosen=column
                    choices=columns
                    on_choose=move |at: String| wizard.read_as(Options { column: at.parse().ok(), ..options })
                />
            })}
        </fieldset>
    }
}

#[component]
fn Choice(
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    chosen: String,
    choices: Choices,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let value = RwSignal::new(chosen.clone());
    effect(move || {
        let value = value.get();
        if value != chosen {
            on_choose.run(value);
        }
    });
    view! { <SelectField label hint value options=choices /> }
}

/// The first rows as they were taken apart.
#[component]
pub fn Sample(preview: Preview, kind: &'static str) -> impl IntoView {
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
}
