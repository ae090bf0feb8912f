//! Connections: taken one by one, with an end to everything that a client can draw out.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use futures::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;

use crate::router::Server;

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// For the handshake of TLS, and for a request's head, from the end of the answer before.
    pub head: Duration,
    /// For which a reader may take nothing of an answer.
    pub stall: Duration,
    /// For requests that are under way when the portal is to stop.
    pub grace: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(20),
            stall: Duration::from_secs(90),
            grace: Duration::from_secs(10),
        }
    }
}

/// The most at a time; the next wait to be taken. Most systems let a program have 1,024 files.
const MOST: usize = 800;
/// After a connection could not be taken, as when the files run out.
const PAUSE: Duration = Duration::from_millis(500);

/// Serves until `stop` ends, then until what is under way has ended, which has its time.
pub async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    server: Server,
    times: Times,
    stop: impl Future<Output = ()>,
) {
    let (told, _) = watch::channel(());
    let room = Arc::new(Semaphore::new(MOST));
    let mut open = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = room.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        while open.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                let (tls, server, stopping) = (tls.clone(), server.clone(), told.subscribe());
                open.spawn(async move {
                    let _place = place;
                    if let Err(error) = connection(stream, peer, tls, server, times, stopping).await {
                        tracing::debug!(%error, "a connection ended early");
                    }
                });
            }
            // The client left before it was taken.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::error!(%error, "a connection could not be taken");
                sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    let _ = told.send(());
    let ended = async { while open.join_next().await.is_some() {} };
    if timeout(times.grace, ended).await.is_err() {
        tracing::warn!(
            requests = open.len(),
            "requests were broken off; what they began in the books is undone"
        );
        open.shutdown().await;
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    server: Server,
    times: Times,
    stopping: watch::Receiver<()>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    stream.set_nodelay(true)?;
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(times.stall));
    let stream = Box::pin(stream);
    match tls {
        Some(tls) => {
            let stream = timeout(times.head, tls.accept(stream)).await??;
            talk(stream, peer, server, times, stopping).await?;
        }
        None => talk(stream, peer, server, times, stopping).await?,
    }
    Ok(())
}

async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    server: Server,
    times: Times,
    mut stopping: watch::Receiver<()>,
) -> hyper::Result<()> {
    let service = service_fn(move |request: Request<Incoming>| {
        // In a place of its own: what answers is large, and would be moved along with the connection.
        let answer = Box::pin(server.clone().answer(peer.ip(), request.map(Body::new)));
        answer.map(Ok::<_, Infallible>)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(times.head);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        biased;
        ended = connection.as_mut() => return ended,
        _ = stopping.changed() => connection.as_mut().graceful_shutdown(),
    }
    connection.await
}
