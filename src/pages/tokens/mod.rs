//! Customers & tokens.
use leptos::prelude::*;
#[component]
pub fn TokensPage() -> impl IntoView {}
#[component]
pub fn TokenPage() -> impl IntoView {}
