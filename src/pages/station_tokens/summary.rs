//! The stock as a picture: how many per cloud plan and status, and activations per month. What is pressed
//! filters the table below.

use js_sys::Date;

use super::state::STATUSES;
use crate::api::transport::segment;
use crate::api::{Loaded, Record};
use crate::kit::{Bar, Chart, Part, ProblemPanel, Skeleton, Tone};
use crate::pages::shell::{recall, remember};
use crate::prelude::*;

/// What this browser remembers of it.
const KEY: &str = "stock";
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

#[component]
pub fn Summary(summary: Loaded<Record>) -> impl IntoView {
    let open = RwSignal::new(recall(KEY).is_none());
    let toggled = move |now: bool| {
        open.set(now);
        remember(KEY, (!now).then_some("folded"));
    };
    let content = move || match (summary.get(), summary.problem()) {
        (Some(summary), _) => pictures(&summary),
        (None, Some(problem)) => {
            view! { <ProblemPanel problem kept=true on_retry=move |()| summary.reload() /> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=8 /> }.into_any(),
    };
    let none = move || {
        summary
            .with(|summary| !summary.has("plans.0"))
            .unwrap_or_default()
    };
    view! {
        <details
            class="group stock"
            hidden=none
            prop:open=open
            on:toggle:target=move |event| toggled(event.target().open())
        >
            <summary><h2>"Stock in numbers"</h2></summary>
            <div class="stock-pictures">{content}</div>
        </details>
    }
}

fn pictures(summary: &Record) -> AnyView {
    let mut plans: Vec<Bar> = Vec::new();
    for plan in summary.records("plans") {
        let plan = self::plan(&plan);
        let at = plans.iter().position(|other| other.whole() < plan.whole());
        plans.insert(at.unwrap_or(plans.len()), plan);
    }
    let months = summary.records("activations").iter().map(month).collect();
    view! {
        <figure>
            <figcaption>"Tokens by cloud plan and status"</figcaption>
            <Chart label="Tokens by cloud plan and status" each="Cloud plan" names=STATUSES bars=plans />
        </figure>
        <figure>
            <figcaption>"Activations by month, Pacific Time"</figcaption>
            <Chart
                label="Activations by month, Pacific Time"
                each="Month"
                names=&[("Activations", Tone::Active)]
                bars=months
                columns=true
            />
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
    let filters: Vec<String> = filters
        .iter()
        .map(|filter| format!("filter={}", segment(filter)))
        .collect();
    format!("?{}", filters.join("&"))
}
