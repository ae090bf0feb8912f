//! `chargepoint-sandbox`: the stand-in as a program.

use std::io;
use std::net::SocketAddr;

use clap::Parser;
use sandbox::{Clock, LABEL, Rules, Sandbox, SandboxConfig};

/// A stand-in for ChargePoint's Web Services API 5.1 over a simulated estate.
#[derive(Parser)]
#[command(name = "chargepoint-sandbox", version)]
struct Arguments {
    /// Address to listen at; port 0 for a free one.
    #[arg(long, default_value = "127.0.0.1:8099")]
    listen: SocketAddr,
    /// Seed of the estate: the same number, the same estate.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of stations.
    #[arg(long, default_value_t = SandboxConfig::DEFAULT_SCALE, value_parser = scale)]
    scale: usize,
    /// Licence key it takes.
    #[arg(long, default_value = "sandbox")]
    license_key: String,
    /// Password it takes.
    #[arg(long, default_value = "sandbox")]
    password: String,
    /// File of faults: on each line a fault, a call where one is meant, and a count where it ends
    /// (`http-503 getUsers x2`).
    #[arg(long, value_parser = rules)]
    faults: Option<Rules>,
    /// Adds what pages may stumble over: stations without ports, with 50, with odd names or sessions, a driver without
    /// a name. `GET /control/estate` tells which they are.
    #[arg(long)]
    oddities: bool,
}

fn rules(path: &str) -> Result<Rules, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    text.parse().map_err(|why| format!("{path}, {why}"))
}

fn scale(text: &str) -> Result<usize, String> {
    let most = SandboxConfig::MAX_SCALE;
    let scale = text.parse().ok().filter(|scale| (1..=most).contains(scale));
    scale.ok_or_else(|| format!("a number from 1 to {most}"))
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let running = Sandbox::start(SandboxConfig {
        listen: arguments.listen,
        seed: arguments.seed,
        scale: arguments.scale,
        license_key: arguments.license_key.into(),
        password: arguments.password.into(),
        clock: Clock::System,
        faults: arguments.faults.unwrap_or_default(),
        oddities: arguments.oddities,
    })
    .await?;
    println!("{LABEL}");
    println!("endpoint {}", running.endpoint());
    println!("contract {}", running.wsdl());
    tokio::select! {
        ended = running.wait() => ended,
        stopped = tokio::signal::ctrl_c() => stopped,
    }
}
