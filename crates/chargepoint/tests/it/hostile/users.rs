//! Answers about drivers made to hurt: an error in bounded time, and never a decision that is taken for made
//! or a list that is taken for whole.

use std::time::Duration;

use chargepoint::codec::Broken;
use chargepoint::{Association, Decision, Error, User, UsersQuery};

use super::worked;
use crate::fake::{Fake, envelope, http, soap};

fn answer(users: &str) -> String {
    envelope(&format!(
        "<ns1:getUsersResponse><responseCode>100</responseCode><users>{users}</users></ns1:getUsersResponse>"
    ))
}

fn user(content: &str) -> String {
    answer(&format!(
        "<user><userID>1</userID>{content}</user><moreFlag>0</moreFlag>"
    ))
}

async fn users(body: impl AsRef<[u8]>) -> Result<Vec<User>, Error> {
    let fake = Fake::always(http(200, "Content-Type: text/xml\r\n", body)).await;
    let start = worked();
    let users = fake.client().users(&UsersQuery::default()).await;
    let took = worked().saturating_sub(start);
    assert!(took < Duration::from_secs(10), "{took:?}");
    users
}

async fn decide(answer: Vec<u8>) -> Result<(), Error> {
    let fake = Fake::always(answer).await;
    let client = fake.client();
    let done = client.update_user_status("1", Association::Connection, Decision::Approved, "");
    let done = done.await;
    assert_eq!(fake.requests().len(), 1, "a decision is never sent twice");
    done
}

#[tokio::test]
async fn a_list_that_is_broken_is_no_shorter_list() {
    let deep = user(&"<customInfos>".repeat(1_000_000));
    let whole = user("<Connection><Status>PENDING</Status></Connection>");
    for (xml, expected) in [
        (deep, Broken::TooDeep),
        (user("<firstName>&#0;</firstName>"), Broken::Character),
        (user("<firstName>a\u{1}</firstName>"), Broken::Character),
        (user("<firstName>&name;</firstName>"), Broken::Character),
        (user("<Connection><Status>PENDING</Connection>"), Broken::Syntax),
        (
            user("<recordNumber>99999999999</recordNumber>"),
            Broken::Value("i32"),
        ),
        (
            answer("<user><userID>1</userID></user><moreFlag>perhaps</moreFlag>"),
            Broken::Value("bool"),
        ),
        (whole.replace("?>", "?><!DOCTYPE a>"), Broken::Doctype),
        (
            whole.replace("<user>", "<user><?x y?>"),
            Broken::ProcessingInstruction,
        ),
        (
            whole[..whole.find("</user>").unwrap()].to_owned(),
            Broken::Truncated,
        ),
    ] {
        match users(&xml).await {
            Err(Error::Malformed(broken)) if kind(&broken) == kind(&expected) => {}
            other => panic!("{expected:?}: {other:?}\n{}", &xml[..xml.len().min(600)]),
        }
    }
    let mut bytes = whole.replace("PENDING", "P~").into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'~').unwrap();
    bytes[at] = 0xff;
    assert!(matches!(
        users(bytes).await,
        Err(Error::Malformed(Broken::Encoding))
    ));
    assert_eq!(users(whole).await.unwrap().len(), 1);
}

