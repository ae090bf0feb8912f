//! Versions, and what is offered of each.

use ocpi::VERSION;
use ocpi::credentials::{Endpoint, Version, VersionDetails};

use super::answer::Reply;
use super::body::Site;
use super::{MODULES, root};

/// GET `/ocpi/versions`
pub async fn list(Site(base): Site) -> Reply<Vec<Version>> {
    Reply(vec![Version {
        version: VERSION.into(),
        url: root(&base),
    }])
}

/// GET `/ocpi/2.2.1`
pub async fn details(Site(base): Site) -> Reply<VersionDetails> {
    let endpoint = |(identifier, role, path): &(&str, &str, &str)| Endpoint {
        identifier: (*identifier).into(),
        role: (*role).into(),
        url: format!("{}/{path}", root(&base)),
    };
    Reply(VersionDetails {
        version: VERSION.into(),
        endpoints: MODULES.iter().map(endpoint).collect(),
    })
}
