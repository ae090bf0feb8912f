//! Drivers as ChargePoint reports them, and decisions that go to ChargePoint.

use std::sync::Arc;

use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::users::{CustomInfos, GetUsers};
use chargepoint::{Association, Error, User, code};
use domain::driver_requests::{Answer, Decision, DriverRequest};
use domain::problem::Problem;

use super::rows::Row;
use super::table::Write;
use super::{Estate, problems};
use crate::clock;

/// What every id of such a driver begins with in the portal.
const PREFIX: &str = "cp_";

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
    /// All drivers whom ChargePoint reports: fresh, or those of the last answer and why there is no new one. With
    /// `anew`, no answer will do that had ended before this was asked. Without ChargePoint there are none.
    pub async fn drivers(&self, anew: bool) -> (Vec<Driver>, Option<Problem>) {
        let (users, problem) = self.users(anew).await;
        let drivers = users.iter().filter_map(|row| Driver::of(&row.record));
        (drivers.collect(), problem)
    }

    /// How many drivers wait for a decision, by ChargePoint's last answer where there is no fresh one.
    pub async fn drivers_who_wait(&self) -> usize {
        let (users, _) = self.users(false).await;
        users.iter().filter_map(|row| waiting(&row.record)).count()
    }

    async fn users(&self, anew: bool) -> (Arc<Vec<Row<User>>>, Option<Problem>) {
        let call = GetUsers::default();
        if self.client.is_none() {
            return (Arc::default(), None);
        }
        // The badge in the navigation asks often, and would wait for ChargePoint each time.
        if let Some(error) = self.has_just_failed(&call).filter(|_| !anew) {
            return (Arc::default(), Some(error.problem()));
        }
        match self.rows(&call, false, anew).await {
            Ok(kept) => (kept.answer, kept.problem),
            Err(error) => (Arc::default(), Some(error.problem())),
        }
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
                open if open.leaves_open() => format!(
                    "{}, so the decision may stand there or not; read the list again",
                    problems::of(open).title
                ),
                Error::Response { code, text, .. } => format!("ChargePoint refused it ({code}): {text}"),
                other => problems::of(other).title,
            },
        })
    }

    /// What is known of the drivers is no longer fresh.
    pub fn forget_drivers(&self) {
        self.kept.forget(UpdateUserStatus::CHANGES);
    }
}

const PENDING: &str = "Pending";

/// The request's id of a driver who waits for a decision.
pub fn waiting(user: &User) -> Option<String> {
    standing(user).filter(|standing| standing.status == PENDING)?;
    user.user_id.as_deref().map(id_of)
}

/// What such a driver's request is called in the portal.
fn id_of(user_id: &str) -> String {
    format!("{PREFIX}{user_id}")
}

/// How a driver stands with the organization.
struct Standing<'u> {
    association: Association,
    status: &'static str,
    /// What it is called in the queue.
    connection: &'static str,
    /// Since when.
    at: Option<&'u str>,
    infos: Option<&'u CustomInfos>,
}

/// None for a user who never asked and belongs to nothing.
fn standing(user: &User) -> Option<Standing<'_>> {
    let connection = user.connection.as_ref();
    let asked_at = connection.and_then(|connection| connection.request_time.as_deref());
    let by_connection = match connection.and_then(|connection| connection.status.as_deref()) {
        Some("PENDING") => Some(PENDING),
        Some("APPROVED") => Some("Approved"),
        Some("REJECTED") => Some("Denied"),
        Some("NOT CONNECTED") if asked_at.is_some() => Some("Removed"),
        _ => None,
    };
    if let Some(status) = by_connection {
        return Some(Standing {
            association: Association::Connection,
            status,
            connection: "ChargePoint connection",
            at: asked_at,
            infos: connection.and_then(|connection| connection.custom_infos.as_ref()),
        });
    }
    let realm = user.management_realm.as_ref()?;
    let is_managed = realm.status.as_deref() == Some("APPROVED");
    is_managed.then_some(Standing {
        association: Association::ManagementRealm,
        status: "Approved",
        connection: "ChargePoint management realm",
        at: realm.signup_time.as_deref(),
        infos: realm.custom_infos.as_ref(),
    })
}

impl Driver {
    /// None for a user who never asked and belongs to nothing.
    fn of(user: &User) -> Option<Self> {
        let user_id = user.user_id.clone()?;
        let Standing {
            association,
            status,
            connection,
            at,
            infos,
        } = standing(user)?;
        let answers = infos.map(|infos| infos.infos.as_slice()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let names = [text(&user.first_name), text(&user.last_name)].join(" ");
        let driver = match names.trim() {
            // Somebody has to be named in questions and in the log.
            "" => format!("Driver {user_id}"),
            names => names.to_owned(),
        };
        let cards = user.credential_ids.as_ref().map(|cards| cards.ids.as_slice());
        Some(Self {
            changed_at: user.last_modified.as_deref().and_then(clock::read),
            request: DriverRequest {
                id: id_of(&user_id),
                driver,
                email: user.email().unwrap_or_default().to_owned(),
                connection: connection.into(),
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
