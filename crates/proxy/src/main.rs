//! `ev-portal`: the server, and the reader of token files outside the browser.

use std::process::ExitCode;

use clap::Parser;
use proxy::cli::{Cli, Command};
use proxy::{check, serve};

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Some(Command::Import(import)) => check::run(&import),
        None => serve::main(cli.serve),
    }
}
