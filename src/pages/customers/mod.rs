//! Customers & tokens.
use leptos::prelude::*;
#[component]
pub fn CustomersPage() -> impl IntoView {}
#[component]
pub fn CustomerPage() -> impl IntoView {}
