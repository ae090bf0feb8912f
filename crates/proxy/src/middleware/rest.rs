//! What nobody read of a body: it is taken all the same before the answer goes out. A client that is cut
//! off while it sends sees a broken connection, and not what was wrong.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use tokio::sync::oneshot::{self, Receiver, Sender};
use tokio::time::timeout;

use super::slow::Paced;

/// How much is taken, and for how long. A file that is larger than any has its end.
const MOST: u64 = 64 * 1024 * 1024;
const LONGEST: Duration = Duration::from_secs(10);

/// The body, and where what is left of it comes to when whoever reads it lets it go.
pub fn kept(body: Paced) -> (Body, Option<Receiver<Paced>>) {
    if body.is_end_stream() {
        return (Body::empty(), None);
    }
    let (back, rest) = oneshot::channel();
    let kept = Kept {
        body: Some(body),
        back: Some(back),
    };
    (Body::new(kept), Some(rest))
}

/// Takes what is left, unless it is still being read.
pub async fn take(rest: Option<Receiver<Paced>>) {
    let Some(mut body) = rest.and_then(|mut rest| rest.try_recv().ok()) else {
        return;
    };
    let all = async move {
        let mut taken = 0;
        while taken <= MOST {
            let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
            let Some(Ok(frame)) = frame else { break };
            taken += frame.data_ref().map_or(0, |data| data.len() as u64);
        }
    };
    let _ = Box::pin(timeout(LONGEST, all)).await;
}

/// Comes back when it is let go before its end.
struct Kept {
    /// None once it has gone back.
    body: Option<Paced>,
    /// None when nothing more is to be had.
    back: Option<Sender<Paced>>,
}

impl HttpBody for Kept {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let frame = Pin::new(body).poll_frame(context);
        if let Poll::Ready(None | Some(Err(_))) = frame {
            self.back = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map(HttpBody::size_hint).unwrap_or_default()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let left = self.body.take().filter(|body| !body.is_end_stream());
        if let (Some(back), Some(left)) = (self.back.take(), left) {
            // Nobody waits for it when the client is gone.
            let _ = back.send(left);
        }
    }
}
