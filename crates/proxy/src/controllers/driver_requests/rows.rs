//! The requests of all sources as one list in memory.

use std::cmp::Ordering;
use std::collections::HashMap;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use domain::driver_requests::DriverRequest;
use domain::problem::Problem;

use crate::access::caller;
use crate::app::App;
use crate::books::connections;
use crate::books::driver_requests::{self, chargepoint};
use crate::estate::Driver;
use crate::problem::Error;

/// All requests.
pub struct Rows {
    pub requests: Vec<DriverRequest>,
    pub drivers: Vec<Driver>,
    /// Why ChargePoint's drivers are old or missing.
    pub problem: Option<Problem>,
}

/// Whose requests an address is about: `/connections/{id}/driver_requests`, or `/driver_requests`, which is
/// about all.
pub struct Within(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Within {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let params = RawPathParams::from_request_parts(parts, state).await;
        let params = params.map_err(|_| Error::NotFound("address"))?;
        let id = params.iter().find(|(name, _)| *name == "id");
        Ok(Self(id.map(|(_, id)| id.to_owned())))
    }
}

impl Within {
    /// All.
    pub const ALL: Self = Self(None);

    /// Reads all sources. The drivers that ChargePoint reports are of no connection of the portal.
    ///
    /// # Errors
    /// There is no such connection.
    pub async fn read(&self, app: &App, anew: bool) -> Result<Rows, Error> {
        if let Self(Some(id)) = self {
            let mut tx = app.books.read().await?;
            connections::get(&mut tx, id).await?;
            return Ok(Rows {
                requests: driver_requests::of(&mut tx, id).await?,
                drivers: Vec::new(),
                problem: None,
            });
        }
        let (drivers, problem) = drivers(app, anew).await;
        let mut tx = app.books.read().await?;
        let mut requests = driver_requests::all(&mut tx).await?;
        let remembered = chargepoint::all(&mut tx).await?;
        requests.extend(drivers.iter().map(|driver| with(driver, &remembered)));
        Ok(Rows {
            requests,
            drivers,
            problem,
        })
    }
}

/// The drivers that ChargePoint reports, and why they are old or missing. It does not say of which organization
/// they are, so whoever is limited to some sees none of them.
async fn drivers(app: &App, anew: bool) -> (Vec<Driver>, Option<Problem>) {
    match &caller().organizations {
        Some(_) => (Vec::new(), None),
        None => app.estate.drivers(anew).await,
    }
}

/// How many of them wait for a decision.
pub async fn waiting(app: &App) -> usize {
    match &caller().organizations {
        Some(_) => 0,
        None => app.estate.drivers_who_wait().await,
    }
}

/// The driver with the portal's last decision. What ChargePoint refused is of no interest once the driver
/// has changed there.
fn with(driver: &Driver, remembered: &HashMap<String, chargepoint::Decided>) -> DriverRequest {
    let mut request = driver.request.clone();
    if let Some(decided) = remembered.get(&driver.user_id) {
        let has_changed = driver
            .changed_at
            .as_ref()
            .is_some_and(|at| *at > decided.decided_at);
        request.version = decided.version;
        match &decided.problem {
            Some(problem) => request.problem = Some(problem.clone()).filter(|_| !has_changed),
            None => {
                request.decided_at = Some(decided.decided_at.clone());
                request.text.clone_from(&decided.text);
            }
        }
    }
    request
}

/// Those that wait first, then the newest.
pub fn usual(a: &DriverRequest, b: &DriverRequest) -> Ordering {
    let waits = |request: &DriverRequest| request.status != "Pending";
    let order = waits(a).cmp(&waits(b));
    order.then_with(|| b.requested_at.cmp(&a.requested_at))
}
