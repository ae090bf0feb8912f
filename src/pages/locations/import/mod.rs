//! *Import charge tokens*, a page of its own within the location.

use leptos::prelude::*;

/// The wizard, with its own page header.
#[component]
pub fn ImportWizard() -> impl IntoView {}
