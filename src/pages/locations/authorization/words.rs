//! What the Authorization tab says, in numbers.

use super::list::List;
use crate::api::Record;
use crate::kit::format::{count, number};

/// What the list means at this moment.
pub fn meaning(list: &Record) -> String {
    let keys = ["customers", "tokens", "customerTokens"];
    let [customers, tokens, theirs] = keys.map(|key| list.count(key));
    match list.text("visibility").as_str() {
        "Published" => "Published: everybody may charge. Add a customer or a charge token and the \
             location becomes private at that moment."
            .into(),
        "Unpublished" => "Unpublished: nobody sees the location, and whoever comes may charge. Add a \
             customer or a charge token and the location becomes private at that moment."
            .into(),
        _ if tokens == 0 && theirs == 0 => format!(
            "Private, and nobody may charge here: {} on the list, without a charge token.",
            List::Customers.count(customers)
        ),
        _ => {
            let theirs = List::Tokens.count(theirs);
            let customers =
                (customers > 0).then(|| format!("{} ({theirs})", List::Customers.count(customers)));
            let tokens = (tokens > 0).then(|| List::Tokens.count(tokens));
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
pub fn visibility_change(before: &str, after: &str) -> Option<&'static str> {
    match after {
        _ if before == after => None,
        "Private" => Some("The location is private now: only what is listed sees it and may charge."),
        "Published" => Some("The location is published now: everybody sees it and may charge."),
        _ => Some(
            "The location is open now: whoever comes may charge. It stays unpublished until you publish it.",
        ),
    }
}

/// What a change did to the list, and to the location's visibility.
pub fn outcome(done: &Record, list: List) -> String {
    let mut said = Vec::new();
    for (key, word) in [("added", "Added"), ("removed", "Removed")] {
        let many = done.count(key);
        if many > 0 {
            said.push(format!("{word} {}.", list.count(many)));
        }
    }
    let already = done.count("alreadyListed");
    if already > 0 {
        said.push(format!("{} already listed.", number(already)));
    }
    if said.is_empty() {
        said.push("Nothing changed: the entries were already gone.".into());
    }
    let change = visibility_change(
        &done.text("visibilityBefore"),
        &done.text("authorization.visibility"),
    );
    said.extend(change.map(String::from));
    said.join(" ")
}

/// The button that takes `n` entries off the list.
pub fn remove_button(n: u64, list: List, opens: bool) -> String {
    match (opens, n) {
        (true, 1) => format!("Remove the last {} and open the location", list.words().noun),
        (true, _) => format!("Remove all {} and open the location", list.count(n)),
        (false, _) => format!("Remove {}", list.count(n)),
    }
}

/// What emptying the list opens, for `chargers` stations at the location.
pub fn opening(n: u64, list: List, chargers: u64) -> String {
    let last = if n == 1 {
        format!("This {} is", list.words().noun)
    } else {
        format!("These {} are", list.count(n))
    };
    let open = match chargers {
        0 => "everybody may start a session here".into(),
        1 => "everybody may start a session at its charging station".into(),
        n => format!(
            "everybody may start a session at its {}",
            count(n, "charging station", "charging stations")
        ),
    };
    format!(
        "{last} all that the Authorization list holds. Without them the location is no longer private: {open}. It \
         stays unpublished until somebody publishes it."
    )
}
