//! A stand-in for ChargePoint: the same API over a simulated estate.
//!
//! The stand-in speaks the operation table of [`chargepoint`] over HTTP on this machine. Its estate
//! grows from a seed number: the same number gives the same stations, and the state of a port is a
//! function of seed, port and time. Tests can break it ([`Running::set_fault`]) and change its
//! estate ([`Running::estate`]); a program can do the same through its control addresses.

mod clock;
pub mod estate;
mod fault;
mod http;
mod random;
mod search;
mod service;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chargepoint::calls::Call;
use chargepoint::table::Operation;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use clock::{Clock, date_time};
pub use estate::Estate;
pub use fault::{Fault, Rule, Rules};
use service::Service;

/// What the stand-in says of itself wherever it can: at its start, in its `Server` header and in
/// its WSDL.
pub const LABEL: &str = "ChargePoint stand-in (sandbox), not ChargePoint";

/// Path of the SOAP endpoint.
pub const ENDPOINT: &str = "/webservices/chargepoint/services/5.1";

/// Path of the contract.
pub const WSDL: &str = "/cp_api_5.1.wsdl";

/// How a stand-in is to be.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    /// Address to listen at; port 0 for a free one.
    pub listen: SocketAddr,
    /// Seed of the estate.
    pub seed: u64,
    /// Number of stations.
    pub scale: usize,
    /// Licence key it takes.
    pub license_key: SecretString,
    /// Password it takes.
    pub password: SecretString,
    /// Where it reads the time.
    pub clock: Clock,
    /// How it is broken at first.
    pub faults: Rules,
    /// Whether its estate holds what pages may stumble over; see [`Estate::add_oddities`].
    pub oddities: bool,
}

impl SandboxConfig {
    /// Stations of an estate when nothing is said.
    pub const DEFAULT_SCALE: usize = 160;
    /// Stations of the largest estate.
    pub const MAX_SCALE: usize = 10_000;
}

impl Default for SandboxConfig {
    /// A free port of this machine, seed 1, 160 stations, key and password `sandbox`.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            scale: Self::DEFAULT_SCALE,
            license_key: "sandbox".into(),
            password: "sandbox".into(),
            clock: Clock::System,
            faults: Rules::default(),
            oddities: false,
        }
    }
}

/// The stand-in; see [`Sandbox::start`].
pub struct Sandbox;

impl Sandbox {
    /// Starts a stand-in; it answers when this returns.
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn start(config: SandboxConfig) -> io::Result<Running> {
        let listener = TcpListener::bind(config.listen).await?;
        let addr = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let service = Arc::new(Service::new(config, stopped.clone()));
        let task = tokio::spawn(http::serve(listener, Arc::clone(&service), stopped));
        Ok(Running {
            addr,
            service,
            stop,
            task,
        })
    }
}

/// A stand-in that runs. It ends with [`Running::stop`], or when this is dropped.
pub struct Running {
    addr: SocketAddr,
    service: Arc<Service>,
    stop: watch::Sender<bool>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Address it listens at.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// URL of the SOAP endpoint.
    pub fn endpoint(&self) -> String {
        format!("http://{}{ENDPOINT}", self.addr)
    }

    /// URL of the contract.
    pub fn wsdl(&self) -> String {
        format!("http://{}{WSDL}", self.addr)
    }

    /// Makes every call fail in one way, until told otherwise.
    pub fn set_fault(&self, fault: Option<Fault>) {
        let rules = fault.map(|fault| Rules::of(fault, None));
        self.service.set_faults(rules.unwrap_or_default());
    }

    /// Makes one call fail, until told otherwise; all others work.
    pub fn set_fault_of<C: Call>(&self, fault: Fault) {
        let operation = Operation::of::<C>().name;
        self.service.set_faults(Rules::of(fault, Some(operation)));
    }

    /// Makes calls fail by these rules, and no others.
    pub fn set_faults(&self, rules: Rules) {
        self.service.set_faults(rules);
    }

    /// Looks at the estate, or changes it.
    pub fn estate<T>(&self, with: impl FnOnce(&mut Estate) -> T) -> T {
        self.service.estate(with)
    }

    /// Sets its clock, where that is set by hand.
    pub fn set_clock(&self, seconds: i64) {
        self.service.set_clock(seconds);
    }

    /// Messages received at the endpoint so far, good and bad: lets a test see what a cache saves.
    pub fn calls(&self) -> usize {
        self.service.calls.load(Ordering::Relaxed)
    }

    /// Ends it: what is being answered is answered, what hangs is dropped.
    ///
    /// # Errors
    /// When the server had failed.
    pub async fn stop(self) -> io::Result<()> {
        self.stop.send_replace(true);
        self.task.await.map_err(io::Error::other)?
    }

    /// Waits until it ends by itself, which it does only when it fails.
    ///
    /// # Errors
    /// When the server failed.
    pub async fn wait(self) -> io::Result<()> {
        self.task.await.map_err(io::Error::other)?
    }
}
