//! How the portal stands with ChargePoint.

use domain::estate::ChargePointStatus;

use super::transport::{Answer, Call};

pub async fn status() -> Answer<ChargePointStatus> {
    Call::get("/chargepoint").fetch().await
}
