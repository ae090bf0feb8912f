//! Sending the accepted ids to a staged import, chunk by chunk.

use domain::imports::{Chunk, Import, MAX_CHUNK_IDS};
use domain::token_file::Report;

use crate::api::transport::Answer;

/// How many chunks so many ids make.
pub fn chunks(ids: usize) -> u64 {
    ids.div_ceil(MAX_CHUNK_IDS) as u64
}

/// The ids of one chunk, as typed.
pub fn chunk(report: &Report, seq: u64) -> Chunk {
    let from = seq as usize * MAX_CHUNK_IDS;
    let ids = report.accepted_from(from).take(MAX_CHUNK_IDS);
    Chunk {
        ids: ids.map(|id| id.display.to_owned()).collect(),
    }
}

/// Sends the chunks that the import does not have yet. Each chunk is made when it is its turn; `sent`
/// hears how far it is. Dropping the future stops after the chunk that is on its way.
pub async fn send(
    mut import: Import,
    chunks: u64,
    make: impl Fn(u64) -> Chunk,
    put: impl AsyncFn(u64, Chunk) -> Answer<Import>,
    sent: impl Fn(&Import),
) -> Answer<Import> {
    sent(&import);
    while import.next_chunk < chunks {
        let seq = import.next_chunk;
        import = put(seq, make(seq)).await?;
        // A server that lost a chunk would otherwise be sent the same one for ever.
        import.next_chunk = import.next_chunk.max(seq + 1);
        sent(&import);
    }
    Ok(import)
}
