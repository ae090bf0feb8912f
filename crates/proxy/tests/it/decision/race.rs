//! Questions while the list is replaced: each is answered by the old list or by the new one.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use serde_json::json;

use crate::support::{TestApp, on_both};

const REPLACED: usize = 50;
const LISTED: usize = 200;

on_both! {
    async fn no_answer_comes_from_an_empty_or_a_mixed_list(app) {
        let id = app.location("Oosteinde").await;
        // Both lists hold ALWAYS, neither NEVER; a driver app shows the place by the same lists.
        let generation = |from: usize| -> Vec<String> {
            let own = (from..from + LISTED).map(|n| format!("CARD{n:05}"));
            own.chain(["ALWAYS".to_owned()]).collect()
        };
        let generations = [generation(0), generation(LISTED)];
        let replace = async |turn: usize| {
            let ids: Vec<&str> = generations[turn % 2].iter().map(String::as_str).collect();
            let import = app.stage(&id, "auth-id", &[&ids]).await;
            app.change_any(&format!("{import}/finalise"), json!({ "ids": ids.len(), "clear": true })).await.ok();
        };
        replace(0).await;

        let (done, asked) = (AtomicBool::new(false), AtomicU64::new(0));
        let ask = async |card: &str| {
            let body = json!({ "locationId": id, "authId": card });
            let told = app.post("/authorize", body).await.ok();
            asked.fetch_add(1, Ordering::Relaxed);
            told["reason"].as_str().unwrap().to_owned()
        };
        let always = async || {
            while !done.load(Ordering::Relaxed) {
                assert_eq!(ask("ALWAYS").await, "listed");
                assert_eq!(ask("NEVER").await, "unknownToken");
                let one = ask("CARD00000").await;
                assert!(["listed", "unknownToken"].contains(&one.as_str()), "{one}");
            }
        };
        let shown = async || {
            while !done.load(Ordering::Relaxed) {
                for (card, total) in [("ALWAYS", 1), ("NEVER", 0)] {
                    let page = app.get(&format!("/locations/visible?authId={card}")).await.ok();
                    assert_eq!(page["total"], total, "{card}: {page}");
                }
            }
        };
        let replacing = async || {
            for turn in 1..=REPLACED {
                replace(turn).await;
            }
            done.store(true, Ordering::Relaxed);
        };
        let begun = Instant::now();
        tokio::join!(always(), always(), always(), shown(), replacing());
        let asked = asked.into_inner();
        println!("{asked} questions in {:?} while the list was replaced {REPLACED} times", begun.elapsed());
        assert!(asked > REPLACED as u64, "{asked}");
    }
}
