//! What nobody read of a body: it is taken all the same before the answer goes out. A client that is cut
//! off while it sends sees a broken connection, and not what was wrong.

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use tokio::sync::oneshot::{self, Receiver, Sender};
use tokio::time::timeout;

/// How much is taken, and for how long. A file that is larger than any has its end.
const MOST: u64 = 64 * 1024 * 1024;
const LONGEST: Duration = Duration::from_secs(10);

/// The body, and where what is left of it comes to when whoever reads it lets it go.
pub fn kept(body: Body) -> (Body, Receiver<Body>) {
    let (back, rest) = oneshot::channel();
    let kept = Kept {
        body,
        back: Some(back),
    };
    (Body::new(kept), rest)
}

/// Takes what is left, unless it is still being read.
pub async fn take(mut rest: Receiver<Body>) {
    let Ok(mut body) = rest.try_recv() else { return };
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
    body: Body,
    /// None when nothing more is to be had.
    back: Option<Sender<Body>>,
}

impl HttpBody for Kept {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(None | Some(Err(_))) = frame {
            self.back = None;
        }
        frame.map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(back) = self.back.take().filter(|_| !self.body.is_end_stream()) {
            // Nobody waits for it when the client is gone.
            let _ = back.send(mem::take(&mut self.body));
        }
    }
}
