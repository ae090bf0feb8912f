//! Exports that end early: nobody takes half a file for a whole one.

use std::time::Duration;

use reqwest::{Method, Response};
use sqlx::Row;

use crate::export::{ended, many};
use crate::support::TestApp;

const NAME: &str = "0123456789abcdef";

/// Reads the rest of a file. True: it does not end as a whole one does.
async fn breaks_off(mut answer: Response) -> bool {
    loop {
        match answer.chunk().await {
            Ok(Some(_)) => {}
            Ok(None) => return false,
            Err(_) => return true,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_who_takes_nothing_is_left_and_gets_no_whole_file() {
    let app = TestApp::builder()
        .patience(Duration::from_millis(200))
        .start()
        .await;
    many(&app, 200_000).await;
    let answer = app
        .request(Method::GET, "/tokens/export?progress=0123456789abcdef")
        .send()
        .await
        .unwrap();
    let progress = ended(&app, "0123456789abcdef").await;
    assert_eq!(progress["failed"], "nobody took the file for 0 seconds");
    // What waits on the way is bounded, however long the list is.
    assert!(progress["rows"].as_u64().unwrap() < 60_000, "{progress}");
    assert!(breaks_off(answer).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_cannot_be_read_is_told_and_leaves_no_whole_file() {
    let app = TestApp::sqlite().await;
    many(&app, 20_000).await;
    let mut tx = app.app.books.write().await.unwrap();
    // SQLite takes any value in any column; the portal cannot read this one.
    sqlx::query("UPDATE tokens SET version = 'x' WHERE id = 'tok_100015000'")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
    let answer = app
        .request(Method::GET, "/tokens/export?progress=0123456789abcdef")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert!(breaks_off(answer).await);
    let progress = ended(&app, "0123456789abcdef").await;
    assert_eq!(progress["failed"], "The portal failed. Begin the export again.");
    assert!(
        (10_000..=15_000).contains(&progress["rows"].as_u64().unwrap()),
        "{progress}"
    );
}

/// PostgreSQL ends the connection while the file is on its way, as it does when it is stopped.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn books_that_go_away_leave_no_whole_file() {
    let Some(app) = TestApp::postgres().await else {
        return;
    };
    many(&app, 200_000).await;
    for format in ["csv", "json", "xlsx"] {
        let name = format!("{NAME}-{format}");
        let path = format!("/tokens/export?format={format}&progress={name}");
        let answer = app.request(Method::GET, &path).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        // Far more rows than wait between the two sides: the reader is not done, whoever is faster.
        let mut tx = app.app.books.write().await.unwrap();
        let ended_backends = sqlx::query(
            "SELECT COUNT(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity \
             WHERE datname = CURRENT_DATABASE() \
             AND backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()",
        );
        let row = ended_backends.fetch_one(&mut *tx).await.unwrap();
        // Beside the export's own, that which notes who asked may be busy.
        assert!(row.try_get::<i64, _>("ended").unwrap() >= 1, "{format}");
        drop(tx);
        assert!(breaks_off(answer).await, "{format}");
        let progress = ended(&app, &name).await;
        assert_eq!(
            progress["failed"], "The portal failed. Begin the export again.",
            "{format}"
        );
        assert!(progress["rows"].as_u64().unwrap() < 200_000, "{progress}");
    }
    // The portal goes on with connections of its own.
    let answer = app.get("/tokens/export?format=json&columns=authId").await;
    assert_eq!(answer.ok().as_array().unwrap().len(), 200_000);
}
