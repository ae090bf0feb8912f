//! The server killed, or told to stop, at any moment of *Finalise import* leaves the old list or the new one, whole.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use proxy::books::Books;
use serde_json::{Value, json};

use crate::support::http_of;

const OLD: usize = 1_000;
const NEW: usize = 50_000;
/// In which time a server that is told to stop has ended, on a machine that does more: what is under way has ten
/// seconds, the books five.
const BOUND: Duration = Duration::from_secs(25);

struct Server {
    child: Child,
    base: String,
    http: reqwest::Client,
}

impl Server {
    fn start(data: &Path, key: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ev-portal"))
            .args(["--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("ev-portal listening on ")
            .unwrap()
            .to_owned();
        Self {
            http: http_of(key),
            child,
            base: format!("{address}/api/v1"),
        }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Tells it to stop, and waits until it has.
    fn stop(&mut self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        let since = Instant::now();
        let ended = self.child.wait().unwrap();
        assert!(ended.success(), "{ended}");
        assert!(since.elapsed() < BOUND, "{:?}", since.elapsed());
    }

    async fn get(&self, path: &str) -> Value {
        self.http
            .get(format!("{}{path}", self.base))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    async fn send(&self, method: reqwest::Method, path: &str, body: &Value) -> Value {
        let request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .header("if-match", "*")
            .json(body);
        let response = request.send().await.unwrap().error_for_status().unwrap();
        response.json().await.unwrap()
    }

    async fn stage(&self, ids: &[String]) -> String {
        let imports = "/locations/loc_one/authorization/imports";
        let new = json!({ "fileName": "a.csv", "kind": "auth-id" });
        let import = self.send(reqwest::Method::POST, imports, &new).await;
        let path = format!("{imports}/{}", import["id"].as_str().unwrap());
        self.send(
            reqwest::Method::PUT,
            &format!("{path}/chunks/0"),
            &json!({ "ids": ids }),
        )
        .await;
        path
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_finalising_the_list_is_whole() {
    let [old, _] = disturbed("killed", Server::kill).await;
    assert!(old > 0, "killed at the first moment, the old list stays");
}

/// Beyond that, what was begun is done where there is time for it, and its answer arrives.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_while_finalising_the_list_is_whole_and_the_server_ends() {
    let [_, new] = disturbed("told to stop", Server::stop).await;
    assert!(new > 0, "an import that was under way was finished");
}

/// An import that cannot go on, since another program holds the books, does not hold the server up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_while_an_import_waits_it_never_was() {
    let dir = tempfile::TempDir::new().unwrap();
    let key = books_in(dir.path()).await;
    let mut server = Server::start(dir.path(), &key);
    let ids: Vec<String> = (0..OLD).map(|n| format!("OLD{n:06}")).collect();
    let import = server.stage(&ids).await;
    let books = Books::open(&proxy::books::sqlite_url(&dir.path().join("portal.sqlite")))
        .await
        .unwrap();
    let held = books.write().await.unwrap();
    let request = server.http.post(format!("{}{import}/finalise", server.base));
    let request = request.header("if-match", "*").json(&json!({ "ids": OLD }));
    let answer = tokio::spawn(request.send());
    // What is asked after it is answered, so it is under way.
    server.get("/locations/loc_one").await;
    server.stop();
    let answered = answer.await.unwrap();
    assert!(answered.is_err() || answered.is_ok_and(|answer| answer.status().is_server_error()));
    drop(held);
    let server = Server::start(dir.path(), &key);
    assert_eq!(server.get("/locations/loc_one/authorization").await["tokens"], 0);
    assert_eq!(server.get(&import).await["state"], "staged");
}

/// Books with one location, and the key of an administrator.
async fn books_in(folder: &Path) -> String {
    let app = crate::support::TestApp::builder().start().await;
    app.location("one").await;
    app.app.books.close().await;
    let (from, to) = (app.dir.path().join("portal.sqlite"), folder.join("portal.sqlite"));
    std::fs::copy(from, to).unwrap();
    app.key.clone()
}

/// How often the old list was there and how often the new one, of eight times that the server was ended while it
/// came.
async fn disturbed(how: &str, end: fn(&mut Server)) -> [usize; 2] {
    let dir = tempfile::TempDir::new().unwrap();
    let key = books_in(dir.path()).await;
    let old: Vec<String> = (0..OLD).map(|n| format!("OLD{n:06}")).collect();
    let new: Vec<String> = (0..NEW).map(|n| format!("NEW{n:06}")).collect();
    let mut server = Server::start(dir.path(), &key);
    let import = server.stage(&old).await;
    server
        .send(
            reqwest::Method::POST,
            &format!("{import}/finalise"),
            &json!({ "ids": OLD }),
        )
        .await;

    // How long finalising takes undisturbed sets the moments at which it is disturbed.
    let import = server.stage(&new).await;
    let clear = json!({ "ids": NEW, "clear": true });
    let begun = Instant::now();
    server
        .send(reqwest::Method::POST, &format!("{import}/finalise"), &clear)
        .await;
    let whole = begun.elapsed();
    server
        .send(reqwest::Method::POST, &format!("{import}/undo"), &json!({}))
        .await;

    let mut seen = [0, 0];
    for round in 0..8 {
        let import = server.stage(&new).await;
        let request = server
            .http
            .post(format!("{}{import}/finalise", server.base))
            .header("if-match", "*")
            .timeout(Duration::from_secs(30))
            .json(&clear);
        let answer = tokio::spawn(request.send());
        let moment = Instant::now() + whole * round / 6;
        while Instant::now() < moment {
            tokio::task::yield_now().await;
        }
        end(&mut server);
        let answered = answer
            .await
            .unwrap()
            .is_ok_and(|response| response.status().is_success());
        server = Server::start(dir.path(), &key);

        let list = server.get("/locations/loc_one/authorization").await;
        let page = server
            .get("/locations/loc_one/authorization/tokens?pageSize=1")
            .await;
        let last = server
            .get("/locations/loc_one/authorization/tokens?pageSize=1&sort=-id")
            .await;
        let state = server.get(&import).await["state"].as_str().unwrap().to_owned();
        let id = import.rsplit('/').next().unwrap();
        let lines = server
            .get(&format!("/audit?filter=batch:is:{id}&filter=action:is:Imported"))
            .await;
        assert_eq!(
            lines["total"],
            u64::from(state == "finalised"),
            "a line tells of it"
        );
        assert_eq!(
            (&page["total"], &list["visibility"]),
            (&list["tokens"], &json!("Private"))
        );
        let first_and_last = (
            page["items"][0]["id"].as_str().unwrap(),
            last["items"][0]["id"].as_str().unwrap(),
        );
        match list["tokens"].as_u64().unwrap() as usize {
            OLD => {
                assert_eq!(
                    (first_and_last, state.as_str()),
                    (("OLD000000", "OLD000999"), "staged")
                );
                assert!(!answered, "what was answered must stay");
                seen[0] += 1;
            }
            NEW => {
                assert_eq!(
                    (first_and_last, state.as_str()),
                    (("NEW000000", "NEW049999"), "finalised")
                );
                assert!(answered || how == "killed", "what was done is answered");
                server
                    .send(reqwest::Method::POST, &format!("{import}/undo"), &json!({}))
                    .await;
                seen[1] += 1;
            }
            mixed => panic!("{mixed} entries"),
        }
    }
    eprintln!(
        "{how} while finalising: {} old lists, {} new ones",
        seen[0], seen[1]
    );
    seen
}
