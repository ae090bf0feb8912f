//! Accounts that are limited to organizations: what belongs to another organization does not exist for them.
//!
//! Lists are narrowed by [`Scope::limit`](super::listing::Scope::limit); a record that an address names is asked
//! for here, before its handler; what a body names, and what stands in no list, is narrowed by [`within`].

use sqlx::{AssertSqlSafe, query};

use super::Tx;
use super::listing::{Bind, among, bind_all};
use crate::access::Caller;
use crate::problem::Error;

/// A kind of record that belongs to an organization.
pub struct Owned {
    /// The addresses that lead to one, or to what it holds, begin with it.
    path: &'static str,
    /// The table, as `t`, and what leads to the organization.
    from: &'static str,
    /// The organization's key.
    org: &'static str,
    noun: &'static str,
    /// What the ids of the books' own begin with; all others are ChargePoint's stations. Empty: there are none.
    own: &'static str,
}

/// Charge locations, with their lists and imports.
pub const LOCATIONS: Owned = Owned {
    path: "/api/v1/locations/{id}",
    from: "locations t",
    org: "t.org_key",
    noun: "charge location",
    own: "",
};

const OWNED: &[Owned] = &[
    LOCATIONS,
    Owned {
        path: "/api/v1/station_tokens/{id}",
        from: "station_tokens t",
        org: "t.org_key",
        noun: "station token",
        own: "",
    },
    Owned {
        path: "/api/v1/connections/{id}",
        from: "connections t",
        org: "t.org_id_fold",
        noun: "connection",
        own: "",
    },
    Owned {
        path: "/api/v1/driver_requests/{id}",
        from: "driver_requests t JOIN connections n ON n.id = t.connection_id",
        org: "n.org_id_fold",
        noun: "request",
        own: "",
    },
    Owned {
        path: "/api/v1/chargestations/{id}",
        from: "chargestations t",
        org: "t.org_key",
        noun: "charge station",
        own: "chs_",
    },
];

impl Owned {
    /// The station of ChargePoint's that an id names.
    pub fn station<'i>(&self, id: &'i str) -> Option<&'i str> {
        let is_own = self.own.is_empty() || id.starts_with(self.own);
        Some(id).filter(|_| !is_own)
    }
}

/// What a route's `{id}` names, if that belongs to an organization.
pub fn owned(pattern: &str) -> Option<&'static Owned> {
    let leads_to = |owned: &&Owned| {
        let rest = pattern.strip_prefix(owned.path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    OWNED.iter().find(leads_to)
}

/// Whether records of that name belong to an organization.
pub fn is_owned(name: &str) -> bool {
    owned(&format!("/api/v1/{name}/{{id}}")).is_some()
}

/// Fails for a record that the caller does not reach, as for one that is not there.
pub async fn require(tx: &mut Tx, owned: &Owned, id: &str) -> Result<(), Error> {
    let Owned { from, org, noun, .. } = owned;
    let (condition, binds) = within(&tx.caller(), org, 2);
    let sql = format!("SELECT 1 AS found FROM {from} WHERE t.id = $1 AND {condition}");
    let found = bind_all(query(AssertSqlSafe(sql)).bind(id.to_owned()), &binds)
        .fetch_optional(&mut **tx)
        .await?;
    found.map(drop).ok_or(Error::NotFound(noun))
}

/// The condition that the caller reaches what belongs to `org`, with its values from placeholder `$first` on.
pub fn within(caller: &Caller, org: &str, first: usize) -> (String, Vec<Bind>) {
    let Some(keys) = &caller.organizations else {
        return ("1 = 1".into(), Vec::new());
    };
    let marks: Vec<String> = (first..).take(keys.len()).map(|n| format!("${n}")).collect();
    (
        among(org, &marks),
        keys.iter().map(|key| key.as_str().into()).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_with_the_id_of_what_belongs_to_an_organization_is_guarded() {
        for (_, path, _) in crate::access::routes::all() {
            let pattern = format!("/api/v1{path}");
            let kinds = [
                "/locations/{",
                "/station_tokens/{",
                "/connections/{",
                "/driver_requests/{",
                "/chargestations/{",
            ];
            let meant = kinds.iter().any(|kind| path.starts_with(kind));
            assert_eq!(owned(&pattern).is_some(), meant, "{path}");
        }
    }
}
