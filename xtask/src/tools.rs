//! What the project needs on a machine, and how it gets there.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{cargo, command, output, root, step, target};

/// 0.22 asks for a newer Rust than this project's.
const TRUNK: &str = "0.21.14";
const DENY: &str = "0.20.2";
const OCPI_KIT: &str = "0.4.0";
pub const WASM: &str = "wasm32-unknown-unknown";

/// The project's own tools, beside its builds.
pub fn folder() -> PathBuf {
    target().join("tools")
}

pub fn bin() -> PathBuf {
    folder().join("bin")
}

/// What `serve` and `dev` need: the wasm target, wasm-bindgen at the locked version, Trunk.
pub fn for_building() -> Result<(), String> {
    wasm_target()?;
    let version = locked("wasm-bindgen")?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &version, &[])?;
    // Trunk's default features fetch tools from the net, which this project does not use.
    cargo_tool(
        "trunk",
        "trunk",
        TRUNK,
        &["--locked", "--no-default-features", "--features", "rustls"],
    )
}

/// What the tests need beyond that: Chrome with its driver, Node packages, Python with zeep.
pub fn browser() -> Result<Browser, String> {
    if let Some(found) = Browser::find() {
        return Ok(found);
    }
    if output(command("apt-get").arg("--version")).is_some() && is_root() {
        step("apt-get update", command("apt-get").args(["update", "-qq"]))?;
        step(
            "Install Chromium and its driver from the system's packages",
            command("apt-get")
                .args([
                    "install",
                    "-y",
                    "-qq",
                    "--no-install-recommends",
                    "chromium",
                    "chromium-driver",
                ])
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )?;
    }
    Browser::find().ok_or_else(|| {
        "The browser tests need Chromium (or Chrome) and its ChromeDriver on PATH.\n\
         Debian, Ubuntu: sudo apt-get install chromium chromium-driver\n\
         Fedora: sudo dnf install chromium chromedriver\n\
         macOS: brew install --cask chromium chromedriver"
            .into()
    })
}

/// The browser that the tests drive.
pub struct Browser {
    pub chrome: PathBuf,
    pub driver: PathBuf,
}

impl Browser {
    fn find() -> Option<Self> {
        let chrome = [
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
        ];
        Some(Self {
            chrome: chrome.into_iter().find_map(on_path)?,
            driver: on_path("chromedriver")?,
        })
    }
}

/// Whether PostgreSQL's server is here, installed where it may be. Without it its tests are left out.
pub fn postgres() -> bool {
    let found = || on_path("postgres").is_some() || std::path::Path::new("/usr/lib/postgresql").is_dir();
    found() || (system_packages("PostgreSQL", &["postgresql"]).is_ok() && found())
}

/// Built without the features that it does not need here: it takes a minute.
pub fn cargo_deny() -> Result<(), String> {
    cargo_tool(
        "cargo-deny",
        "cargo-deny",
        DENY,
        &["--locked", "--no-default-features"],
    )
}

/// A judge of OCPI. It asks for a newer Rust than it needs.
pub fn ocpi_kit() -> Result<PathBuf, String> {
    let flags = ["--features", "cli", "--ignore-rust-version"];
    cargo_tool("ocpi", "ocpi-kit", OCPI_KIT, &flags)?;
    on_path("ocpi").map_or_else(|| Ok(bin().join("ocpi")), Ok)
}

/// A roaming partner made of that judge's library, built in a folder of its own.
pub fn partner() -> Result<PathBuf, String> {
    let built = folder().join("partner");
    let mut build = cargo();
    build
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .args([
            "build",
            "--quiet",
            "--locked",
            "--ignore-rust-version",
            "--manifest-path",
        ])
        .arg(root().join("tests/partner/Cargo.toml"))
        .arg("--target-dir")
        .arg(&built);
    step("Build a partner of ocpi-kit's library", &mut build)?;
    Ok(built.join("debug/partner"))
}

/// SQLite's own shell, against which lists are measured.
pub fn sqlite_shell() -> Result<(), String> {
    if on_path("sqlite3").is_none() {
        system_packages("SQLite's shell", &["sqlite3"])?;
    }
    on_path("sqlite3")
        .map(drop)
        .ok_or_else(|| "The measurement of lists needs sqlite3 on PATH.".into())
}

