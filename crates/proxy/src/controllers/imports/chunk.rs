//! PUT `…/imports/{importId}/chunks/{seq}`

use axum::extract::State;
use domain::imports::{Chunk, Import};

use crate::access::Offered;
use crate::app::App;
use crate::books::imports;
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

/// The largest body of a chunk: 50,000 ids of 120 characters, with quotes and commas.
const MAX_BODY: usize = 7 * 1024 * 1024;

pub async fn handler(
    State(app): State<App>,
    Path((id, import_id, seq)): Path<(String, String, u64)>,
    Json(chunk): Json<Chunk, MAX_BODY>,
) -> Result<Json<Offered<Import>>, Error> {
    let import = imports::put_chunk(&app.books, &id, &import_id, seq, chunk.ids).await?;
    Ok(Json(Offered(import)))
}
