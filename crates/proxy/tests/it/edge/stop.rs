//! How the program stops.

use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::command::{Program, command, start};
use crate::support::{Answer, http};

fn signal(program: &Program, name: &str) {
    let id = program.0.id().to_string();
    assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
}

/// Waits for a state of the program, which comes by itself.
async fn until(what: &str, mut is: impl AsyncFnMut() -> bool) {
    let since = Instant::now();
    while !is().await {
        assert!(since.elapsed() < Duration::from_secs(20), "{what}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn readiness_goes_first_and_requests_go_on() {
    for name in ["-TERM", "-INT"] {
        let dir = TempDir::new().unwrap();
        let (mut program, lines) = start(command(&dir).args(["--drain", "600"]), 2);
        let site = lines[0].strip_prefix("ev-portal listening on ").unwrap();
        let ask = async |path: &str| Answer::of(http().get(format!("{site}{path}"))).await;
        assert_eq!(ask("/readyz").await.status, 200);
        signal(&program, name);
        until("it is not ready any more", async || {
            ask("/readyz").await.status == 503
        })
        .await;
        ask("/readyz").await.problem(503, "/problems/stopping");
        assert_eq!(ask("/healthz").await.status, 200);
        assert_eq!(ask("/sign-in").await.status, 200);
        // Who does not want to wait asks again.
        signal(&program, name);
        assert!(program.0.wait().unwrap().success());
    }
}

/// A request that is under way ends as if nothing had been asked; new ones find nobody.
#[tokio::test]
async fn what_is_under_way_is_answered() {
    let dir = TempDir::new().unwrap();
    let (mut program, lines) = start(&mut command(&dir), 2);
    let site = lines[0].strip_prefix("ev-portal listening on ").unwrap();
    let address = site.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let form = "email=a%40b&password=x";
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        form.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // It asks for the body, so the request has begun.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    signal(&program, "-TERM");
    until("it listens no more", async || {
        TcpStream::connect(address).await.is_err()
    })
    .await;
    stream.write_all(form.as_bytes()).await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    assert!(said.starts_with("HTTP/1.1 401 "), "{said}");
    assert!(program.0.wait().unwrap().success());
}
