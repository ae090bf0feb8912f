//! What is linked in: licences, forbidden crates, sources, and known holes, by cargo-deny and `deny.toml`.

use std::process::Command;

use crate::run::{command, root, step};
use crate::tally::Tally;
use crate::tools;

/// What cargo-deny says when it has no database to look into.
const NO_DATABASE: &str = "failed to fetch advisory database";

/// Asks cargo-deny.
pub fn check(tally: &mut Tally) {
    if let Err(words) = tools::cargo_deny() {
        return tally.check("cargo deny", Err(words));
    }
    tally.check(
        "licences, bans and sources",
        step(
            "Licences, bans and sources",
            deny().args(["licenses", "bans", "sources"]),
        ),
    );
    match advisories() {
        Ok(true) => tally.check("advisories", Ok(())),
        // Where only package registries are reached, RustSec's database is not.
        Ok(false) => println!("  RustSec's database cannot be fetched here: advisories are NOT checked."),
        Err(words) => tally.check("advisories", Err(words)),
    }
}

fn deny() -> Command {
    let mut deny = command("cargo-deny");
    deny.args(["--workspace", "--log-level", "error", "check"])
        .current_dir(root());
    deny
}

/// Whether the advisories were looked into and none was found.
fn advisories() -> Result<bool, String> {
    println!("▸ Advisories");
    let output = deny()
        .arg("advisories")
        .output()
        .map_err(|error| format!("cargo-deny does not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    match output.status.success() {
        true => Ok(true),
        false if said.contains(NO_DATABASE) => Ok(false),
        false => Err(said.into_owned()),
    }
}
