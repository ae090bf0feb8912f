//! GET `/organizations`: ours first, then those that station tokens name, with the station groups that
//! ChargePoint tells of; and the same as a file

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use chargepoint::calls::Call;
use chargepoint::calls::organizations::{
    GetOrgsAndStationGroups, Organization as Reported, OrganizationGroup, OrganizationsQuery,
};
use chargepoint::codec::json::RecordJson;
use domain::column::{Cell, Column, Head, Listed};
use domain::estate::lists::ORGANIZATIONS;
use domain::export::ExportRequest;
use domain::organizations::Organization as Known;
use domain::rows::page;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::time::timeout;

use super::calls::list::pairs_of;
use super::calls::parameters::{self, Asked, Parameter};
use super::calls::{EstatePage, age};
use super::export::{Wanted, of_rows};
use crate::access::{caller, to_its_end};
use crate::app::App;
use crate::books::organizations::{self, key};
use crate::books::text::fold;
use crate::controllers::listing::{Listing, words};
use crate::controllers::locations::stations::is_anew;
use crate::estate::Kept;
use crate::middleware::body::{Json, Query};
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

type Pairs = Vec<(String, String)>;
type Told = Kept<<GetOrgsAndStationGroups as Call>::Answer>;

/// One page.
pub async fn get(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Result<Response, Error> {
    let asked = asked(pairs_of(uri.query()))?;
    let words: Vec<&str> = PARAMETERS.iter().map(|one| one.name.as_str()).collect();
    let listing = Listing::of(&asked.others, &words, uri)?;
    let is_narrow = is_narrow(&asked.call);
    let asking = reported(&app, asked.call, is_anew(&headers));
    let told = match timeout(PATIENCE, asking).await {
        Ok(told) => told,
        Err(_) => Err(crate::estate::refused(&chargepoint::Error::Timeout)),
    };
    let (told, problem) = match told {
        Ok(told) => (told, None),
        Err(error) if is_narrow => return Err(error),
        Err(error) => (None, Some(error.problem())),
    };
    let all = all(&app, told.as_ref(), is_narrow).await?;
    let mut page = page(&all, &listing.query, usual).map_err(Error::fields)?;
    page.as_of.clone_from(&listing.as_of);
    let mut header = None;
    if let Some(told) = &told {
        page.as_of.clone_from(&told.as_of);
        header = Some(age(told));
    }
    let problem = problem.or_else(|| told?.problem);
    let mut response = EstatePage::of(page, problem).linked(&listing);
    response.headers_mut().extend(header);
    Ok(response)
}

/// The list as a file, by parameters.
pub async fn export(State(app): State<App>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let asked = asked(pairs)?;
    let wanted = Wanted::of_parameters(asked.others)?;
    file(app, asked.call, wanted).await
}

/// The list as a file, by a body.
pub async fn export_by_body(
    State(app): State<App>,
    Json(request): Json<ExportRequest>,
) -> Result<Response, Error> {
    let asked = asked(words(&request.query))?;
    let wanted = Wanted::of_others(request, &asked.others)?;
    file(app, asked.call, wanted).await
}

/// A file has no place for a problem: without ChargePoint's word there is none.
async fn file(app: App, call: GetOrgsAndStationGroups, wanted: Wanted) -> Result<Response, Error> {
    let is_narrow = is_narrow(&call);
    let told = reported(&app, call, false).await?;
    let all = all(&app, told.as_ref(), is_narrow).await?;
    of_rows(app, all, usual, wanted).await
}

fn asked(pairs: Pairs) -> Result<Asked<GetOrgsAndStationGroups>, Error> {
    parameters::read(&PARAMETERS, Vec::new(), pairs)
}

fn is_narrow(call: &GetOrgsAndStationGroups) -> bool {
    call.search_query != OrganizationsQuery::default()
}

/// What ChargePoint tells. A portal without ChargePoint has its own books only.
async fn reported(app: &App, call: GetOrgsAndStationGroups, anew: bool) -> Result<Option<Told>, Error> {
    if app.estate.measured().is_none() && !is_narrow(&call) {
        return Ok(None);
    }
    let app = app.clone();
    // Who no longer waits leaves the answer to the next who asks.
    let answered = to_its_end(async move { app.estate.answer(&call, anew).await });
    answered.await.map(Some)
}

/// The organizations of the books, and those that ChargePoint tells of.
async fn all(app: &App, told: Option<&Told>, is_narrow: bool) -> Result<Vec<Organization>, Error> {
    let reported = told.map(|told| told.answer.organizations.clone());
    let known = organizations::all(&mut app.books.read().await?).await?;
    Ok(with_groups(known, reported.unwrap_or_default(), is_narrow))
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
