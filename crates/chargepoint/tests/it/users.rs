//! Drivers: what is asked, what is read, page by page, and one decision at a time.

use chargepoint::calls::users::{ConnectionQuery, CustomInfo};
use chargepoint::{Association, DateTime, Decision, Error, User, UsersQuery, code};

use super::fake::{Fake, envelope, http, soap};

/// A getUsers answer; the flag stands among the rows.
fn page(code: &str, rows: &str, more: &str) -> Vec<u8> {
    soap(&format!(
        "<ns1:getUsersResponse><responseCode>{code}</responseCode><users>{rows}{more}</users></ns1:getUsersResponse>"
    ))
}

fn rows(ids: impl IntoIterator<Item = usize>) -> String {
    let row = |id| format!("<user><userID>{id}</userID></user>");
    ids.into_iter().map(row).collect()
}

const MORE: &str = "<moreFlag>1</moreFlag>";
const LAST: &str = "<moreFlag>0</moreFlag>";

async fn users(answer: Vec<u8>) -> Vec<User> {
    let fake = Fake::always(answer).await;
    fake.client().users(&UsersQuery::default()).await.unwrap()
}

fn starts(fake: &Fake) -> Vec<String> {
    let start = |request: &String| {
        let (_, rest) = request.split_once("<startRecord>").unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    fake.requests().iter().map(start).collect()
}

fn body(fake: &Fake) -> String {
    let request = fake.requests().remove(0);
    let (_, body) = request.split_once("<soapenv:Body>").unwrap();
    body.split_once("</soapenv:Body>").unwrap().0.to_owned()
}

/// The guide's sample of section 9.1.5, with the brackets that its print lost.
#[tokio::test]
async fn the_guides_driver_is_read() {
    let xml = r#"<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
xmlns:ns1="urn:dictionary:com.chargepoint.webservices">
 <SOAP-ENV:Body>
    <ns1:getUsersResponse>
      <responseCode>100</responseCode>
      <responseText>API input request executed successfully.</responseText>
      <users>
        <user>
          <lastModifiedTimestamp>2022-02-25T04:43:54Z</lastModifiedTimestamp>
          <userID>28375251</userID>
          <firstName>Andy</firstName>
          <lastName>Ming</lastName>
          <driverEmail>AndyMing@yopmail.com</driverEmail>
          <Connection>
            <Status>APPROVED</Status>
            <requestTimeStamp>2022-05-16T16:23:17Z</requestTimeStamp>
            <aa/>
          </Connection>
          <managementRealm/>
          <credentialIDs>
            <credentialID>123345</credentialID>
          </credentialIDs>
          <homeStationDetails>
            <stationSerialNumber>221441027821</stationSerialNumber>
            <stationStatus>AVAILABLE</stationStatus>
            <stationModelNumber>CPH25</stationModelNumber>
            <stationMacAddress>0987LACAK</stationMacAddress>
            <stationActivationDate>2022-05-13T20:59:07Z</stationActivationDate>
          </homeStationDetails>
          <recordNumber>1</recordNumber>
        </user>
        <moreFlag>1</moreFlag>
      </users>
    </ns1:getUsersResponse>
  </SOAP-ENV:Body>
</SOAP-ENV:Envelope>"#;
    let fake = Fake::always(http(200, "", xml)).await;
    let page = fake.client().users_page(&UsersQuery::default()).await.unwrap();
    assert!(page.more, "the flag stands within users");
    let [user] = page.rows.try_into().unwrap();
    assert_eq!(user.last_modified.as_deref(), Some("2022-02-25T04:43:54Z"));
    assert_eq!(user.user_id.as_deref(), Some("28375251"));
    assert_eq!(user.first_name.as_deref(), Some("Andy"));
    assert_eq!(user.last_name.as_deref(), Some("Ming"));
    assert_eq!(user.email(), Some("AndyMing@yopmail.com"));
    assert_eq!(user.management_realm, None, "an empty element is null");
    assert_eq!(user.credential_ids.unwrap().ids, ["123345"]);
    assert_eq!(user.record_number, Some(1));
    let connection = user.connection.unwrap();
    assert_eq!(connection.status.as_deref(), Some("APPROVED"));
    assert_eq!(connection.request_time.as_deref(), Some("2022-05-16T16:23:17Z"));
    assert_eq!(connection.custom_infos, None);
    let home = user.home_station.unwrap();
    assert_eq!(home.serial_number.as_deref(), Some("221441027821"));
    assert_eq!(home.status.as_deref(), Some("AVAILABLE"));
    assert_eq!(home.model_number.as_deref(), Some("CPH25"));
    assert_eq!(home.mac_address.as_deref(), Some("0987LACAK"));
    assert_eq!(home.activation_date.as_deref(), Some("2022-05-13T20:59:07Z"));
}

/// The guide's spelling where it is not the contract's, its place for the e-mail address, answers of
/// the driver, empty elements, another order, and what nobody knows.
#[tokio::test]
async fn odd_forms_are_read() {
    let row = "<user><recordNumber></recordNumber><lastName/><future><a/></future>\
        <Connection><customInfos><customInfo><Value>E-7 &amp; 8</Value><Key>Employee ID</Key></customInfo>\
        <customInfo><Key>Badge</Key><Value></Value></customInfo></customInfos><driverEmail>a@example.org</driverEmail>\
        <requestTimeStamp></requestTimeStamp><status>NOT CONNECTED</status></Connection>\
        <managementRealm><Status>NOT MANAGED</Status><signupTimeStamp>2026-01-02T03:04:05Z</signupTimeStamp></managementRealm>\
        <credentialIDs><credentialID></credentialID></credentialIDs>\
        <homeStationDetails><stationMACAddress>AB</stationMACAddress><stationSerialNumber></stationSerialNumber></homeStationDetails>\
        <lastModifiedTimeStamp>2026-01-01T00:00:00Z</lastModifiedTimeStamp><USERID> 7</USERID></user>";
    let [user] = users(page("100", row, LAST)).await.try_into().unwrap();
    assert_eq!((user.record_number, &user.last_name), (None, &None));
    assert_eq!(user.user_id.as_deref(), Some(" 7"));
    assert_eq!(user.last_modified.as_deref(), Some("2026-01-01T00:00:00Z"));
    assert_eq!(user.email(), Some("a@example.org"));
    assert_eq!(user.credential_ids.unwrap().ids, [""; 0]);
    let home = user.home_station.unwrap();
    assert_eq!(
        (home.mac_address.as_deref(), home.serial_number),
        (Some("AB"), None)
    );
    let realm = user.management_realm.unwrap();
    assert_eq!(realm.status.as_deref(), Some("NOT MANAGED"));
    assert_eq!(realm.signup_time.as_deref(), Some("2026-01-02T03:04:05Z"));
    let connection = user.connection.unwrap();
    assert_eq!(connection.status.as_deref(), Some("NOT CONNECTED"));
    assert_eq!(connection.request_time, None);
    let info = |key: &str, value: Option<&str>| CustomInfo {
        key: Some(key.to_owned()),
        value: value.map(str::to_owned),
    };
    let expected = [info("Employee ID", Some("E-7 & 8")), info("Badge", None)];
    assert_eq!(connection.custom_infos.unwrap().infos, expected);
}

#[tokio::test]
async fn pages_of_any_size_are_put_together() {
    let fake = Fake::start(|number, _| match number {
        0 => page("100", &rows(1..=3), MORE),
        1 => page("100", &rows(3..=4), MORE),
        _ => page("100", &rows(6..=9), LAST),
    })
    .await;
    let found = fake.client().users(&UsersQuery::default()).await.unwrap();
    let ids: Vec<_> = found.iter().flat_map(|user| user.user_id.as_deref()).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "6", "7", "8", "9"]);
    assert_eq!(starts(&fake), ["1", "4", "6"]);
}

