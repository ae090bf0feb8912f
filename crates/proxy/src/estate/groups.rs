//! Station groups that stand in others: a station names the groups that it is in itself, and no group above them.

use std::collections::{HashMap, HashSet};

use chargepoint::calls::organizations::{GetOrgsAndStationGroups, OrganizationGroup};

use super::Estate;

impl Estate {
    /// The ids of a group and of all groups below it; of the group alone where ChargePoint does not tell.
    pub async fn with_groups_below(&self, id: &str) -> HashSet<String> {
        let told = self.answer(&GetOrgsAndStationGroups::default(), false).await;
        let groups = told.as_ref().map(|kept| kept.answer.organizations.as_slice());
        let groups = groups.unwrap_or_default().iter().flat_map(|one| &one.groups);
        below(id, groups)
    }
}

fn below<'g>(id: &str, groups: impl Iterator<Item = &'g OrganizationGroup>) -> HashSet<String> {
    let mut children: HashMap<&str, Vec<&str>> = HashMap::new();
    for group in groups {
        let (Some(own), Some(parent)) = (&group.sg_id, &group.parent_group_id) else {
            continue;
        };
        children.entry(parent.trim()).or_default().push(own.trim());
    }
    let mut found: HashSet<String> = HashSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        // Groups in a ring end it too.
        if found.insert(id.to_owned()) {
            open.extend(children.get(id).into_iter().flatten());
        }
    }
    found
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
        let all = [
            group("1", "0"),
            group("2", "1"),
            group(" 3", "2 "),
            group("4", "0"),
            group("5", "6"),
            group("6", "5"),
        ];
        let found = |id: &str| {
            let mut found: Vec<String> = below(id, all.iter()).into_iter().collect();
            found.sort();
            found.join(" ")
        };
        assert_eq!(found("1"), "1 2 3");
        assert_eq!(found("3"), "3");
        assert_eq!(found("5"), "5 6");
        assert_eq!(found("9"), "9");
    }
}
