use domain::text::fold;
use sandbox::Fault;
use serde_json::{Value, json};

use crate::estate::sample::place;
use crate::support::{NOW, TestApp, query};

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
        app.chargepoint().set_clock(NOW);
        let day = format!("filter={key}:is:2026-11-12");
        let own = format!("from{time}=2026-11-11T00:00:00Z&to{time}=2026-11-14T00:00:00Z");
        let then = total(&format!("{list}?{day}")).await;
        assert!(then > 0, "{list}");
        assert_eq!(then, total(&format!("{list}?{own}&{day}")).await, "{list}");
        // All of a day, also as two ends.
        let ends =
            format!("filter={key}:after:2026-11-11T23:59:59Z&filter={key}:before:2026-11-13T00:00:00Z");
        assert_eq!(then, total(&format!("{list}?{ends}")).await, "{list}");
        app.chargepoint()
            .set_clock(time::OffsetDateTime::now_utc().unix_timestamp());
        // Where one of several is enough, and where a time is not meant, it stays the last day.
        let any = format!("{list}?{day}&filter=energy:lt:0&match=any");
        assert_eq!(total(&any).await, 0, "{list}");
        let other = format!("{list}?filter={key}:isNot:2026-11-12");
        let last_day = total(list).await;
        assert_eq!(total(&other).await, last_day, "{list}");
        assert!(last_day > 0 || list == "/fleet/usage", "{list}");
        // Only there it is said that it is.
        let then = format!("{list}?{day}");
        for (path, is_told) in [(list, true), (&any, true), (&other, true), (then.as_str(), false)] {
            let since = app.get(path).await.ok()["since"].clone();
            assert_eq!(since.is_string(), is_told, "{path}: {since}");
        }
    }
}

/// What a filter names is found however old it is, and while it goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_by_name_are_asked_of_chargepoint() {
    let app = TestApp::builder().estate(60).start().await;
    let old = app.get("/sessions?filter=startTime:is:2026-11-12").await.ok()["items"][0].clone();
    let going = app.get("/sessions?activeSessionsOnly=true").await.ok();
    assert!(going["since"].is_null());
    let going = going["items"][0].clone();
    let field = |row: &Value, key: &str| {
        form_urlencoded::byte_serialize(row[key].as_str().unwrap().as_bytes()).collect::<String>()
    };
    for (key, row) in [
        ("sessionId", &old),
        ("stationId", &old),
        ("stationName", &old),
        ("sessionId", &going),
    ] {
        let path = format!("/sessions?pageSize=500&filter={key}:is:{}", field(row, key));
        let found = app.get(&path).await.ok();
        let rows = found["items"].as_array().unwrap();
        assert!(
            rows.iter().any(|own| own["sessionId"] == row["sessionId"]),
            "{path}: {found}"
        );
        assert!(rows.iter().all(|own| own[key] == row[key]), "{path}");
        assert!(found["since"].is_null(), "{path}");
    }
    let paid = app
        .get("/transactions?filter=transactionTime:is:2026-11-12")
        .await
        .ok()["items"][0]
        .clone();
    let path = format!(
        "/transactions?filter=transactionId:is:{}",
        field(&paid, "transactionId")
    );
    assert_eq!(app.get(&path).await.ok()["total"], 1);
    // With another condition, as one of several, and of what is no name, it is one filter of the last day's rows.
    for filter in [
        format!("filter=sessionId:isNot:{}", field(&old, "sessionId")),
        format!(
            "filter=sessionId:is:{}&filter=energy:gt:0&match=any",
            field(&old, "sessionId")
        ),
        "filter=sessionId:is:nobody".to_owned(),
        "filter=stationName:is:%25".to_owned(),
    ] {
        let found = app.get(&format!("/sessions?{filter}")).await.ok();
        assert!(found["since"].is_string(), "{filter}");
    }
}

/// Times that contradict each other, or at which nothing can have been, hold nothing: no field is blamed for them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn times_in_which_nothing_can_be_hold_nothing() {
    let app = TestApp::builder().estate(60).start().await;
    for (list, key) in [
        ("/sessions", "startTime"),
        ("/transactions", "transactionTime"),
        ("/fleet/usage", "startTime"),
        ("/alarms", "alarmTime"),
    ] {
        for times in [
            &["after:2026-11-20", "before:2026-11-01"][..],
            &["is:2026-11-12", "is:2026-11-13"],
            &["after:2040-01-01"],
            &["after:9999-12-31"],
            &["before:1999-01-01"],
        ] {
            let filters: Vec<String> = times.iter().map(|time| format!("&filter={key}:{time}")).collect();
            let path = format!("{list}?pageSize=1{}", filters.concat());
            let found = app.get(&path).await.ok();
            assert_eq!(
                (&found["total"], &found["since"]),
                (&json!(0), &Value::Null),
                "{path}: {found}"
            );
        }
    }
}

/// However a station's name is typed, it is asked for as it is written; what none is called is no question.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_is_found_without_its_accents() {
    let app = TestApp::builder().estate(60).start().await;
    let name = app.chargepoint().estate(|estate| {
        let site = estate.add_site("Zürich Süd", 1);
        let station = estate.stations_of(site).next().unwrap();
        station.station_name.clone().unwrap()
    });
    let typed = fold(&name);
    assert!(name != typed && typed.contains("zurich sud"), "{name}");
    for typed in [&typed, &name, &format!(" {name} ")] {
        let filter = query(&[("filter", &format!("stationName:is:{typed}"))]);
        let found = app.get(&format!("/sessions?pageSize=500&{filter}")).await.ok();
        let rows = found["items"].as_array().unwrap();
        assert!(!rows.is_empty() && found["since"].is_null(), "{filter}: {found}");
        assert!(rows.iter().all(|row| row["stationName"] == name.as_str()));
        let alarms = app.get(&format!("/alarms?pageSize=1&{filter}")).await.ok();
        assert!(alarms["total"].as_u64() > Some(0), "{filter}: {alarms}");
    }
    let nobody = app.get("/sessions?filter=stationName:is:nobody").await.ok();
    assert!(nobody["total"] == 0 && nobody["since"].is_string(), "{nobody}");
}

/// Where stations cannot be asked for, a name stays what a filter makes of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_cannot_be_looked_up_is_not_asked_for() {
    let app = TestApp::builder().estate(60).start().await;
    let name = app.chargepoint().estate(|estate| {
        let station = estate.stations().next().unwrap();
        station.station_name.clone().unwrap()
    });
    app.chargepoint()
        .set_fault_of::<chargepoint::calls::stations::GetStations>(Fault::NotInPlan);
    let filter = query(&[("filter", &format!("stationName:is:{name}"))]);
    let found = app.get(&format!("/sessions?{filter}")).await.ok();
    assert!(found["since"].is_string(), "{found}");
}
