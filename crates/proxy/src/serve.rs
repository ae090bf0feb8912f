//! The running server.

use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use chargepoint::{Client, ClientConfig, Guards};
use sandbox::{Running, Sandbox, SandboxConfig};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::access::Settings;
use crate::app::Portal;
use crate::books::accounts::{self, links};
use crate::books::{self, Books};
use crate::cli::{Place, Serve};
use crate::controllers::export::Exports;
use crate::estate::{self, Estate};
use crate::middleware::limits::Limits;
use crate::problem::Error;
use crate::{access, router, seed, sign_in};

/// How long answers that are under way may take once the server is to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Settings(String),
    #[error("{what}: {error}")]
    Io { what: String, error: io::Error },
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
    let filter =
        EnvFilter::try_from_env("EV_PORTAL_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .init();
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
    let stop = stop_signal()?;
    let books = Books::open(&database_url(&settings.place)?).await?;
    let stand_in = if settings.sandbox {
        Some(start_stand_in(&settings).await?)
    } else {
        None
    };
    let client = client(&settings, stand_in.as_ref())?;
    let estate = Estate::new(client, settings.sandbox);
    let app = Arc::new(Portal {
        books,
        estate,
        exports: Exports::default(),
        web_dir: settings.web_dir.clone(),
        public_url: settings.public_url.clone(),
        limits: Limits::default(),
        access: Settings {
            secure: settings
                .public_url
                .as_deref()
                .is_some_and(|url| url.starts_with("https:")),
            sandbox: settings.sandbox,
            ..Settings::default()
        },
    });
    prepare(&app, settings.sandbox).await?;

    let address = settings.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(io_failure(format!("{address} cannot be listened at")))?;
    let address = listener.local_addr().map_err(io_failure("the address"))?;
    if let Some(stand_in) = &stand_in {
        println!("chargepoint stand-in on http://{}", stand_in.addr());
    }
    println!("ev-portal listening on http://{address}");
    offer_set_up(&app, &address.to_string()).await?;
    let (told, when_told) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(
        listener,
        router::build(app.clone()).into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(async move {
        stop.await;
        drop(told);
    })
    .into_future();
    tokio::select! {
        ended = server => ended.map_err(io_failure("serving"))?,
        () = async { let _ = when_told.await; tokio::time::sleep(GRACE).await } => {}
    }
    app.books.close().await;
    if let Some(stand_in) = stand_in {
        stand_in.stop().await.map_err(io_failure("the stand-in"))?;
    }
    Ok(())
}

/// What is done before the first request: stale imports go, and locations and EVSEs come from ChargePoint
/// if there are none. The stand-in answers at once, so the sandbox's books wait for it.
async fn prepare(app: &Arc<Portal>, sandbox: bool) -> Result<(), Failure> {
    books::imports::sweep_soon(app);
    if sandbox {
        sign_in::fill(&app.books).await?;
    }
    let known = !books::locations::is_empty(&app.books).await? && !books::evses::is_empty(&app.books).await?;
    if !app.estate.status().configured || known {
        return Ok(());
    }
    if sandbox {
        estate::sync(app).await?;
        seed::fill(&app.books).await?;
        return Ok(());
    }
    let app = app.clone();
    access::spawn(async move {
        if let Err(error) = estate::sync(&app).await {
            tracing::warn!(%error, "the first sync from ChargePoint failed; it can be repeated in the portal");
        }
    });
    Ok(())
}

/// Without accounts, the way to the first one.
async fn offer_set_up(app: &Arc<Portal>, address: &str) -> Result<(), Failure> {
    if !accounts::is_empty(&app.books).await? {
        return Ok(());
    }
    let mut tx = app.books.write().await.map_err(Error::from)?;
    let link = links::make(&mut tx, None).await?;
    tx.commit().await.map_err(Error::from)?;
    let site = app
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{address}"));
    println!("There are no accounts yet. Make the first at {site}{}", link.path);
    Ok(())
}

/// Waits for an interrupt or a request to end.
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).map_err(io_failure("signals"))?;
    let mut terminate = signal(SignalKind::terminate()).map_err(io_failure("signals"))?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

fn database_url(place: &Place) -> Result<String, Failure> {
    if let Some(url) = &place.database_url {
        return Ok(url.clone());
    }
    let directory = &place.data_dir;
    std::fs::create_dir_all(directory).map_err(io_failure(directory.display().to_string()))?;
    Ok(books::sqlite_url(&directory.join("portal.sqlite")))
}

async fn start_stand_in(settings: &Serve) -> Result<Running, Failure> {
    let scale = settings.sandbox_scale;
    if !(1..=SandboxConfig::MAX_SCALE).contains(&scale) {
        return Err(Failure::Settings(format!(
            "--sandbox-scale is from 1 to {}",
            SandboxConfig::MAX_SCALE
        )));
    }
    let config = SandboxConfig {
        seed: settings.sandbox_seed,
        scale,
        ..SandboxConfig::default()
    };
    Sandbox::start(config).await.map_err(io_failure("the stand-in"))
}

/// The client of the stand-in or of ChargePoint; none where nothing is set.
fn client(settings: &Serve, stand_in: Option<&Running>) -> Result<Option<Client>, Failure> {
    let config = match (stand_in, &settings.chargepoint_url, settings.chargepoint_region) {
        (Some(stand_in), ..) => ClientConfig::new(stand_in.endpoint(), "sandbox", "sandbox"),
        (None, None, None) => return Ok(None),
        (None, url, region) => {
            let endpoint = url
                .as_deref()
                .or(region.map(|region| region.endpoint()))
                .unwrap_or_default();
            let key = secret(
                settings.chargepoint_license_key_file.as_deref(),
                "CHARGEPOINT_LICENSE_KEY",
            )?;
            let password = secret(
                settings.chargepoint_password_file.as_deref(),
                "CHARGEPOINT_PASSWORD",
            )?;
            ClientConfig::new(endpoint, key, password)
        }
    };
    let guards = match stand_in {
        // It is ours to break and to mend, and takes any number of wildcards.
        Some(_) => Guards {
            breaker: None,
            one_wildcard_a_day: false,
            per_minute: None,
            ..Guards::default()
        },
        None => Guards {
            per_minute: Some(settings.chargepoint_per_minute),
            ..Guards::default()
        },
    };
    let config = ClientConfig {
        timeout: Duration::from_secs(settings.chargepoint_timeout.max(1)),
        max_in_flight: settings.chargepoint_in_flight,
        guards,
        ..config
    };
    Client::new(config)
        .map(Some)
        .map_err(|error| Failure::Settings(error.to_string()))
}

/// A secret from its file, else from the environment.
fn secret(file: Option<&Path>, name: &str) -> Result<String, Failure> {
    let name = format!("EV_PORTAL_{name}");
    let text = match file {
        Some(file) => std::fs::read_to_string(file).map_err(io_failure(file.display().to_string()))?,
        None => std::env::var(&name).unwrap_or_default(),
    };
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(Failure::Settings(format!(
            "ChargePoint needs a secret: name its file, or set {name}"
        )));
    }
    Ok(text)
}
