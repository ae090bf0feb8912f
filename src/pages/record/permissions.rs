//! Permissions, in words.

use domain::access::{PERMISSIONS, RESOURCES};

use super::facts;
use crate::prelude::*;
use crate::table::Shown;

/// What those keys allow, by what it is about.
pub fn allowed(keys: &[String]) -> AnyView {
    let group = |&(resource, label): &(&str, &'static str)| {
        let own = PERMISSIONS.iter().filter(|permission| {
            permission.resource() == resource && keys.iter().any(|key| key == permission.key)
        });
        let words: Vec<String> = own.map(|permission| capital(permission.words)).collect();
        (!words.is_empty()).then(|| (label, Shown::text(words.join("\n"))))
    };
    let groups: Vec<(&'static str, Shown)> = RESOURCES.iter().filter_map(group).collect();
    if groups.is_empty() {
        return view! { <p class="quiet">"Nothing."</p> }.into_any();
    }
    facts(groups)
}

/// Words with a capital at their beginning.
pub(super) fn capital(words: &str) -> String {
    let mut words = words.to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
