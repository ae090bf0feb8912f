//! Problems grouped by cause: how many, where, why, what to do, and the repairs that are on offer.

use domain::identifiers::{Code, Repair, Severity};
use domain::token_file::{Finding, Offer, Report};

use super::buttons::small;
use super::rows::{ROWS_AT_MOST, ROWS_AT_ONCE, Row, rows};
use super::wizard::Wizard;
use crate::kit::format::{count, number};
use crate::kit::{Badge, Banner, Tone};
use crate::prelude::*;

pub fn problems(wizard: Wizard, report: &Report) -> AnyView {
    let chosen = wizard.options().repairs;
    let rows = count(report.repaired_count() as u64, "row", "rows");
    let repaired = |repair: Repair| {
        let words = format!(": chosen. {rows} repaired in all. ");
        view! {
            <Banner tone=Tone::Good>
                <strong>{repair.label()}</strong>
                {words}
                {mend(wizard, repair, false, "Take the repair back".to_owned())}
            </Banner>
        }
        .into_any()
    };
    let findings = report.findings();
    let none = findings.is_empty().then(|| {
        view! { <p class="quiet">"No problem was found."</p> }
    });
    let group = |finding: Finding| group(wizard, finding, report.offers());
    view! {
        <section class="problems" aria-label="Problems">
            <h2>"Problems"</h2>
            {none}
            {chosen.iter().map(repaired).collect_view()}
            {findings.into_iter().map(group).collect_view()}
        </section>
    }
    .into_any()
}

/// Chooses a repair, or takes it back.
fn mend(wizard: Wizard, repair: Repair, chosen: bool, words: String) -> AnyView {
    small(words, move |()| wizard.repair(repair, chosen))
}

fn group(wizard: Wizard, finding: Finding, offers: &[Offer]) -> AnyView {
    let code = finding.code;
    let total = finding.count;
    let (tone, word) = match code.severity() {
        Severity::Error => (Tone::Bad, "Not imported"),
        _ if code == Code::WDupInFile => (Tone::Attention, "Imported once"),
        Severity::Warning | Severity::Refusal => (Tone::Attention, "Imported"),
    };
    let open = RwSignal::new(false);
    let offer = |offer: &Offer| {
        let rows = count(offer.count as u64, "row", "rows");
        let words = format!("{} in {rows}", offer.repair.label());
        let example = format!("Line {}: {} becomes {}", offer.line, offer.from, offer.to);
        view! {
            <div class="repair">
                {mend(wizard, offer.repair, true, words)}
                <span class="quiet">{example}</span>
            </div>
        }
        .into_any()
    };
    let offers = offers.iter().filter(|offer| offer.repair.code() == code);
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
        {offers.map(offer).collect_view()}
    }
    .into_any()
}

/// The rows of a group, as many as were asked for.
#[component]
fn Rows(wizard: Wizard, code: Code, total: usize) -> impl IntoView {
    let most = total.min(ROWS_AT_MOST);
    let shown = RwSignal::new(ROWS_AT_ONCE.min(most));
    let lines = move || {
        let shown = shown.get();
        let rows = wizard.report().map(|report| rows(&report, code, shown));
        let row = |row: Row| {
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
                {small("Show more", move |()| shown.update(|shown| *shown = (*shown * 2).min(most)))}
            </Show>
        </p>
    }
}
