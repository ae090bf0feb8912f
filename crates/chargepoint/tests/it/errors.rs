//! Every way a call can fail, as its own error.

use std::time::Duration;

use chargepoint::codec::Broken;
use chargepoint::{Client, ClientConfig, Error, StationsQuery};

use super::fake::{Fake, envelope, http, soap, stations};

async fn error(answer: Vec<u8>) -> Error {
    let fake = Fake::always(answer).await;
    let query = StationsQuery::default();
    fake.client().stations(&query).await.unwrap_err()
}

fn fault(code: &str) -> String {
    envelope(&format!(
        "<SOAP-ENV:Fault><faultcode>{code}</faultcode><faultstring>UsernameToken processing failed</faultstring><detail><x/></detail></SOAP-ENV:Fault>"
    ))
}

#[tokio::test]
async fn a_refused_connection_is_transport() {
    // Bound and not listening: it refuses, and nobody else gets the port.
    let held = tokio::net::TcpSocket::new_v4().unwrap();
    held.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let endpoint = format!("http://{}/", held.local_addr().unwrap());
    let client = Client::new(ClientConfig::new(endpoint, "k", "p")).unwrap();
    let error = client.cpn_instances().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_transport() {
    let whole = http(200, "", "x".repeat(1000));
    let error = error(whole[..whole.len() - 10].to_vec()).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn silence_is_a_timeout() {
    let fake = Fake::always(Vec::new()).await;
    let config = ClientConfig {
        timeout: Duration::from_millis(200),
        ..fake.config()
    };
    let error = Client::new(config).unwrap().cpn_instances().await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error:?}");
}

#[tokio::test]
async fn what_is_not_soap_is_told_by_its_status() {
    for (status, headers, body, said) in [
        (200, "", "<!DOCTYPE html><title>Log in</title>", "web page"),
        (200, "", " \n<HTML><body>", "web page"),
        (200, "", "", "empty body"),
        (503, "", "Service Unavailable", "not XML"),
        (200, "", "{\"error\":1}", "not XML"),
        (200, "", "<note>hello</note>", "not SOAP"),
        (500, "", "<SOAP-ENV:Envelope xmlns", "cannot be read"),
        (302, "Location: /login\r\n", "", "redirect"),
        (200, "Content-Encoding: gzip\r\n", "\u{1f}\u{8b}", "not XML"),
    ] {
        match error(http(status, headers, body)).await {
            Error::HttpStatus {
                status: got, hint, ..
            } => {
                assert_eq!(got, status);
                assert!(hint.contains(said), "{hint} / {said}");
            }
            other => panic!("{body:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Fake::always(soap("")).await;
    let headers = format!("Location: {}\r\n", elsewhere.endpoint);
    for status in [301, 302, 307, 308] {
        let error = error(http(status, &headers, "")).await;
        assert!(matches!(error, Error::HttpStatus { .. }), "{error:?}");
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn an_answer_above_the_limit_is_refused() {
    let fake = Fake::always(http(200, "", vec![b' '; 5000])).await;
    let config = ClientConfig {
        max_answer: 4999,
        ..fake.config()
    };
    let error = Client::new(config).unwrap().cpn_instances().await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 4999 }), "{error:?}");
}

#[tokio::test]
async fn broken_xml_is_malformed_and_says_how() {
    let whole = stations("100", "<stationData><stationID>1:1</stationID></stationData>", 0);
    for (body, expected) in [
        (whole[..whole.len() / 2 + 60].to_owned(), Broken::Truncated),
        (whole.replace("<stationID>", "<stationID"), Broken::Syntax),
        (whole.replace("</stationID>", "</other>"), Broken::Syntax),
        (whole.replace("<stationID>", "<!oops><stationID>"), Broken::Syntax),
        (format!("{whole}tail"), Broken::Syntax),
        (format!("{whole}{whole}"), Broken::Syntax),
        (whole.replace("1:1", "&nbsp;"), Broken::Character),
        (whole.replace("1:1", "&#0;"), Broken::Character),
        (whole.replace("1:1", "\u{0}"), Broken::Character),
        (whole.replace("UTF-8", "ISO-8859-1"), Broken::Encoding),
        (
            whole.replace("?>", "?><!DOCTYPE a [<!ENTITY b \"c\">]>"),
            Broken::Doctype,
        ),
        (
            whole.replace("<stationID>", "<?php x?><stationID>"),
            Broken::ProcessingInstruction,
        ),
        (
            whole.replace("<moreFlag>0", "<moreFlag>perhaps"),
            Broken::Value("Boolean"),
        ),
        (envelope(""), Broken::Envelope("an empty Body")),
        (
            envelope("<ns1:getStationStatusResponse/>"),
            Broken::Envelope("it answers another call"),
        ),
    ] {
        match error(http(200, "", &body)).await {
            Error::Malformed(broken) => assert_eq!(broken, expected, "{body}"),
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn not_utf8_is_malformed() {
    let whole = stations("100", "", 0);
    let utf16: Vec<u8> = [0xfffe_u16.swap_bytes()]
        .into_iter()
        .chain(whole.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for body in [
        utf16,
        whole
            .replace("text", "\u{e9}")
            .into_bytes()
            .into_iter()
            .filter(|byte| *byte != 0xc3)
            .collect(),
    ] {
        let error = error(http(200, "", body)).await;
        assert!(matches!(error, Error::Malformed(Broken::Encoding)), "{error:?}");
    }
}

#[tokio::test]
async fn refused_credentials_are_told_apart_whatever_the_status_and_prefix() {
    for (status, code) in [
        (500, "wsse:InvalidSecurity"),
        (500, "InvalidSecurity"),
        (200, "ns0:a:InvalidSecurity"),
        (200, " wsse:FailedAuthentication "),
    ] {
        let error = error(http(status, "", fault(code))).await;
        assert!(matches!(error, Error::InvalidSecurity), "{code} {error:?}");
    }
}

#[tokio::test]
async fn any_other_fault_keeps_its_words() {
    match error(http(500, "", fault("SOAP-ENV:Server"))).await {
        Error::Fault { code, string } => {
            assert_eq!(
                (code.as_str(), string.as_str()),
                ("Server", "UsernameToken processing failed")
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_response_code_is_an_error_unless_it_says_nothing_found() {
    match error(http(200, "", stations("101", "", 0))).await {
        Error::Response { code, text, .. } => assert_eq!((code.as_str(), text.as_str()), ("101", "text")),
        other => panic!("{other:?}"),
    }
    for code in ["102", "169", "160"] {
        let fake = Fake::always(http(200, "", stations(code, "", 0))).await;
        let query = StationsQuery::default();
        assert_eq!(fake.client().stations(&query).await.unwrap(), []);
        assert_eq!(fake.client().stations_page(&query).await.unwrap().rows, []);
    }
}

#[tokio::test]
async fn an_answer_without_a_response_code_is_not_taken_for_success() {
    let error = error(soap("<ns1:getStationsResponse/>")).await;
    assert!(matches!(error, Error::Response { .. }), "{error:?}");
}

#[test]
fn an_address_that_would_give_the_credentials_away_is_refused() {
    for address in [
        "http://webservices.example.org/services/5.1",
        "https://user:secret@example.org/",
        "ftp://example.org/",
        "not an address",
    ] {
        let error = Client::new(ClientConfig::new(address, "k", "p")).unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert!(!error.to_string().contains("secret"));
    }
    for address in ["http://[::1]:8080/", "http://localhost/"] {
        Client::new(ClientConfig::new(address, "k", "p")).unwrap();
    }
    Client::new(ClientConfig {
        allow_plain_http: true,
        ..ClientConfig::new("http://stand-in:8080/", "k", "p")
    })
    .unwrap();
}

/// Set where this program runs itself as if on a machine without certificates.
const BARE: &str = "EV_PORTAL_TEST_WITHOUT_CERTIFICATES";

#[test]
fn https_needs_certificates() {
    let client = Client::new(ClientConfig::new("https://example.org/", "k", "p"));
    if std::env::var_os(BARE).is_none() {
        client.unwrap();
    } else {
        let error = client.unwrap_err();
        assert!(
            matches!(&error, Error::Config(why) if why.contains("certificates")),
            "{error:?}"
        );
    }
}

/// A bare container has no certificates: https says so, and a stand-in over http works.
#[test]
fn plain_http_needs_no_certificates() {
    let tests = [
        "errors::https_needs_certificates",
        "errors::any_other_fault_keeps_its_words",
    ];
    let here = env!("CARGO_MANIFEST_DIR");
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .arg("--exact")
        .args(tests)
        .env(BARE, "1")
        // A file and a folder that hold none.
        .env("SSL_CERT_FILE", format!("{here}/Cargo.toml"))
        .env("SSL_CERT_DIR", format!("{here}/src"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("2 passed; 0 failed"), "{said}");
}
