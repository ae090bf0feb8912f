//! GET `/locations/visible` and `/locations/visible/{id}`: what an app shows to a driver

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use domain::listing::ListQuery;
use domain::tokens::TokenType;
use domain::visible::VisibleLocation;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::app::App;
use crate::books::Tx;
use crate::books::authorization::ask::{self, Shown};
use crate::books::listing::Rows;
use crate::controllers::authorize::shown;
use crate::controllers::listing::Listing;
use crate::middleware::body::{Json, Path, Query};
use crate::problem::Error;

/// Who looks: the driver's Auth ID or Chip ID. Without either, what everybody sees.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Driver {
    /// The driver's contract ID.
    auth_id: Option<String>,
    /// The UID of the driver's card.
    chip_id: Option<String>,
    /// What has that Chip ID. Absent: whatever has it.
    #[serde(rename = "type")]
    token_type: Option<TokenType>,
}

impl Driver {
    const WORDS: [&str; 3] = ["authId", "chipId", "type"];

    /// The parameters among those of a list, which refuses what stands twice.
    fn among(pairs: &[(String, String)]) -> Result<Self, Error> {
        let of = |word: &str| {
            let found = pairs.iter().find(|(key, _)| key == word);
            found.map(|(_, value)| value.clone())
        };
        let token_type = match of("type").as_deref() {
            None => None,
            Some("RFID") => Some(TokenType::Rfid),
            Some("Other") => Some(TokenType::Other),
            Some(_) => return Err(Error::field("type", "one of RFID and Other")),
        };
        Ok(Self {
            auth_id: of("authId"),
            chip_id: of("chipId"),
            token_type,
        })
    }

    fn shown(&self) -> Result<Option<Shown>, Error> {
        shown(self.auth_id.as_deref(), self.chip_id.as_deref(), self.token_type)
    }
}

async fn rows(tx: &mut Tx, driver: &Driver) -> Result<Rows<VisibleLocation>, Error> {
    ask::visible(tx, driver.shown()?.as_ref()).await
}

/// A page of them.
pub async fn list(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    uri: Uri,
) -> Result<Response, Error> {
    let listing = Listing::of(&pairs, &Driver::WORDS, uri)?;
    let mut tx = app.books.read().await?;
    let rows = rows(&mut tx, &Driver::among(&pairs)?).await?;
    let page = rows.page(&mut tx, &listing.query).await?;
    Ok(listing.answer(page))
}

/// One of them. What is not shown to the driver is answered like what is not there.
pub async fn one(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(driver): Query<Driver>,
) -> Result<Json<VisibleLocation>, Error> {
    let mut tx = app.books.read().await?;
    let rows = rows(&mut tx, &driver).await?.only(&id);
    let page = rows.page(&mut tx, &ListQuery::default()).await?;
    let found = page.items.into_iter().next();
    Ok(Json(found.ok_or(Error::NotFound("charge location"))?))
}
