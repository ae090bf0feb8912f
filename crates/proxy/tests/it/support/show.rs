//! Tables that `cargo xtask test` shows.

use std::path::PathBuf;

/// Notes a table, where the test command asks for it.
pub fn show(name: &str, table: &str) {
    println!("{table}");
    if let Some(folder) = std::env::var_os("EV_PORTAL_TABLES") {
        std::fs::write(PathBuf::from(folder).join(name), table).unwrap();
    }
}
