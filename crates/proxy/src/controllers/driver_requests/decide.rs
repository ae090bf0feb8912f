//! POST `/driver_requests/decide` and `/connections/{id}/driver_requests/decide`: one or many

use std::collections::{HashMap, HashSet};

use axum::extract::State;
use domain::Timestamp;
use domain::driver_requests::{Decide, Decided, Decision, DriverRequest, Undone};
use domain::export::Chosen;
use domain::limits::MAX_CHOSEN;
use domain::rows::matching;

use super::rows::{self, Rows, Within};
use crate::access::to_its_end;
use crate::app::App;
use crate::books::audit::Noted;
use crate::books::driver_requests::{self, Changed, chargepoint};
use crate::books::fields;
use crate::books::listing::as_of;
use crate::clock;
use crate::controllers::listing;
use crate::estate::{Driver, Refused, RefusedKind};
use crate::middleware::body::Json;
use crate::problem::Error;

/// How many that stay as they are come with their reasons.
const MAX_TOLD: usize = 100;
/// Of a request that is not what the sender saw.
const MEANWHILE: &str = "was decided meanwhile; look at it again";

pub async fn handler(
    State(app): State<App>,
    within: Within,
    Json(asked): Json<Decide>,
) -> Result<Json<Decided>, Error> {
    to_its_end(decide(app, within, asked)).await
}

async fn decide(app: App, within: Within, asked: Decide) -> Result<Json<Decided>, Error> {
    let text = fields::note("text", asked.text.trim().to_owned())?;
    let rows = within.read(&app, false).await?;
    let mut outcome = Outcome::default();
    let chosen = chosen(&rows, &asked.chosen, &mut outcome)?;
    let drivers: HashMap<&str, &Driver> = rows
        .drivers
        .iter()
        .map(|driver| (driver.request.id.as_str(), driver))
        .collect();
    let (of_chargepoint, own): (Vec<&DriverRequest>, Vec<&DriverRequest>) = chosen
        .into_iter()
        .partition(|request| drivers.contains_key(request.id.as_str()));
    decide_own(&app, &own, &asked, &text, &mut outcome).await?;
    let of_chargepoint: Vec<&Driver> = of_chargepoint
        .iter()
        .filter_map(|request| drivers.get(request.id.as_str()).copied())
        .collect();
    tell(&app, &of_chargepoint, asked.decision, &text, &mut outcome).await?;
    Ok(Json(outcome.0))
}

#[derive(Default)]
struct Outcome(Decided);

impl Outcome {
    fn done(&mut self, tokens: u64) {
        self.0.done += 1;
        self.0.tokens += tokens;
    }

    fn undone(&mut self, driver: &str, reason: String) {
        self.0.undone_total += 1;
        if self.0.undone.len() < MAX_TOLD {
            self.0.undone.push(Undone {
                driver: driver.to_owned(),
                reason,
            });
        }
    }
}

/// The requests that are meant, each once. An id that is none stands for a request that is gone.
fn chosen<'r>(
    rows: &'r Rows,
    chosen: &Chosen,
    outcome: &mut Outcome,
) -> Result<Vec<&'r DriverRequest>, Error> {
    let (as_of, now) = (as_of(chosen)?, Some(clock::now()));
    let changed_at: HashMap<&str, &Option<Timestamp>> = rows
        .drivers
        .iter()
        .map(|driver| (driver.request.id.as_str(), &driver.changed_at))
        .collect();
    let is_late = |request: &DriverRequest, moments: &[&Option<Timestamp>]| {
        let of_chargepoint = changed_at.get(request.id.as_str()).copied();
        let mut moments = moments.iter().copied().chain(of_chargepoint);
        // ChargePoint's clock may be ahead: what is yet to come says nothing.
        moments.any(|at| at.is_some() && as_of.is_some() && *at > as_of && *at <= now)
    };
    if let Some(query) = &chosen.query {
        let query = listing::read_text(query)?;
        let found = matching(&rows.requests, &query, rows::usual).map_err(Error::fields)?;
        let late = found
            .iter()
            .filter(|request| is_late(request, &[&request.requested_at, &request.decided_at]));
        let (meant, found_now, late) = (chosen.count, found.len() as u64, late.count() as u64);
        if found_now != meant || late > 0 {
            return Err(Error::SelectionChanged {
                meant,
                found: found_now,
                late,
            });
        }
        return Ok(found);
    }
    if chosen.ids.len() > MAX_CHOSEN {
        return Err(Error::TooLarge(format!("At most {MAX_CHOSEN} requests at once.")));
    }
    let by_id: HashMap<&str, &DriverRequest> = rows
        .requests
        .iter()
        .map(|request| (request.id.as_str(), request))
        .collect();
    let mut seen = HashSet::new();
    let ids = chosen.ids.iter().filter(|id| seen.insert(id.as_str()));
    let mut found = Vec::new();
    for id in ids {
        match by_id.get(id.as_str()) {
            Some(request) if is_late(request, &[&request.decided_at]) => {
                outcome.undone(&request.driver, MEANWHILE.into());
            }
            Some(request) => found.push(*request),
            None => outcome.undone(id, "is gone".into()),
        }
    }
    Ok(found)
}

