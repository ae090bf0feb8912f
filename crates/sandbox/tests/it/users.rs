//! Our client asks for drivers, with every parameter there is.

use chargepoint::calls::users::{ConnectionQuery, CustomInfo, GetUsers, RealmQuery};
use chargepoint::{Client, DateTime, Error, StationsQuery, User, UsersQuery};
use sandbox::{Fault, Running};

use super::support::{Reading, client, hasty_client, start};

fn all(running: &Running) -> Vec<User> {
    running.estate(|estate| {
        estate
            .drivers()
            .iter()
            .map(|driver| driver.user.clone())
            .collect()
    })
}

fn ids<'a>(users: impl IntoIterator<Item = &'a User>) -> Vec<String> {
    users.into_iter().flat_map(|user| user.user_id.clone()).collect()
}

async fn found(client: &Client, query: UsersQuery) -> Vec<String> {
    ids(&client.users(&query).await.unwrap())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test]
async fn every_driver_comes_as_the_estate_has_it() {
    let running = start().await;
    let users = client(&running).users(&UsersQuery::default()).await.unwrap();
    for (index, (got, known)) in users.iter().zip(all(&running)).enumerate() {
        let mut got = got.clone();
        assert_eq!(got.record_number.take(), Some(index as i32 + 1));
        assert_eq!(got, known);
    }
    assert_eq!(users.len(), 620);
    assert_eq!(running.calls(), 2, "500 come in one page");
}

#[tokio::test]
async fn pages_of_any_size_are_walked() {
    let running = start().await;
    let client = client(&running);
    let expected = ids(&all(&running));
    let query = UsersQuery {
        num_users: Some(90),
        start_record: Some(5),
        ..UsersQuery::default()
    };
    assert_eq!(found(&client, query.clone()).await, expected[4..]);
    let page = client.users_page(&query).await.unwrap();
    assert_eq!((page.rows.len(), page.more), (90, true));
    let last = UsersQuery {
        start_record: Some(531),
        ..query.clone()
    };
    let page = client.users_page(&last).await.unwrap();
    assert_eq!((page.rows.len(), page.more), (90, false));
    let beyond = UsersQuery {
        start_record: Some(621),
        ..query
    };
    assert_eq!(client.users_page(&beyond).await.unwrap().rows, []);
}

/// Each parameter with a value of some driver, and what the estate says should come.
#[tokio::test]
async fn every_parameter_narrows() {
    type Means = fn(&User, &User) -> bool;
    let running = start().await;
    let client = client(&running);
    let all = all(&running);
    let whole = |user: &&User| {
        let connection = user.connection.as_ref();
        connection.is_some_and(|c| c.custom_infos.is_some()) && user.credential_ids.is_some()
    };
    let one = all.iter().filter(whole).nth(200).unwrap().clone();
    let connection = one.connection.clone().unwrap();
    let info = connection.custom_infos.unwrap().infos.remove(0);
    let card = one.credential_ids.clone().unwrap().ids.remove(0);
    let by_connection = |status: Option<String>, custom_info: Option<CustomInfo>| UsersQuery {
        connection: Some(ConnectionQuery { status, custom_info }),
        ..UsersQuery::default()
    };
    let by_realm = |status: Option<String>, custom_info: Option<CustomInfo>| UsersQuery {
        management_realm: Some(RealmQuery { status, custom_info }),
        ..UsersQuery::default()
    };
    let key = |key: &str| CustomInfo {
        key: some(key),
        value: None,
    };
    let query = UsersQuery::default;
    let cases: Vec<(UsersQuery, Means)> = vec![
        (
            UsersQuery {
                user_id: one.user_id.clone(),
                ..query()
            },
            |user, one| user.user_id == one.user_id,
        ),
        (
            UsersQuery {
                first_name: one.first_name.clone().map(|name| name.to_uppercase()),
                ..query()
            },
            |user, one| user.first_name == one.first_name,
        ),
        (
            UsersQuery {
                last_name: one.last_name.clone(),
                ..query()
            },
            |user, one| user.last_name == one.last_name,
        ),
        (
            UsersQuery {
                last_modified: one.last_modified.clone(),
                ..query()
            },
            |user, one| user.last_modified >= one.last_modified,
        ),
        (
            UsersQuery {
                credential_id: Some(card),
                ..query()
            },
            |user, one| user.user_id == one.user_id,
        ),
        (by_connection(some("PENDING"), None), |user, _| {
            user.connection
                .as_ref()
                .is_some_and(|c| c.status.as_deref() == Some("PENDING"))
        }),
        (by_connection(None, Some(info)), |user, one| {
            user.user_id == one.user_id
        }),
        (by_connection(None, Some(key("Licence plate"))), |user, _| {
            let infos = user.connection.as_ref().and_then(|c| c.custom_infos.as_ref());
            infos.is_some_and(|list| list.infos.len() == 2)
        }),
        (by_realm(some("NOT MANAGED"), None), |user, _| {
            user.management_realm
                .as_ref()
                .is_some_and(|realm| realm.status.as_deref() == Some("NOT MANAGED"))
        }),
        (by_realm(None, Some(key("unit*"))), |user, _| {
            user.management_realm.is_some()
        }),
    ];
    for (query, means) in cases {
        let expected = ids(all.iter().filter(|user| means(user, &one)));
        assert!(!expected.is_empty() && expected.len() < all.len(), "{query:?}");
        assert_eq!(found(&client, query.clone()).await, expected, "{query:?}");
    }
    let nobody = UsersQuery {
        first_name: one.first_name.clone(),
        last_name: some("Nobody"),
        ..query()
    };
    assert_eq!(client.users(&nobody).await.unwrap(), []);
}

