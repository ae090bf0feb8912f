//! `ev-portal`: the server, and the reader of token files outside the browser.

use std::process::ExitCode;

use clap::Parser;
use proxy::cli::{Audit, Cli, Command};
use proxy::{check, serve, verify};

/// Answers are made of thousands of small texts, for which the system's own takes a fifth of the time.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Some(Command::Import(import)) => check::run(&import),
        Some(Command::Audit(Audit::Verify(settings))) => verify::run(&settings),
        None => serve::main(cli.serve),
    }
}
