//! Building the single-page app and weighing it.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{cargo, command, root, step, web_target};
use crate::{pack, tools};

/// What the whole app may weigh, brotli-compressed: wasm, JS and CSS.
pub const BUDGET: u64 = 300 * 1024;

/// What goes into the app; a change of one of these rebuilds it.
const SOURCES: &[&str] = &[
    "Cargo.lock",
    ".cargo/config.toml",
    "Cargo.toml",
    "build.rs",
    "Trunk.toml",
    "index.html",
    "src",
    "style",
    "public",
    "crates/domain/src",
    "crates/domain/Cargo.toml",
    "crates/markup/src",
    "crates/wasm-streams/src",
    "xtask/src/spa.rs",
    "xtask/src/pack",
    "xtask/src/compress.mjs",
];

/// A file of the app.
pub struct Asset {
    pub name: String,
    pub bytes: u64,
    pub brotli: u64,
}

pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the app for release into `dist` unless nothing changed since, and compresses its files.
pub fn build() -> Result<(), String> {
    // In the folder itself, which Trunk empties: a development build there is not taken for a release.
    let stamp_file = dist().join(".stamp");
    let stamp = stamp()?;
    if dist().join("index.html").exists()
        && std::fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp)
    {
        return Ok(());
    }
    let mut trunk = command("trunk");
    trunk
        .args(["build", "--release"])
        .env("CARGO_TARGET_DIR", web_target())
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    if tools::standard_library()? {
        lean(&mut trunk);
        // Trunk builds without the network. A fresh machine has not met yet what the standard library is made of.
        let mut fetch = cargo();
        fetch.args(["fetch", "--locked", "--target", tools::WASM]);
        lean(&mut fetch);
        step("Fetch what the app is built of", &mut fetch)?;
    }
    // Trunk reads NO_COLOR as a boolean and stops at its usual value, 1.
    trunk.env_remove("NO_COLOR");
    step("Build the app with Trunk (release)", &mut trunk)?;
    pack().map_err(|error| format!("Packing the app: {error}"))?;
    name_boot().map_err(|error| format!("Naming the script that starts the app: {error}"))?;
    let files = files(&dist());
    let mut compress = command("node");
    compress
        .arg("xtask/src/compress.mjs")
        .args(files.iter().filter(|file| compressible(file)));
    step("Compress the app's files", &mut compress)?;
    std::fs::write(stamp_file, stamp).map_err(|error| error.to_string())
}

/// Puts no function into another but where that is shorter, and builds the standard library with the app, so
/// that a panic ends the program at once: without the texts that only a developer would read and the code that
/// writes them, which are a twentieth of the app. These are settings that Cargo calls unstable; they hold for
/// this build alone, of a fixed Rust.
fn lean(trunk: &mut Command) {
    trunk
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env(
            "RUSTFLAGS",
            "--cfg erase_components -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
             -Cllvm-args=-inline-threshold=0",
        );
}

/// Packs the wasm with the JavaScript that goes with it.
fn pack() -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    for wasm in files(&dist()) {
        let name = wasm.to_string_lossy();
        let Some(name) = name.strip_suffix("_bg.wasm") else {
            continue;
        };
        let js = PathBuf::from(format!("{name}.js"));
        let (packed, glue) = pack::pack(
            &std::fs::read(&wasm).map_err(text)?,
            &std::fs::read_to_string(&js).map_err(text)?,
        )?;
        std::fs::write(&wasm, packed).map_err(text)?;
        std::fs::write(&js, glue).map_err(text)?;
    }
    Ok(())
}

/// Names the script that starts the app by its content, as Trunk names the others: browsers keep it for ever then,
/// and the next visit does not begin with a question whether it is still the same.
fn name_boot() -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let (script, page) = (dist().join("boot.js"), dist().join("index.html"));
    let mut hasher = DefaultHasher::new();
    std::fs::read(&script).map_err(text)?.hash(&mut hasher);
    let name = format!("boot-{:016x}.js", hasher.finish());
    let html = std::fs::read_to_string(&page).map_err(text)?;
    if !html.contains("/boot.js") {
        return Err("index.html does not name boot.js.".into());
    }
    std::fs::write(&page, html.replace("/boot.js", &format!("/{name}"))).map_err(text)?;
    std::fs::rename(script, dist().join(name)).map_err(text)
}

/// The app's wasm, JS and CSS with their sizes, largest first.
pub fn assets() -> Result<Vec<Asset>, String> {
    let mut assets = Vec::new();
    for file in files(&dist()).iter().filter(|file| counted(file)) {
        let size = |file: &Path| {
            std::fs::metadata(file)
                .map(|meta| meta.len())
                .map_err(|e| format!("{}: {e}", file.display()))
        };
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        assets.push(Asset {
            name,
            bytes: size(file)?,
            brotli: size(&with_br(file))?,
        });
    }
    assets.sort_by_key(|asset| std::cmp::Reverse(asset.brotli));
    Ok(assets)
}

/// The app's weight in brotli bytes; an error above the budget.
pub fn weigh() -> Result<u64, String> {
    let assets = assets()?;
    let total = assets.iter().map(|asset| asset.brotli).sum();
    for asset in &assets {
        println!(
            "  {:>8} bytes brotli  {:>9} bytes  {}",
            asset.brotli, asset.bytes, asset.name
        );
    }
    match total {
        0 => Err("The app has no files.".into()),
        1..=BUDGET => Ok(total),
        _ => Err(format!(
            "The app weighs {total} bytes in brotli; the budget is {BUDGET}."
        )),
    }
}

fn counted(file: &Path) -> bool {
    matches!(
        file.extension().and_then(|e| e.to_str()),
        Some("wasm" | "js" | "css")
    )
}

fn compressible(file: &Path) -> bool {
    counted(file)
        || matches!(
            file.extension().and_then(|e| e.to_str()),
            Some("html" | "svg" | "json")
        )
}

fn with_br(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    name.into()
}

/// A hash over the sources' names and contents, and over how they are built.
fn stamp() -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        let mut list = files(&root().join(source));
        list.sort();
        for file in list {
            file.strip_prefix(root()).unwrap_or(&file).hash(&mut hasher);
            std::fs::read(&file)
                .map_err(|error| format!("{}: {error}", file.display()))?
                .hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// All files at or below a path.
fn files(path: &Path) -> Vec<PathBuf> {
    match std::fs::read_dir(path) {
        Ok(entries) => entries
            .filter_map(Result::ok)
            .flat_map(|entry| files(&entry.path()))
            .collect(),
        Err(_) if path.is_file() => vec![path.to_path_buf()],
        Err(_) => Vec::new(),
    }
}
