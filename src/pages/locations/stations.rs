use leptos::prelude::*;

#[component]
pub fn StationsTab() -> impl IntoView {}