/// Decides on the portal's own requests in one transaction.
async fn decide_own(
    app: &App,
    requests: &[&DriverRequest],
    asked: &Decide,
    text: &str,
    outcome: &mut Outcome,
) -> Result<(), Error> {
    if requests.is_empty() {
        return Ok(());
    }
    let mut tx = app.books.write().await?;
    tx.silently("each says why it stays as it is");
    // In one order, so that two decisions on the same requests do not wait for each other in a ring.
    let mut ordered = requests.to_vec();
    ordered.sort_by(|a, b| a.id.cmp(&b.id));
    for request in ordered {
        if asked.chosen.as_of.is_some() && !driver_requests::is_still(&mut tx, request).await? {
            outcome.undone(&request.driver, MEANWHILE.into());
            continue;
        }
        match driver_requests::decide(&mut tx, &request.id, asked.decision, text).await? {
            Changed::Done { token } => outcome.done(u64::from(token)),
            Changed::Undone(reason) => outcome.undone(&request.driver, reason),
        }
    }
    Ok(tx.commit().await?)
}

/// Tells ChargePoint, driver by driver: its call takes no more. Once it cannot be reached, the rest is not
/// tried.
async fn tell(
    app: &App,
    drivers: &[&Driver],
    decision: Decision,
    text: &str,
    outcome: &mut Outcome,
) -> Result<(), Error> {
    if drivers.is_empty() {
        return Ok(());
    }
    let mut given_up: Option<String> = None;
    let mut remembered = Vec::new();
    for driver in drivers {
        let name = driver.request.driver.as_str();
        if let Err(reason) = driver.request.decided(decision) {
            outcome.undone(name, reason);
            continue;
        }
        let told = match &given_up {
            Some(reason) => Err(Refused {
                reason: reason.clone(),
                kind: RefusedKind::All,
            }),
            None => app.estate.decide(driver, decision, text).await,
        };
        match told {
            Ok(()) => {
                outcome.done(0);
                remembered.push((driver, None));
            }
            Err(Refused { reason, kind }) => {
                outcome.undone(name, reason.clone());
                if kind == RefusedKind::All {
                    given_up = Some(reason.clone());
                }
                if kind != RefusedKind::Decided {
                    remembered.push((driver, Some(reason)));
                }
            }
        }
    }
    app.estate.forget_drivers();
    let mut tx = app.books.write().await?;
    tx.silently("ChargePoint decided on none");
    for (driver, problem) in &remembered {
        chargepoint::remember(&mut tx, &driver.user_id, text, problem.as_deref()).await?;
        let (before, mut after) = (&driver.request, driver.request.clone());
        let what = match (problem, before.decided(decision)) {
            (None, Ok(status)) => {
                (after.status, after.text) = (status.to_owned(), text.to_owned());
                status
            }
            _ => {
                after.problem.clone_from(problem);
                "Not carried out"
            }
        };
        if let Some(noted) = Noted::of(what, Some(before), Some(&after)) {
            tx.note(noted);
        }
    }
    Ok(tx.commit().await?)
}
