//! Clients that take their time.

use std::time::Duration;

use proxy::connections::Times;
use proxy::edge::Edge;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::TestApp;

const SOON: Duration = Duration::from_millis(300);

async fn app() -> TestApp {
    let edge = Edge {
        patience: SOON,
        ..Edge::default()
    };
    let times = Times {
        head: SOON,
        stall: SOON,
        ..Times::default()
    };
    TestApp::builder().edge(edge).times(times).start().await
}

pub async fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(app.site().strip_prefix("http://").unwrap())
        .await
        .unwrap()
}

/// What arrives until the portal ends the connection, which it must.
pub async fn until_the_end(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes));
    // A connection that is cut while something is on its way is reset.
    let _ = read.await.expect("the portal ends it");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off() {
    let app = app().await;
    for beginning in ["", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "] {
        let mut stream = connect(&app).await;
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let said = until_the_end(&mut stream).await;
        assert!(!said.contains("200 OK"), "{said}");
    }
    let mut stream = connect(&app).await;
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .unwrap();
    let said = until_the_end(&mut stream).await;
    assert!(said.contains("200 OK"), "answered, then idle: {said}");
}

#[tokio::test]
async fn a_body_that_never_ends_is_told_and_cut_off() {
    let app = app().await;
    let head = format!(
        "POST /api/v1/customers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{\"name\":",
        app.key
    );
    let mut stream = connect(&app).await;
    stream.write_all(head.as_bytes()).await.unwrap();
    let said = until_the_end(&mut stream).await;
    assert!(
        said.starts_with("HTTP/1.1 408 ") && said.contains("/problems/too-slow"),
        "{said}"
    );
}

/// One byte at a time keeps nobody's place for long either.
#[tokio::test]
async fn a_body_that_drips_is_cut_off() {
    let app = app().await;
    let head = format!(
        "POST /api/v1/customers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n",
        app.key
    );
    let mut stream = connect(&app).await;
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut reading, mut writing) = stream.into_split();
    let drip = async {
        let mut pace = tokio::time::interval(SOON / 10);
        loop {
            pace.tick().await;
            if writing.write_all(b" ").await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let mut said = [0; 12];
    let answered = async { reading.read_exact(&mut said).await };
    tokio::select! {
        () = drip => unreachable!("it drips for ever"),
        answered = timeout(Duration::from_secs(20), answered) => answered.unwrap().unwrap(),
    };
    assert_eq!(&said, b"HTTP/1.1 408");
}

/// A reader that takes nothing of a large answer gets the beginning of it and no more.
#[tokio::test]
async fn a_reader_who_stalls_is_cut_off() {
    let app = app().await;
    let web = app.dir.path().join("web");
    std::fs::create_dir_all(&web).unwrap();
    let size = 64 * 1024 * 1024;
    std::fs::write(web.join("large.bin"), vec![b'x'; size]).unwrap();
    let mut stream = connect(&app).await;
    stream
        .write_all(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .unwrap();
    // Nothing is read for ten times as long as the portal waits.
    let mut first = [0; 15];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    tokio::time::sleep(SOON * 10).await;
    let mut rest = Vec::new();
    let _ = timeout(Duration::from_secs(20), stream.read_to_end(&mut rest))
        .await
        .unwrap();
    assert!(rest.len() < size, "{} bytes came", rest.len());
}
