//! Answers over the wire that never end.

use std::time::{Duration, Instant};

use chargepoint::{Client, ClientConfig, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that begins an answer and then says the same again and again, with a pause.
async fn endless(head: &'static str, part: Vec<u8>, pause: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, head, part.clone(), pause));
        }
    });
    endpoint
}

async fn talk(mut stream: TcpStream, head: &str, part: Vec<u8>, pause: Duration) {
    let mut request = [0; 4096];
    drop(stream.read(&mut request).await);
    if stream.write_all(head.as_bytes()).await.is_err() {
        return;
    }
    // Until the client hangs up.
    while stream.write_all(&part).await.is_ok() {
        tokio::time::sleep(pause).await;
    }
}

async fn error(endpoint: String, max_answer: usize, timeout: Duration) -> Error {
    let config = ClientConfig {
        max_answer,
        timeout,
        ..ClientConfig::new(endpoint, "k", "p")
    };
    Client::new(config).unwrap().cpn_instances().await.unwrap_err()
}

const CHUNKED: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n";
const LONG: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 104857600\r\n\r\n";
const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn an_answer_without_an_end_is_cut_at_the_limit() {
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x10000], b"\r\n".to_vec()].concat();
    let endpoint = endless(CHUNKED, chunk, Duration::ZERO).await;
    let error = error(endpoint, 8 << 20, MINUTE).await;
    assert!(matches!(error, Error::TooLarge { limit: 0x80_0000 }), "{error:?}");
}

/// 100 MB that are announced are not waited for: nothing of them ever comes.
#[tokio::test]
async fn an_answer_that_is_too_long_is_refused_by_its_head() {
    let endpoint = endless(LONG, Vec::new(), MINUTE).await;
    let error = error(endpoint, 64 << 20, MINUTE).await;
    assert!(
        matches!(error, Error::TooLarge { limit: 0x400_0000 }),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_that_comes_drop_by_drop_is_a_timeout() {
    let endpoint = endless(LONG, b" ".to_vec(), Duration::from_millis(1)).await;
    let start = Instant::now();
    let error = error(endpoint, 1 << 30, Duration::from_millis(300)).await;
    assert!(matches!(error, Error::Timeout), "{error:?}");
    assert!(start.elapsed() < MINUTE);
}
