//! Envelopes, tokens and entities.

use std::time::Duration;

use chargepoint::calls::stations::GetStationsResponse;
use chargepoint::codec::envelope::{self, Entry};
use chargepoint::codec::{Broken, Parser, read_record};

use super::within;
use crate::fake::{envelope as message, stations};

fn read(xml: &str) -> Result<GetStationsResponse, Broken> {
    let handler = |_: Entry<'_>, parser: &mut Parser<'_>| read_record(parser);
    let read = within(Duration::from_secs(10), || {
        envelope::read(xml.as_bytes(), handler)
    });
    read.map(|(_, (answer, _))| answer)
}

#[test]
fn a_million_levels() {
    let xml = message(&"<a>".repeat(1_000_000));
    assert_eq!(read(&xml), Err(Broken::TooDeep));
    let xml = message(&format!(
        "{}{}",
        "<a>".repeat(1_000_000),
        "</a>".repeat(1_000_000)
    ));
    assert_eq!(read(&xml), Err(Broken::TooDeep));
}

#[test]
fn twenty_thousand_attributes_and_namespaces() {
    let attributes: String = (0..20_000).map(|n| format!(" a{n}=\"x\"")).collect();
    let namespaces: String = (0..20_000).map(|n| format!(" xmlns:n{n}=\"x\"")).collect();
    let plain = stations("100", "", 0);
    let xml = plain.replace("<responseText", &format!("<responseText{attributes}"));
    assert!(read(&xml).is_ok());
    let xml = plain.replace(
        "<ns1:getStationsResponse",
        &format!("<ns1:getStationsResponse{namespaces}"),
    );
    assert_eq!(read(&xml), Err(Broken::Syntax));
}

#[test]
fn entities_are_not_expanded() {
    let plain = stations("100", "", 0);
    let dtd = "?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    assert_eq!(read(&plain.replace("?>", dtd)), Err(Broken::Doctype));
    assert_eq!(read(&plain.replace("text<", "&b;<")), Err(Broken::Character));
}

#[test]
fn ten_megabytes_of_references_and_sections() {
    let rows = "<stationData><Description>".to_owned()
        + &"&amp;<![CDATA[x]]>".repeat(600_000)
        + "</Description></stationData>";
    let answer = read(&stations("100", &rows, 0)).unwrap();
    let length = answer.stations[0].description.as_ref().unwrap().len();
    assert_eq!(length, 1_200_000);
}

#[test]
fn an_envelope_put_together_wrongly() {
    let row = "<ns1:getStationsResponse/>";
    let plain = message(row);
    let security = r#"<w:Security xmlns:w="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/>"#;
    let header = |content: &str| {
        let header = format!("<SOAP-ENV:Header>{content}</SOAP-ENV:Header><SOAP-ENV:Body>");
        plain.replace("<SOAP-ENV:Body>", &header)
    };
    let twice = format!("<SOAP-ENV:Body>{row}</SOAP-ENV:Body></SOAP-ENV:Envelope>");
    for (xml, expected) in [
        (
            message(&row.repeat(2)),
            Broken::Envelope("more than one element in the Body"),
        ),
        (
            plain.replace("</SOAP-ENV:Envelope>", &twice),
            Broken::Envelope("two Bodies"),
        ),
        (
            header(&security.repeat(2)),
            Broken::Envelope("two Security headers"),
        ),
        (
            header("").replace("<SOAP-ENV:Body>", "<SOAP-ENV:Header/><SOAP-ENV:Body>"),
            Broken::Envelope("two Headers"),
        ),
        (
            r#"<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>"#.to_owned(),
            Broken::Envelope("no Body"),
        ),
        (
            plain.replace(
                "http://schemas.xmlsoap.org/soap/envelope/",
                "http://www.w3.org/2003/05/soap-envelope",
            ),
            Broken::NotSoap,
        ),
        (String::new(), Broken::Truncated),
        ("text".to_owned(), Broken::Syntax),
        (format!("text{plain}"), Broken::Syntax),
    ] {
        assert_eq!(read(&xml), Err(expected), "{xml}");
    }
    assert!(read(&header(security)).is_ok());
}

#[test]
fn a_namespace_ends_with_the_element_that_declares_it() {
    let ours = |header: &str| {
        let body = format!("{header}<SOAP-ENV:Body><x:getStations/></SOAP-ENV:Body>");
        let xml = message("").replace("<SOAP-ENV:Body></SOAP-ENV:Body>", &body);
        let handler = |entry: Entry<'_>, parser: &mut Parser<'_>| parser.skip().map(|()| entry.ours);
        envelope::read(xml.as_bytes(), handler).map(|(_, ours)| ours)
    };
    let declared = r#"xmlns:x="urn:dictionary:com.chargepoint.webservices""#;
    assert_eq!(ours(""), Ok(false));
    let inside = format!("<SOAP-ENV:Header><a {declared}><x:b/></a></SOAP-ENV:Header>");
    assert_eq!(ours(&inside), Ok(false));
    let deep = format!(
        "<SOAP-ENV:Header>{}</SOAP-ENV:Header>",
        format!("<a {declared}>").repeat(9) + &"</a>".repeat(9)
    );
    assert_eq!(ours(&deep), Ok(false));
}

#[test]
fn a_token_is_read_in_every_form_clients_send_and_in_no_other() {
    use secrecy::ExposeSecret;
    let text =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";
    let token = |content: &str| {
        let header = format!(
            r#"<SOAP-ENV:Header><w:Security xmlns:w="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><w:UsernameToken>{content}</w:UsernameToken></w:Security></SOAP-ENV:Header><SOAP-ENV:Body>"#
        );
        let xml = message("<ns1:getStations/>").replace("<SOAP-ENV:Body>", &header);
        let handler = |_: Entry<'_>, parser: &mut Parser<'_>| parser.skip();
        let read = envelope::read(xml.as_bytes(), handler);
        read.map(|(token, ())| token.map(|token| token.username.expose_secret().to_owned()))
    };
    let user = "<w:Username>ad<!-- x -->min</w:Username>";
    for password in [
        "<w:Password>p</w:Password>".to_owned(),
        format!(
            "<w:Password Type=\"{text}\">p</w:Password><w:Nonce>n</w:Nonce><u:Created xmlns:u='u'>t</u:Created>"
        ),
    ] {
        assert_eq!(token(&format!("{user}{password}")), Ok(Some("admin".to_owned())));
    }
    assert_eq!(token(user), Ok(None));
    let digest = text.replace("PasswordText", "PasswordDigest");
    let digest = format!("{user}<w:Password Type=\"{digest}\">p</w:Password>");
    assert_eq!(token(&digest), Ok(None));
    let twice = format!("{user}{user}<w:Password>p</w:Password>");
    assert!(token(&twice).is_err());
}
