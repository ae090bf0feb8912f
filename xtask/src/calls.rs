//! The table of ChargePoint's calls, put together of what the tests noted: every call passes every column. And the
//! tables that single tests note.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::target;

/// The columns, in the names of the files that tests write.
const COLUMNS: [&str; 6] = ["client", "stand-in", "REST", "zeep", "node-soap", "schema"];

/// An empty folder for the tests' notes.
pub fn folder(name: &str) -> Result<PathBuf, String> {
    let folder = target().join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// What single tests note, in the names of the files that they write.
const TABLES: [(&str, &str); 3] = [
    ("faults", "ChargePoint broken in every way, by REST"),
    ("codes", "ChargePoint's codes, by REST"),
    ("cases", "Who may charge, asked of the function, REST and OCPI"),
];

/// Prints them.
pub fn tables(folder: &Path) -> Result<(), String> {
    for (name, title) in TABLES {
        let table = fs::read_to_string(folder.join(name));
        let table = table.map_err(|error| format!("{title}: not noted by its test: {error}"))?;
        println!("\n  {title}");
        table.lines().for_each(|line| println!("  {line}"));
    }
    Ok(())
}

/// Prints the table.
pub fn table(folder: &Path) -> Result<(), String> {
    let columns = COLUMNS.map(|column| {
        let text = fs::read_to_string(folder.join(column)).unwrap_or_default();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    let mut calls: Vec<&String> = columns.iter().flatten().collect();
    calls.sort();
    calls.dedup();
    println!(
        "  {:<28} {}",
        "call",
        COLUMNS.map(|column| format!("{column:<10}")).concat()
    );
    let mut holes = 0;
    for call in &calls {
        let marks = columns.each_ref().map(|column| match column.contains(call) {
            true => format!("{:<10}", "✓"),
            false => {
                holes += 1;
                format!("{:<10}", "–")
            }
        });
        println!("  {call:<28} {}", marks.concat());
    }
    match (calls.len(), holes) {
        (26, 0) => Ok(()),
        (count, holes) => Err(format!(
            "{count} calls of 26 are in the table, with {holes} holes"
        )),
    }
}
