//! Where the portal meets the net: which names it answers to, whom it believes, and how a request came.

pub mod client;
mod hosts;
mod proxies;

pub use hosts::{Hosts, name, setting as host_setting};
pub use proxies::{Proxies, Range};

use std::net::IpAddr;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::http::HeaderMap;
use tokio::sync::Notify;

/// How long a sender may be silent in the middle of a body.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the settings say of the portal's place in the net.
#[derive(Debug)]
pub struct Edge {
    pub hosts: Hosts,
    pub proxies: Proxies,
    /// Browsers reach the portal over https, whatever a single request says.
    pub https: bool,
    /// How long a sender may be silent in the middle of a body.
    pub patience: Duration,
    /// The portal is about to end.
    pub stopping: AtomicBool,
    /// Told when it is.
    pub stopped: Notify,
}

impl Default for Edge {
    fn default() -> Self {
        Self {
            hosts: Hosts::default(),
            proxies: Proxies::default(),
            https: false,
            patience: PATIENCE,
            stopping: AtomicBool::new(false),
            stopped: Notify::new(),
        }
    }
}

/// How a request came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// Who sent it; none where the connection does not say.
    pub client: Option<IpAddr>,
    /// Whether the browser asked over https.
    pub https: bool,
}

impl Edge {
    /// How a request of that peer came. What a header says of it is believed of trusted proxies alone.
    pub fn via(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Via {
        let peer = peer.map(|peer| peer.to_canonical());
        let Some(proxy) = peer.filter(|peer| self.proxies.trust(*peer)) else {
            return Via {
                client: peer,
                https: self.https,
            };
        };
        Via {
            client: Some(self.proxies.client(proxy, headers)),
            https: self.https || proxies::says_https(headers),
        }
    }

    /// From now on the portal is not ready for more.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.stopped.notify_waiters();
    }

    /// Waits for that.
    pub async fn stopped(&self) {
        let mut told = pin!(self.stopped.notified());
        told.as_mut().enable();
        if !self.is_stopping() {
            told.await;
        }
    }

    /// Whether the portal is about to end.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}
