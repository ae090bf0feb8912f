//! How the portal stands with ChargePoint.

use domain::estate::ChargePointStatus;

use super::transport::{Asked, Call};

pub fn status() -> Asked<ChargePointStatus> {
    Call::get("/chargepoint").fetch()
}
