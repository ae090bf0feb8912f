//! What the command line and the environment say.

use std::net::SocketAddr;
use std::path::PathBuf;

use chargepoint::Region;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::identifiers::IdKind;

use crate::edge::Range;
use crate::sign_in::openid::OpenIdArgs;

/// The portal's server. Without a command it serves.
#[derive(Parser)]
#[command(name = "ev-portal", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub serve: Serve,
}

#[derive(Subcommand)]
pub enum Command {
    /// Reads a token file as the portal does.
    Import(Import),
    /// Looks after the audit log.
    #[command(subcommand)]
    Audit(Audit),
}

/// What can be done with the audit log.
#[derive(Subcommand)]
pub enum Audit {
    /// Checks that every line is there, once, as it was written. The server may run meanwhile.
    Verify(Verify),
}

/// Which log to check.
#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    pub place: Place,
    /// A line's number and hash as an earlier check told them, NUMBER:HASH. Noted down elsewhere, they show
    /// also that the log was not written anew as a whole.
    #[arg(long, value_name = "NUMBER:HASH", value_parser = crate::verify::anchor)]
    pub holds: Option<(i64, String)>,
}

/// Where the books are.
#[derive(Args, Clone)]
pub struct Place {
    /// sqlite: or postgres: address of the books [default: portal.sqlite in the data directory].
    #[arg(long, env = "EV_PORTAL_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// File with that address, where it holds a password.
    #[arg(long, env = "EV_PORTAL_DATABASE_URL_FILE", conflicts_with = "database_url")]
    pub database_url_file: Option<PathBuf>,
    /// Directory for what the portal keeps.
    #[arg(long, env = "EV_PORTAL_DATA_DIR", default_value = "ev-portal-data")]
    pub data_dir: PathBuf,
}

/// How to serve.
#[derive(Args, Clone)]
pub struct Serve {
    /// Address to listen at; port 0 for a free one.
    #[arg(long, env = "EV_PORTAL_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub place: Place,
    /// Directory of the single-page app's files.
    #[arg(long, env = "EV_PORTAL_WEB_DIR", default_value = "dist")]
    pub web_dir: PathBuf,
    /// Where drivers reach the portal, for the links of invitations: https://portal.example [default: the host
    /// that the operator's own browser asked].
    #[arg(long, env = "EV_PORTAL_PUBLIC_URL", value_parser = crate::join::address::public_url)]
    pub public_url: Option<String>,
    /// Another name by which browsers may reach the portal, besides that of --public-url, localhost and numbers.
    #[arg(long, env = "EV_PORTAL_ALLOWED_HOST", value_name = "HOST", value_delimiter = ',',
          value_parser = crate::edge::host_setting)]
    pub allowed_host: Vec<String>,
    /// File with the certificate for https, in PEM, its chain behind it.
    #[arg(long, env = "EV_PORTAL_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// File with the certificate's private key, in PEM.
    #[arg(long, env = "EV_PORTAL_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Address, or range as in 10.0.0.0/8, of a reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are
    /// believed; nobody else's are.
    #[arg(
        long,
        env = "EV_PORTAL_TRUSTED_PROXY",
        value_name = "ADDRESS",
        value_delimiter = ','
    )]
    pub trusted_proxy: Vec<Range>,
    /// Seconds between /readyz saying that the portal stops and the portal taking no more connections: as long
    /// as a load balancer takes to notice.
    #[arg(long, env = "EV_PORTAL_DRAIN", value_name = "SECONDS", default_value_t = 0)]
    pub drain: u64,
    #[command(flatten)]
    pub openid: OpenIdArgs,
    /// Who the portal is to roaming partners, who then can speak OCPI with it: country and party, as in NL-EVP. Their
    /// way to it is --public-url.
    #[arg(long, env = "EV_PORTAL_OCPI_PARTY", value_parser = crate::ocpi::party)]
    pub ocpi_party: Option<(String, String)>,
    /// The company's name, as partners are told.
    #[arg(long, env = "EV_PORTAL_OCPI_NAME", default_value = "EV portal")]
    pub ocpi_name: String,
    /// Address of ChargePoint's SOAP endpoint.
    #[arg(
        long,
        env = "EV_PORTAL_CHARGEPOINT_URL",
        conflicts_with = "chargepoint_region"
    )]
    pub chargepoint_url: Option<String>,
    /// ChargePoint region: na, eu, ca, na-qa or eu-qa.
    #[arg(long, env = "EV_PORTAL_CHARGEPOINT_REGION")]
    pub chargepoint_region: Option<Region>,
    /// File with the API licence key; else EV_PORTAL_CHARGEPOINT_LICENSE_KEY.
    #[arg(long, env = "EV_PORTAL_CHARGEPOINT_LICENSE_KEY_FILE")]
    pub chargepoint_license_key_file: Option<PathBuf>,
    /// File with the API password; else EV_PORTAL_CHARGEPOINT_PASSWORD.
    #[arg(long, env = "EV_PORTAL_CHARGEPOINT_PASSWORD_FILE")]
    pub chargepoint_password_file: Option<PathBuf>,
    /// Seconds to wait for an answer of ChargePoint.
    #[arg(long, env = "EV_PORTAL_CHARGEPOINT_TIMEOUT", default_value_t = 30)]
    pub chargepoint_timeout: u64,
    /// Most calls to ChargePoint at once; further ones wait.
    #[arg(long, env = "EV_PORTAL_CHARGEPOINT_IN_FLIGHT", default_value_t = 4)]
    pub chargepoint_in_flight: usize,
    /// Most calls to ChargePoint in a minute; further ones wait, or fail where that is too long.
    #[arg(long, env = "EV_PORTAL_CHARGEPOINT_PER_MINUTE", default_value_t = 300)]
    pub chargepoint_per_minute: u32,
    /// Runs the ChargePoint stand-in inside, with an estate and customers to try things on.
    #[arg(long, env = "EV_PORTAL_SANDBOX", conflicts_with_all = ["chargepoint_url", "chargepoint_region"])]
    pub sandbox: bool,
    /// Seed of the stand-in's estate: the same number, the same estate.
    #[arg(long, env = "EV_PORTAL_SANDBOX_SEED", default_value_t = 1)]
    pub sandbox_seed: u64,
    /// Number of stations of the stand-in's estate, at most 10,000.
    #[arg(long, env = "EV_PORTAL_SANDBOX_SCALE", default_value_t = sandbox::SandboxConfig::DEFAULT_SCALE)]
    pub sandbox_scale: usize,
    /// Adds to that estate what pages may stumble over: stations without ports, with 50, with odd names or sessions,
    /// a driver without a name.
    #[arg(long, env = "EV_PORTAL_SANDBOX_ODDITIES")]
    pub sandbox_oddities: bool,
}

/// How to read a token file.
#[derive(Args)]
pub struct Import {
    /// The file to judge; nothing is changed by it.
    #[arg(long, value_name = "FILE")]
    pub check: PathBuf,
    /// What its column holds.
    #[arg(long, value_enum)]
    pub column: ColumnKind,
    /// Prints JSON instead of a summary.
    #[arg(long)]
    pub json: bool,
}

/// What a column holds.
#[derive(Clone, Copy, ValueEnum)]
pub enum ColumnKind {
    AuthId,
    ChipId,
}

impl From<ColumnKind> for IdKind {
    fn from(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::AuthId => Self::AuthId,
            ColumnKind::ChipId => Self::ChipId,
        }
    }
}
