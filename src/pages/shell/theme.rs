//! Light, dark, or as the system has it; remembered in this browser.

use crate::prelude::*;

use crate::kit::{Item, Look, Menu, Symbol};

#[component]
pub fn ThemeMenu() -> impl IntoView {
    let now = RwSignal::new(
        document()
            .document_element()
            .and_then(|root| root.get_attribute("data-theme")),
    );
    let choose = move |theme: Option<&'static str>| {
        if let Some(root) = document().document_element() {
            let _ = match theme {
                Some(theme) => root.set_attribute("data-theme", theme),
                None => root.remove_attribute("data-theme"),
            };
        }
        remember("theme", theme);
        now.set(theme.map(str::to_owned));
    };
    let items = move || {
        let line = |label: &str, theme: Option<&'static str>, symbol| {
            let chosen = now.get().as_deref() == theme;
            let icon = if chosen { Symbol::Check } else { symbol };
            let label = if chosen {
                format!("{label} (now)")
            } else {
                label.to_owned()
            };
            Item::press(label, move || choose(theme)).icon(icon)
        };
        vec![
            line("As the system", None, Symbol::System),
            line("Light", Some("light"), Symbol::Sun),
            line("Dark", Some("dark"), Symbol::Moon),
        ]
    };
    view! { <Menu label="Theme" icon=Symbol::Sun look=Look::Quiet items=items /> }
}

/// Remembers a setting in this browser; where storage is forbidden it lasts until the page is left.
pub fn remember(key: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

/// What this browser remembers of a setting.
pub fn recall(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}