#[tokio::test]
async fn wrong_parameters_have_the_guides_codes() {
    let running = start().await;
    let client = client(&running);
    let query = UsersQuery::default;
    for (wrong, expected) in [
        (
            UsersQuery {
                num_users: Some(501),
                ..query()
            },
            "189",
        ),
        (
            UsersQuery {
                start_record: Some(0),
                ..query()
            },
            "135",
        ),
        (
            UsersQuery {
                num_users: Some(0),
                ..query()
            },
            "135",
        ),
        (
            UsersQuery {
                last_modified: Some(DateTime::from("yesterday")),
                ..query()
            },
            "135",
        ),
        (
            UsersQuery {
                connection: Some(ConnectionQuery {
                    status: some("APPROVE"),
                    custom_info: None,
                }),
                ..query()
            },
            "135",
        ),
        (
            UsersQuery {
                management_realm: Some(RealmQuery {
                    status: some("PENDING"),
                    custom_info: None,
                }),
                ..query()
            },
            "135",
        ),
    ] {
        let error = client.users_page(&wrong).await.unwrap_err();
        assert!(
            matches!(&error, Error::Response { code, .. } if code == expected),
            "{wrong:?}: {error:?}"
        );
    }
}

/// One call is broken, the others work; mended, it works again.
#[tokio::test]
async fn every_fault_can_be_that_of_one_call() {
    let running = start().await;
    let client = client(&running);
    for (_, fault) in Fault::ALL {
        running.set_fault_of::<GetUsers>(fault);
        let asking = if fault.is_slow() {
            hasty_client(&running)
        } else {
            client.clone()
        };
        let found = asking.users(&UsersQuery::default()).await;
        if fault.is_harmless() {
            assert_eq!(found.unwrap().len(), 620);
            continue;
        }
        let error = found.map(|found| found.len()).unwrap_err();
        let expected = match fault {
            Fault::NotInPlan => matches!(&error, Error::Response { code, .. } if code == "101"),
            Fault::Repeating => matches!(error, Error::Incomplete { received: 500 }),
            Fault::Code(_) => matches!(&error, Error::Response { code, .. } if code == "143"),
            Fault::NoRows => matches!(error, Error::Incomplete { received: 0 }),
            _ if fault.is_slow() => matches!(error, Error::Timeout),
            _ => !matches!(
                error,
                Error::Response { .. } | Error::Incomplete { .. } | Error::Timeout
            ),
        };
        assert!(expected, "{fault:?} gave {error:?}");
        let stations = client.stations(&StationsQuery::default()).await.unwrap();
        assert_eq!(stations.len(), 160, "{fault:?}");
    }
    running.set_fault(None);
    assert_eq!(client.users(&UsersQuery::default()).await.unwrap().len(), 620);
}
