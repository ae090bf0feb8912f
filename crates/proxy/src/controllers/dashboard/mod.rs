//! GET `/dashboard/{part}`: figures, each with the list that holds what it counts. Where it can be, a figure is the
//! count of that list, so that the two cannot disagree.

pub mod books;
pub mod energy;
pub mod estate;

use axum::response::{IntoResponse, Response};
use domain::column::Listed;
use domain::dashboard::{Figure, Part};
use domain::listing::ListQuery;
use domain::rows::matching;

use super::listing::read_text;
use crate::books::Tx;
use crate::books::listing::Source;
use crate::estate::Kept;
use crate::middleware::body::Json;
use crate::problem::Error;

/// How many rows in memory a query means.
fn count<T: Listed>(rows: &[T], query: &str) -> Result<f64, Error> {
    let query = read_text(query)?;
    let found = matching(rows, &query, |_, _| std::cmp::Ordering::Equal).map_err(Error::fields)?;
    Ok(found.len() as f64)
}

/// How many rows of a list of the books a query means.
async fn total<S: Source<Path = ()>>(tx: &mut Tx, query: &str) -> Result<f64, Error> {
    let query = ListQuery {
        page_size: 1,
        ..read_text(query)?
    };
    let rows = S::rows(tx, ()).await?;
    Ok(rows.page(tx, &query).await?.total as f64)
}

/// Figures of what is kept.
fn part<T: ?Sized>(figures: Vec<Figure>, kept: &Kept<T>) -> Response {
    let part = Part {
        figures,
        as_of: kept.as_of.clone(),
        problem: kept.problem.clone(),
    };
    ([super::calls::age(kept)], Json(part)).into_response()
}
