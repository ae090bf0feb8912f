//! The second step: what the file was read as, and what is wrong with it.

use crate::prelude::*;

use domain::token_file::Report;

use super::bad_rows::BadRowsButton;
use super::buttons::{act, button};
use super::detected::{detected, sample};
use super::figures::figures;
use super::going::Going;
use super::problems::problems;
use super::read::Source;
use super::refused::refused;
use super::wizard::{Wizard, step};
use super::words;
use crate::kit::format::count;
use crate::kit::{Banner, Look, Tone};

#[component]
pub fn CheckStep(wizard: Wizard) -> impl IntoView {
    view! {
        <SourceLine wizard />
        <Show when=move || wizard.is_read.get() fallback=move || view! { <Going wizard /> }>
            {match (wizard.report(), wizard.unread()) {
                (Some(report), _) => checked(wizard, &report),
                (_, Some(unread)) => refused(wizard, &unread),
                _ => ().into_any(),
            }}
        </Show>
    }
}

/// Which file this is about.
#[component]
pub fn SourceLine(wizard: Wizard) -> impl IntoView {
    let words = wizard.source().map(|source| {
        let size = words::size(source.size());
        format!("{} · {size}", Source::name(&source))
    });
    view! { <p class="wizard-file">{words}</p> }
}

/// Another file, after this one.
pub fn another_file(wizard: Wizard) -> AnyView {
    act(wizard, Look::Plain, "Choose another file", |wizard| {
        wizard.back_to(step::FILE)
    })
}

fn checked(wizard: Wizard, report: &Report) -> AnyView {
    let accepted = report.accepted_count() as u64;
    let rejected = report.rejected_count() as u64;
    let nothing = (accepted == 0).then(|| {
        view! {
            <Banner tone=Tone::Bad>
                <strong>"Nothing can be imported"</strong>
                " No row holds a good id. The list stays as it is."
            </Banner>
        }
    });
    let go_on = match accepted {
        0 => "Preview the import".to_owned(),
        accepted => format!("Preview the import of {}", count(accepted, "id", "ids")),
    };
    let numbers = vec![
        ("Rows", report.rows() as u64, Tone::Neutral),
        ("Good ids", accepted, Tone::Good),
        (
            "Duplicate in the file",
            report.duplicates().len() as u64,
            Tone::Attention,
        ),
        ("Bad", rejected, Tone::Bad),
    ];
    view! {
        {figures("What the file holds", numbers)}
        <div role="alert">{nothing}</div>
        {detected(wizard, report.preview())}
        {sample(wizard, report.preview())}
        {problems(wizard, report)}
        <footer class="wizard-foot">
            {another_file(wizard)}
            <BadRowsButton wizard rejected />
            {button(wizard, Look::Primary, go_on, Signal::stored(accepted == 0), Wizard::stage)}
        </footer>
    }
    .into_any()
}
