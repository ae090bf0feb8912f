//! The program itself: what it prints, how it stops, what it refuses.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use crate::support::http;

pub fn command(dir: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ev-portal"));
    command
        .args(["--listen", "127.0.0.1:0", "--data-dir"])
        .arg(dir.path().join("data"));
    command
}

/// The program, ended when the test ends.
pub struct Program(pub Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn start(command: &mut Command, lines: usize) -> (Program, Vec<String>) {
    let mut program = Program(
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let out = BufReader::new(program.0.stdout.take().unwrap());
    let lines = out.lines().take(lines).map(Result::unwrap).collect();
    (program, lines)
}

fn refused(command: &mut Command) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    assert_eq!((status.code(), stdout.len()), (Some(1), 0));
    String::from_utf8(stderr).unwrap()
}

/// The customers, for the sandbox's administrator.
async fn customers(portal: &str) -> serde_json::Value {
    let enter = http()
        .post(format!("{portal}/sign-in/try"))
        .form(&[("account", "demo")]);
    let entered = enter.send().await.unwrap();
    let cookie = entered.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let request = http()
        .get(format!("{portal}/api/v1/customers"))
        .header("cookie", cookie);
    let mut page: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    page.as_object_mut().unwrap().remove("asOf");
    page
}

#[tokio::test]
async fn the_sandbox_starts_with_its_books_and_stops_when_told() {
    let dir = TempDir::new().unwrap();
    let (mut program, lines) = start(command(&dir).args(["--sandbox", "--sandbox-scale", "24"]), 2);
    assert!(
        lines[0].starts_with("chargepoint stand-in on http://127.0.0.1:"),
        "{lines:?}"
    );
    let portal = lines[1].strip_prefix("ev-portal listening on ").unwrap();
    let page = customers(portal).await;
    assert!(page["total"].as_u64().unwrap() >= 60);
    let told = Command::new("kill")
        .args(["-TERM", &program.0.id().to_string()])
        .status()
        .unwrap();
    assert!(told.success());
    assert!(program.0.wait().unwrap().success());
    assert!(
        !dir.path().join("data/portal.sqlite-wal").exists(),
        "the log is folded into the file"
    );

    // The books are there again, and are not filled twice.
    let (_program, lines) = start(command(&dir).env("EV_PORTAL_SANDBOX", "true"), 2);
    let portal = lines[1].strip_prefix("ev-portal listening on ").unwrap();
    assert_eq!(customers(portal).await["items"], page["items"]);
}

#[tokio::test]
async fn the_log_says_of_which_request_a_line_is_and_names_no_id() {
    let dir = TempDir::new().unwrap();
    let mut program = command(&dir);
    program.env("EV_PORTAL_LOG", "proxy=debug").stdout(Stdio::piped());
    let mut program = Program(program.stderr(Stdio::piped()).spawn().unwrap());
    let mut out = BufReader::new(program.0.stdout.take().unwrap()).lines();
    let first = out.next().unwrap().unwrap();
    let portal = first.strip_prefix("ev-portal listening on ").unwrap();
    let answer = http()
        .get(format!("{portal}/api/v1/customers/cus_1?q=secret"))
        .send();
    let number = answer.await.unwrap().headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let log = BufReader::new(program.0.stderr.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let line = log.into_iter().find(|line| line.contains("answered")).unwrap();
    let end = format!("answered status=401 ms=0 request={number} GET /api/v1/customers/{{id}}");
    let ms = line.find(" ms=").unwrap();
    let ended = ms + 4 + line[ms + 4..].find(' ').unwrap();
    assert!(
        [&line[..ms], " ms=0", &line[ended..]].concat().ends_with(&end),
        "{line}"
    );
    assert!(!line.contains('\u{1b}'), "colours are for terminals: {line:?}");
}

#[test]
fn settings_that_cannot_work_are_named_and_secrets_are_not() {
    let dir = TempDir::new().unwrap();
    let said = refused(command(&dir).args(["--chargepoint-region", "eu"]));
    assert!(said.contains("EV_PORTAL_CHARGEPOINT_LICENSE_KEY"), "{said}");
    let said = refused(command(&dir).args([
        "--chargepoint-region",
        "eu",
        "--chargepoint-license-key-file",
        "missing",
    ]));
    assert!(said.contains("missing"), "{said}");
    let said = refused(
        command(&dir)
            .args(["--chargepoint-url", "http://chargepoint.example/5.1"])
            .env("EV_PORTAL_CHARGEPOINT_LICENSE_KEY", "key-of-ours")
            .env("EV_PORTAL_CHARGEPOINT_PASSWORD", "word-of-ours"),
    );
    assert!(!said.contains("of-ours"), "{said}");
    let url = "mysql://portal:word-of-ours@localhost/x";
    let said = refused(command(&dir).args(["--database-url", url]));
    assert!(
        said.contains("--database-url-file") && !said.contains("of-ours"),
        "{said}"
    );
    let said = refused(command(&dir).env("EV_PORTAL_DATABASE_URL", url));
    assert!(
        said.contains("sqlite: or postgres:") && !said.contains("of-ours"),
        "{said}"
    );
    let said = refused(command(&dir).args(["--sandbox", "--sandbox-scale", "10001"]));
    assert!(said.contains("--sandbox-scale"), "{said}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ev-portal"));
    let said = refused(command.args(["--listen", &address, "--data-dir"]).arg(dir.path()));
    assert!(said.contains(&address), "{said}");
}

#[tokio::test]
async fn books_of_a_newer_version_are_left_alone() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("portal.sqlite");
    let url = proxy::books::sqlite_url(&path);
    let books = proxy::books::Books::open(&url).await.unwrap();
    let mut tx = books.write().await.unwrap();
    sqlx::query("INSERT INTO migrations (version) VALUES (99)")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
    books.close().await;
    let said = refused(command(&dir).args(["--database-url", &url]));
    assert!(said.contains("newer version (99)"), "{said}");
}