/// Which of the values is not told apart: the types' names are the codec's own.
fn kind(broken: &Broken) -> String {
    match broken {
        Broken::Value(_) => "a value".into(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn answers_to_other_questions_are_no_answers() {
    let stations =
        envelope("<ns1:getStationsResponse><responseCode>100</responseCode></ns1:getStationsResponse>");
    for body in [&stations, "<html><body>Sign in</body></html>", ""] {
        let listed = users(body).await;
        assert!(
            matches!(
                listed,
                Err(Error::Malformed(_) | Error::HttpStatus { .. } | Error::Transport(_))
            ),
            "{listed:?}"
        );
    }
}

#[tokio::test]
async fn much_of_everything_is_read_in_bounded_time() {
    let infos = "<customInfo><Key>Employee ID</Key><Value>7</Value></customInfo>".repeat(100_000);
    let cards = "<credentialID>123</credentialID>".repeat(100_000);
    let long = "&amp;".repeat(1_000_000);
    let [user] = users(user(&format!(
        "<firstName>{long}</firstName><Connection><customInfos>{infos}</customInfos></Connection>\
         <credentialIDs>{cards}</credentialIDs>"
    )))
    .await
    .unwrap()
    .try_into()
    .unwrap();
    assert_eq!(user.first_name.unwrap().len(), 1_000_000);
    assert_eq!(
        user.connection.unwrap().custom_infos.unwrap().infos.len(),
        100_000
    );
    assert_eq!(user.credential_ids.unwrap().ids.len(), 100_000);
    // A hundred thousand drivers of one id are one driver.
    let same = "<user><userID>1</userID></user>".repeat(100_000) + "<moreFlag>0</moreFlag>";
    assert_eq!(users(answer(&same)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn drivers_without_an_id_and_ids_made_to_hurt_stay_texts() {
    let odd = "&lt;/userID&gt;' OR 1=1 --";
    let rows = format!(
        "<user><userID>{odd}</userID></user><user><firstName>Nobody</firstName></user><moreFlag>0</moreFlag>"
    );
    let found = users(answer(&rows)).await.unwrap();
    let ids: Vec<Option<&str>> = found.iter().map(|user| user.user_id.as_deref()).collect();
    assert_eq!(ids, [Some("</userID>' OR 1=1 --"), None]);
    let done =
        "<ns1:updateUserStatusResponse><responseCode>100</responseCode></ns1:updateUserStatusResponse>";
    let fake = Fake::always(soap(done)).await;
    let client = fake.client();
    let id = found[0].user_id.as_deref().unwrap();
    let text = "]]></customText><Status>REMOVED</Status>";
    let decided = client.update_user_status(id, Association::Connection, Decision::Approved, text);
    decided.await.unwrap();
    let request = fake.requests().remove(0);
    assert!(
        request.contains("<userID>&lt;/userID&gt;' OR 1=1 --</userID>"),
        "{request}"
    );
    assert_eq!(request.matches("<Status>").count(), 1, "{request}");
}

#[tokio::test]
async fn a_decision_is_made_only_when_that_is_what_was_said() {
    let said = |content: &str| {
        soap(&format!(
            "<ns1:updateUserStatusResponse>{content}</ns1:updateUserStatusResponse>"
        ))
    };
    let done = "<responseCode>100</responseCode>";
    let fault = "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>no</faultstring></SOAP-ENV:Fault>";
    let other = format!("<ns1:getUsersResponse>{done}</ns1:getUsersResponse>");
    let whole = said(done);
    let body = String::from_utf8(whole.clone()).unwrap();
    let (_, body) = body.split_once("\r\n\r\n").unwrap();
    let cut = http(200, "Content-Type: text/xml\r\n", &body[..body.len() - 30]);
    for (name, answer) in [
        ("nothing", said("")),
        ("no code", said("<responseText>Success</responseText>")),
        ("an empty code", said("<responseCode> </responseCode>")),
        ("a code in words", said("<responseCode>SUCCESS</responseCode>")),
        ("a code like it", said("<responseCode>1000</responseCode>")),
        (
            "a code in another element",
            said("<code><responseCode>100</responseCode></code>"),
        ),
        ("a code as an attribute", said("<response responseCode=\"100\"/>")),
        (
            "a code of another kind",
            said("<responsecode2>100</responsecode2>"),
        ),
        ("a comment", said("<!-- <responseCode>100</responseCode> -->")),
        ("the answer to another call", soap(&other)),
        ("a fault", soap(fault)),
        (
            "a fault beside it",
            soap(&format!(
                "{fault}<ns1:updateUserStatusResponse>{done}</ns1:updateUserStatusResponse>"
            )),
        ),
        ("an answer that breaks off", cut),
        (
            "a page to sign in",
            http(200, "Content-Type: text/html\r\n", "<html>100</html>"),
        ),
        ("HTTP 500 without SOAP", http(500, "", "100")),
        ("nothing at all", http(200, "", "")),
    ] {
        let decided = decide(answer).await;
        assert!(decided.is_err(), "{name}");
    }
    decide(whole).await.unwrap();
}
