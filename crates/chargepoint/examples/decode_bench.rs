//! How long it takes to decode a getStations answer: `decode_bench FILE [ROUNDS]` prints
//! `{"stations":N,"bytes":N,"ms":median}`.

use std::process::ExitCode;
use std::time::Instant;

use chargepoint::calls::stations::GetStationsResponse;
use chargepoint::codec::{Broken, envelope, read_record};

fn main() -> ExitCode {
    match run() {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: decode_bench FILE [ROUNDS]")?;
    let rounds = arguments.next().map_or(Ok(50), |text| text.parse::<usize>());
    let rounds = rounds.map_err(|error| error.to_string())?.max(1);
    let xml = std::fs::read(&file).map_err(|error| format!("{file}: {error}"))?;
    let mut times = Vec::with_capacity(rounds);
    let mut stations = 0;
    for _ in 0..rounds {
        let start = Instant::now();
        stations = decode(&xml).map_err(|broken| format!("{file}: {broken}"))?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let (median, bytes) = (times[rounds / 2], xml.len());
    Ok(format!(
        r#"{{"stations":{stations},"bytes":{bytes},"ms":{median:.3}}}"#
    ))
}

/// Decodes as the client does and drops the stations again.
fn decode(xml: &[u8]) -> Result<usize, Broken> {
    let (_, answer) = envelope::read(xml, |_, parser| read_record::<GetStationsResponse>(parser))?;
    Ok(answer.0.stations.len())
}
