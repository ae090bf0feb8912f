//! Groups of stations: of each organization one that holds all, and in it those of its places; fast
//! chargers have one beside them.

use super::Estate;
use super::organizations::Organization;
use crate::random::Dice;

/// Name of the group that holds the groups of an organization's places.
const WHOLE: &str = "All locations";
/// Name of the group of fast chargers, which lies beside that one.
pub const FAST: &str = "DC fast";
/// A group of an organization that has given no rights.
pub const STRANGE: i32 = 9_001;

/// A group.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub id: i32,
    pub name: String,
    pub organization: &'static Organization,
    /// The group it belongs to; 0 for none.
    pub parent: i32,
}

/// Number of a group.
pub fn number(organization: &Organization, name: &str) -> u64 {
    let bytes = organization.id.bytes().chain(name.bytes());
    let keys: Vec<u64> = bytes.map(u64::from).collect();
    10_000 + Dice::of(&keys).below(90_000)
}

/// Number of the group that holds all of an organization.
pub fn whole(organization: &Organization) -> i32 {
    number(organization, WHOLE) as i32
}

impl Estate {
    /// The groups that hold stations, each after the one it belongs to.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for unit in &self.units {
            let Some(organization) = unit.traits.organization else {
                continue;
            };
            let whole = whole(organization);
            let mut add = |id: i32, name: &str, parent: i32| {
                if !groups.iter().any(|group| group.id == id) {
                    groups.push(Group {
                        id,
                        name: name.to_owned(),
                        organization,
                        parent,
                    });
                }
            };
            add(whole, WHOLE, 0);
            let names = unit.station.sg_names.as_deref().unwrap_or_default();
            for (id, name) in unit.traits.groups.iter().zip(names) {
                add(*id, name, if name == FAST { 0 } else { whole });
            }
        }
        groups
    }

    /// The group of a number.
    pub fn group(&self, id: i32) -> Option<Group> {
        self.groups().into_iter().find(|group| group.id == id)
    }
}
