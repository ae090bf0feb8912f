//! The next page starts after the rows received, and the walk always ends.

use chargepoint::{Error, StationsQuery, StatusQuery};

use super::fake::{Fake, envelope, http, stations};

fn rows(ids: impl IntoIterator<Item = usize>) -> String {
    let row = |id| format!("<stationData><stationID>1:{id}</stationID></stationData>");
    ids.into_iter().map(row).collect()
}

fn starts(fake: &Fake) -> Vec<String> {
    let start = |request: &String| {
        let (_, rest) = request.split_once("<startRecord>").unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    fake.requests().iter().map(start).collect()
}

/// How many rows came before the walk broke off.
async fn received(fake: &Fake) -> usize {
    match fake.client().stations(&StationsQuery::default()).await {
        Err(Error::Incomplete { received }) => received,
        other => panic!("{other:?}"),
    }
}

async fn ids(fake: &Fake, query: &StationsQuery) -> Vec<String> {
    let stations = fake.client().stations(query).await.unwrap();
    stations
        .into_iter()
        .map(|station| station.station_id.unwrap())
        .collect()
}

#[tokio::test]
async fn pages_of_any_size_are_put_together() {
    let fake = Fake::start(|number, _| {
        let (from, to, more) = [(1, 3, 1), (4, 4, 1), (5, 10, 0)][number];
        http(200, "", stations("100", &rows(from..=to), more))
    })
    .await;
    let found = ids(&fake, &StationsQuery::default()).await;
    assert_eq!(found.len(), 10);
    assert_eq!(found[9], "1:10");
    assert_eq!(starts(&fake), ["1", "4", "5"]);
}

#[tokio::test]
async fn a_walk_begins_where_the_query_says() {
    let fake = Fake::always(http(200, "", stations("100", &rows(7..=8), 0))).await;
    let query = StationsQuery {
        start_record: Some(7),
        ..StationsQuery::default()
    };
    assert_eq!(ids(&fake, &query).await, ["1:7", "1:8"]);
    assert_eq!(starts(&fake), ["7"]);
}

#[tokio::test]
async fn a_page_that_repeats_breaks_the_walk_off() {
    let fake = Fake::always(http(200, "", stations("100", &rows(1..=3), 1))).await;
    assert_eq!(received(&fake).await, 3);
    assert_eq!(starts(&fake), ["1", "4"]);
}

#[tokio::test]
async fn a_last_page_that_repeats_is_not_the_end() {
    let fake = Fake::start(|number, _| {
        let more = u8::from(number == 0);
        http(200, "", stations("100", &rows(1..=3), more))
    })
    .await;
    assert_eq!(received(&fake).await, 3);
}

#[tokio::test]
async fn pages_that_take_turns_break_the_walk_off() {
    let fake = Fake::start(|number, _| {
        let from = 1 + 3 * (number % 2);
        http(200, "", stations("100", &rows(from..from + 3), 1))
    })
    .await;
    assert_eq!(received(&fake).await, 6);
    assert_eq!(fake.requests().len(), 3);
}

#[tokio::test]
async fn an_empty_page_breaks_the_walk_off_while_more_is_announced() {
    for first in 0..=1 {
        let fake = Fake::start(move |number, _| {
            let rows = if number < first {
                rows(1..=2)
            } else {
                String::new()
            };
            http(200, "", stations("100", &rows, 1))
        })
        .await;
        assert_eq!(received(&fake).await, 2 * first);
        assert_eq!(fake.requests().len(), 1 + first);
    }
}

/// A page without the flag may be the last one or not: the next one tells.
#[tokio::test]
async fn without_the_flag_the_walk_goes_on_until_nothing_new_comes() {
    let unflagged = |rows: &str| stations("100", rows, 0).replace("<moreFlag>0</moreFlag>", "");
    for last in ["102", "100"] {
        let fake = Fake::start(move |number, _| match number {
            0 => http(200, "", unflagged(&rows(1..=3))),
            1 => http(200, "", unflagged(&rows(4..=5))),
            _ => http(
                200,
                "",
                stations(last, "", 0).replace("<moreFlag>0</moreFlag>", ""),
            ),
        })
        .await;
        assert_eq!(ids(&fake, &StationsQuery::default()).await.len(), 5);
        assert_eq!(starts(&fake), ["1", "4", "6"]);
    }
    let repeating = Fake::always(http(200, "", unflagged(&rows(1..=3)))).await;
    assert_eq!(ids(&repeating, &StationsQuery::default()).await.len(), 3);
    let broken = Fake::start(move |number, _| {
        let rows = if number == 0 { rows(1..=3) } else { String::new() };
        let page = stations("100", &rows, 1);
        let page = if number == 0 {
            page
        } else {
            page.replace("<moreFlag>1</moreFlag>", "")
        };
        http(200, "", page)
    })
    .await;
    assert_eq!(received(&broken).await, 3, "announced, then nothing");
}

#[tokio::test]
async fn an_empty_last_page_is_the_end() {
    let fake = Fake::start(|number, _| {
        let (rows, more) = [(rows(1..=2), 1), (String::new(), 0)][number].clone();
        http(200, "", stations("100", &rows, more))
    })
    .await;
    assert_eq!(ids(&fake, &StationsQuery::default()).await.len(), 2);
}

#[tokio::test]
async fn nothing_found_after_the_last_page_is_the_end() {
    let fake = Fake::start(|number, _| {
        let (code, rows) = if number == 0 {
            ("100", rows(1..=2))
        } else {
            ("102", String::new())
        };
        http(200, "", stations(code, &rows, 1))
    })
    .await;
    assert_eq!(ids(&fake, &StationsQuery::default()).await.len(), 2);
}

#[tokio::test]
async fn a_row_that_slipped_onto_the_next_page_is_not_taken_twice() {
    let fake = Fake::start(|number, _| {
        let (rows, more) = [(rows(1..=3), 1), (rows(3..=5), 0)][number].clone();
        http(200, "", stations("100", &rows, more))
    })
    .await;
    let found = ids(&fake, &StationsQuery::default()).await;
    assert_eq!(found, ["1:1", "1:2", "1:3", "1:4", "1:5"]);
}

#[tokio::test]
async fn an_error_on_a_later_page_is_not_hidden() {
    let fake = Fake::start(|number, _| match number {
        0 => http(200, "", stations("100", &rows(1..=2), 1)),
        _ => http(503, "", "busy"),
    })
    .await;
    assert!(fake.client().stations(&StationsQuery::default()).await.is_err());
}

#[tokio::test]
async fn one_page_says_whether_more_follow() {
    let fake = Fake::always(http(200, "", stations("100", &rows(1..=3), 1))).await;
    let page = fake
        .client()
        .stations_page(&StationsQuery::default())
        .await
        .unwrap();
    assert_eq!((page.rows.len(), page.more), (3, true));
}

#[tokio::test]
async fn states_are_paged_the_same_way() {
    let fake = Fake::start(|number, _| {
        let row = format!("<stationData><stationID>1:{number}</stationID><Port><portNumber>1</portNumber><Status>INUSE</Status></Port></stationData>");
        let more = u8::from(number == 0);
        http(200, "", envelope(&format!("<ns1:getStationStatusResponse><responseCode>100</responseCode>{row}<moreFlag>{more}</moreFlag></ns1:getStationStatusResponse>")))
    })
    .await;
    let states = fake
        .client()
        .station_status(&StatusQuery::default())
        .await
        .unwrap();
    assert_eq!(states.len(), 2);
    assert_eq!(starts(&fake), ["1", "2"]);
}

/// The rows from a record on, as a service answers that has so many and gives so many in a page.
fn page_of(request: &str, rows_in_all: usize, size: impl Fn(usize) -> usize) -> Vec<u8> {
    let (_, rest) = request.split_once("<startRecord>").unwrap();
    let start: usize = rest.split_once('<').unwrap().0.parse().unwrap();
    let end = (start + size(start) - 1).min(rows_in_all);
    if start > rows_in_all {
        return http(200, "", stations("102", "", 0));
    }
    http(
        200,
        "",
        stations("100", &rows(start..=end), u8::from(end < rows_in_all)),
    )
}

/// Long lists are asked for ahead, and come whole and in order whatever the pages' sizes.
#[tokio::test]
async fn long_lists_are_asked_for_ahead() {
    let fake = Fake::start(|_, request| page_of(request, 95, |_| 10)).await;
    let found = ids(&fake, &StationsQuery::default()).await;
    let expected: Vec<String> = (1..=95).map(|id| format!("1:{id}")).collect();
    assert_eq!(found, expected);
    let mut asked: Vec<usize> = starts(&fake).iter().map(|start| start.parse().unwrap()).collect();
    assert_eq!(asked[..3], [1, 11, 21], "the first pages tell their size");
    asked.sort_unstable();
    asked.dedup();
    assert!(asked.iter().all(|start| start % 10 == 1), "{asked:?}");
    assert!(
        asked.len() <= 10 + 3,
        "no more than the calls in flight are in vain: {asked:?}"
    );

    let shrinks = |start: usize| if start > 50 { 7 } else { 10 };
    let fake = Fake::start(move |_, request| page_of(request, 95, shrinks)).await;
    assert_eq!(ids(&fake, &StationsQuery::default()).await, expected);
}
