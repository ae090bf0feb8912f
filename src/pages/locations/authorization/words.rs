//! What the Authorization tab says, in numbers.

use domain::authorization::{Authorization, ListChange};
use domain::privacy::Visibility;

use super::change::List;
use crate::kit::format::{count, number};

/// What the list means at this moment.
pub fn meaning(list: &Authorization) -> String {
    match list.visibility {
        Visibility::Published => "Published: everybody may charge. Add a customer or a charge token and the \
             location becomes private at that moment."
            .into(),
        Visibility::Unpublished => {
            "Unpublished: nobody sees the location, and whoever comes may charge. Add a \
             customer or a charge token and the location becomes private at that moment."
                .into()
        }
        Visibility::Private if list.tokens == 0 && list.customer_tokens == 0 => format!(
            "Private, and nobody may charge here: {} on the list, without a charge token.",
            List::Customers.count(list.customers)
        ),
        Visibility::Private => {
            let customers = (list.customers > 0).then(|| {
                let theirs = List::Tokens.count(list.customer_tokens);
                format!("{} ({theirs})", List::Customers.count(list.customers))
            });
            let tokens = (list.tokens > 0).then(|| List::Tokens.count(list.tokens));
            let who = customers
                .into_iter()
                .chain(tokens)
                .collect::<Vec<_>>()
                .join(" and ");
            format!("Private: for {who}. Nobody else sees the location or may charge here.")
        }
    }
}

/// What a change of visibility means; none where it stayed.
pub fn visibility_change(before: Visibility, after: Visibility) -> Option<&'static str> {
    match (before, after) {
        (before, after) if before == after => None,
        (_, Visibility::Private) => {
            Some("The location is private now: only what is listed sees it and may charge.")
        }
        (_, Visibility::Unpublished) => Some(
            "The location is open now: whoever comes may charge. It stays unpublished until you publish it.",
        ),
        (_, Visibility::Published) => {
            Some("The location is published now: everybody sees it and may charge.")
        }
    }
}

/// What a change did to the list, and to the location's visibility.
pub fn outcome(change: &ListChange, list: List) -> String {
    let mut said = Vec::new();
    if change.added > 0 {
        said.push(format!("Added {}.", list.count(change.added)));
    }
    if change.removed > 0 {
        said.push(format!("Removed {}.", list.count(change.removed)));
    }
    if change.already_listed > 0 {
        said.push(format!("{} already listed.", number(change.already_listed)));
    }
    if said.is_empty() {
        said.push("Nothing changed: the entries were already gone.".into());
    }
    said.extend(
        visibility_change(change.visibility_before, change.authorization.visibility).map(String::from),
    );
    said.join(" ")
}

/// The button that takes `n` entries off the list.
pub fn remove_button(n: u64, list: List, opens: bool) -> String {
    match (opens, n) {
        (true, 1) => format!("Remove the last {} and open the location", list.noun()),
        (true, _) => format!("Remove all {} and open the location", list.count(n)),
        (false, _) => format!("Remove {}", list.count(n)),
    }
}

/// What emptying the list opens, for `chargers` stations at the location.
pub fn opening(n: u64, list: List, chargers: usize) -> String {
    let last = if n == 1 {
        format!("This {} is", list.noun())
    } else {
        format!("These {} are", list.count(n))
    };
    let open = match chargers {
        0 => "everybody may start a session here".into(),
        1 => "everybody may start a session at its charging station".into(),
        n => format!(
            "everybody may start a session at its {}",
            count(n as u64, "charging station", "charging stations")
        ),
    };
    format!(
        "{last} all that the Authorization list holds. Without them the location is no longer private: {open}. It \
         stays unpublished until somebody publishes it."
    )
}
