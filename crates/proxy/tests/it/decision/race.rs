//! A thousand questions a second while the list is replaced: each is answered by the old list or by the new one, and
//! by the new one alone once it is there.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, interval, sleep_until};

use crate::support::{TestApp, on_both};

const REPLACED: u64 = 50;
const LISTED: u64 = 200;
/// Questions a second, and how many there are in all for each time that the list is replaced.
const PACE: u64 = 1_000;
const EACH: u64 = 100;
/// How often a driver app looks meanwhile.
const SEEN: Duration = Duration::from_millis(25);
/// Who ask at the same moment.
const ASKERS: usize = 16;

on_both! {
    async fn no_answer_comes_from_an_empty_or_a_mixed_list(app) {
        let id = app.location("Oosteinde").await;
        // All lists hold ALWAYS, none NEVER; of the other cards every second list holds the same.
        let card = |list: u64, n: u64| format!("CARD{}{:04}", list % 2, n % LISTED);
        let staged = async |list: u64| {
            let own = (0..LISTED).map(|n| card(list, n));
            let ids: Vec<String> = own.chain(["ALWAYS".to_owned()]).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let import = app.stage(&id, "auth-id", &[&ids]).await;
            (import, json!({ "ids": ids.len(), "clear": true }))
        };
        let finalise = async |(import, body)| app.change_any(&format!("{import}/finalise"), body).await.ok();
        finalise(staged(0).await).await;

        // Twice the number of the list, and one more while the next is being put in its place.
        let stage = AtomicU64::new(0);
        let (number, asked) = (AtomicU64::new(0), watch::Sender::new(0_u64));
        let (between, is_done) = (AtomicU64::new(0), AtomicBool::new(false));
        let begun = Instant::now();
        let asking = async || {
            let http = crate::support::http_of(&app.key);
            let url = format!("{}/api/v1/authorize", app.site());
            while !is_done.load(Ordering::SeqCst) {
                let n = number.fetch_add(1, Ordering::SeqCst);
                sleep_until(begun + Duration::from_micros(n * 1_000_000 / PACE)).await;
                let before = stage.load(Ordering::SeqCst);
                let shown = match n % 4 {
                    0 => "ALWAYS".to_owned(),
                    1 => "NEVER".to_owned(),
                    list => card(list, n),
                };
                let body = json!({ "locationId": id, "authId": shown });
                let told = crate::support::Answer::of(http.post(&url).json(&body)).await.ok();
                let is_still = before.is_multiple_of(2) && stage.load(Ordering::SeqCst) == before;
                let expected = match n % 4 {
                    0 => Some(true),
                    1 => Some(false),
                    list => is_still.then_some(list % 2 == before / 2 % 2),
                };
                let reason = told["reason"].as_str().unwrap();
                assert!(["listed", "unknownToken"].contains(&reason), "{told}");
                assert!(expected.is_none_or(|listed| listed == (reason == "listed")), "{shown} of {before}: {told}");
                between.fetch_add(u64::from(!is_still), Ordering::SeqCst);
                asked.send_modify(|asked| *asked += 1);
            }
        };
        let seeing = async || {
            let mut often = interval(SEEN);
            while !is_done.load(Ordering::SeqCst) {
                often.tick().await;
                for (card, total) in [("ALWAYS", 1), ("NEVER", 0)] {
                    let page = app.get(&format!("/locations/visible?authId={card}")).await.ok();
                    assert_eq!(page["total"], total, "{card}: {page}");
                }
            }
        };
        let replacing = async || {
            let mut heard = asked.subscribe();
            for list in 1..=REPLACED {
                let next = staged(list).await;
                heard.wait_for(|asked| *asked >= list * EACH).await.unwrap();
                stage.fetch_add(1, Ordering::SeqCst);
                finalise(next).await;
                stage.fetch_add(1, Ordering::SeqCst);
            }
            is_done.store(true, Ordering::SeqCst);
        };
        tokio::join!(join_all((0..ASKERS).map(|_| asking())), seeing(), replacing());
        let (asked, between) = (*asked.borrow(), between.into_inner());
        let a_second = asked as f64 / begun.elapsed().as_secs_f64();
        println!("{asked} questions, {a_second:.0} a second, {between} of them while one of {REPLACED} lists took another's place");
        assert!(asked >= REPLACED * EACH && between > 0, "{asked}, {between}");
    }
}
