//! Reads that ask the same at the same time.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

use chargepoint::calls::waitlist::SetWaitlistDone;

use super::{client, found, guards, named, read, write};
use crate::fake::{Fake, http, soap};

/// The futures of one task are all begun before the first of them goes on.
#[tokio::test]
async fn reads_that_ask_the_same_are_one_call() {
    let fake = Fake::always(found()).await;
    let client = client(&fake, guards());
    let oslo = named("Oslo");
    let other = client.stations(&oslo);
    let (a, b, c, d) = tokio::join!(read(&client), read(&client), other, read(&client));
    assert_eq!(
        (a.unwrap(), b.unwrap(), c.unwrap().len(), d.unwrap()),
        (1, 1, 1, 1)
    );
    assert_eq!(fake.requests().len(), 2);
    assert_eq!(client.health().shared, 2);
    assert_eq!(read(&client).await.unwrap(), 1);
    assert_eq!(fake.requests().len(), 3, "an answer that came is not kept");
    let refused = Fake::always(http(404, "", "")).await;
    let client = super::client(&refused, guards());
    let (a, b) = tokio::join!(read(&client), read(&client));
    assert!(a.is_err() && b.is_err());
    assert_eq!(refused.requests().len(), 1, "failures are shared too");
}

#[tokio::test]
async fn writes_are_never_shared() {
    let done =
        "<ns1:updateUserStatusResponse><responseCode>100</responseCode></ns1:updateUserStatusResponse>";
    let fake = Fake::always(soap(done)).await;
    let client = client(&fake, guards());
    let (a, b) = tokio::join!(write(&client), write(&client));
    a.unwrap();
    b.unwrap();
    assert_eq!(fake.requests().len(), 2);
}

/// The first read is answered only when a second has come, or after long.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_read_after_a_write_is_not_given_an_answer_from_before() {
    let reads = (Mutex::new(0), Condvar::new());
    let fake = Fake::start(move |_, request| {
        if request.contains("setWaitlistDone") {
            return soap(
                "<ns1:setWaitlistDoneResponse><responseCode>100</responseCode></ns1:setWaitlistDoneResponse>",
            );
        }
        let (count, changed) = &reads;
        let mut count = count.lock().unwrap();
        *count += 1;
        changed.notify_all();
        let wait = Duration::from_secs(5);
        drop(
            changed
                .wait_timeout_while(count, wait, |count| *count < 2)
                .unwrap(),
        );
        found()
    })
    .await;
    let client = client(&fake, guards());
    let done = SetWaitlistDone {
        station_id: Some("1:1".to_owned()),
        port_id: Some("1".to_owned()),
        user_id: Some("7".to_owned()),
        ..SetWaitlistDone::default()
    };
    let after = async {
        client.call(&done).await.unwrap();
        read(&client).await
    };
    let (before, after) = tokio::join!(read(&client), after);
    assert_eq!((before.unwrap(), after.unwrap()), (1, 1));
    assert_eq!(fake.requests().len(), 3);
}

#[tokio::test]
async fn when_who_asked_gives_up_the_next_asks() {
    let fake = Fake::start(|number, _| if number == 0 { Vec::new() } else { found() }).await;
    let client = client(&fake, guards());
    let first = tokio::spawn({
        let client = client.clone();
        async move { read(&client).await }
    });
    while fake.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(client.health().in_flight, 1);
    let second = read(&client);
    let give_up = async {
        first.abort();
        first.await
    };
    let (second, first) = tokio::join!(second, give_up);
    assert!(first.unwrap_err().is_cancelled());
    assert_eq!((second.unwrap(), client.health().in_flight), (1, 0));
    assert_eq!(fake.requests().len(), 2);
}
