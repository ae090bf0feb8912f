use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/token-files")
}

fn check(file: &Path, column: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ev-portal"))
        .args(["import", "--column", column, "--check"])
        .arg(file)
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn every_fixture_comes_out_as_its_case_says() {
    let cases: Vec<Value> =
        serde_json::from_slice(&std::fs::read(fixtures().join("cases.json")).unwrap()).unwrap();
    assert_eq!(cases.len(), 40);
    for case in cases {
        let name = case["file"].as_str().unwrap();
        let output = check(
            &fixtures().join("files").join(name),
            case["column"].as_str().unwrap(),
            &["--json"],
        );
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["refused"], case["refused"], "{name}");
        assert_eq!(
            output.status.code(),
            Some(i32::from(!case["refused"].is_null())),
            "{name}"
        );
        assert_eq!(report["accepted"], case["accepted"], "{name}");
        let rejected: Vec<(&Value, &Value)> = report["rejected"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (&row["line"], &row["code"]))
            .collect();
        let expected: Vec<(&Value, &Value)> = case["rejected"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (&row["line"], &row["code"]))
            .collect();
        assert_eq!(rejected, expected, "{name}");
        for row in report["rejected"].as_array().unwrap() {
            assert!(
                row["value"].is_string() && !row["message"].as_str().unwrap().is_empty(),
                "{name}"
            );
        }
        let warnings: Vec<&Value> = report["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|warning| &warning["code"])
            .collect();
        for code in case["warnings"].as_array().unwrap() {
            assert!(warnings.contains(&code), "{name}: {code} in {warnings:?}");
        }
    }
}

#[test]
fn without_json_a_person_can_read_it() {
    let files = fixtures().join("files");
    let text = |output: &Output| String::from_utf8(output.stdout.clone()).unwrap();
    let good = check(&files.join("enc_invalid_utf8.csv"), "auth-id", &[]);
    assert_eq!(good.status.code(), Some(0));
    assert!(
        text(&good).starts_with("1 accepted, 1 rejected, "),
        "{}",
        text(&good)
    );
    assert!(text(&good).contains("line 2: ") && text(&good).contains("(E_NON_ASCII)"));
    let refused = check(&files.join("struct_header_only.csv"), "auth-id", &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused).starts_with("refused: ") && text(&refused).contains("(F_NO_ROWS)"));
}

#[test]
fn what_cannot_be_done_ends_with_2() {
    let missing = check(Path::new("no such file.csv"), "auth-id", &["--json"]);
    assert_eq!((missing.status.code(), missing.stdout.len()), (Some(2), 0));
    assert!(
        String::from_utf8(missing.stderr)
            .unwrap()
            .contains("no such file.csv")
    );
    let wrong = check(Path::new("x.csv"), "colour", &["--json"]);
    assert_eq!(wrong.status.code(), Some(2));
}
