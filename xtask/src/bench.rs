//! `cargo xtask bench`: speed and size against peers and limits, in one run.

use crate::run::{cargo, command, output, root, step, target, web_target};
use crate::{Outcome, serve, spa, tools};

const PARTS: [&str; 11] = [
    "reader", "import", "codec", "proxy", "estate", "decide", "list", "table", "pages", "export", "size",
];

pub fn bench(only: Option<&str>) -> Outcome {
    if let Some(name) = only.filter(|name| !PARTS.contains(name)) {
        return Err(format!(
            "There is no benchmark `{name}`; there are {}.",
            PARTS.join(", ")
        ));
    }
    let wanted = |part: &str| only.is_none_or(|name| name == part);
    tools::for_building()?;
    let browser = tools::browser()?;
    tools::node_modules("tests/bench")?;
    serve::build()?;
    let built = target().join("bench");
    std::fs::create_dir_all(&built).map_err(|error| error.to_string())?;
    if wanted("reader") {
        reader()?;
    }
    if ["list", "export", "decide", "estate"].into_iter().any(wanted) {
        tools::sqlite_shell()?;
    }
    if ["import", "proxy", "decide", "export", "codec"]
        .into_iter()
        .any(wanted)
    {
        step(
            "Build the native sides of measures",
            cargo()
                .args(serve::OPTIMISED)
                .args(["-p", "bench-native", "--features", "jemalloc"]),
        )?;
    }
    if wanted("codec") || wanted("estate") {
        step(
            "Build the stand-in",
            cargo().args(serve::OPTIMISED).args(["-p", "sandbox", "--bins"]),
        )?;
    }
    let assets: Vec<_> = spa::assets()?
        .iter()
        .map(|asset| serde_json::json!({"name": asset.name, "bytes": asset.bytes, "brotli": asset.brotli}))
        .collect();
    let size = serde_json::json!({"budget": spa::BUDGET, "assets": assets});
    std::fs::write(built.join("size.json"), size.to_string()).map_err(|error| error.to_string())?;
    let mut run = command("node");
    run.arg("bench.mjs")
        .args(only)
        .current_dir(root().join("tests/bench"));
    run.env("EV_PORTAL_BINARY", serve::binary())
        .env("EV_PORTAL_WEB_DIR", spa::dist());
    run.env("EV_PORTAL_CHROME", &browser.chrome)
        .env("EV_PORTAL_TARGET", target());
    if wanted("codec") {
        run.env(
            "EV_PORTAL_PYTHON",
            tools::python("venv", "tests/clients/requirements.txt")?,
        );
    }
    step("Measure", &mut run)
}

/// Builds the reader alone for the browser, with the app's own profile.
fn reader() -> Outcome {
    let flags = [
        "build",
        "--quiet",
        "--release",
        "-p",
        "bench-reader",
        "--target",
        "wasm32-unknown-unknown",
    ];
    step(
        "Build the reader for the browser",
        cargo().args(flags).env("CARGO_TARGET_DIR", web_target()),
    )?;
    let wasm = web_target().join("wasm32-unknown-unknown/release/bench_reader.wasm");
    let mut bindgen = command("wasm-bindgen");
    bindgen
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(target().join("bench/reader"))
        .arg(wasm);
    output(&mut bindgen)
        .map(drop)
        .ok_or_else(|| "wasm-bindgen cannot read the built reader.".into())
}
