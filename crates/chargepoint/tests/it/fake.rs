//! A server that answers what a test tells it to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chargepoint::{Client, ClientConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub const KEY: &str = "key-0f31-secret";
pub const PASSWORD: &str = "p4ss&<word>";

/// What to answer to the n-th request (from 0); the request comes with its head.
type Answer = dyn Fn(usize, &str) -> Vec<u8> + Send + Sync;

pub struct Fake {
    pub endpoint: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    pub async fn start(answer: impl Fn(usize, &str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/services/5.1", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let answer: Arc<Answer> = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&seen), Arc::clone(&answer)));
            }
        });
        Self { endpoint, requests }
    }

    /// One that always answers the same.
    pub async fn always(answer: Vec<u8>) -> Self {
        Self::start(move |_, _| answer.clone()).await
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub fn config(&self) -> ClientConfig {
        ClientConfig {
            timeout: Duration::from_secs(20),
            ..ClientConfig::new(&self.endpoint, KEY, PASSWORD)
        }
    }

    pub fn client(&self) -> Client {
        Client::new(self.config()).unwrap()
    }
}

async fn serve(mut stream: TcpStream, seen: Arc<Mutex<Vec<String>>>, answer: Arc<Answer>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_whole(&request) {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => request.extend_from_slice(&buffer[..count]),
        }
    }
    let request = String::from_utf8(request).unwrap();
    let number = {
        let mut seen = seen.lock().unwrap();
        seen.push(request.clone());
        seen.len() - 1
    };
    assert!(number < 100, "a client that goes on for ever");
    let answer = answer(number, &request);
    if answer.is_empty() {
        // No answer: hold the connection until the client gives up.
        let _ = stream.read(&mut buffer).await;
        return;
    }
    let _ = stream.write_all(&answer).await;
    let _ = stream.shutdown().await;
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().unwrap())
    });
    body.len() >= length.unwrap_or_default()
}

/// An HTTP answer.
pub fn http(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// A SOAP message around the content of a Body.
pub fn soap(body: &str) -> Vec<u8> {
    http(200, "Content-Type: text/xml\r\n", envelope(body))
}

pub fn envelope(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:dictionary:com.chargepoint.webservices"><SOAP-ENV:Body>{body}</SOAP-ENV:Body></SOAP-ENV:Envelope>"#
    )
}

/// A getStations answer with this code and these rows.
pub fn stations(code: &str, rows: &str, more: u8) -> String {
    envelope(&format!(
        "<ns1:getStationsResponse><responseCode>{code}</responseCode><responseText>text</responseText>{rows}<moreFlag>{more}</moreFlag></ns1:getStationsResponse>"
    ))
}