/// `ev-portal audit verify` says what is wrong, and by its exit code that something is.
#[tokio::test]
async fn the_audit_log_is_verified_and_what_is_missing_is_named() {
    let dir = TempDir::new().unwrap();
    let verify = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ev-portal"));
        let command = command.args(["audit", "verify", "--data-dir"]).arg(dir.path());
        let output = command.args(more).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let (code, said) = verify(&[]);
    assert!(
        code == Some(2) && said.contains("there are no books at"),
        "{said}"
    );
    let books = proxy::books::Books::open(&proxy::books::sqlite_url(&dir.path().join("portal.sqlite")))
        .await
        .unwrap();
    let (code, said) = verify(&[]);
    assert_eq!(
        (code, said.as_str()),
        (Some(0), "The audit log is whole. It holds no line yet.\n")
    );
    for name in ["One", "Two", "Three"] {
        let noted = proxy::books::audit::Noted::new("Added", "customers", "cus_x", name);
        proxy::books::audit::note(&books, noted).await.unwrap();
    }
    let (code, said) = verify(&[]);
    let anchor = said.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(code == Some(0) && anchor.starts_with("3:"), "{said}");
    assert_eq!(verify(&["--holds", &anchor]).0, Some(0));
    let (code, said) = verify(&["--holds", &format!("2{}", &anchor[1..])]);
    assert_eq!(
        (code, said.as_str()),
        (
            Some(1),
            "The audit log is not whole: line 2 is not the one that was noted down.\n"
        )
    );
    assert!(
        verify(&["--holds", "3"])
            .1
            .contains("a line's number and its hash")
    );
    let mut tx = books.write().await.unwrap();
    for sql in ["DROP TRIGGER audit_delete", "DELETE FROM audit WHERE id = 2"] {
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
    }
    tx.silently("a test tampers");
    tx.commit().await.unwrap();
    let (code, said) = verify(&[]);
    assert_eq!(
        (code, said.as_str()),
        (Some(1), "The audit log is not whole: line 2 is missing.\n")
    );
}
