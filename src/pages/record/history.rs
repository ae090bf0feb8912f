//! What happened to a record, as the audit log tells it.

use super::awaited;
use crate::api::{Loaded, Record, records};
use crate::kit::Time;
use crate::kit::format::count;
use crate::kit::time::{self, zone};
use crate::prelude::*;

/// Who did what and when to a record, the newest first; read anew when the record changes.
#[component]
pub fn History(
    /// Where the records are: `/customers`.
    path: &'static str,
    record: Loaded<Record>,
    /// The field that holds a record's id.
    #[prop(default = "id")]
    id: &'static str,
) -> impl IntoView {
    let id = memo(move |_| record.with(|record| record.text(id)).unwrap_or_default());
    let version = memo(move |_| record.with(|record| record.count("version")).unwrap_or_default());
    let lines = Loaded::of(id, move |id| {
        version.get();
        records::get(&records::path(path, &id, "/history"))
    });
    view! {
        <section class="section">
            <h2>"History"</h2>
            {awaited(lines, 3, true, Callback::new(all))}
        </section>
    }
}

fn all(page: Record) -> AnyView {
    let lines = page.records("items");
    let older = page.count("total") - lines.len() as u64;
    let older = (older > 0).then(|| {
        let older = count(older, "older change is", "older changes are");
        view! { <p class="quiet">{older} " in the audit log."</p> }
    });
    let line = |line: Record| {
        view! {
            <li>
                <span class="when">
                    <Time at=line.text("at") />
                    " "
                    <small class="quiet">{zone(&line.text("at"))}</small>
                </span>
                <div>
                    <p>
                        <strong>{line.text("action")}</strong>
                        " by "
                        {line.text("who")}
                    </p>
                    {changes(&line)}
                </div>
            </li>
        }
    };
    match lines.is_empty() {
        true => {
            view! { <p class="quiet">"Nothing has happened to it since the audit log began."</p> }.into_any()
        }
        false => {
            let lines = lines.into_iter().map(line).collect_view();
            view! {
                <ol class="history">{lines}</ol>
                {older}
            }
            .into_any()
        }
    }
}

/// What a line tells of each field: before and after.
pub fn changes(line: &Record) -> AnyView {
    let change = |change: Record| {
        let told = |key: &str| change.has(key).then(|| here(&change.text(key)));
        let (before, after) = (told("before"), told("after"));
        let was = before.is_some();
        let arrow = was.then_some(" → ");
        let after = match after {
            None if was => "nothing".to_owned(),
            after => after.unwrap_or_default(),
        };
        view! {
            <li>
                {change.text("field")}
                ": "
                <span class="was">{before}</span>
                {arrow}
                <span>{after}</span>
            </li>
        }
    };
    let changes = line.records("changes").into_iter().map(change).collect_view();
    view! { <ul class="changes">{changes}</ul> }.into_any()
}

/// A moment in the reader's zone; any other text as it is.
fn here(text: &str) -> String {
    let moment = text.len() == 20 && text.as_bytes()[10] == b'T' && text.ends_with('Z');
    if moment {
        time::local(text)
    } else {
        text.to_owned()
    }
}
