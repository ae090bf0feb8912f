//! Station groups that stand in others: a station names the groups that it is in itself, and no group above them.

use std::collections::{HashMap, HashSet};

use chargepoint::calls::organizations::{GetOrgsAndStationGroups, Organization, OrganizationGroup};

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

/// All groups of organizations, each with the organization that it is of.
pub fn all(organizations: &[Organization]) -> impl Iterator<Item = (&Organization, &OrganizationGroup)> {
    organizations
        .iter()
        .flat_map(|one| one.groups.iter().map(move |group| (one, group)))
}

/// How many groups have which name.
pub struct Names<'g>(HashMap<&'g str, usize>);

impl<'g> Names<'g> {
    /// Of all groups of these organizations.
    pub fn of(organizations: &'g [Organization]) -> Self {
        let mut names = HashMap::new();
        for (_, group) in all(organizations) {
            *names.entry(name_of(group)).or_default() += 1;
        }
        Self(names)
    }

    /// What a group is called: with its organization's name, where several groups have its own; its id where it has
    /// none.
    pub fn name(&self, organization: &Organization, group: &OrganizationGroup) -> String {
        match (name_of(group), &organization.organization_name) {
            ("", _) => group.sg_id.as_deref().unwrap_or_default().trim().to_owned(),
            (name, Some(whose)) if self.0.get(name).is_some_and(|many| *many > 1) => {
                format!("{name} · {}", whose.trim())
            }
            (name, _) => name.to_owned(),
        }
    }
}

fn name_of(group: &OrganizationGroup) -> &str {
    group.sg_name.as_deref().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn groups_of_one_name_are_told_apart_by_their_organizations() {
        let organization = |name: &str, groups: &[&str]| Organization {
            organization_name: Some(name.into()),
            groups: groups
                .iter()
                .map(|name| OrganizationGroup {
                    sg_id: Some("7".into()),
                    sg_name: Some((*name).into()),
                    ..OrganizationGroup::default()
                })
                .collect(),
            ..Organization::default()
        };
        let told = [
            organization("Acme ", &["Amsterdam", "Delft"]),
            organization("Coal", &[" Amsterdam", ""]),
        ];
        let names = Names::of(&told);
        let found: Vec<String> = all(&told).map(|(one, group)| names.name(one, group)).collect();
        assert_eq!(found, ["Amsterdam · Acme", "Delft", "Amsterdam · Coal", "7"]);
    }
}
