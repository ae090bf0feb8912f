//! Station groups that stand in others: a station names the groups that it is in itself, and no group above them.

use std::collections::{HashMap, HashSet};

use chargepoint::calls::organizations::{GetOrgsAndStationGroups, Organization};

use super::Estate;

impl Estate {
    /// The ids of a group and of all groups below it; of the group alone where ChargePoint does not tell.
    pub async fn with_groups_below(&self, id: &str) -> HashSet<String> {
        let told = self.answer(&GetOrgsAndStationGroups::default(), false).await;
        let organizations = told.as_ref().map(|kept| kept.answer.organizations.as_slice());
        let tree = Tree::of(organizations.unwrap_or_default());
        tree.below(id).into_iter().map(str::to_owned).collect()
    }
}

/// Which groups stand in which.
pub struct Tree<'g>(HashMap<&'g str, Vec<&'g str>>);

impl<'g> Tree<'g> {
    /// Of all groups of these organizations.
    pub fn of(organizations: &'g [Organization]) -> Self {
        let mut children: HashMap<&str, Vec<&str>> = HashMap::new();
        for group in organizations.iter().flat_map(|one| &one.groups) {
            if let (Some(own), Some(parent)) = (&group.sg_id, &group.parent_group_id) {
                children.entry(parent.trim()).or_default().push(own.trim());
            }
        }
        Self(children)
    }

    /// The ids of a group and of all groups below it.
    pub fn below<'t>(&'t self, id: &'t str) -> HashSet<&'t str> {
        let mut found = HashSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            // Groups in a ring end it too.
            if found.insert(id) {
                open.extend(self.0.get(id).into_iter().flatten());
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use chargepoint::calls::organizations::OrganizationGroup;

    use super::*;

    #[test]
    fn groups_below_are_found_at_any_depth_and_rings_end() {
        let group = |id: &str, parent: &str| OrganizationGroup {
            sg_id: Some(id.into()),
            parent_group_id: Some(parent.into()),
            ..OrganizationGroup::default()
        };
        let groups = vec![
            group("1", "0"),
            group("2", "1"),
            group(" 3", "2 "),
            group("4", "0"),
            group("5", "6"),
            group("6", "5"),
        ];
        let all = [Organization {
            groups,
            ..Organization::default()
        }];
        let tree = Tree::of(&all);
        let found = |id: &str| {
            let mut found: Vec<&str> = tree.below(id).into_iter().collect();
            found.sort();
            found.join(" ")
        };
        assert_eq!(found("1"), "1 2 3");
        assert_eq!(found("3"), "3");
        assert_eq!(found("5"), "5 6");
        assert_eq!(found("9"), "9");
    }
}
