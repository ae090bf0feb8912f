//! Requests of drivers to join a connection: those that came through a link, and those that ChargePoint
//! reports.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Cell, Column, Head, Kind, Listed};
use crate::export::Chosen;
use crate::listing::Page;
use crate::problem::Problem;
use crate::{heads, packed};

/// The words of *Status*.
pub const STATUSES: &[&str] = &["Pending", "Approved", "Denied", "Removed"];
/// The words of *Source*.
pub const SOURCES: &[&str] = &["Invitation", "ChargePoint"];

/// A driver's request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DriverRequest {
    pub id: String,
    pub driver: String,
    pub email: String,
    /// The connection's name.
    pub connection: String,
    /// None: a connection that only ChargePoint knows.
    pub connection_id: Option<String>,
    pub requested_at: Option<Timestamp>,
    pub answers: Vec<Answer>,
    pub card_number: String,
    /// One of [`STATUSES`].
    pub status: String,
    /// One of [`SOURCES`].
    pub source: String,
    pub decided_at: Option<Timestamp>,
    /// What the driver was told with the decision.
    pub text: String,
    /// What an operator is to look at: why the last decision was not carried out, why an approved driver's card
    /// was left as it is, or that another request has the same e-mail address.
    pub problem: Option<String>,
    /// Of a connected driver whose connection asks again: when the answers are as old as that.
    #[serde(default)]
    pub answers_due: Option<Timestamp>,
    /// It waits, and was sent from the page of a driver who is connected: approved, it takes the place of the
    /// older request.
    #[serde(default)]
    pub renews: bool,
    pub version: u64,
}

/// What a driver answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    pub question: String,
    pub answer: String,
}

/// Who decides.
const DECIDERS: &[&str] = &["Approve:Connection"];

impl DriverRequest {
    /// The status that a decision about it leads to. One that was approved without an operator, who has yet to
    /// look at the card, can be approved again.
    ///
    /// # Errors
    /// Why the decision cannot be made.
    pub fn decided(&self, decision: Decision) -> Result<&'static str, String> {
        let left = self.source == SOURCES[0] && self.status == "Approved" && self.problem.is_some();
        let left = left && decision == Decision::Approve;
        decision.leads_to(if left { "Pending" } else { &self.status })
    }

    fn allows(&self, decision: Decision) -> bool {
        self.decided(decision).is_ok()
    }

    /// The answers in one line.
    pub fn answers_line(&self) -> String {
        let lines: Vec<String> = self
            .answers
            .iter()
            .map(|answer| format!("{}: {}", answer.question, answer.answer))
            .collect();
        lines.join("; ")
    }
}

impl Listed for DriverRequest {
    const NAME: &'static str = "driver_requests";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("driver", "Driver", Kind::Text, |r| (&r.driver).into()).searched(),
        Column::<Self>::new("email", "E-mail", Kind::Text, |r| (&r.email).into())
            .searched()
            .hidden(),
        Column::<Self>::new("connection", "Connection", Kind::Text, |r| (&r.connection).into()).searched(),
        Column::<Self>::new("requestedAt", "Requested", Kind::Time, |r| {
            (&r.requested_at).into()
        }),
        Column::<Self>::new("status", "Status", Kind::Choice(STATUSES), |r| (&r.status).into()),
        // Last, so that it stands beside the buttons that decide.
        Column::<Self>::new("answers", "Answers", Kind::Text, |r| {
            r.answers_line().as_str().into()
        })
        .searched(),
        Column::<Self>::new("cardNumber", "Card number", Kind::AuthId, |r| {
            (&r.card_number).into()
        })
        .hidden(),
        Column::<Self>::new("connectionId", "Connection ID", Kind::Id, |r| {
            (&r.connection_id).into()
        })
        .hidden(),
        Column::<Self>::new("source", "Source", Kind::Choice(SOURCES), |r| (&r.source).into()).hidden(),
        Column::<Self>::new("decidedAt", "Decided", Kind::Time, |r| (&r.decided_at).into()).hidden(),
        Column::<Self>::new("problem", "Problem", Kind::Text, |r| {
            r.problem.as_deref().map_or(Cell::Empty, Cell::from)
        })
        .hidden(),
        Column::<Self>::new("answersDue", "Answers due", Kind::Time, |r| {
            (&r.answers_due).into()
        })
        .hidden(),
        Column::<Self>::new("renews", "Renews answers", Kind::Bool, |r| r.renews.into()).hidden(),
    ];
    const HEADS: &'static [Head] = heads!(DriverRequest);
    const PACKED: &'static str = packed!(DriverRequest);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("approve", DECIDERS).when(|r| r.allows(Decision::Approve)),
        Action::new("deny", DECIDERS).when(|r| r.allows(Decision::Deny)),
        Action::new("remove", DECIDERS).when(|r| r.allows(Decision::Remove)),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}

/// GET `/driver_requests`: a page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Requests"))]
pub struct Requests<T = DriverRequest> {
    #[serde(flatten)]
    pub page: Page<T>,
    /// Why ChargePoint's drivers are those of its last answer, or missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Decision {
    Approve,
    Deny,
    /// Takes an approved driver off the connection.
    Remove,
}

impl Decision {
    /// The status that it leads to.
    ///
    /// # Errors
    /// Why it cannot be made in this status.
    fn leads_to(self, status: &str) -> Result<&'static str, String> {
        let (from, to, when): (&[&str], _, _) = match self {
            Self::Approve => (&["Pending", "Denied"], "Approved", "pending or denied"),
            Self::Deny => (&["Pending"], "Denied", "pending"),
            Self::Remove => (&["Approved"], "Removed", "approved"),
        };
        if from.contains(&status) {
            Ok(to)
        } else {
            Err(format!(
                "is {} already; only a request that is {when} can be {}",
                status.to_ascii_lowercase(),
                to.to_ascii_lowercase()
            ))
        }
    }
}

/// POST `/driver_requests/decide`: one or many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decide {
    pub chosen: Chosen,
    pub decision: Decision,
    /// What the drivers are told.
    #[serde(default)]
    pub text: String,
}

/// What came of a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    pub done: u64,
    /// Those that stay as they were, each with the reason; the first 100.
    pub undone: Vec<Undone>,
    pub undone_total: u64,
    /// Charge tokens that were made of drivers' cards.
    pub tokens: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Undone {
    pub driver: String,
    pub reason: String,
}

/// GET `/driver_requests/pending`: the badge in the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pending {
    pub count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_decided_when() {
        use Decision::*;
        let ok = [
            ("Pending", Approve, "Approved"),
            ("Denied", Approve, "Approved"),
            ("Pending", Deny, "Denied"),
            ("Approved", Remove, "Removed"),
        ];
        for status in STATUSES {
            for decision in [Approve, Deny, Remove] {
                let to = ok.iter().find(|(from, by, _)| from == status && *by == decision);
                assert_eq!(decision.leads_to(status).ok(), to.map(|(.., to)| *to));
            }
        }
    }
}
