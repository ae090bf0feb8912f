//! Secrets stay inside: not in the log, whatever it tells, and in no answer.

use std::io::Read;
use std::process::Stdio;

use tempfile::TempDir;

use crate::command::{Program, command};
use crate::support::{Answer, TestApp, http};

const KEY: &str = "planted-licence-key";
const WORD: &str = "planted-api-word";
const PASSWORD: &str = "planted kettle drives south";

/// The program with planted secrets, its log as talkative as can be, asked for everything it answers.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn planted_secrets_are_found_nowhere() {
    // A ChargePoint that refuses all that comes, and echoes it.
    let echo = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/webservices", echo.local_addr().unwrap());
    let router = axum::Router::new().fallback(async |body: String| {
        let fault =
            format!("<Envelope><Body><Fault><faultcode>x</faultcode><faultstring>{body}</faultstring>");
        (axum::http::StatusCode::INTERNAL_SERVER_ERROR, fault)
    });
    tokio::spawn(axum::serve(echo, router).into_future());
    let dir = TempDir::new().unwrap();
    std::fs::write(dir.path().join("key"), KEY).unwrap();
    let mut program = command(&dir);
    program
        .args(["--chargepoint-url", &endpoint, "--chargepoint-license-key-file"])
        .arg(dir.path().join("key"))
        .env("EV_PORTAL_CHARGEPOINT_PASSWORD", WORD)
        .env("EV_PORTAL_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut program = Program(program.spawn().unwrap());
    let (mut out, mut log) = (program.0.stdout.take().unwrap(), program.0.stderr.take().unwrap());
    let logged = std::thread::spawn(move || {
        let mut text = String::new();
        log.read_to_string(&mut text).unwrap();
        text
    });
    let mut printed = String::new();
    while !printed.contains("/set-up/") || !printed.ends_with('\n') {
        let mut byte = [0];
        out.read_exact(&mut byte).unwrap();
        printed.push(char::from(byte[0]));
    }
    let link = printed.split_whitespace().last().unwrap().to_owned();
    let site = link.split("/set-up/").next().unwrap();
    let form = [
        ("name", "Ada"),
        ("email", "ada@acme.example"),
        ("password", PASSWORD),
    ];
    let made = Answer::of(http().post(&link).form(&form)).await;
    let cookie = made.header("set-cookie").split(';').next().unwrap().to_owned();
    let session = cookie.split('=').nth(1).unwrap().to_owned();
    assert_eq!(session.len(), 40);
    let mut answers = String::new();
    let sync = http().post(format!("{site}/api/v1/locations/sync"));
    answers += &Answer::of(sync.header("cookie", &cookie)).await.text;
    let wrong = [("email", "ada@acme.example"), ("password", "planted wrong word")];
    answers += &Answer::of(http().post(format!("{site}/sign-in")).form(&wrong))
        .await
        .text;
    for (method, path) in super::routes() {
        if method == reqwest::Method::GET {
            let request = http()
                .get(format!("{site}/api/v1{path}"))
                .header("cookie", &cookie);
            answers += &Answer::of(request).await.text;
        }
    }
    for path in ["/api/openapi.json", "/api/docs", "/sign-in", "/readyz"] {
        let request = http().get(format!("{site}{path}")).header("cookie", &cookie);
        answers += &Answer::of(request).await.text;
    }
    let killed = std::process::Command::new("kill")
        .arg(program.0.id().to_string())
        .status();
    assert!(killed.unwrap().success());
    program.0.wait().unwrap();
    let log = logged.join().unwrap();
    assert!(log.contains("TRACE") && answers.len() > 100_000);
    for secret in [KEY, WORD, PASSWORD, "planted wrong word", &session] {
        assert!(!answers.contains(secret), "an answer tells {secret}");
        if let Some(line) = log.lines().find(|line| line.contains(secret)) {
            panic!("the log tells {secret}: {line}");
        }
    }
}

/// No example in the description is one that works anywhere, and none looks like one of ours.
#[tokio::test]
async fn the_description_names_no_secret() {
    let app = TestApp::sqlite().await;
    let document = app.get("/api/openapi.json").await;
    assert!(!document.text.contains(&app.key));
    for word in ["\"example\"", "\"examples\"", "\"default\":\""] {
        for (at, _) in document.text.match_indices(word) {
            let near: String = document.text[at..].chars().take(200).collect();
            let is_long = near
                .split('"')
                .any(|text| text.len() >= 32 && text.bytes().all(|b| b.is_ascii_hexdigit()));
            assert!(!is_long, "{near}");
        }
    }
}
