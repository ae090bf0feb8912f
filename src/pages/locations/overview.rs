use leptos::prelude::*;

#[component]
pub fn OverviewTab() -> impl IntoView {}
