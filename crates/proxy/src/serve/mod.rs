//! The running server.

mod first;
mod log;
mod secrets;
mod upstream;

pub use secrets::named_url;

use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use crate::access::Settings;
use crate::app::Portal;
use crate::books::authorization::refused;
use crate::books::{self, Books};
use crate::cli::Serve;
use crate::connections::{self, Times};
use crate::controllers::export::Exports;
use crate::edge::{Edge, Hosts, Proxies};
use crate::estate::Estate;
use crate::join::address;
use crate::live::Live;
use crate::middleware::limits::Limits;
use crate::ocpi::{Ocpi, Party};
use crate::problem::Error;
use crate::router::Server;
use crate::tls;

/// How long the books may take to close.
const CLOSING: Duration = Duration::from_secs(5);

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Settings(String),
    #[error("{what}: {error}")]
    Io { what: String, error: io::Error },
    #[error(transparent)]
    Tls(#[from] tls::Unfit),
    #[error(transparent)]
    Books(#[from] books::OpenError),
    #[error("the books: {0}")]
    Ask(#[from] Error),
}

fn io_failure(what: impl Into<String>) -> impl FnOnce(io::Error) -> Failure {
    let what = what.into();
    move |error| Failure::Io { what, error }
}

/// Serves until it is told to stop.
pub fn main(settings: Serve) -> ExitCode {
    log::begin();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(run(settings)),
        Err(error) => Err(io_failure("the runtime")(error)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("ev-portal: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(settings: Serve) -> Result<(), Failure> {
    let mut stop = Stop::new()?;
    let tls = match (&settings.tls_cert, &settings.tls_key) {
        (Some(certificate), Some(key)) => Some(tls::acceptor(certificate, key)?),
        _ => None,
    };
    let books = Books::open(&secrets::database_url(&settings.place)?).await?;
    let stand_in = if settings.sandbox {
        Some(upstream::start_stand_in(&settings).await?)
    } else {
        None
    };
    let client = upstream::client(&settings, stand_in.as_ref())?;
    let app = Arc::new(Portal {
        books,
        estate: Estate::new(client, settings.sandbox),
        exports: Exports::default(),
        web_dir: settings.web_dir.clone(),
        public_url: settings.public_url.clone(),
        limits: Limits::default(),
        access: Settings {
            sandbox: settings.sandbox,
            openid: upstream::openid(&settings)?,
            ..Settings::default()
        },
        edge: edge(&settings),
        ocpi: Ocpi::of(party(&settings), is_local(&settings)),
        live: Live::default(),
    });
    first::check_roles(&app).await?;
    first::prepare(&app, settings.sandbox).await?;

    let address = settings.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(io_failure(format!("{address} cannot be listened at")))?;
    let address = listener.local_addr().map_err(io_failure("the address"))?;
    if !app.edge.https && settings.trusted_proxy.is_empty() && !address.ip().is_loopback() {
        tracing::warn!(
            "others can read passwords on their way: set --tls-cert, or a reverse proxy with TLS in front"
        );
    }
    if let Some(stand_in) = &stand_in {
        println!("chargepoint stand-in on http://{}", stand_in.addr());
    }
    let site = format!("{}://{address}", if tls.is_some() { "https" } else { "http" });
    println!("ev-portal listening on {site}");
    first::offer_set_up(&app, &site).await?;
    let told = async {
        stop.told().await;
        app.edge.stop();
        tokio::select! {
            () = sleep(Duration::from_secs(settings.drain)) => {}
            () = stop.told() => {}
        }
    };
    connections::serve(listener, tls, Server::new(app.clone()), Times::default(), told).await;
    let closing = async {
        refused::write_lot(&app.books).await;
        app.books.close().await;
    };
    if timeout(CLOSING, closing).await.is_err() {
        tracing::warn!("the books were still in use; what was under way is undone");
    }
    if let Some(stand_in) = stand_in {
        stand_in.stop().await.map_err(io_failure("the stand-in"))?;
    }
    Ok(())
}

/// What the portal is to its partners; the stand-in's portal can be tried as somebody.
fn party(settings: &Serve) -> Option<Party> {
    let stand_in = settings.sandbox.then(|| ("NL".to_owned(), "EVP".to_owned()));
    let (country_code, party_id) = settings.ocpi_party.clone().or(stand_in)?;
    Some(Party {
        country_code,
        party_id,
        name: settings.ocpi_name.clone(),
    })
}

/// Whether the portal is for this machine alone: by the address that others know, or because none other was named.
fn is_local(settings: &Serve) -> bool {
    match public_host(settings) {
        Some(host) => address::is_local(host),
        None => {
            let stands_alone = settings.trusted_proxy.is_empty() && settings.allowed_host.is_empty();
            settings.listen.ip().is_loopback() && stands_alone
        }
    }
}

/// The host of the address that others know.
fn public_host(settings: &Serve) -> Option<&str> {
    let (_, host) = settings.public_url.as_deref()?.split_once("://")?;
    Some(host)
}

fn edge(settings: &Serve) -> Edge {
    let url = settings.public_url.as_deref().unwrap_or_default();
    let names = public_host(settings).and_then(crate::edge::name);
    Edge {
        hosts: Hosts::new(names.into_iter().chain(settings.allowed_host.clone())),
        proxies: Proxies::new(settings.trusted_proxy.clone()),
        https: settings.tls_cert.is_some() || url.starts_with("https:"),
        ..Edge::default()
    }
}

/// The signals that tell the server to stop.
struct Stop {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl Stop {
    fn new() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt()).map_err(io_failure("signals"))?,
            terminate: signal(SignalKind::terminate()).map_err(io_failure("signals"))?,
        })
    }

    /// Waits for the next of them.
    async fn told(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Words {
        #[command(flatten)]
        serve: Serve,
    }

    #[test]
    fn a_portal_that_others_may_reach_is_not_of_this_machine_alone() {
        let is_local = |words: &str| {
            let words = ["ev-portal"].into_iter().chain(words.split_whitespace());
            is_local(
                &Words::try_parse_from(words)
                    .unwrap_or_else(|error| panic!("{error}"))
                    .serve,
            )
        };
        for own in [
            "",
            "--listen [::1]:0",
            "--public-url http://localhost:8080 --listen 0.0.0.0:8080",
        ] {
            assert!(is_local(own), "{own}");
        }
        for others in [
            "--public-url https://portal.example",
            "--listen 0.0.0.0:8080",
            "--listen [::]:8080",
            "--allowed-host portal.example",
            "--trusted-proxy 127.0.0.1",
        ] {
            assert!(!is_local(others), "{others}");
        }
    }
}
