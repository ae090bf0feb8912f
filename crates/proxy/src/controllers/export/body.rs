//! A file on its way: pieces through a short channel. A file that ends early breaks the answer off, so
//! that nobody takes it for a whole one.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use futures::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel as pieces};
use tokio::time::timeout;

/// How many pieces wait for the reader.
const WAITING: usize = 4;

enum Piece {
    Bytes(Bytes),
    End,
}

/// Where a file is written to.
pub struct Sink {
    sender: Sender<Piece>,
    patience: Duration,
}

/// Why nobody takes the file any more.
#[derive(Debug, thiserror::Error)]
pub enum Left {
    #[error("the download was broken off")]
    Gone,
    #[error("nobody took the file for {0} seconds")]
    Slow(u64),
}

/// What the reader gets.
pub struct Pieces {
    receiver: Receiver<Piece>,
    ended: bool,
}

/// A new file's two ends.
pub fn channel(patience: Duration) -> (Sink, Pieces) {
    let (sender, receiver) = pieces(WAITING);
    let ended = false;
    (Sink { sender, patience }, Pieces { receiver, ended })
}

impl Sink {
    /// Sends bytes, once there is room.
    pub async fn send(&self, bytes: Vec<u8>) -> Result<(), Left> {
        self.put(Piece::Bytes(bytes.into())).await
    }

    /// Says that the file is whole.
    pub async fn end(&self) -> Result<(), Left> {
        self.put(Piece::End).await
    }

    /// Waits until the reader has left.
    pub async fn left(&self) {
        self.sender.closed().await;
    }

    async fn put(&self, piece: Piece) -> Result<(), Left> {
        match timeout(self.patience, self.sender.send(piece)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Left::Gone),
            Err(_) => Err(Left::Slow(self.patience.as_secs())),
        }
    }
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = std::task::ready!(self.receiver.poll_recv(context));
        self.ended = !matches!(piece, Some(Piece::Bytes(_)));
        Poll::Ready(match piece {
            Some(Piece::Bytes(bytes)) => Some(Ok(bytes)),
            Some(Piece::End) => None,
            None => Some(Err(io::Error::other("the export failed"))),
        })
    }
}
