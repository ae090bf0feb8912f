use super::CurrentLocation;
use leptos::prelude::*;
#[component]
pub fn EditLocation(current: CurrentLocation, open: RwSignal<bool>) -> impl IntoView {
    let _ = (current, open);
}
