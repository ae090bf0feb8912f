//! Bodies that take too long. A sender may be slow, but not so slow that it only holds its place.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use futures::future::FutureExt;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// How much must arrive in a second, in the long run: a modem's pace.
const PACE: u64 = 4 * 1024;

/// The sender took too long.
#[derive(Debug, thiserror::Error)]
#[error("the body arrives too slowly")]
pub struct Slow;

/// The body, whose sender may be silent for that long, and as long again in all beyond [`PACE`].
pub fn paced(body: Body, patience: Duration) -> Paced {
    Paced {
        body,
        patience,
        received: 0,
        waited: Duration::ZERO,
        wait: None,
    }
}

/// Only the time in which the sender is waited for counts, not what the portal takes itself.
pub struct Paced {
    body: Body,
    patience: Duration,
    received: u64,
    waited: Duration,
    wait: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Paced {
    /// What is left to wait for the next piece.
    fn left(&self) -> Duration {
        let allowed = self.patience + Duration::from_millis(self.received * 1000 / PACE);
        allowed.saturating_sub(self.waited).min(self.patience)
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            if let Some((since, _)) = self.wait.take() {
                self.waited += since.elapsed();
            }
            if let Some(Ok(frame)) = &frame {
                self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let left = self.left();
        let (_, end) = self
            .wait
            .get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        ready!(end.poll_unpin(context));
        Poll::Ready(Some(Err(Slow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Whether a body broke off because its sender was too slow.
pub fn is_slow(error: &axum::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<Slow>() {
            return true;
        }
        cause = error.source();
    }
    false
}
