//! GET `/organizations`: ours first, then those that station tokens name, with the station groups that
//! ChargePoint tells of

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use chargepoint::calls::organizations::{
    GetOrgsAndStationGroups, Organization as Reported, OrganizationGroup, OrganizationsQuery,
};
use chargepoint::codec::json::RecordJson;
use domain::column::{Cell, Column, Head, Listed};
use domain::estate::lists::ORGANIZATIONS;
use domain::organizations::Organization as Known;
use domain::problem::Problem;
use domain::rows::page;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::time::timeout;

use super::calls::EstatePage;
use super::calls::parameters::{self, Parameter};
use crate::access::{caller, spawn};
use crate::app::App;
use crate::books::organizations::{self, key};
use crate::books::text::fold;
use crate::controllers::listing::Listing;
use crate::controllers::locations::stations::is_anew;
use crate::openapi::shape;
use crate::problem::Error;

/// Whoever picks an organization waits no longer for its station groups.
const PATIENCE: Duration = Duration::from_secs(3);

/// An organization with its station groups.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "OrganizationWithGroups")]
pub struct Organization {
    #[serde(flatten)]
    known: Known,
    /// Empty also where ChargePoint does not tell.
    groups: Vec<Group>,
}

/// A station group.
#[derive(Clone)]
pub struct Group(OrganizationGroup);

impl Serialize for Group {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RecordJson(&self.0).serialize(serializer)
    }
}

impl JsonSchema for Group {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ChargePointOrganizationGroup".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        shape::told::<OrganizationGroup>(generator)
    }
}

const fn column(at: usize, get: fn(&Organization) -> Cell) -> Column<Organization> {
    Column {
        head: ORGANIZATIONS.heads[at],
        get,
    }
}

impl Listed for Organization {
    const NAME: &'static str = ORGANIZATIONS.name;
    const COLUMNS: &'static [Column<Self>] = &[
        column(0, |one| (&one.known.id).into()),
        column(1, |one| (&one.known.name).into()),
        column(2, |one| one.known.ours.into()),
        column(3, |one| Cell::Number(one.groups.len() as f64)),
    ];
    const HEADS: &'static [Head] = ORGANIZATIONS.heads;

    fn id(&self) -> &str {
        &self.known.id
    }
}

/// The call's parameters.
pub static PARAMETERS: LazyLock<Vec<Parameter>> = LazyLock::new(parameters::of::<GetOrgsAndStationGroups>);

pub async fn handler(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Result<Response, Error> {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let pairs = pairs.into_owned().collect();
    let asked = parameters::read::<GetOrgsAndStationGroups>(&PARAMETERS, Vec::new(), pairs)?;
    let words: Vec<&str> = PARAMETERS.iter().map(|one| one.name.as_str()).collect();
    let listing = Listing::of(&asked.others, &words, uri)?;
    let is_narrow = asked.call.search_query != OrganizationsQuery::default();
    let (reported, problem) = match reported(&app, asked.call, is_anew(&headers)).await {
        Ok(found) => found,
        Err(error) if is_narrow => return Err(error),
        Err(error) => (Vec::new(), Some(error.problem())),
    };
    let known = organizations::all(&mut app.books.read().await?).await?;
    let all = with_groups(known, reported, is_narrow);
    let mut page = page(&all, &listing.query, usual).map_err(Error::fields)?;
    page.as_of.clone_from(&listing.as_of);
    let (number, pages) = (page.page, page.pages());
    Ok(listing.linked(axum::Json(EstatePage { page, problem }), number, pages))
}

/// What ChargePoint tells, and why that is old. A portal without ChargePoint has its own books only.
async fn reported(
    app: &App,
    call: GetOrgsAndStationGroups,
    anew: bool,
) -> Result<(Vec<Reported>, Option<Problem>), Error> {
    if app.estate.measured().is_none() && call.search_query == OrganizationsQuery::default() {
        return Ok((Vec::new(), None));
    }
    let app = app.clone();
    // Who no longer waits leaves the answer to the next who asks.
    let asking = spawn(async move { app.estate.answer(&call, anew).await });
    let kept = match timeout(PATIENCE, asking).await {
        Ok(Ok(answered)) => answered?,
        Ok(Err(_)) => return Err(Error::Internal("a question to ChargePoint was given up".into())),
        Err(_) => return Err(crate::estate::refused(&chargepoint::Error::Timeout)),
    };
    Ok((kept.answer.organizations.clone(), kept.problem))
}

/// The organizations of the books and of ChargePoint, each once, as far as the caller reaches them; of a
/// narrow question only those that ChargePoint names.
fn with_groups(known: Vec<Known>, reported: Vec<Reported>, is_narrow: bool) -> Vec<Organization> {
    let caller = caller();
    let mut groups: HashMap<String, Reported> = reported
        .into_iter()
        .filter_map(|one| Some((key(one.org_id.as_deref()?), one)))
        .filter(|(key, _)| caller.reaches(key))
        .collect();
    let mut all = Vec::new();
    for known in known {
        let found = groups.remove(&key(&known.id));
        if found.is_some() || !is_narrow {
            let groups = found.map(|one| one.groups).unwrap_or_default();
            let groups = groups.into_iter().map(Group).collect();
            all.push(Organization { known, groups });
        }
    }
    let new = groups.into_values().map(|one| Organization {
        known: Known {
            id: one.org_id.unwrap_or_default(),
            name: one.organization_name.unwrap_or_default(),
            ours: false,
        },
        groups: one.groups.into_iter().map(Group).collect(),
    });
    all.extend(new);
    all
}

/// Ours first, then by name.
fn usual(a: &Organization, b: &Organization) -> Ordering {
    let order = b.known.ours.cmp(&a.known.ours);
    order.then_with(|| fold(&a.known.name).cmp(&fold(&b.known.name)))
}
