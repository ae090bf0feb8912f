//! The project's commands. `cargo xtask help` lists them.

mod args;
mod bench;
mod calls;
mod deny;
mod dev;
mod pack;
mod run;
mod serve;
mod spa;
mod tally;
mod test;
mod tools;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  serve   set up what is missing, build, and run the portal with its sandbox
            --port N       listen on 127.0.0.1:N (default 8080; 0 takes a free one)
            --data-dir D   where the books are kept (default data)
            --fresh        start with new data
  dev     the server with its sandbox, and `trunk serve` with live reload
            --port N       the server's port (default 8080, which Trunk.toml expects)
            --data-dir D, --fresh
  test    set up what is missing and run every check and test
            --native       only format, clippy, cargo deny and tests of the native crates
            --web          only clippy and tests of the app in headless Chrome
            --e2e          only the tests in Chrome against the running portal
            --fuzz         only schemathesis over the description of the REST API
  bench   measure against peers and limits; prints a table, writes target/bench.json
            --only NAME    one of reader, import, codec, proxy, estate, decide, list, table, pages, export, size
";

/// What a command ends with: the words to print.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let words: Vec<String> = words.collect();
    let outcome = match command.as_str() {
        "serve" => args::Serve::parse(&words).and_then(|args| serve::serve(&args)),
        "dev" => args::Serve::parse(&words).and_then(|args| dev::dev(&args)),
        "test" => args::Parts::parse(&words).and_then(test::test),
        "bench" => args::only(&words).and_then(|only| bench::bench(only.as_deref())),
        "" | "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("There is no command `{other}`.\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            if !words.is_empty() {
                eprintln!("{words}");
            }
            ExitCode::FAILURE
        }
    }
}
