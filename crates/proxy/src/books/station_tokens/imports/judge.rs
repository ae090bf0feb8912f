//! What each row of a file comes to.

use std::collections::HashMap;

use domain::Timestamp;
use domain::column::Listed;
use domain::moment::{self, Zone};
use domain::organizations::Organization;
use domain::station_tokens::{FIELDS, RowProblem, StationToken, Status};

use super::super::super::{ids, organizations, text};
use super::super::{entered, key};
use super::dates;
use super::sheet::{Cell, Row};
use crate::problem::Error;

/// What the books know of what the file names.
#[derive(Default)]
pub struct Known {
    /// By serial number, as [`key`] gives it.
    pub tokens: HashMap<String, StationToken>,
    /// By id, and by name.
    pub organizations: HashMap<String, Organization>,
    pub names: HashMap<String, String>,
    /// Whoever imports is limited to these organizations.
    pub limited: bool,
}

impl Known {
    pub fn add(&mut self, organization: Organization) {
        let key = organizations::key(&organization.id);
        let name = text::fold(&organization.name);
        self.names.entry(name).or_insert_with(|| key.clone());
        self.organizations.entry(key).or_insert(organization);
    }
}

/// A row that can be taken.
pub struct Candidate {
    pub row: u64,
    pub before: Option<StationToken>,
    pub after: StationToken,
}

impl Candidate {
    /// The EVSE on which the token will be active.
    pub fn claims(&self) -> Option<String> {
        active_on(&self.after)
    }
}

/// The EVSE on which a token is active, folded.
pub fn active_on(token: &StationToken) -> Option<String> {
    (token.status == Status::Active).then(|| text::fold(&token.evse_id))
}

/// The rows that can be taken, and what is wrong with the others.
pub fn all(rows: Vec<Row>, known: &mut Known, now: &str) -> Result<(Vec<Candidate>, Vec<RowProblem>), Error> {
    let (mut candidates, mut problems) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in rows {
        let mut wrong = Wrong {
            row: row.number,
            all: Vec::new(),
        };
        let candidate = one(&row, known, &mut seen, &mut wrong, now)?;
        if wrong.all.is_empty() {
            candidates.extend(candidate);
        }
        problems.append(&mut wrong.all);
    }
    Ok((candidates, problems))
}

/// What is wrong with a row.
struct Wrong {
    row: u64,
    all: Vec<RowProblem>,
}

impl Wrong {
    fn add(&mut self, key: &str, message: impl Into<String>) {
        self.all.push(problem(self.row, key, message));
    }

    fn is_named(&self, key: &str) -> bool {
        let label = label(key);
        self.all.iter().any(|problem| problem.column == label)
    }
}

/// What is wrong with a cell.
pub fn problem(row: u64, key: &str, message: impl Into<String>) -> RowProblem {
    RowProblem {
        row,
        column: label(key).to_owned(),
        message: message.into(),
    }
}

fn label(key: &str) -> &'static str {
    StationToken::column(key).map_or("", |column| column.label)
}

fn one(
    row: &Row,
    known: &mut Known,
    seen: &mut HashMap<String, u64>,
    wrong: &mut Wrong,
    now: &str,
) -> Result<Option<Candidate>, Error> {
    let token_sn = said(row, "tokenSn").unwrap_or_default();
    let own_key = key(token_sn);
    if !own_key.is_empty() {
        let first = *seen.entry(own_key.clone()).or_insert(row.number);
        if first != row.number {
            wrong.add(
                "tokenSn",
                format!("{} stands in row {first} already", token_sn.trim()),
            );
            return Ok(None);
        }
    }
    let before = known.tokens.remove(&own_key);
    if let Some(token) = before.as_ref().filter(|token| !token.ours) {
        wrong.add(
            "tokenSn",
            format!("it belongs to {}, which is not ours", token.org_name),
        );
        return Ok(None);
    }
    let mut after = match &before {
        Some(token) => token.clone(),
        None => StationToken {
            id: ids::new("stk")?,
            version: 1,
            created_at: now.to_owned(),
            updated_at: now.to_owned(),
            ..StationToken::default()
        },
    };
    for (key, cell) in &row.cells {
        // Another spelling of a known serial number is no other token.
        let is_known = *key == "tokenSn" && before.is_some();
        if is_known || matches!(*key, "orgId" | "orgName") {
            continue;
        }
        if let Err(message) = cell.clone().and_then(|text| take(&mut after, key, &text)) {
            wrong.add(key, message);
        }
    }
    set_organization(&mut after, row, known, wrong);
    if let Some(token) = &before {
        keep_what_others_decide(token, &after, wrong);
    }
    if before.is_none() {
        for field in FIELDS.iter().filter(|field| field.required) {
            let column = StationToken::column(field.key);
            let is_empty = column.is_some_and(|column| (column.get)(&after) == domain::column::Cell::Empty);
            if is_empty && !wrong.is_named(field.key) {
                wrong.add(field.key, "a new token needs it");
            }
        }
    }
    if after.status == Status::Active && after.evse_id.is_empty() && !wrong.is_named("evseId") {
        wrong.add("evseId", "an Active token needs an EVSE");
    }
    let row = row.number;
    Ok(Some(Candidate { row, before, after }))
}

