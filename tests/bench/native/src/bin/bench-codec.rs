//! How long the codec takes: `bench-codec FOLDER` reads each `CALL.xml` of a folder, an answer of that call, and
//! prints a line of JSON for it: `{"call":"getStations","bytes":N,"both":ms}`, `both` for reading the answer and
//! writing it again; for getStations also `"decode"`, for reading it alone. Each is a median of many rounds.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chargepoint::calls::stations::GetStationsResponse;
use chargepoint::codec::{Broken, envelope, read_record};
use chargepoint::table::wire_form;

/// As in the server.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// How long each answer is read and written, at least.
const LONG: Duration = Duration::from_millis(400);
const ROUNDS: usize = 15;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let folder = std::env::args().nth(1).ok_or("usage: bench-codec FOLDER")?;
    let told = |path: &Path, error: String| format!("{}: {error}", path.display());
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<_, _>>())
        .map_err(|error| told(folder.as_ref(), error.to_string()))?;
    files.retain(|path| path.extension().is_some_and(|end| end == "xml"));
    files.sort();
    for path in files {
        let call = path.file_stem().unwrap_or_default().to_string_lossy();
        let xml = std::fs::read(&path).map_err(|error| told(&path, error.to_string()))?;
        let both = median(|| wire_form(&xml).map(drop)).map_err(|broken| told(&path, broken.to_string()))?;
        let decode = match &*call {
            "getStations" => {
                let decode = median(|| decode(&xml)).map_err(|broken| told(&path, broken.to_string()))?;
                format!(r#","decode":{decode:.4}"#)
            }
            _ => String::new(),
        };
        println!(
            r#"{{"call":"{call}","bytes":{},"both":{both:.4}{decode}}}"#,
            xml.len()
        );
    }
    Ok(())
}

/// Milliseconds.
fn median(work: impl Fn() -> Result<(), Broken>) -> Result<f64, Broken> {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.len() < ROUNDS || begun.elapsed() < LONG {
        let start = Instant::now();
        work()?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// Reads as the client does and drops the stations again.
fn decode(xml: &[u8]) -> Result<(), Broken> {
    envelope::read(xml, |_, parser| read_record::<GetStationsResponse>(parser)).map(drop)
}
