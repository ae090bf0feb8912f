//! `/events`: what happens, told to whoever looks.

mod books;
mod chargepoint;
mod readers;

use std::time::{Duration, Instant};

use proxy::live::Times;
use reqwest::{RequestBuilder, Response};
use serde_json::Value;
use tokio::time::timeout;

use crate::support::{Builder, TestApp};

/// How often the portal looks.
pub const LOOK: Duration = Duration::from_millis(10);

/// A portal that looks often.
pub fn builder() -> Builder {
    TestApp::builder().live(Times {
        look: LOOK,
        heartbeat: Duration::from_millis(200),
    })
}

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    id: Option<String>,
    pub name: String,
    pub data: Value,
}

/// A reader.
pub struct Reader {
    response: Response,
    text: String,
    /// The id of the last event, as a browser keeps it.
    last: String,
}

impl Reader {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let (text, last) = (String::new(), String::new());
        Self { response, text, last }
    }

    /// The next event; none once the stream has ended.
    #[track_caller]
    pub fn next(&mut self) -> impl Future<Output = Option<Told>> {
        let asked = std::panic::Location::caller();
        async move {
            let told = timeout(PATIENCE, self.read()).await;
            told.unwrap_or_else(|_| panic!("nothing has come, at {asked}"))
        }
    }

    async fn read(&mut self) -> Option<Told> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let lines = block.lines().filter_map(|line| line.split_once(": "));
                    let mut own = lines.filter(|(key, _)| *key == name);
                    own.next().map(|(_, value)| value.to_owned())
                };
                let (id, event, data) = (field("id"), field("event"), field("data"));
                self.text = rest.to_owned();
                self.last = id.clone().unwrap_or(std::mem::take(&mut self.last));
                if let (Some(name), Some(data)) = (event, data) {
                    let data = serde_json::from_str(&data).unwrap();
                    return Some(Told { id, name, data });
                }
                continue;
            }
            let chunk = self.response.chunk().await.ok().flatten()?;
            self.text += std::str::from_utf8(&chunk).unwrap();
        }
    }

    /// The data of the next event of that name.
    pub async fn wait(&mut self, name: &str) -> Value {
        loop {
            let told = self.next().await.expect("the stream goes on");
            if told.name == name {
                return told.data;
            }
        }
    }

    /// All events up to the one about that record, without it.
    async fn up_to(&mut self, id: &str) -> Vec<Told> {
        let mut all = Vec::new();
        loop {
            let told = self.next().await.expect("the stream goes on");
            if told.name == "books" && told.data["id"] == id {
                return all;
            }
            all.push(told);
        }
    }

    /// Reads until the stream ends.
    async fn end(mut self) {
        while self.next().await.is_some() {}
    }
}

/// Waits for what comes by itself.
async fn until(what: &str, mut is: impl FnMut() -> bool) {
    let since = Instant::now();
    while !is() {
        assert!(since.elapsed() < PATIENCE, "{what}");
        tokio::task::yield_now().await;
    }
}