/// Installs Debian packages where that is possible without a question.
fn system_packages(what: &str, packages: &[&str]) -> Result<(), String> {
    if output(command("apt-get").arg("--version")).is_none() || !is_root() {
        return Ok(());
    }
    step("apt-get update", command("apt-get").args(["update", "-qq"]))?;
    let mut install = command("apt-get");
    install
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages);
    step(
        &format!("Install {what} from the system's packages"),
        install.env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

/// Installs the Node packages of a folder as its lock file names them.
pub fn node_modules(folder: &str) -> Result<(), String> {
    let at = root().join(folder);
    let lock = std::fs::read(at.join("package-lock.json")).map_err(|error| format!("{folder}: {error}"))?;
    let stamp = at.join("node_modules/.installed");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step(
        &format!("Install the Node packages of {folder}"),
        command("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&at),
    )?;
    std::fs::write(stamp, lock).map_err(|error| error.to_string())
}

/// A Python of the project's own with the packages of `requirements`, in an environment of that name.
pub fn python(name: &str, requirements: &str) -> Result<PathBuf, String> {
    let venv = folder().join(name);
    let python = venv.join("bin/python");
    let list =
        std::fs::read(root().join(requirements)).map_err(|error| format!("{requirements}: {error}"))?;
    let stamp = venv.join(".installed");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == list) {
        return Ok(python);
    }
    let base = on_path("python3").ok_or("These tests need Python 3 (with venv) on PATH.")?;
    step(
        "Make a Python environment",
        Command::new(base).args(["-m", "venv", "--clear"]).arg(&venv),
    )?;
    step(
        &format!("Install what {requirements} names"),
        command(&python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "-r",
            ])
            .arg(root().join(requirements)),
    )?;
    std::fs::write(stamp, list).map_err(|error| error.to_string())?;
    Ok(python)
}

/// The first file of that name on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

fn is_root() -> bool {
    output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

fn wasm_target() -> Result<(), String> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"])).ok_or("rustc is missing.")?;
    let installed = PathBuf::from(sysroot.trim()).join("lib/rustlib").join(WASM);
    if installed.exists() {
        return Ok(());
    }
    step(
        "Add the wasm target",
        command("rustup").args(["target", "add", WASM]),
    )
}

/// Whether the source of Rust's standard library is here, fetched where that is possible: the app's release
/// is built with it. Without it the app works and weighs more.
pub fn standard_library() -> Result<bool, String> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"])).ok_or("rustc is missing.")?;
    let source = PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust/library/std");
    if !source.exists() {
        let mut add = command("rustup");
        let _ = step(
            "Add the standard library's source",
            add.args(["component", "add", "rust-src"]),
        );
    }
    Ok(source.exists())
}

/// Installs a program of crates.io unless that version is on PATH: prebuilt where cargo-binstall is at
/// hand, else built without optimisation and without notes for debuggers, which takes a third of the time and
/// costs seconds a use.
fn cargo_tool(program: &str, package: &str, version: &str, flags: &[&str]) -> Result<(), String> {
    let installed = output(command(program).arg("--version"));
    if installed.is_some_and(|text| text.split_whitespace().any(|word| word == version)) {
        return Ok(());
    }
    let version_flag = ["--version", version];
    if on_path("cargo-binstall").is_some() {
        let mut fetch = cargo();
        fetch
            .args(["binstall", "--no-confirm", "--root"])
            .arg(folder())
            .arg(package)
            .args(version_flag);
        if step(&format!("Fetch {package} {version}"), &mut fetch).is_ok() {
            return Ok(());
        }
    }
    let mut install = cargo();
    install
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .args(["install", "--debug", "--root"])
        .arg(folder())
        .arg(package)
        .args(version_flag)
        .args(flags);
    step(
        &format!("Build {package} {version} (once, 1 to 4 minutes)"),
        &mut install,
    )
}

/// A package's version in Cargo.lock.
fn locked(package: &str) -> Result<String, String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).map_err(|error| error.to_string())?;
    let mut lines = lock
        .lines()
        .skip_while(|line| *line != format!("name = \"{package}\""));
    lines
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| format!("Cargo.lock does not name {package}."))
}
