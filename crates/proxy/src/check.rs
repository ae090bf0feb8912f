//! `ev-portal import --check`: the reader of token files outside the browser.

use std::io::{self, Write};
use std::process::ExitCode;

use domain::token_file::{CheckReport, Options};

use crate::cli::Import;

/// Reads the file and prints what came of it: 0 readable, 1 refused, 2 not found or not printed.
pub fn run(import: &Import) -> ExitCode {
    let bytes = match std::fs::read(&import.check) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{}: {error}", import.check.display());
            return ExitCode::from(2);
        }
    };
    let report = CheckReport::of(bytes, Options::new(import.column.into()));
    let out = io::stdout().lock();
    let printed = if import.json {
        print_json(out, &report)
    } else {
        print_summary(out, &report)
    };
    match printed {
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
        Ok(()) if report.refused.is_some() => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
    }
}

fn print_json(mut out: impl Write, report: &CheckReport) -> io::Result<()> {
    serde_json::to_writer(&mut out, report)?;
    writeln!(out)
}

fn print_summary(mut out: impl Write, report: &CheckReport) -> io::Result<()> {
    if let Some(code) = report.refused {
        return writeln!(out, "refused: {} ({})", code.message(), code.wire());
    }
    let CheckReport {
        accepted,
        rejected,
        warnings,
        ..
    } = report;
    writeln!(
        out,
        "{} accepted, {} rejected, {} warnings",
        accepted.len(),
        rejected.len(),
        warnings.len()
    )?;
    for row in rejected {
        writeln!(
            out,
            "line {}: {} ({}): {}",
            row.line,
            row.message,
            row.code.wire(),
            row.value.escape_debug()
        )?;
    }
    for warning in warnings {
        writeln!(
            out,
            "line {}: {} ({})",
            warning.line,
            warning.message,
            warning.code.wire()
        )?;
    }
    Ok(())
}
