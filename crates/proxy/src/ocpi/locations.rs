//! Locations, as a partner is shown them.

use std::collections::HashMap;

use axum::extract::{Path, State};
use ocpi::locations::{Connector, Evse, Location};
use ocpi::paging::Window;
use ocpi::text::same;

use super::answer::{Page, Refusal, Reply};
use super::asker::{Asker, Us};
use super::body::{Parameters, Site};
use super::stations::Known;
use super::{Party, shape};
use crate::app::App;
use crate::books::Tx;
use crate::books::partners::Asking;
use crate::books::partners::shown::{self, Glimpse};

/// GET `/ocpi/2.2.1/cpo/locations`
pub async fn list(
    State(app): State<App>,
    Asker(asking): Asker,
    Us(party): Us,
    Site(base): Site,
    parameters: Parameters,
) -> Result<Page<Location>, Refusal> {
    let window = Window::read(parameters.0).map_err(Refusal::invalid)?;
    let known = app.ocpi.stations.known(&app, &party).await;
    let mut tx = app.books.read().await?;
    let shown = app.ocpi.shown.all(&mut tx, &app.books.index, &asking).await?;
    let is_meant = |glimpse: &&Glimpse| !window.is_bounded() || window.holds(&last_updated(glimpse, &known));
    let meant: Vec<&Glimpse> = shown.iter().filter(is_meant).collect();
    let total = meant.len() as u64;
    let first = usize::try_from(window.offset).unwrap_or(usize::MAX);
    let count = usize::try_from(window.limit()).unwrap_or(usize::MAX);
    let page: Vec<Glimpse> = meant.into_iter().skip(first).take(count).cloned().collect();
    let items = whole(&mut tx, &asking, &page, &known, &party).await?;
    Ok(Page::of(items, total, &window, &base, "cpo/locations"))
}

/// The newest of what the books say and what ChargePoint says of the stations.
fn last_updated(glimpse: &Glimpse, known: &Known) -> String {
    let evses = glimpse.stations.iter().filter_map(|id| known.get(id)).flatten();
    let newest = evses
        .map(|evse| evse.last_updated.as_str())
        .max()
        .unwrap_or_default();
    newest.max(&glimpse.changed_at).to_owned()
}

async fn whole(
    tx: &mut Tx,
    asking: &Asking,
    page: &[Glimpse],
    known: &Known,
    party: &Party,
) -> Result<Vec<Location>, Refusal> {
    let ids: Vec<String> = page.iter().map(|glimpse| glimpse.id.clone()).collect();
    let by_id: HashMap<&str, &Glimpse> = page
        .iter()
        .map(|glimpse| (glimpse.id.as_str(), glimpse))
        .collect();
    let mut items = Vec::with_capacity(ids.len());
    for (own, to) in shown::whole(tx, asking, &ids).await? {
        let Some(glimpse) = by_id.get(own.id.as_str()) else {
            continue;
        };
        let evses = own.stations.iter().filter_map(|id| known.get(id));
        let evses = evses.flatten().cloned().collect();
        items.extend(shape::location(
            &own,
            to,
            evses,
            &last_updated(glimpse, known),
            party,
        ));
    }
    Ok(items)
}

/// The one of that id. What this partner is not shown is answered like what is not there.
async fn one(app: &App, asking: &Asking, party: &Party, id: &str) -> Result<Location, Refusal> {
    let known = app.ocpi.stations.known(app, party).await;
    let mut tx = app.books.read().await?;
    let found = shown::one(&mut tx, asking, id).await?;
    let mut items = whole(&mut tx, asking, found.as_slice(), &known, party).await?;
    items.pop().ok_or_else(Refusal::no_location)
}

/// GET `/{id}`
pub async fn location(
    State(app): State<App>,
    Asker(asking): Asker,
    Us(party): Us,
    Path(id): Path<String>,
) -> Result<Reply<Location>, Refusal> {
    one(&app, &asking, &party, &id).await.map(Reply)
}

/// GET `/{id}/{evse}`
pub async fn evse(
    State(app): State<App>,
    Asker(asking): Asker,
    Us(party): Us,
    Path((id, evse)): Path<(String, String)>,
) -> Result<Reply<Evse>, Refusal> {
    let location = one(&app, &asking, &party, &id).await?;
    let found = location.evses.into_iter().find(|own| same(&own.uid, &evse));
    found.map(Reply).ok_or_else(Refusal::no_location)
}

/// GET `/{id}/{evse}/{connector}`
pub async fn connector(
    State(app): State<App>,
    Asker(asking): Asker,
    Us(party): Us,
    Path((id, evse, connector)): Path<(String, String, String)>,
) -> Result<Reply<Connector>, Refusal> {
    let location = one(&app, &asking, &party, &id).await?;
    let found = location.evses.into_iter().find(|own| same(&own.uid, &evse));
    let mut connectors = found.into_iter().flat_map(|evse| evse.connectors);
    let found = connectors.find(|own| same(&own.id, &connector));
    found.map(Reply).ok_or_else(Refusal::no_location)
}
