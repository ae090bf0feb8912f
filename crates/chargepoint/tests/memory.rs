//! How much memory a message may take: a program of its own, as others would be counted too.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Instant;

use chargepoint::codec::Broken;
use chargepoint::table::wire_form;

/// The most memory this program ever had, in MiB; `None` where the system does not say.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: usize = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib / 1024)
}

fn message(content: &str) -> String {
    format!(
        r#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="urn:dictionary:com.chargepoint.webservices"><e:Body><n:getStationsResponse>{content}</n:getStationsResponse></e:Body></e:Envelope>"#
    )
}

/// Each of the rows takes a thousand bytes for thirty; without a bound, 60 MB would take 2 GB.
#[test]
fn rows_that_say_nothing_take_no_more_than_their_room() {
    let row = "<stationData><x/></stationData>";
    let many = message(&row.repeat(2_000_000));
    let before = peak();
    let start = Instant::now();
    assert_eq!(wire_form(many.as_bytes()), Err(Broken::TooMany));
    if let (Some(before), Some(after)) = (before, peak()) {
        // A list doubles its room as it grows, and holds the old one while it moves.
        assert!(after - before < 512, "{before} MiB, then {after} MiB");
        println!("{} MiB in {:?}", after - before, start.elapsed());
    }
    let some = message(&row.repeat(10_000));
    assert!(wire_form(some.as_bytes()).is_ok());
}
