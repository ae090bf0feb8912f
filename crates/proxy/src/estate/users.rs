//! Drivers as ChargePoint reports them, and decisions that go to ChargePoint.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chargepoint::{Association, Error, User, UsersQuery, code};
use domain::driver_requests::{Answer, Decision, DriverRequest};
use domain::problem::Problem;

use super::{Estate, problems};
use crate::clock;

/// What every id of such a driver begins with in the portal.
const PREFIX: &str = "cp_";

/// How long after a failure it is passed on: the badge in the navigation asks often, and would wait for
/// ChargePoint each time.
const PATIENCE: Duration = Duration::from_secs(15);

/// The last answer.
#[derive(Default)]
pub struct Drivers {
    last: Arc<Vec<Driver>>,
    problem: Option<Problem>,
    /// When asking last ended, well or not.
    ended: Option<Instant>,
    /// When the last good answer came.
    answered: Option<Instant>,
}

/// A driver.
#[derive(Clone, Debug)]
pub struct Driver {
    /// ChargePoint's own id.
    pub user_id: String,
    pub association: Association,
    /// Last change of anything at ChargePoint.
    pub changed_at: Option<String>,
    /// As it stands in the queue, without what the portal remembers.
    pub request: DriverRequest,
}

/// Why a decision was not carried out.
pub struct Refused {
    /// In the operator's words.
    pub reason: String,
    pub kind: RefusedKind,
}

/// What a refusal says of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedKind {
    /// Somebody decided elsewhere meanwhile: nothing is left to do.
    Decided,
    /// It is about this driver.
    One,
    /// The next driver would meet the same.
    All,
}

impl Estate {
    /// All drivers whom ChargePoint reports: fresh, or those of the last answer and why there is no new
    /// one. With `anew`, no answer will do that had ended before this was asked. Without ChargePoint there
    /// are none.
    pub async fn drivers(&self, anew: bool) -> (Arc<Vec<Driver>>, Option<Problem>) {
        let Some(client) = &self.client else {
            return (Arc::default(), None);
        };
        let asked = Instant::now();
        let mut drivers = self.drivers.lock().await;
        let is_fresh = !anew && drivers.answered.is_some_and(|at| at.elapsed() < self.fresh);
        let was_waited_for = drivers.ended.is_some_and(|at| at >= asked);
        let has_just_failed =
            !anew && drivers.problem.is_some() && drivers.ended.is_some_and(|at| at.elapsed() < PATIENCE);
        if !is_fresh && !was_waited_for && !has_just_failed {
            match client.users(&UsersQuery::default()).await {
                Ok(users) => {
                    drivers.last = Arc::new(users.iter().filter_map(Driver::of).collect());
                    drivers.problem = None;
                    drivers.answered = Some(Instant::now());
                }
                Err(error) => drivers.problem = Some(self.note_problem(error)),
            }
            drivers.ended = Some(Instant::now());
        }
        (Arc::clone(&drivers.last), drivers.problem.clone())
    }

    /// Tells ChargePoint of a decision.
    pub async fn decide(&self, driver: &Driver, decision: Decision, text: &str) -> Result<(), Refused> {
        let word = match decision {
            Decision::Approve => chargepoint::Decision::Approved,
            Decision::Deny => chargepoint::Decision::Rejected,
            Decision::Remove => chargepoint::Decision::Removed,
        };
        let client = self.client().map_err(|problem| Refused {
            reason: problem.title,
            kind: RefusedKind::All,
        })?;
        let told = client.update_user_status(&driver.user_id, driver.association, word, text);
        told.await.map_err(|error| Refused {
            kind: match &error {
                Error::Response { code, .. } if code == code::ALREADY_DECIDED => RefusedKind::Decided,
                Error::Response { .. } => RefusedKind::One,
                _ => RefusedKind::All,
            },
            reason: match &error {
                Error::Response { code, text } => format!("ChargePoint refused it ({code}): {text}"),
                Error::Timeout | Error::Transport(_) => format!(
                    "{}, so the decision may stand there or not; read the list again",
                    problems::of(&error).title
                ),
                other => problems::of(other).title,
            },
        })
    }

    /// What is known of the drivers is no longer fresh.
    pub async fn forget_drivers(&self) {
        self.drivers.lock().await.answered = None;
    }

    /// A plan may lack the call alone; ChargePoint itself is then well.
    fn note_problem(&self, error: Error) -> Problem {
        if matches!(error, Error::Response { .. }) {
            tracing::warn!(%error, "ChargePoint does not report drivers");
            return problems::of(&error);
        }
        match self.note::<()>(Err(error)) {
            Err(problem) => *problem,
            Ok(()) => Problem::default(),
        }
    }
}

impl Driver {
    /// None for a user who never asked and belongs to nothing.
    fn of(user: &User) -> Option<Self> {
        let user_id = user.user_id.clone()?;
        let connection = user.connection.as_ref();
        let asked_at = connection.and_then(|connection| connection.request_time.as_deref());
        let by_connection = match connection.and_then(|connection| connection.status.as_deref()) {
            Some("PENDING") => Some("Pending"),
            Some("APPROVED") => Some("Approved"),
            Some("REJECTED") => Some("Denied"),
            Some("NOT CONNECTED") if asked_at.is_some() => Some("Removed"),
            _ => None,
        };
        let realm = user.management_realm.as_ref();
        let is_managed = realm.is_some_and(|realm| realm.status.as_deref() == Some("APPROVED"));
        let (association, status, name, at, infos) = match by_connection {
            Some(status) => (
                Association::Connection,
                status,
                "ChargePoint connection",
                asked_at,
                connection.and_then(|connection| connection.custom_infos.as_ref()),
            ),
            None if is_managed => (
                Association::ManagementRealm,
                "Approved",
                "ChargePoint management realm",
                realm.and_then(|realm| realm.signup_time.as_deref()),
                realm.and_then(|realm| realm.custom_infos.as_ref()),
            ),
            None => return None,
        };
        let answers = infos.map(|infos| infos.infos.as_slice()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let names = [text(&user.first_name), text(&user.last_name)];
        let cards = user.credential_ids.as_ref().map(|cards| cards.ids.as_slice());
        Some(Self {
            changed_at: user.last_modified.as_deref().and_then(clock::read),
            request: DriverRequest {
                id: format!("{PREFIX}{user_id}"),
                driver: names.join(" ").trim().to_owned(),
                email: user.email().unwrap_or_default().to_owned(),
                connection: name.into(),
                requested_at: at.and_then(clock::read),
                answers: answers
                    .iter()
                    .map(|info| Answer {
                        question: text(&info.key),
                        answer: text(&info.value),
                    })
                    .collect(),
                card_number: cards.and_then(<[String]>::first).cloned().unwrap_or_default(),
                status: status.into(),
                source: "ChargePoint".into(),
                ..DriverRequest::default()
            },
            user_id,
            association,
        })
    }
}
