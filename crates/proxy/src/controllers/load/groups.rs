//! GET `/load/groups`: what the stations of station groups draw, of what they could

use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use chargepoint::calls::organizations::GetOrgsAndStationGroups;
use domain::load::{LoadOfStation, Sum, rounded};
use schemars::JsonSchema;
use serde::Serialize;

use super::list::{WORD, of, read};
use crate::app::App;
use crate::controllers::calls::list::pairs_of;
use crate::controllers::calls::sums::Sums;
use crate::controllers::locations::stations::is_anew;
use crate::estate::groups::{Names, Tree, all};
use crate::estate::load::Of;
use crate::middleware::body::Json;
use crate::problem::Error;

/// What a station group draws, with the groups below it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadOfGroup {
    sg_id: String,
    /// With its organization's name, where groups of several have that name, and with how many of its stations
    /// tell what they draw, where not all do.
    sg_name: String,
    /// How many stations are in it.
    stations: usize,
    /// How many of them tell what they draw.
    telling: usize,
    /// What these draw, kW.
    load: f64,
    /// What the ports of these can give together, kW.
    capacity: f64,
}

/// All groups with stations that the caller reaches, or one; who draws the most first. A group of which no station
/// tells what it draws has no figure, and is left out.
pub async fn handler(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Result<Response, Error> {
    let pairs = pairs_of(uri.query());
    if let Some((key, _)) = pairs.iter().find(|(key, _)| key != WORD) {
        return Err(Error::Malformed(format!(
            "{key} is no parameter here; there is {WORD}"
        )));
    }
    let of = of(&pairs)?;
    let loads = read(&app, &of, is_anew(&headers)).await?;
    let told = app
        .estate
        .answer(&GetOrgsAndStationGroups::default(), false)
        .await?;
    let organizations = &told.answer.organizations;
    let tree = Tree::of(organizations);
    let names = Names::of(organizations);
    let mut items = Vec::new();
    for (organization, group) in all(organizations) {
        let id = group.sg_id.as_deref().unwrap_or_default().trim();
        let stations: Vec<&LoadOfStation> = match &of {
            Of::Group(own) if own == id => loads.stations.iter().collect(),
            Of::Group(_) => continue,
            _ => {
                let held = tree.below(id);
                let is_in = |one: &&LoadOfStation| one.group_ids.iter().any(|id| held.contains(id.as_str()));
                loads.stations.iter().filter(is_in).collect()
            }
        };
        let sum = Sum::of(stations);
        if sum.telling == 0 {
            continue;
        }
        items.push(LoadOfGroup {
            sg_id: id.to_owned(),
            sg_name: sum.named(&names.name(organization, group)),
            stations: sum.stations,
            telling: sum.telling,
            load: rounded(sum.load),
            capacity: rounded(sum.capacity),
        });
    }
    items.sort_by(|a, b| b.load.total_cmp(&a.load));
    let sums = Sums {
        total: items.len() as u64,
        items,
        as_of: loads.as_of,
        problem: loads.problem,
    };
    Ok(([(header::AGE, loads.age.to_string())], Json(sums)).into_response())
}