#[tokio::test]
async fn a_list_that_breaks_off_is_not_taken_for_all() {
    for second in [
        page("100", &rows(1..=3), MORE),
        page("100", &rows(1..=3), LAST),
        page("100", "", MORE),
        page("100", "", ""),
    ] {
        let fake = Fake::start(move |number, _| match number {
            0 => page("100", &rows(1..=3), MORE),
            _ => second.clone(),
        })
        .await;
        let error = fake.client().users(&UsersQuery::default()).await.unwrap_err();
        assert!(matches!(error, Error::Incomplete { received: 3 }), "{error:?}");
    }
}

#[tokio::test]
async fn nobody_found_is_an_empty_list() {
    let bare = "<ns1:getUsersResponse><responseCode>180</responseCode><responseText>No user found</responseText></ns1:getUsersResponse>";
    for answer in [
        soap(bare),
        page(code::NO_USER, "", ""),
        page("160", "", ""),
        page("100", "", LAST),
    ] {
        assert_eq!(users(answer).await, []);
    }
}

#[tokio::test]
async fn a_search_has_the_contracts_form() {
    let fake = Fake::always(page("180", "", "")).await;
    let query = UsersQuery {
        last_name: Some("O'Neill".to_owned()),
        last_modified: Some(DateTime::from("2026-11-01T00:00:00Z")),
        connection: Some(ConnectionQuery {
            status: Some("PENDING".to_owned()),
            custom_info: Some(CustomInfo {
                key: Some("Employee ID".to_owned()),
                value: Some("7".to_owned()),
            }),
        }),
        num_users: Some(100),
        ..UsersQuery::default()
    };
    fake.client().users(&query).await.unwrap();
    assert_eq!(
        body(&fake),
        "<urn:getUsers><searchQuery><lastName>O'Neill</lastName><lastModifiedTimeStamp>2026-11-01T00:00:00Z</lastModifiedTimeStamp>\
         <Connection><Status>PENDING</Status><customInfo><Key>Employee ID</Key><Value>7</Value></customInfo></Connection>\
         <startRecord>1</startRecord><numUsers>100</numUsers></searchQuery></urn:getUsers>"
    );
}

