//! How the portal stands with ChargePoint.

use domain::estate::ChargepointStatus;

use super::transport::{Answer, Call};

pub async fn status() -> Answer<ChargepointStatus> {
    Call::get("/chargepoint").fetch().await
}
