//! The stand-in as a program.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use chargepoint::{Client, ClientConfig, StationsQuery};
use sandbox::LABEL;

const PROGRAM: &str = env!("CARGO_BIN_EXE_chargepoint-sandbox");

/// Ends the program with the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn it_says_what_and_where_it_is_and_takes_its_arguments() {
    let arguments = ["--listen", "127.0.0.1:0", "--seed", "5", "--scale", "7"];
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .args(["--license-key", "key", "--password", "pass"]);
    let mut program = Ended(command.stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(program.0.stdout.take().unwrap()).lines();
    let mut line = || lines.next().unwrap().unwrap();
    assert_eq!(line(), LABEL);
    let endpoint = line().strip_prefix("endpoint ").unwrap().to_owned();
    let contract = line().strip_prefix("contract ").unwrap().to_owned();
    assert!(contract.ends_with("/cp_api_5.1.wsdl"), "{contract}");

    let client = Client::new(ClientConfig::new(endpoint, "key", "pass")).unwrap();
    let stations = client.stations(&StationsQuery::default()).await.unwrap();
    let ids: Vec<_> = stations.iter().map(|station| &station.station_id).collect();
    let estate = sandbox::Estate::new(5, 7);
    assert_eq!(
        ids,
        estate
            .stations()
            .map(|station| &station.station_id)
            .collect::<Vec<_>>()
    );
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let wrong = std::env::temp_dir().join(format!("ev-portal-faults-{}", std::process::id()));
    std::fs::write(&wrong, "html\nearthquake").unwrap();
    let wrong = wrong.to_str().unwrap();
    for arguments in [
        ["--scale", "0"],
        ["--scale", "10001"],
        ["--listen", "here"],
        ["--faults", "nowhere"],
        ["--faults", wrong],
    ] {
        let output = Command::new(PROGRAM).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !arguments[1].contains("faults") || said.contains("line 2: \"earthquake\""),
            "{said}"
        );
    }
    std::fs::remove_file(wrong).unwrap();
}
