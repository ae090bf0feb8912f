//! Sending the accepted ids to a staged import, chunk by chunk.

use domain::imports::MAX_CHUNK_IDS;
use domain::token_file::Report;

use crate::api::Record;
use crate::api::transport::{Answer, Asked};

/// How many chunks so many ids make.
pub fn chunks(ids: u64) -> u64 {
    ids.div_ceil(MAX_CHUNK_IDS as u64)
}

/// The ids of one chunk, as typed.
pub fn chunk(report: &Report, seq: u64) -> Vec<String> {
    let from = seq as usize * MAX_CHUNK_IDS;
    let ids = report.accepted_from(from).take(MAX_CHUNK_IDS);
    ids.map(|id| id.display.to_owned()).collect()
}

/// Sends the chunks from `next` on. Each is made by `put` when it is its turn; `sent` hears of the import
/// how far it is. Dropping the future stops after the chunk that is on its way.
pub async fn send(
    mut next: u64,
    chunks: u64,
    put: &dyn Fn(u64) -> Asked<Record>,
    sent: &dyn Fn(&Record),
) -> Answer<()> {
    while next < chunks {
        let import = put(next).await?;
        // A server that lost a chunk would otherwise be sent the same one for ever.
        next = import.count("nextChunk").max(next + 1);
        sent(&import);
    }
    Ok(())
}
