use leptos::prelude::*;

#[component]
pub fn LocationsPage() -> impl IntoView {}