/// Whose a token is changes by *Transfer tokens*, which asks whether it can move and leaves its trace; a token
/// that is taken off its station is on none.
fn keep_what_others_decide(before: &StationToken, after: &StationToken, wrong: &mut Wrong) {
    if organizations::key(&before.org_id) != organizations::key(&after.org_id) {
        let said = format!(
            "it belongs to {}; that changes by Transfer tokens only",
            before.org_name
        );
        wrong.add("orgId", said);
    }
    let is_off = matches!(after.status, Status::New | Status::Available);
    if before.status == Status::Active && is_off && !after.evse_id.is_empty() {
        let said = format!(
            "it is Active on {}; a token that becomes {} stands on no EVSE, so leave that cell empty",
            before.evse_id,
            after.status.word()
        );
        wrong.add("status", said);
    }
}

/// The text of a cell that has one.
fn said<'r>(row: &'r Row, key: &str) -> Option<&'r str> {
    let text = row.cell(key).and_then(|cell: &Cell| cell.as_deref().ok());
    text.filter(|text| !text.trim().is_empty())
}

fn take(token: &mut StationToken, key: &str, text: &str) -> Result<(), String> {
    let text = text.trim();
    match key {
        // No token is without one: an empty cell says nothing.
        "status" if text.is_empty() => {}
        "status" => {
            let words = || format!("one of {}", Status::WORDS.join(", "));
            token.status = Status::of(text).ok_or_else(words)?;
        }
        "activationDate" => take_moment(&mut token.activation_date, text)?,
        "appliedDate" => take_moment(&mut token.applied_date, text)?,
        "orderDate" | "shipDate" if !text.is_empty() => entered::set(token, key, &dates::day(text)?)?,
        _ => entered::set(token, key, text)?,
    }
    Ok(())
}

/// A wall clock tells minutes, and one hour of the year twice: what it shows of the moment that is known
/// already means that one.
fn take_moment(moment: &mut Option<Timestamp>, text: &str) -> Result<(), String> {
    let shown = |at: &Timestamp| moment::local(at, Zone::Pacific);
    let said = match text {
        "" => None,
        text => Some(dates::pacific(text)?),
    };
    if said.as_ref().and_then(shown) != moment.as_ref().and_then(shown) {
        *moment = said;
    }
    Ok(())
}

/// By id or by name; no token is without one, so empty cells say nothing.
fn set_organization(token: &mut StationToken, row: &Row, known: &mut Known, wrong: &mut Wrong) {
    for key in ["orgId", "orgName"] {
        if let Some(Err(message)) = row.cell(key) {
            wrong.add(key, message.clone());
        }
    }
    let (id, name) = (said(row, "orgId"), said(row, "orgName"));
    let key = match (id, name) {
        (Some(id), _) => organizations::key(id),
        (None, Some(name)) => match known.names.get(&text::fold(name.trim())) {
            Some(key) => key.clone(),
            None if known.limited => {
                return wrong.add(
                    "orgName",
                    "none of the organizations that your account is limited to",
                );
            }
            None => return wrong.add("orgName", "no organization has that name; give its Org ID too"),
        },
        (None, None) if token.org_id.is_empty() => {
            return wrong.add("orgId", "a new token needs an organization");
        }
        (None, None) => return,
    };
    if !known.organizations.contains_key(&key) {
        if known.limited {
            return wrong.add(
                "orgId",
                "none of the organizations that your account is limited to",
            );
        }
        match organizations::foreign(id.unwrap_or_default(), name.unwrap_or_default()) {
            Ok(organization) => known.add(organization),
            Err(_) if name.is_none() => {
                return wrong.add("orgId", "no organization has that ID; give its name too");
            }
            Err(error) => return wrong.add("orgId", error.to_string()),
        }
    }
    let Some(organization) = known.organizations.get(&key) else {
        return;
    };
    if name.is_some_and(|name| text::fold(name.trim()) != text::fold(&organization.name)) {
        return wrong.add("orgName", format!("{} is {}", organization.id, organization.name));
    }
    token.org_id.clone_from(&organization.id);
    token.org_name.clone_from(&organization.name);
    token.ours = organization.ours;
}
