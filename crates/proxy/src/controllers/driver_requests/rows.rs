//! The requests of all sources as one list in memory.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use domain::driver_requests::DriverRequest;
use domain::problem::Problem;

use crate::app::App;
use crate::books::driver_requests::{self, chargepoint};
use crate::estate::Driver;
use crate::problem::Error;

/// All requests.
pub struct Rows {
    pub requests: Vec<DriverRequest>,
    pub drivers: Arc<Vec<Driver>>,
    /// Why ChargePoint's drivers are old or missing.
    pub problem: Option<Problem>,
}

/// Reads both sources.
pub async fn read(app: &App, anew: bool) -> Result<Rows, Error> {
    let (drivers, problem) = app.estate.drivers(anew).await;
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
