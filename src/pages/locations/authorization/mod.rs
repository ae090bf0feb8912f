//! A location's Authorization tab.

use leptos::prelude::*;

/// The Authorization list: the route's parameter `list` says `customers` or `tokens`.
#[component]
pub fn AuthorizationTab() -> impl IntoView {}
