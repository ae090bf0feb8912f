//! `cargo xtask test`: every check and test, counted.

use std::process::Command;
use std::time::Instant;

use crate::args::Parts;
use crate::run::{cargo, command, lines, root, step, target, web_target};
use crate::tally::Tally;
use crate::tools::Browser;
use crate::{Outcome, calls, deny, spa, tools};

const WASM: [&str; 2] = ["--target", tools::WASM];

pub fn test(parts: Parts) -> Outcome {
    let start = Instant::now();
    let mut tally = Tally::default();
    if parts.web || parts.e2e {
        tools::for_building()?;
    }
    let browser = if parts.web || parts.e2e {
        Some(tools::browser()?)
    } else {
        None
    };
    if parts.native {
        native(&mut tally);
    }
    if let Some(browser) = &browser {
        if parts.web {
            web(&mut tally, browser);
        }
        if parts.e2e {
            end_to_end(&mut tally, browser);
        }
    }
    if parts.fuzz {
        fuzz(&mut tally);
    }
    println!("\n{:.0} s in all.", start.elapsed().as_secs_f32());
    for failure in &tally.failures {
        println!("✗ {failure}");
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 {
        Ok(())
    } else {
        Err(String::new())
    }
}

/// Format, clippy and the tests of everything that runs outside the browser.
fn native(tally: &mut Tally) {
    tally.check(
        "format",
        step("Format check", cargo().args(["fmt", "--all", "--check"])),
    );
    let clippy = [
        "clippy",
        "--workspace",
        "--exclude",
        "ev-portal",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    tally.check("clippy", step("Clippy", cargo().args(clippy)));
    deny::check(tally);
    let matrix = target().join("matrix.txt");
    tally.suite("native tests", |tally| {
        let python = tools::python("venv", "tests/clients/requirements.txt")?;
        tools::node_modules("tests/clients")?;
        let mut tests = cargo();
        tests.args(["test", "--workspace", "--exclude", "ev-portal", "--no-fail-fast"]);
        tests
            .env("EV_PORTAL_PYTHON", python)
            .env("EV_PORTAL_NODE_MODULES", root().join("tests/clients"));
        tests
            .env("EV_PORTAL_REQUIRE_CLIENTS", "1")
            .env("EV_PORTAL_MATRIX", &matrix);
        tests.env("EV_PORTAL_OCPI_KIT", tools::ocpi_kit()?);
        tests.env("EV_PORTAL_OCPI_PARTNER", tools::partner()?);
        let judgement = target().join("ocpi.txt");
        let _ = std::fs::remove_file(&judgement);
        tests.env("EV_PORTAL_OCPI_REPORT", &judgement);
        let _ = std::fs::remove_file(&matrix);
        let (calls, tables) = (calls::folder("calls")?, calls::folder("tables")?);
        tests
            .env("EV_PORTAL_CALLS", &calls)
            .env("EV_PORTAL_TABLES", &tables);
        if tools::postgres() {
            tests.env("EV_PORTAL_REQUIRE_POSTGRES", "1");
        } else {
            println!("  PostgreSQL's server is not installed: the store is tested on SQLite alone.");
        }
        let passed = counted("Native tests", &mut tests, tally);
        tally.has_server = matches!(passed, Ok(true));
        println!("  {}", std::fs::read_to_string(&matrix).unwrap_or_default());
        calls::table(&calls)?;
        calls::tables(&tables)?;
        println!("{}", std::fs::read_to_string(&judgement).unwrap_or_default());
        passed
    });
}

/// Clippy and tests of the app, compiled to wasm: of its logic in Node, of its parts in headless Chrome.
fn web(tally: &mut Tally, browser: &Browser) {
    let clippy = ["clippy", "-p", "ev-portal", "--all-targets"];
    let mut lint = cargo();
    lint.args(clippy)
        .args(WASM)
        .args(["--", "-D", "warnings"])
        .env("CARGO_TARGET_DIR", web_target());
    tally.check(
        "clippy for the browser",
        step("Clippy for the browser", &mut lint),
    );
    tally.suite("browser tests", |tally| {
        let mut tests = cargo();
        tests
            .args(["test", "-p", "ev-portal", "--lib", "--test", "web"])
            .args(WASM);
        tests
            .env("CARGO_TARGET_DIR", web_target())
            .env("CHROMEDRIVER", &browser.driver);
        // Times are told in the zone of whoever looks: here it is a known one.
        tests.env("WASM_BINDGEN_TEST_TIMEOUT", "300").env("TZ", "UTC");
        counted("Browser tests in headless Chrome", &mut tests, tally)
    });
}

/// Schemathesis over the description of the REST API, against the running portal.
fn fuzz(tally: &mut Tally) {
    tally.suite("schemathesis", |tally| {
        let python = tools::python("fuzz", "tests/fuzz/requirements.txt")?;
        server(tally)?;
        let mut run = command(python);
        run.arg("tests/fuzz/run.py")
            .env("EV_PORTAL_BINARY", target().join("debug/ev-portal"));
        counted("Schemathesis", &mut run, tally)
    });
}

/// Builds the server, unless the native tests did: with what only tests need it is another build, of minutes.
fn server(tally: &Tally) -> Outcome {
    if tally.has_server {
        return Ok(());
    }
    step("Build the server", cargo().args(["build", "-p", "proxy"]))
}

/// The size budget, and the tests in Chrome against the running portal.
fn end_to_end(tally: &mut Tally, browser: &Browser) {
    if let Err(words) = spa::build() {
        return tally.check("build of the app", Err(words));
    }
    tally.check("size budget", spa::weigh().map(drop));
    tally.suite("end-to-end tests", |tally| {
        tools::node_modules("tests/e2e")?;
        server(tally)?;
        let mut tests = command("node");
        tests.args(["--test", "--test-reporter=spec", "--test-concurrency=2"]);
        tests.args(test_files()?).current_dir(root().join("tests/e2e"));
        tests
            .env("EV_PORTAL_BINARY", target().join("debug/ev-portal"))
            .env("EV_PORTAL_WEB_DIR", spa::dist());
        tests.env("EV_PORTAL_CHROME", &browser.chrome);
        counted("End-to-end tests in Chrome", &mut tests, tally)
    });
}

fn test_files() -> Result<Vec<String>, String> {
    let folder =
        std::fs::read_dir(root().join("tests/e2e")).map_err(|error| format!("tests/e2e: {error}"))?;
    let names = folder
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut files: Vec<String> = names.filter(|name| name.ends_with(".test.mjs")).collect();
    files.sort();
    Ok(files)
}

/// Runs a test runner and counts what it reports.
fn counted(name: &str, command: &mut Command, tally: &mut Tally) -> Result<bool, String> {
    println!("▸ {name}");
    let start = Instant::now();
    let status = lines(command, |line| tally.read(line))?;
    println!("  {name}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(status.success())
}
