//! Key and password show nowhere.

use chargepoint::codec::envelope::UsernameToken;
use chargepoint::{Error, StationsQuery};

use super::fake::{Fake, KEY, PASSWORD, envelope, http};

fn assert_silent(text: &str) {
    assert!(!text.contains(KEY), "{text}");
    assert!(!text.contains(PASSWORD), "{text}");
}

#[tokio::test]
async fn not_in_debug_output() {
    let fake = Fake::always(http(200, "", "")).await;
    assert_silent(&format!("{:?} {:?}", fake.config(), fake.client()));
    assert_silent(&format!(
        "{:?}",
        UsernameToken {
            username: KEY.into(),
            password: PASSWORD.into(),
        }
    ));
}

#[tokio::test]
async fn not_in_errors_though_the_service_echoes_them() {
    let escaped = PASSWORD.replace('&', "&amp;").replace('<', "&lt;");
    let fault = envelope(&format!(
        "<SOAP-ENV:Fault><faultcode>Server</faultcode><faultstring>{KEY} with {escaped} is odd</faultstring></SOAP-ENV:Fault>"
    ));
    let code = envelope(&format!(
        "<ns1:getStationsResponse><responseCode>143</responseCode><responseText>{KEY}/{escaped}</responseText></ns1:getStationsResponse>"
    ));
    let html = format!("<html>{KEY} {PASSWORD}</html>");
    let broken = format!("<a>{KEY}<b>{KEY}");
    for body in [fault, code, html, broken] {
        let fake = Fake::always(http(500, "", body)).await;
        let error = fake
            .client()
            .stations(&StationsQuery::default())
            .await
            .unwrap_err();
        assert_silent(&format!("{error} {error:?}"));
        if let Error::Fault { string, .. } = error {
            assert_eq!(string, "*** with *** is odd");
        }
    }
}
