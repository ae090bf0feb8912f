//! Our client decides about drivers.

use chargepoint::calls::user_status::{UpdateUserStatus, UpdateUserStatusResponse};
use chargepoint::codec::envelope::{self, Entry, UsernameToken};
use chargepoint::codec::{Parser, read_record};
use chargepoint::{Association, Decision, Error, User, UsersQuery};
use sandbox::estate::drivers::Driver;
use sandbox::{Fault, Running};

use super::support::{Reading, client, http, start};

/// The first driver whose status, in connection or realm, is this one.
fn one(running: &Running, association: Association, wanted: &str) -> String {
    let is_wanted = |driver: &&Driver| status(&driver.user, association) == Some(wanted);
    let found = running.estate(|estate| estate.drivers().iter().find(is_wanted).cloned());
    found.unwrap().user.user_id.unwrap()
}

fn status(user: &User, association: Association) -> Option<&str> {
    match association {
        Association::Connection => user.connection.as_ref()?.status.as_deref(),
        Association::ManagementRealm => user.management_realm.as_ref()?.status.as_deref(),
    }
}

async fn driver(running: &Running, id: &str) -> User {
    let query = UsersQuery {
        user_id: Some(id.to_owned()),
        ..UsersQuery::default()
    };
    client(running).users(&query).await.unwrap().remove(0)
}

