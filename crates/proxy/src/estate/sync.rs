//! *Sync from ChargePoint*.

use domain::locations::SyncResult;

use super::{evses, sites};
use crate::app::Portal;
use crate::books;
use crate::problem::Error;

/// Asks ChargePoint for all stations and takes their sites over into the books.
pub async fn sync(portal: &Portal) -> Result<SyncResult, Error> {
    let _turn = portal.estate.turn().await;
    let stations = portal.estate.all_stations().await.map_err(Error::ChargePoint)?;
    let sites = sites::of(&stations);
    let mut tx = portal.books.write().await?;
    let result = books::sync::apply(&mut tx, sites).await?;
    books::evses::follow(&mut tx, &evses::of(&stations)).await?;
    tx.commit().await?;
    Ok(result)
}
