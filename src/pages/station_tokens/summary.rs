//! The stock as a picture: how many per cloud plan and status, and activations per month. What is pressed
//! filters the table below.

use js_sys::Date;

use super::state::STATUSES;
use crate::api::transport::segment;
use crate::api::{Loaded, Record};
use crate::kit::{Bar, Chart, Part, Tone};
use crate::pages::record::{awaited, is_missing};
use crate::pages::shell::{recall, remember};
use crate::prelude::*;

/// What this browser remembers of it.
const KEY: &str = "stock";
const OPEN: &str = "open";
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

#[component]
pub fn Summary(summary: Loaded<Record>) -> impl IntoView {
    let usual = || is_wide().then(|| OPEN.to_owned());
    let open = RwSignal::new(recall(KEY).or_else(usual).as_deref() == Some(OPEN));
    let toggled = move |now: bool| {
        // The browser says so of how it begins, too.
        if now != open.get_untracked() {
            open.set(now);
            remember(KEY, Some(if now { OPEN } else { "folded" }));
        }
    };
    let none = move || match summary.get() {
        Some(summary) => !summary.has("plans.0"),
        None => is_missing(summary),
    };
    view! {
        <details
            class="group stock"
            hidden=none
            prop:open=open
            on:toggle:target=move |event| toggled(event.target().open())
        >
            <summary><h2>"Stock in numbers"</h2></summary>
            <div class="stock-pictures">{awaited(summary, 8, true, Callback::new(pictures))}</div>
        </details>
    }
}

/// On a phone the pictures would push the list out of sight.
fn is_wide() -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_none_or(|width| width >= 640.0)
}

fn pictures(summary: Record) -> AnyView {
    let mut plans: Vec<Bar> = Vec::new();
    for plan in summary.records("plans") {
        let plan = self::plan(&plan);
        let at = plans.iter().position(|other| other.whole() < plan.whole());
        plans.insert(at.unwrap_or(plans.len()), plan);
    }
    let months = summary.records("activations").iter().map(month).collect();
    let plans = figure("Tokens by cloud plan and status", "Cloud plan", STATUSES, plans);
    let months = figure(
        "Activations by month, Pacific Time",
        "Month",
        &[("Activations", Tone::Active)],
        months,
    );
    view! { {plans}{months} }.into_any()
}

/// One kind of thing has its bars upright.
fn figure(
    label: &'static str,
    each: &'static str,
    names: &'static [(&'static str, Tone)],
    bars: Vec<Bar>,
) -> AnyView {
    view! {
        <figure>
            <figcaption>{label}</figcaption>
            <Chart label each names bars columns=names.len() == 1 />
        </figure>
    }
    .into_any()
}

fn plan(plan: &Record) -> Bar {
    let name = plan.text("cloudPlan");
    let of = if name.is_empty() {
        "cloudPlan:isEmpty:".to_owned()
    } else {
        format!("cloudPlan:is:{name}")
    };
    let part = |(count, (status, _)): (String, &(&str, Tone))| Part {
        count: count.parse().unwrap_or_default(),
        href: address(&[&of, &format!("status:is:{status}")]),
    };
    Bar {
        note: String::new(),
        parts: plan.texts("counts").into_iter().zip(STATUSES).map(part).collect(),
        label: if name.is_empty() {
            "No cloud plan".into()
        } else {
            name
        },
    }
}

fn month(month: &Record) -> Bar {
    let name = month.text("month");
    let (year, number) = name.split_once('-').unwrap_or_default();
    let number: u32 = number.parse().unwrap_or(1);
    // The day before the next month's first.
    let days = Date::new_with_year_month_day(year.parse().unwrap_or_default(), number as i32, 0).get_date();
    let between = format!("activationDate:between:{name}-01,{name}-{days}");
    Bar {
        label: MONTHS[(number as usize + 11) % 12].into(),
        note: year.into(),
        parts: vec![Part {
            count: month.count("count"),
            href: address(&[&between]),
        }],
    }
}

/// This page's address with these filters.
fn address(filters: &[&str]) -> String {
    let mut address = String::new();
    for filter in filters {
        address += if address.is_empty() {
            "?filter="
        } else {
            "&filter="
        };
        address += &segment(filter);
    }
    address
}
