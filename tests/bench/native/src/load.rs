//! A SOAP service that takes its time, and many clients of an HTTP server: what a proxy between the two is
//! measured with.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

type Failure = Box<dyn Error + Send + Sync>;

/// How long the service takes for an answer.
const TAKES: Duration = Duration::from_millis(30);
/// Not counted: connections are made, and whatever is kept comes to be.
const BEFORE: Duration = Duration::from_secs(2);

/// Serves the file to whoever posts anything, each time after [`TAKES`]; prints its address.
pub async fn service(file: &str) -> Result<(), Failure> {
    let body = std::fs::read(file)?;
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer: Arc<[u8]> = [head.as_bytes(), &body].concat().into();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let answer = answer.clone();
        tokio::spawn(async move {
            stream.set_nodelay(true)?;
            let mut stream = BufReader::new(stream);
            while message(&mut stream).await?.is_some() {
                sleep(TAKES).await;
                stream.write_all(&answer).await?;
            }
            Ok::<(), Failure>(())
        });
    }
}

/// A bare web framework that answers a constant to whoever posts anything; prints its address. It has all cores, as
/// the portal has.
pub fn constant(answer: &str) -> Result<(), Failure> {
    let answer: &'static str = Box::leak(answer.to_owned().into_boxed_str());
    let json = [("content-type", "application/json")];
    let router = axum::Router::new().route("/{*any}", axum::routing::post(async move || (json, answer)));
    let serve = async move {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        axum::serve(listener, router).await?;
        Ok(())
    };
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(serve)
}

/// That many clients ask for the address without a pause, for that many seconds; `{n}` in it is another number
/// each time. With `bodies`, a file, they post its lines in turn. Prints JSON: answers per second, and the milliseconds that 50 and 99 of 100 took at most.
pub async fn clients(
    address: &str,
    clients: &str,
    seconds: &str,
    cookie: &str,
    bodies: Option<&str>,
) -> Result<(), Failure> {
    let bodies = bodies
        .map(std::fs::read_to_string)
        .transpose()?
        .unwrap_or_default();
    let bodies: Arc<[String]> = bodies.lines().map(str::to_owned).collect();
    let (host, path) = address
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .ok_or("an address is http://HOST:PORT/PATH")?;
    let begun = Instant::now() + BEFORE;
    let until = begun + Duration::from_secs(seconds.parse()?);
    let number = Arc::new(AtomicU64::new(0));
    let mut all = JoinSet::new();
    for _ in 0..clients.parse::<usize>()? {
        let (host, path, cookie) = (host.to_owned(), path.to_owned(), cookie.to_owned());
        let (number, bodies) = (number.clone(), bodies.clone());
        all.spawn(async move {
            let stream = TcpStream::connect(&host).await?;
            stream.set_nodelay(true)?;
            let mut stream = BufReader::new(stream);
            let mut times = Vec::new();
            loop {
                let n = number.fetch_add(1, Ordering::Relaxed);
                let body = bodies.get(n as usize % bodies.len().max(1)).map_or("", String::as_str);
                let method = if path.is_empty() || !body.is_empty() {
                    "POST"
                } else {
                    "GET"
                };
                let path = path.replace("{n}", &n.to_string());
                let head = format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                let start = Instant::now();
                stream.write_all(head.as_bytes()).await?;
                let first = message(&mut stream).await?.ok_or("the connection was closed")?;
                if !first.contains(" 200 ") {
                    return Err(Failure::from(first));
                }
                let now = Instant::now();
                if now > until {
                    return Ok(times);
                }
                if start > begun {
                    times.push((now - start).as_secs_f64() * 1000.0);
                }
            }
        });
    }
    let mut times: Vec<f64> = Vec::new();
    while let Some(client) = all.join_next().await {
        times.extend(client??);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        times
            .get((times.len() as f64 * share) as usize)
            .copied()
            .unwrap_or_default()
    };
    println!(
        r#"{{"perSecond":{:.1},"p50":{:.2},"p99":{:.2}}}"#,
        times.len() as f64 / (until - begun).as_secs_f64(),
        at(0.5),
        at(0.99)
    );
    Ok(())
}

/// Reads a request or an answer to its end; its first line, or nothing where the other side is done.
async fn message(stream: &mut BufReader<TcpStream>) -> Result<Option<String>, Failure> {
    let mut first = String::new();
    if stream.read_line(&mut first).await? == 0 {
        return Ok(None);
    }
    let (mut line, mut length) = (String::new(), 0);
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        match line.split_once(':') {
            None => break,
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse()?;
            }
            Some(_) => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(Some(first))
}
