//! Problems grouped by cause: how many, where, why, what to do, and the repairs that are on offer.

use domain::identifiers::{Code, Repair, Severity};
use domain::token_file::{Finding, Offer};

use super::summary::{ROWS_AT_MOST, ROWS_AT_ONCE, Summary, rows};
use super::wizard::Wizard;
use crate::kit::format::{count, number};
use crate::kit::{Badge, Banner, Button, Tone};
use crate::prelude::*;

#[component]
pub fn Problems(wizard: Wizard, summary: Summary) -> impl IntoView {
    let chosen = wizard.options.with_untracked(|options| options.repairs);
    let offers = StoredValue::new(summary.offers);
    let group = move |finding: Finding| {
        let offers = offers.with_value(|offers| {
            let mending = offers.iter().filter(|offer| offer.repair.code() == finding.code);
            mending.cloned().collect::<Vec<_>>()
        });
        view! { <Group wizard finding offers /> }
    };
    let none = summary.findings.is_empty().then(|| {
        view! { <p class="quiet">"No problem was found."</p> }
    });
    view! {
        <section class="problems" aria-label="Problems">
            <h2>"Problems"</h2>
            {none}
            {chosen.iter().map(|repair| view! { <Repaired wizard repair rows=summary.repaired /> }).collect_view()}
            {summary.findings.into_iter().map(group).collect_view()}
        </section>
    }
}

/// A repair that was chosen, to be taken back.
#[component]
fn Repaired(wizard: Wizard, repair: Repair, rows: u64) -> impl IntoView {
    view! {
        <Banner tone=Tone::Good>
            <strong>{repair.label()}</strong>
            {format!(": chosen. {} repaired in all. ", count(rows, "row", "rows"))}
            <Button small=true on_press=move |()| wizard.repair(repair, false)>"Take the repair back"</Button>
        </Banner>
    }
}

#[component]
fn Group(wizard: Wizard, finding: Finding, offers: Vec<Offer>) -> impl IntoView {
    let code = finding.code;
    let total = finding.count;
    let (tone, word) = match code.severity() {
        Severity::Error => (Tone::Bad, "Not imported"),
        _ if code == Code::WDupInFile => (Tone::Attention, "Imported once"),
        Severity::Warning | Severity::Refusal => (Tone::Attention, "Imported"),
    };
    let open = RwSignal::new(false);
    let offer = move |offer: Offer| {
        let words = format!(
            "{} in {}",
            offer.repair.label(),
            count(offer.count as u64, "row", "rows")
        );
        let example = format!("Line {}: {} becomes {}", offer.line, offer.from, offer.to);
        view! {
            <div class="repair">
                <Button small=true on_press=move |()| wizard.repair(offer.repair, true)>{words}</Button>
                <span class="quiet">{example}</span>
            </div>
        }
    };
    view! {
        <details class="group" on:toggle:target=move |event| open.set(event.target().open())>
            <summary>
                <span class="group-words">
                    <strong>{code.meaning()}</strong>
                    <Badge tone word />
                </span>
                <span class="number">{count(total as u64, "row", "rows")}</span>
            </summary>
            <p>{code.remedy()} " " <code class="quiet">{code.wire()}</code></p>
            <Show when=move || open.get()>
                <Rows wizard code total />
            </Show>
        </details>
        {offers.into_iter().map(offer).collect_view()}
    }
}

/// The rows of a group, as many as were asked for.
#[component]
fn Rows(wizard: Wizard, code: Code, total: usize) -> impl IntoView {
    let most = total.min(ROWS_AT_MOST);
    let shown = RwSignal::new(ROWS_AT_ONCE.min(most));
    let lines = move || {
        let shown = shown.get();
        let rows = wizard
            .report
            .with_value(|report| report.as_deref().map(|report| rows(report, code, shown)));
        let row = |row: super::summary::Row| {
            view! { <tr><td class="number">{row.line}</td><td class="id">{row.value}</td><td>{row.note}</td></tr> }
        };
        rows.unwrap_or_default().into_iter().map(row).collect_view()
    };
    let words = move || match shown.get() {
        shown if shown == total => count(total as u64, "row", "rows"),
        shown => format!(
            "{} of {}",
            number(shown as u64),
            count(total as u64, "row", "rows")
        ),
    };
    view! {
        <table class="group-rows">
            <thead>
                <tr>
                    <th scope="col" class="number">"Line"</th>
                    <th scope="col">"Value"</th>
                    <th scope="col"><span class="visually-hidden">"Note"</span></th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
        <p class="group-foot">
            <span class="quiet">{words}</span>
            <Show when=move || shown.get() < most>
                <Button small=true on_press=move |()| shown.update(|shown| *shown = (*shown * 2).min(most))>
                    "Show more"
                </Button>
            </Show>
        </p>
    }
}
