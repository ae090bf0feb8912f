use serde_json::json;

use crate::estate::sample::place;
use crate::support::TestApp;

/// Whatever zone a moment is said in, it is the same moment; all that is answered is in UTC.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moments_are_taken_with_any_offset() {
    let app = TestApp::builder().estate(60).start().await;
    let total = async |from: &str, to: &str| {
        let path = format!("/sessions?fromTimeStamp={from}&toTimeStamp={to}");
        app.get(&path).await.ok()["total"].as_u64().unwrap()
    };
    let utc = total("2026-11-19T10:00:00Z", "2026-11-19T13:00:00Z").await;
    assert!(utc > 0);
    let before = app.chargepoint().calls();
    for (from, to) in [
        ("2026-11-19T12:00:00%2B02:00", "2026-11-19T05:00:00-08:00"),
        ("2026-11-19T12:00:00+02:00", "2026-11-19T13:00:00-00:00"),
    ] {
        assert_eq!(total(from, to).await, utc, "{from}");
    }
    assert_eq!(app.chargepoint().calls(), before, "it is the same question");
    let place = place(&app);
    let event = json!({ "stationId": place.station, "eventStartTime": "2026-11-20T13:00:00+02:00", "eventDuration": 60,
                        "allowedLoadPerPort": 3.5 });
    app.post("/load/events", event).await.ok();
    let events = app.get("/load/events").await.ok();
    assert_eq!(events["items"][0]["eventStartTime"], "2026-11-20T11:00:00Z");
    for wrong in ["2026-11-19", "2026-11-19T12:00:00", "2026-11-19T12:00:00%2B99:00"] {
        let path = format!("/sessions?fromTimeStamp={wrong}");
        let refused = app.get(&path).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["field"], "fromTimeStamp", "{wrong}");
    }
}

/// A list that grows for ever is of the last day, unless a filter says of when: then it is of then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_by_time_read_that_time() {
    let app = TestApp::builder().estate(60).start().await;
    let total = async |path: &str| app.get(path).await.ok()["total"].as_u64().unwrap();
    for (list, key, time) in [
        ("/sessions", "startTime", "TimeStamp"),
        ("/transactions", "transactionTime", "TransactionTimeStamp"),
        ("/fleet/usage", "startTime", "TimeStamp"),
    ] {
        let day = format!("filter={key}:is:2026-11-12");
        let own = format!("from{time}=2026-11-11T00:00:00Z&to{time}=2026-11-14T00:00:00Z");
        let then = total(&format!("{list}?{day}")).await;
        assert!(then > 0, "{list}");
        assert_eq!(then, total(&format!("{list}?{own}&{day}")).await, "{list}");
        // All of a day, also as two ends.
        let ends =
            format!("filter={key}:after:2026-11-11T23:59:59Z&filter={key}:before:2026-11-13T00:00:00Z");
        assert_eq!(then, total(&format!("{list}?{ends}")).await, "{list}");
        // Where one of several is enough, and where a time is not meant, it stays the last day.
        let any = format!("{list}?{day}&filter=energy:lt:0&match=any");
        assert_eq!(total(&any).await, 0, "{list}");
        let other = format!("{list}?filter={key}:isNot:2026-11-12");
        assert_eq!(total(&other).await, total(list).await, "{list}");
    }
}
