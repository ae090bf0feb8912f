//! Reads a generated file of 1,000,000 Auth IDs and prints what it took, as JSON:
//! `cargo run -p domain --features bench --example read_tokens [ROWS]`.

use std::time::{Duration, Instant};

use domain::identifiers::IdKind;
use domain::token_file::{Options, Refusal, TokenFile, sample};

fn main() -> Result<(), String> {
    let rows = match std::env::args().nth(1) {
        Some(rows) => rows.parse().map_err(|error| format!("{rows}: {error}"))?,
        None => 1_000_000,
    };
    let bytes = sample::auth_ids(rows);
    let length = bytes.len();
    let refused = |refusal: Refusal| format!("refused: {}", refusal.code);

    let started = Instant::now();
    let mut file = TokenFile::open(bytes, Options::new(IdKind::AuthId)).map_err(refused)?;
    let mut longest = started.elapsed();
    loop {
        let step = Instant::now();
        let done = file.step(1 << 20).done;
        longest = longest.max(step.elapsed());
        if done {
            break;
        }
    }
    let report = file.finish().map_err(refused)?;
    let total = started.elapsed();

    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{{\"rows\":{},\"bytes\":{length},\"accepted\":{},\"rejected\":{},\"ms\":{:.1},\"longest_step_ms\":{:.1}}}",
        report.rows(),
        report.accepted_count(),
        report.rejected_count(),
        ms(total),
        ms(longest),
    );
    Ok(())
}
