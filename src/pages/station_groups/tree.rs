//! Station groups below their organizations, and groups below their own.

use super::OF_ORGANIZATION;
use crate::api::{Call, Loaded, Record, records};
use crate::kit::format::count;
use crate::kit::{EmptyState, SearchBox};
use crate::pages::outline::ListOf;
use crate::pages::record::awaited;
use crate::prelude::*;
use crate::routes;

/// All organizations with their groups.
pub fn draw() -> AnyView {
    let asked = leptos_router::hooks::use_query_map();
    let q = RwSignal::new(asked.with_untracked(|map| map.get("q").unwrap_or_default()));
    let page = Loaded::new(move || {
        Call::get("/organizations")
            .param("q", &q.get())
            .param("pageSize", "500")
            .fetch()
    });
    view! {
        <div class="table-tools">
            <SearchBox
                label="Search by organization"
                value=Signal::derive(move || q.get())
                on_search=move |text| q.set(text)
            />
        </div>
        {awaited(page, 8, true, Callback::new(all))}
    }
    .into_any()
}

fn all(page: Record) -> AnyView {
    let with_groups = |one: &Record| !one.records("groups").is_empty();
    let items = page.records("items");
    let items: Vec<&Record> = items.iter().filter(|one| with_groups(one)).collect();
    if items.is_empty() {
        return view! { <EmptyState title="No station groups" detail="ChargePoint tells of none." /> }
            .into_any();
    }
    // Of one organization there is more to say.
    let table = (items.len() == 1).then(|| {
        let path = records::path("/organizations", &items[0].text("id"), "/station-groups");
        view! { <ListOf outline=&OF_ORGANIZATION path=Signal::stored(path) without=&["organizationName"] /> }
    });
    let one = |one: &&Record| {
        let groups = one.records("groups");
        view! {
            <section class="section">
                <h2>{one.text("name")}</h2>
                {branch(&groups, "0")}
            </section>
        }
    };
    let left = page
        .count("total")
        .saturating_sub(page.records("items").len() as u64);
    let left = (left > 0).then(|| {
        let words = [
            &count(left, "organization", "organizations"),
            " more: search for theirs.",
        ]
        .concat();
        view! { <p class="quiet" role="status">{words}</p> }
    });
    view! { {items.iter().map(one).collect_view()}{left}{table} }.into_any()
}

/// The groups below one.
fn branch(groups: &[Record], above: &str) -> AnyView {
    let is_known = |id: &str| groups.iter().any(|group| group.text("sgId") == id);
    // A group whose parent we do not see stands at the top.
    let is_here = |group: &&Record| match group.text("parentGroupId") {
        parent if above == "0" => !is_known(&parent),
        parent => parent == above,
    };
    let one = |group: &Record| {
        let id = group.text("sgId");
        let below = match id == above {
            true => ().into_any(),
            false => branch(groups, &id),
        };
        view! {
            <li>
                <a href=routes::below(routes::STATION_GROUPS, &id)>{group.text("sgName")}</a>
                {below}
            </li>
        }
    };
    let mut here = groups.iter().filter(is_here).peekable();
    if here.peek().is_none() {
        return ().into_any();
    }
    view! { <ul class="tree">{here.map(one).collect_view()}</ul> }.into_any()
}

/// The groups directly below a group.
pub fn below(group: Loaded<Record>) -> AnyView {
    let all = move || {
        let groups = group.with(|group| group.records("groups"))?;
        let link = |group: &Record| {
            view! {
                <li>
                    <a href=routes::below(routes::STATION_GROUPS, &group.text("sgId"))>{group.text("sgName")}</a>
                </li>
            }
        };
        (!groups.is_empty()).then(|| {
            view! {
                <section class="section">
                    <h2>"Groups below"</h2>
                    <ul class="tree">{groups.iter().map(link).collect_view()}</ul>
                </section>
            }
        })
    };
    view! { {all} }.into_any()
}
