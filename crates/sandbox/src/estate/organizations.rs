//! Organizations with stations, and what their plans allow.

use super::places::COUNTRIES;

/// An organization with stations.
#[derive(Debug, PartialEq)]
pub struct Organization {
    /// `CPNID:CompanyID`.
    pub id: &'static str,
    pub name: &'static str,
    /// Whether its plan is Enterprise, which load management, 15-minute data and transactions need.
    pub enterprise: bool,
    /// Whether it may manage a fleet.
    pub fleet: bool,
    /// Whether it takes part in a utility's programme, which events that shed load need.
    pub utility: bool,
}

/// One with Enterprise and nothing beside it.
pub const fn organization(id: &'static str, name: &'static str) -> Organization {
    Organization {
        id,
        name,
        enterprise: true,
        fleet: false,
        utility: false,
    }
}

impl Organization {
    pub const fn with_fleet(self) -> Self {
        Self { fleet: true, ..self }
    }

    pub const fn with_utility(self) -> Self {
        Self {
            utility: true,
            ..self
        }
    }

    pub const fn without_enterprise(self) -> Self {
        Self {
            enterprise: false,
            ..self
        }
    }
}

/// The organization with an identifier.
pub fn organization_of(id: &str) -> Option<&'static Organization> {
    let all = COUNTRIES.iter().flat_map(|country| country.organizations);
    all.into_iter().find(|organization| organization.id == id)
}
