//! What the tests stand on.

mod calls;
mod people;
mod postgres;
mod show;

pub use calls::{Answer, query};
pub use people::Person;
pub use show::show;

use std::future::pending;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Once};
use std::time::Duration;

use chargepoint::{Client, ClientConfig, Guards};
use domain::access::{ADMINISTRATOR, PERMISSIONS};
use domain::accounts::{AccountInput, NewApiKey};
use domain::locations::{Address, Location};
use domain::privacy::Visibility;
use proxy::access::Settings;
use proxy::app::{App, Portal};
use proxy::books::{self, Books, accounts, keys};
use proxy::connections::{self, Times};
use proxy::controllers::export::Exports;
use proxy::edge::Edge;
use proxy::estate::Estate;
use proxy::live::{self, Live};
use proxy::ocpi::{Ocpi, Party};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use sandbox::{Clock, Running, Sandbox, SandboxConfig};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::OnceCell;
use tokio_rustls::TlsAcceptor;

/// Runs each body on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)*) => { $(
        mod $name {
            use super::*;

            $(#[$meta])*
            async fn run($app: &TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run(&TestApp::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(app) = TestApp::postgres().await {
                    run(&app).await;
                }
            }
        }
    )* };
}
pub(crate) use on_both;

/// 20 November 2026, 10:00 UTC: where the clock of some stand-ins stands.
pub const NOW: i64 = 1_795_168_800;

/// A running portal.
pub struct TestApp {
    pub app: App,
    pub stand_in: Option<Running>,
    /// Where the app's files lie, and on SQLite the books.
    pub dir: TempDir,
    pub url: String,
    /// An administrator's API key.
    pub key: String,
    address: SocketAddr,
    http: reqwest::Client,
}

/// How a portal is to be.
#[derive(Default)]
pub struct Builder {
    url: Option<String>,
    dir: Option<TempDir>,
    sandbox: Option<SandboxConfig>,
    endpoint: Option<String>,
    timeout: Option<Duration>,
    guards: Option<Guards>,
    key: Option<&'static str>,
    public_url: Option<String>,
    exports: Exports,
    access: Settings,
    edge: Edge,
    times: Times,
    live: live::Times,
    tls: Option<TlsAcceptor>,
    no_party: bool,
    no_accounts: bool,
}

impl Builder {
    /// With the stand-in behind it.
    pub fn sandbox(mut self, scale: usize) -> Self {
        self.sandbox = Some(SandboxConfig {
            scale,
            ..SandboxConfig::default()
        });
        self
    }

    /// With the stand-in behind it, whose clock stands at [`NOW`].
    pub fn estate(mut self, scale: usize) -> Self {
        self.sandbox = Some(SandboxConfig {
            scale,
            clock: Clock::manual(NOW),
            ..SandboxConfig::default()
        });
        self
    }

    /// With something else in ChargePoint's place.
    pub fn endpoint(mut self, endpoint: String) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    /// How long it waits for the stand-in.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// What stands between it and the stand-in.
    pub fn guards(mut self, guards: Guards) -> Self {
        self.guards = Some(guards);
        self
    }

    /// How long an export's reader may take nothing.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.exports = Exports::default().patient_for(patience);
        self
    }

    /// Which licence key it uses.
    pub fn key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    /// How accounts are signed in to.
    pub fn access(mut self, access: Settings) -> Self {
        self.access = access;
        self
    }

    /// Where it meets the net.
    pub fn edge(mut self, edge: Edge) -> Self {
        self.edge = edge;
        self
    }

    /// How long clients may take.
    pub fn times(mut self, times: Times) -> Self {
        self.times = times;
        self
    }

    /// How often it looks for what happens.
    pub fn live(mut self, live: live::Times) -> Self {
        self.live = live;
        self
    }

    /// On PostgreSQL; none where there is none.
    pub async fn postgres(mut self) -> Option<TestApp> {
        self.url = Some(postgres::database().await?);
        Some(self.start().await)
    }

    /// With a certificate of its own.
    pub fn tls(mut self, tls: TlsAcceptor) -> Self {
        self.tls = Some(tls);
        self
    }

    /// Without a party of its own.
    pub fn no_party(mut self) -> Self {
        self.no_party = true;
        self
    }

    /// As on its first day: nobody has an account, and the tests no key.
    pub fn no_accounts(mut self) -> Self {
        self.no_accounts = true;
        self
    }

    /// Where drivers reach it.
    pub fn public_url(mut self, url: &str) -> Self {
        self.public_url = Some(url.to_owned());
        self
    }

    pub async fn start(self) -> TestApp {
        let _ = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::WARN)
            .with_test_writer()
            .try_init();
        let dir = self.dir.unwrap_or_else(|| TempDir::new().unwrap());
        let url = match self.url {
            Some(url) => url,
            None => sqlite(&dir.path().join("portal.sqlite")).await,
        };
        let stand_in = match self.sandbox {
            Some(config) => Some(Sandbox::start(config).await.unwrap()),
            None => None,
        };
        let endpoint = self.endpoint.or(stand_in.as_ref().map(Running::endpoint));
        let client = endpoint.map(|endpoint| {
            let mut config = ClientConfig::new(endpoint, self.key.unwrap_or("sandbox"), "sandbox");
            config.timeout = self.timeout.unwrap_or(config.timeout);
            config.guards = self.guards.unwrap_or(config.guards);
            Client::new(config).unwrap()
        });
        let estate = Estate::new(client, stand_in.is_some());
        let books = Books::open(&url).await.unwrap();
        let party = (!self.no_party).then(|| Party {
            country_code: "NL".into(),
            party_id: "EVP".into(),
            name: "EV portal".into(),
        });
        let is_local = self.public_url.is_none();
        let app = Arc::new(Portal {
            books,
            estate,
            exports: self.exports,
            web_dir: dir.path().join("web"),
            public_url: self.public_url,
            limits: proxy::middleware::limits::Limits::default(),
            access: self.access,
            edge: self.edge,
            ocpi: Ocpi::of(party, is_local),
            live: Live::with(self.live),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = proxy::router::Server::new(app.clone());
        tokio::spawn(connections::serve(
            listener,
            self.tls,
            router,
            self.times,
            pending(),
        ));
        let key = match self.no_accounts {
            true => String::new(),
            false => administrator(&app.books).await,
        };
        TestApp {
            app,
            stand_in,
            dir,
            url,
            address,
            http: http_of(&key),
            key,
        }
    }
}