#[tokio::test]
async fn a_decision_stands_directly_under_the_operation() {
    let done =
        "<ns1:updateUserStatusResponse><responseCode>100</responseCode></ns1:updateUserStatusResponse>";
    for (association, decision, text, expected) in [
        (
            Association::Connection,
            Decision::Approved,
            "",
            "<associationType>CONNECTION</associationType><Status>APPROVED</Status>",
        ),
        (
            Association::ManagementRealm,
            Decision::Rejected,
            "Not <ours> & sorry",
            "<associationType>MANAGEMENT_REALM</associationType><Status>REJECTED</Status>\
             <customText>Not &lt;ours&gt; &amp; sorry</customText>",
        ),
        (
            Association::Connection,
            Decision::Removed,
            "",
            "<associationType>CONNECTION</associationType><Status>REMOVED</Status>",
        ),
    ] {
        let fake = Fake::always(soap(done)).await;
        let client = fake.client();
        let done = client.update_user_status("12345", association, decision, text);
        done.await.unwrap();
        assert_eq!(
            body(&fake),
            format!("<urn:updateUserStatus><userID>12345</userID>{expected}</urn:updateUserStatus>")
        );
        assert!(fake.requests()[0].contains("chargepointservices/updateUserStatus\""));
    }
}

/// "Nothing found" is an empty list to who asks for one; a decision about nobody was not made.
#[tokio::test]
async fn a_decision_that_is_refused_is_an_error_whatever_the_code() {
    for said in ["101", "160", "172", "180", "190", "191", "192", ""] {
        let refused = format!(
            "<ns1:updateUserStatusResponse><responseCode>{said}</responseCode><responseText>why</responseText></ns1:updateUserStatusResponse>"
        );
        let fake = Fake::always(http(200, "", envelope(&refused))).await;
        let client = fake.client();
        let call = client.update_user_status("1", Association::Connection, Decision::Approved, "");
        match call.await.unwrap_err() {
            Error::Response { code, text, .. } => assert_eq!((code.as_str(), text.as_str()), (said, "why")),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn words_are_read_as_they_are_written() {
    for decision in [Decision::Approved, Decision::Rejected, Decision::Removed] {
        assert_eq!(Decision::of(decision.word()), Some(decision));
    }
    for association in [Association::Connection, Association::ManagementRealm] {
        assert_eq!(Association::of(association.word()), Some(association));
    }
    assert_eq!((Decision::of("PENDING"), Association::of("")), (None, None));
}