async fn refusal(
    running: &Running,
    id: &str,
    association: Association,
    decision: Decision,
) -> (String, String) {
    let client = client(running);
    let call = client.update_user_status(id, association, decision, "text");
    match call.await.unwrap_err() {
        Error::Response { code, text, .. } => (code, text),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_decision_changes_the_driver_and_tells_why() {
    use Association::{Connection, ManagementRealm};
    let running = start().await;
    for (association, before, decision, after) in [
        (Connection, "PENDING", Decision::Approved, "APPROVED"),
        (Connection, "PENDING", Decision::Rejected, "REJECTED"),
        (Connection, "PENDING", Decision::Removed, "NOT CONNECTED"),
        (Connection, "APPROVED", Decision::Rejected, "REJECTED"),
        (Connection, "APPROVED", Decision::Removed, "NOT CONNECTED"),
        (Connection, "REJECTED", Decision::Approved, "APPROVED"),
        (ManagementRealm, "APPROVED", Decision::Removed, "NOT MANAGED"),
        (ManagementRealm, "APPROVED", Decision::Rejected, "NOT MANAGED"),
    ] {
        let id = one(&running, association, before);
        let known = driver(&running, &id).await;
        let client = client(&running);
        let call = client.update_user_status(&id, association, decision, "Welcome & <thanks>");
        call.await.unwrap();
        let mut user = driver(&running, &id).await;
        assert_eq!(status(&user, association), Some(after));
        // 20 November 2026, 10:00 UTC: the stand-in's clock.
        assert_eq!(user.last_modified.as_deref(), Some("2026-11-20T10:00:00Z"));
        let told = running.estate(|estate| estate.driver_mut(&id).unwrap().told.clone());
        assert_eq!(told.as_deref(), Some("Welcome & <thanks>"));
        // Nothing else has changed.
        user.last_modified = known.last_modified.clone();
        user.connection = known.connection.clone();
        user.management_realm = known.management_realm.clone();
        assert_eq!(user, known);
    }
}

#[tokio::test]
async fn what_cannot_be_decided_has_the_guides_code_and_changes_nothing() {
    use Association::{Connection, ManagementRealm};
    let running = start().await;
    let before = running.estate(|estate| estate.clone());
    let find = |association, wanted| one(&running, association, wanted);
    for (id, association, decision, expected) in [
        ("1".to_owned(), Connection, Decision::Approved, "190"),
        ("*".to_owned(), Connection, Decision::Approved, "190"),
        (
            find(Connection, "NOT CONNECTED"),
            Connection,
            Decision::Approved,
            "191",
        ),
        (
            find(Connection, "NOT CONNECTED"),
            Connection,
            Decision::Removed,
            "191",
        ),
        (
            find(Connection, "PENDING"),
            ManagementRealm,
            Decision::Approved,
            "191",
        ),
        (
            find(ManagementRealm, "APPROVED"),
            Connection,
            Decision::Approved,
            "191",
        ),
        (
            find(ManagementRealm, "NOT MANAGED"),
            ManagementRealm,
            Decision::Removed,
            "191",
        ),
    ] {
        let (code, text) = refusal(&running, &id, association, decision).await;
        assert_eq!(code, expected, "{id}: {text}");
    }
    for (association, wanted, decision, expected) in [
        (
            Connection,
            "APPROVED",
            Decision::Approved,
            "Connection already Approved for this driver",
        ),
        (
            Connection,
            "REJECTED",
            Decision::Rejected,
            "Connection already Rejected for this driver",
        ),
        (
            ManagementRealm,
            "APPROVED",
            Decision::Approved,
            "Connection already Approved for this driver",
        ),
    ] {
        let (code, text) = refusal(&running, &find(association, wanted), association, decision).await;
        assert_eq!((code.as_str(), text.as_str()), ("192", expected));
    }
    assert!(running.estate(|estate| *estate == before));
}

/// Calls that our client cannot make.
#[tokio::test]
async fn a_call_put_together_wrongly_is_refused_and_changes_nothing() {
    let running = start().await;
    let before = running.estate(|estate| estate.clone());
    let id = one(&running, Association::Connection, "PENDING");
    let right = || UpdateUserStatus {
        user_ids: vec![id.clone()],
        association: Some("CONNECTION".to_owned()),
        status: Some("APPROVED".to_owned()),
        custom_text: None,
    };
    let other = || Some("OTHER".to_owned());
    for (wrong, expected) in [
        (
            UpdateUserStatus {
                user_ids: vec![],
                ..right()
            },
            "172",
        ),
        (
            UpdateUserStatus {
                user_ids: vec![String::new()],
                ..right()
            },
            "172",
        ),
        (
            UpdateUserStatus {
                user_ids: vec![id.clone(), "2".to_owned()],
                ..right()
            },
            "135",
        ),
        (
            UpdateUserStatus {
                user_ids: vec![id.clone(); 2],
                ..right()
            },
            "135",
        ),
        (
            UpdateUserStatus {
                association: None,
                ..right()
            },
            "172",
        ),
        (
            UpdateUserStatus {
                association: other(),
                ..right()
            },
            "135",
        ),
        (
            UpdateUserStatus {
                status: None,
                ..right()
            },
            "172",
        ),
        (
            UpdateUserStatus {
                status: other(),
                ..right()
            },
            "135",
        ),
        (
            UpdateUserStatus {
                status: Some("PENDING".to_owned()),
                ..right()
            },
            "135",
        ),
    ] {
        assert_eq!(post(&running, &wrong).await, expected, "{wrong:?}");
    }
    assert!(running.estate(|estate| *estate == before));
    assert_eq!(post(&running, &right()).await, "100");
    assert!(running.estate(|estate| *estate != before));
}

/// Sends a call and gives the response code.
async fn post(running: &Running, call: &UpdateUserStatus) -> String {
    let token = UsernameToken {
        username: "sandbox".into(),
        password: "sandbox".into(),
    };
    let message = envelope::write_request(&token, call);
    let request = http().post(running.endpoint()).body(message);
    let answer = request.send().await.unwrap().text().await.unwrap();
    let handler = |_: Entry<'_>, parser: &mut Parser<'_>| read_record::<UpdateUserStatusResponse>(parser);
    let (_, (answer, _)) = envelope::read(answer.as_bytes(), handler).unwrap();
    answer.response_code.unwrap()
}

/// What breaks on the way back leaves the decision made: asking again tells.
#[tokio::test]
async fn faults_are_seen_and_only_a_broken_answer_leaves_the_decision_made() {
    let running = start().await;
    for (_, fault) in Fault::ALL {
        if fault.is_slow() {
            continue;
        }
        let id = one(&running, Association::Connection, "PENDING");
        running.set_fault_of::<UpdateUserStatus>(fault);
        let client = client(&running);
        let call = client.update_user_status(&id, Association::Connection, Decision::Approved, "");
        let result = call.await;
        // An answer without rows and flag is the same however often it comes.
        let whole = fault.is_harmless() || matches!(fault, Fault::Repeating | Fault::NoRows);
        assert_eq!(result.is_ok(), whole, "{fault:?}: {result:?}");
        let user = driver(&running, &id).await;
        let made = whole || fault == Fault::Truncated;
        let expected = if made { "APPROVED" } else { "PENDING" };
        assert_eq!(
            status(&user, Association::Connection),
            Some(expected),
            "{fault:?}"
        );
    }
}
