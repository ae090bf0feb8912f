//! The page of a record.

use domain::column::{Head, unpacked};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::acting::Acting;
use super::dialog::ActionDialog;
use super::list::ListOf;
use super::{Cell, Outline, Part, Sheet, Tab, shown};
use crate::api::transport::segment;
use crate::api::{Loaded, Record, records};
use crate::kit::{self, Badge, Skeleton, Tabs};
use crate::pages::record::{History, RecordState, awaited, facts, is_missing};
use crate::pages::shell::{Crumb, NotFoundHere, PageHeader, follow, may};
use crate::prelude::*;
use crate::routes::Place;

/// The page of a record of a list.
#[component]
pub fn RecordPage(outline: &'static Outline, sheet: &'static Sheet) -> impl IntoView {
    let Place { id, tab } = Place::current();
    let record = Loaded::of(id, move |id| {
        records::get(&records::path(outline.path, &id, sheet.read))
    });
    follow(outline.live, record.status());
    let navigate = use_navigate();
    let acting = Acting::new(outline, move |(action, _)| match action.ends {
        true => navigate(outline.at, NavigateOptions::default()),
        false => record.reload(),
    });
    provide_context(acting);
    effect(move || id.with(|id| acting.at(id)));
    let title = move || {
        let titled = record.with(sheet.title).filter(|title| !title.is_empty());
        titled.unwrap_or_else(|| sheet.name.to_owned())
    };
    let state = move || {
        let shown = record.with(sheet.state?)?;
        Some(view! { <Badge tone=shown.tone.unwrap_or_default() word=shown.text /> })
    };
    let missing = memo(move |_| is_missing(record));
    let crumbs = vec![Crumb::area(outline.area), Crumb::page(outline.title, outline.at)];
    // A menu in use stays, unless the record says something else.
    let said = memo(move |_| record.get());
    let actions = move || said.get().map(|record| acting.with_record(record, false));
    let shown = move || {
        let at = tab.get().part();
        match sheet.tabs.iter().find(|tab| tab.at == at) {
            Some(tab) => tab
                .parts
                .iter()
                .map(|part| draw(outline, part, record, id))
                .collect_view()
                .into_any(),
            None => view! { <NotFoundHere what="There is no such page." /> }.into_any(),
        }
    };
    let waiting = move || record.problem().is_none().then(|| view! { <Skeleton lines=6 /> });
    view! {
        <PageHeader title=Signal::derive(title) crumbs state actions />
        <Show when=move || sheet.tabs.len() != 1 && !missing.get()>
            <Tabs label=sheet.name tabs=tabs(outline, sheet, Place { id, tab }) />
        </Show>
        <RecordState record missing=format!("There is no such {}.", outline.noun.0) />
        <Show when=move || record.is_loaded() fallback=waiting>{shown}</Show>
        <ActionDialog acting />
    }
    .into_any()
}

fn tabs(outline: &'static Outline, sheet: &'static Sheet, place: Place) -> Live<Vec<kit::Tab>> {
    Live::from(move || {
        let page = outline.page_of(&place.id.get());
        let at = place.tab.get().part();
        let tab = |tab: &Tab| {
            let href = match tab.at {
                "" => page.clone(),
                at => [page.as_str(), "/", at].concat(),
            };
            kit::Tab {
                label: tab.label.into(),
                current: tab.at == at,
                href,
                note: None,
            }
        };
        let tabs = sheet
            .tabs
            .iter()
            .filter(|tab| tab.needs.is_empty() || may(tab.needs));
        tabs.map(tab).collect()
    })
}

fn draw(on: &'static Outline, part: &'static Part, record: Loaded<Record>, id: Memo<String>) -> AnyView {
    match part {
        Part::Facts(heads) => awaited(
            record,
            6,
            false,
            Callback::new(move |record| says(heads, on.cells, &record)),
        ),
        Part::Draw(draw) => draw(record),
        Part::History => view! { <History path=on.path record id=on.id /> }.into_any(),
        Part::List(outline, path, without) => {
            let path = Signal::derive(move || path(&segment(&id.get())));
            view! { <ListOf outline path without /> }.into_any()
        }
    }
}

/// What a record says in these packed columns, of which some are drawn in their own way.
pub fn says(packed: &'static str, own: &[(&str, Cell)], record: &Record) -> AnyView {
    let said = |head: &'static Head| {
        let shown = shown(own, head, record);
        (!shown.text.is_empty()).then_some((head.label, shown))
    };
    facts(unpacked(packed).iter().filter_map(said).collect())
}
