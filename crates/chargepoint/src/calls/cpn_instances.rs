//! `getCPNInstances` (guide, section 4.1).

use super::{Answer, Call, whole};
use crate::codec::record;

record! {
    /// Asks for the instances of the ChargePoint network.
    #[derive(Default)]
    pub struct GetCpnInstances: Sequence "getCPNInstances" {}
}

record! {
    /// The one answer without a response code.
    #[derive(Default)]
    pub struct GetCpnInstancesResponse: Sequence "getCPNInstancesResponse" {
        /// The instances.
        instances: Vec<CpnInstance> => "CPN",
    }
}

record! {
    /// An instance of the ChargePoint network.
    #[derive(Default)]
    pub struct CpnInstance: Sequence "ocpninstances" {
        /// Network identifier, the number before the colon in station and organization ids.
        id: Option<String> => "cpnID",
        /// Short name: `USA`, `EU`.
        name: Option<String> => "cpnName",
        /// Long name.
        description: Option<String> => "cpnDescription",
    }
}

impl Call for GetCpnInstances {
    type Answer = GetCpnInstancesResponse;
}

impl Answer for GetCpnInstancesResponse {
    fn status(&self) -> Option<(&str, &str)> {
        None
    }
}
whole!(GetCpnInstances, CpnInstance, instances, |one| one.id);
