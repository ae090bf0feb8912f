//! *Sync from ChargePoint*.

use chargepoint::Station;
use chargepoint::calls::stations::GetStations;
use domain::locations::SyncResult;

use super::{evses, sites};
use crate::app::Portal;
use crate::books;
use crate::problem::Error;

/// Asks ChargePoint for all stations and takes their sites over into the books.
pub async fn sync(portal: &Portal) -> Result<SyncResult, Error> {
    let _turn = portal.estate.turn().await;
    let kept = portal.estate.rows(&GetStations::default(), false, true).await?;
    // The last answer is no news.
    if let Some(problem) = kept.problem {
        return Err(Error::ChargePoint(Box::new(problem)));
    }
    let stations: Vec<&Station> = kept.answer.iter().map(|row| &*row.record).collect();
    let sites = sites::of(&stations);
    let mut tx = portal.books.write().await?;
    let result = books::sync::apply(&mut tx, sites).await?;
    books::evses::follow(&mut tx, &evses::of(&stations)).await?;
    tx.commit().await?;
    Ok(result)
}