/// The address of books in that file: what lies there, else a copy of empty ones, since making the tables takes longer.
async fn sqlite(file: &Path) -> String {
    static EMPTY: OnceCell<Vec<u8>> = OnceCell::const_new();
    let make = async || {
        let dir = TempDir::new().unwrap();
        let file = dir.path().join("empty.sqlite");
        let books = Books::open(&books::sqlite_url(&file)).await.unwrap();
        books.close().await;
        std::fs::read(file).unwrap()
    };
    if !file.exists() {
        std::fs::write(file, EMPTY.get_or_init(make).await).unwrap();
    }
    books::sqlite_url(file)
}

/// An administrator's API key; a portal that is started again has one already.
async fn administrator(books: &Books) -> String {
    let mut tx = books.write().await.unwrap();
    let account = match accounts::by_email(&mut tx, "test@portal.example").await.unwrap() {
        Some(found) => found.account,
        None => {
            let input = AccountInput {
                name: Some("Tess Tester".into()),
                email: Some("test@portal.example".into()),
                role_id: Some(ADMINISTRATOR.into()),
                ..AccountInput::default()
            };
            accounts::create(&mut tx, input).await.unwrap()
        }
    };
    let new = NewApiKey {
        name: "tests".into(),
        permissions: PERMISSIONS
            .iter()
            .map(|permission| permission.key.to_owned())
            .collect(),
        days: 1,
    };
    let made = keys::create(&mut tx, &account.id, new).await.unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
    made.secret
}

/// A client that sends an API key with every request.
pub fn http_of(key: &str) -> reqwest::Client {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", format!("Bearer {key}").parse().unwrap());
    http_with(headers, Policy::default())
}

/// A client of HTTP without a key, which follows no redirects.
pub fn http() -> reqwest::Client {
    http_with(HeaderMap::new(), Policy::none())
}

/// It never speaks TLS here. It wants to be able to, but not by reading the machine's certificates, which would take
/// longer than what most tests ask.
fn http_with(headers: HeaderMap, redirects: Policy) -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    reqwest::Client::builder()
        .no_proxy()
        .redirect(redirects)
        .default_headers(headers)
        .tls_certs_only([])
        .build()
        .unwrap()
}

impl TestApp {
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// On SQLite, without ChargePoint.
    pub async fn sqlite() -> Self {
        Self::builder().start().await
    }

    /// Another portal over the same books.
    pub async fn beside(&self) -> Self {
        let url = Some(self.url.clone());
        let builder = Builder {
            url,
            ..Builder::default()
        };
        builder.start().await
    }

    /// On PostgreSQL, without ChargePoint; none where there is no PostgreSQL.
    pub async fn postgres() -> Option<Self> {
        Self::builder().postgres().await
    }

    /// The same portal started again over the same books.
    pub async fn restart(self) -> Self {
        self.app.books.close().await;
        Builder {
            url: Some(self.url),
            dir: Some(self.dir),
            ..Builder::default()
        }
        .start()
        .await
    }

    /// Its address.
    pub fn site(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The stand-in behind it.
    pub fn chargepoint(&self) -> &Running {
        self.stand_in.as_ref().unwrap()
    }

    /// Adds a published location without stations and gives its id.
    pub async fn location(&self, name: &str) -> String {
        let location = Location {
            id: format!(
                "loc_{}",
                name.to_lowercase()
                    .replace(|c: char| !c.is_ascii_alphanumeric(), "")
            ),
            name: name.into(),
            address: Address {
                city: "Leiden".into(),
                country: "Netherlands".into(),
                ..Address::default()
            },
            coordinates: None,
            timezone: None,
            opening_hours: None,
            operator_name: "Acme".into(),
            notes: String::new(),
            published: true,
            visibility: Visibility::Published,
            stations: Vec::new(),
            customers: 0,
            tokens: 0,
            gone: false,
            version: 1,
            created_at: "2026-11-20T08:00:00Z".into(),
            updated_at: "2026-11-20T08:00:00Z".into(),
        };
        let mut tx = self.app.books.write().await.unwrap();
        books::locations::insert(&mut tx, &location).await.unwrap();
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        self.app.books.index.forget();
        location.id
    }
}
