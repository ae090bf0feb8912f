//! What the audit log tells of a change of a list.

use domain::audit::Change;
use domain::authorization::Authorization;
use domain::imports::Import;

/// How many entries a line names.
pub(super) const NAMED: usize = 1_000;

/// A change of a list, as far as it is not seen from the list itself.
pub struct Edit {
    pub(super) what: &'static str,
    changes: Vec<Change>,
}

impl Edit {
    /// Nothing but that something was done.
    pub fn new(what: &'static str) -> Self {
        Self {
            what,
            changes: Vec::new(),
        }
    }

    /// The same, by an import.
    pub fn of(mut self, import: &Import) -> Self {
        let file = Some(import.file_name.clone()).filter(|name| !name.is_empty());
        self.changes.push(Change::new("File", None, file));
        self
    }

    /// With how many.
    pub fn count(mut self, field: &str, count: u64) -> Self {
        if count > 0 {
            self.changes
                .push(Change::new(field, None, Some(count.to_string())));
        }
        self
    }

    /// With those that came; `count`, if not all of them are named.
    pub fn added(mut self, names: &[String], count: u64) -> Self {
        self.changes.push(Change::new("Added", None, told(names, count)));
        self
    }

    /// With those that went.
    pub fn removed(mut self, names: &[String], count: u64) -> Self {
        self.changes
            .push(Change::new("Removed", told(names, count), None));
        self
    }

    /// All that is told of it.
    pub(super) fn told(self, before: &Authorization, after: &Authorization) -> Vec<Change> {
        let mut all = self.changes;
        for (field, old, new) in [
            ("Customers", before.customers, after.customers),
            ("Charge tokens", before.tokens, after.tokens),
        ] {
            all.push(Change::new(field, Some(old.to_string()), Some(new.to_string())));
        }
        let word = |list: &Authorization| Some(list.visibility.word().to_owned());
        all.push(Change::new("Visibility", word(before), word(after)));
        all.retain(|change| change.before != change.after);
        all
    }
}

fn told(names: &[String], count: u64) -> Option<String> {
    let named = &names[..names.len().min(NAMED)];
    let more = count.saturating_sub(named.len() as u64);
    match (named, more) {
        ([], 0) => None,
        ([], more) => Some(more.to_string()),
        (named, 0) => Some(named.join(", ")),
        (named, more) => Some(format!("{} and {more} more", named.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_entries_are_told_by_the_first_and_their_number() {
        let names: Vec<String> = (0..1_200).map(|n| n.to_string()).collect();
        let text = told(&names, 5_000).unwrap_or_default();
        assert!(text.starts_with("0, 1, 2, ") && text.ends_with(", 999 and 4000 more"));
        assert_eq!(told(&names[..2], 2).as_deref(), Some("0, 1"));
        assert_eq!(told(&[], 7).as_deref(), Some("7"));
        assert_eq!(told(&[], 0), None);
    }
}
