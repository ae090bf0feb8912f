//! Every call, request and answer: whatever is wrong with a message is told, and none of it is taken for
//! a message that is right.

use std::time::Duration;

use chargepoint::calls::Call;
use chargepoint::codec::envelope::{self, UsernameToken};
use chargepoint::codec::{Broken, Record};
use chargepoint::table::{Kind, wire_form};

use super::within;
use crate::calls::sample::{self, Form};
use crate::calls::{ForCall, each, read};

/// A request and an answer of each call, with every field.
pub fn messages() -> Vec<String> {
    struct Messages(Vec<String>);
    impl ForCall for Messages {
        fn with<C: Call>(&mut self) {
            let token = UsernameToken {
                username: "key".into(),
                password: "password".into(),
            };
            let call: C = read(&sample::children(&C::SHAPE, Form::default()));
            self.0.push(envelope::write_request(&token, &call));
            let answer: C::Answer = read(&sample::children(&C::Answer::SHAPE, Form::default()));
            self.0.push(envelope::write_answer(&answer));
        }
    }
    let mut messages = Messages(Vec::new());
    each(&mut messages);
    messages.0
}

fn refused(xml: impl AsRef<[u8]>) -> Broken {
    let xml = xml.as_ref();
    match within(Duration::from_secs(2), || wire_form(xml)) {
        Err(broken) => broken,
        Ok(form) => panic!("{form}\n{}", String::from_utf8_lossy(&xml[..xml.len().min(2000)])),
    }
}

/// Where the operation element ends its start tag.
fn inside(xml: &str) -> usize {
    let body = xml.find("Body>").unwrap() + 5;
    body + xml[body..].find('>').unwrap() + 1
}

fn insert(xml: &str, at: usize, what: &str) -> String {
    format!("{}{what}{}", &xml[..at], &xml[at..])
}

#[test]
fn what_soap_forbids() {
    for xml in messages() {
        let prolog = xml.find("?>").unwrap() + 2;
        let dtd = r#"<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>"#;
        assert_eq!(refused(insert(&xml, prolog, dtd)), Broken::Doctype);
        let external = r#"<!DOCTYPE a SYSTEM "file:///etc/passwd">"#;
        assert_eq!(refused(insert(&xml, prolog, external)), Broken::Doctype);
        let pi = refused(insert(&xml, inside(&xml), "<?php x?>"));
        assert_eq!(pi, Broken::ProcessingInstruction);
        // Before the values: what stands in them is not looked at.
        let both = insert(&insert(&xml, inside(&xml), "<a>&nbsp;</a>"), prolog, dtd);
        assert_eq!(refused(both), Broken::Doctype);
    }
}

#[test]
fn what_is_no_utf8() {
    for xml in messages() {
        for (mark, bytes) in [
            (0xfeff_u16, u16::to_le_bytes as fn(u16) -> [u8; 2]),
            (0xfeff, u16::to_be_bytes),
        ] {
            let units = std::iter::once(mark).chain(xml.encode_utf16());
            let utf16: Vec<u8> = units.flat_map(bytes).collect();
            assert_eq!(refused(utf16), Broken::Encoding);
        }
        for name in ["UTF-16", "ISO-8859-1", "UTF-7", "windows-1252", ""] {
            assert_eq!(
                refused(xml.replacen("UTF-8", name, 1)),
                Broken::Encoding,
                "{name}"
            );
        }
        let latin = insert(&xml, inside(&xml), "<a>~</a>").into_bytes();
        let latin: Vec<u8> = latin
            .into_iter()
            .map(|b| if b == b'~' { 0xe9 } else { b })
            .collect();
        assert_eq!(refused(latin), Broken::Encoding);
    }
}

#[test]
fn one_envelope_one_body_one_element() {
    for xml in messages() {
        let start = xml.find("Body>").unwrap() + 5;
        let end = xml.rfind("Body>").unwrap();
        let end = xml[..end].rfind("</").unwrap();
        let element = &xml[start..end];
        let twice = refused(insert(&xml, end, element));
        assert_eq!(twice, Broken::Envelope("more than one element in the Body"));
        let empty = format!("{}{}", &xml[..start], &xml[end..]);
        assert_eq!(refused(empty), Broken::Envelope("an empty Body"));
        let from = xml[..start].rfind('<').unwrap();
        let to = end + xml[end..].find('>').unwrap() + 1;
        let bodies = refused(insert(&xml, to, &xml[from..to]));
        assert_eq!(bodies, Broken::Envelope("two Bodies"));
        let none = format!("{}{}", &xml[..from], &xml[to..]);
        assert_eq!(refused(none), Broken::Envelope("no Body"));
        for tail in ["tail", "<a/>", "&amp;", "<![CDATA[]]>", xml.as_str()] {
            assert_eq!(refused(format!("{xml}{tail}")), Broken::Syntax, "{tail}");
        }
        let newer = xml.replace(
            "schemas.xmlsoap.org/soap/envelope/",
            "www.w3.org/2003/05/soap-envelope",
        );
        assert_eq!(refused(newer), Broken::NotSoap);
        if let Some(header) = xml.find("<wsse:Security") {
            let end = xml.find("</soapenv:Header>").unwrap();
            let two = refused(insert(&xml, end, &xml[header..end]));
            assert_eq!(two, Broken::Envelope("two Security headers"));
        }
    }
}

/// Nothing that breaks off is a shorter message.
#[test]
fn what_breaks_off() {
    for xml in messages() {
        let step = xml.len() / 40 + 1;
        for cut in (0..xml.len()).step_by(step) {
            let broken = refused(&xml[..cut]);
            assert!(
                matches!(broken, Broken::Truncated | Broken::Syntax),
                "{cut} {broken:?}"
            );
        }
    }
}

/// More of it is read in `envelope.rs`, of one call.
#[test]
fn much_of_one_thing() {
    let attributes: String = (0..2_000).map(|n| format!(" a{n}=\"x\"")).collect();
    let namespaces: String = (0..2_000).map(|n| format!(" xmlns:n{n}=\"x\"")).collect();
    let deep = "<a>".repeat(10_000);
    let closed = format!("{deep}{}", "</a>".repeat(10_000));
    let long = format!("<a>{}</a>", "&#65;<![CDATA[x]]><!-- -->".repeat(1_000));
    for xml in messages() {
        let inside = inside(&xml);
        assert_eq!(refused(insert(&xml, inside - 1, &namespaces)), Broken::Syntax);
        assert_eq!(refused(insert(&xml, inside, &deep)), Broken::TooDeep);
        assert_eq!(refused(insert(&xml, inside, &closed)), Broken::TooDeep);
        let form = wire_form(xml.as_bytes()).unwrap();
        for harmless in [insert(&xml, inside - 1, &attributes), insert(&xml, inside, &long)] {
            let read = within(Duration::from_secs(2), || wire_form(harmless.as_bytes()));
            assert_eq!(read.as_ref(), Ok(&form));
        }
    }
}

/// A value may be cut into pieces, and holds nothing that XML does not allow.
#[test]
fn what_stands_in_a_value() {
    struct Check(usize);
    impl ForCall for Check {
        fn with<C: Call>(&mut self) {
            for shape in [C::SHAPE, C::Answer::SHAPE] {
                let Some(field) = shape
                    .fields
                    .iter()
                    .find(|f| matches!(f.kind, Kind::Text | Kind::Int))
                else {
                    continue;
                };
                let (name, wire) = (shape.name, field.wire);
                let message = |value: &str| {
                    crate::fake::envelope(&format!("<ns1:{name}><{wire}>{value}</{wire}></ns1:{name}>"))
                };
                let whole = wire_form(message("100").as_bytes()).unwrap();
                assert!(whole.contains(&format!("<{wire}>100</{wire}>")), "{whole}");
                for pieces in [
                    "<![CDATA[1]]><![CDATA[00]]>",
                    "1<![CDATA[0]]>0",
                    "1<!-- 9 -->0<!---->0",
                    "1<b>7</b>00",
                    "&#49;&#x30;0",
                ] {
                    assert_eq!(
                        wire_form(message(pieces).as_bytes()).as_ref(),
                        Ok(&whole),
                        "{pieces}"
                    );
                }
                for odd in [
                    "&#0;",
                    "\u{0}",
                    "\u{8}",
                    "&#xFFFE;",
                    "&#x110000;",
                    "&nbsp;",
                    "&a;",
                    "&#xD800;",
                ] {
                    assert_eq!(refused(message(odd)), Broken::Character, "{odd}");
                }
                self.0 += 1;
            }
        }
    }
    let mut check = Check(0);
    each(&mut check);
    assert!(check.0 > 30, "{}", check.0);
}

/// Tags and texts may be written in many ways that mean the same.
#[test]
fn what_is_written_otherwise_is_read_alike() {
    let plain = "<City>Gent</City><Port><portNumber>1</portNumber><Level>L2</Level></Port>";
    let message = |station: &str| {
        let body = format!("<stationData>{station}</stationData>");
        crate::fake::envelope(&format!(
            "<ns1:getStationsResponse>{body}</ns1:getStationsResponse>"
        ))
    };
    let whole = wire_form(message(plain).as_bytes()).unwrap();
    assert!(whole.contains(plain), "{whole}");
    for (old, new) in [
        ("<City>", "<City >"),
        ("</City>", "</City\n>"),
        ("<City>Gent</City>", "<City a='>'>Gent</City>"),
        ("<City>Gent</City>", "<ns1:City>Gent</ns1:City>"),
        ("<City>Gent</City>", "<x:City xmlns:x='urn:x'>Gent</x:City>"),
        ("<City>", "<City xmlns='urn:x'>"),
        ("<City>", "<!-- <City> --><City>"),
        ("<City>", " <City>"),
        ("<Port>", "<State/><Port>"),
        ("<Port>", "<State></State><Port>"),
        ("<Port>", "<a-b.c><Port/></a-b.c><Port>"),
        ("<Port>", "<été>1</été><Port>"),
        ("<Port>", "<Port>\r\n"),
        ("Gent", "G&#101;nt"),
    ] {
        let station = plain.replacen(old, new, 1);
        assert_eq!(
            wire_form(message(&station).as_bytes()).as_ref(),
            Ok(&whole),
            "{new}"
        );
    }
    for (old, new) in [
        ("</City>", "</city>"),
        ("</City>", "</Cit>"),
        ("</City>", "</City2>"),
        ("</City>", "</ns1:City>"),
        ("</City>", "</Port>"),
        ("<Port>", "</Port>"),
        ("<Port>", "<Port/>"),
        ("</Port>", "</Port></Port>"),
    ] {
        let station = plain.replacen(old, new, 1);
        assert_eq!(refused(message(&station)), Broken::Syntax, "{new}");
    }
    let read = |text: &str| {
        let station = plain.replacen("Gent", text, 1);
        let form = wire_form(message(&station).as_bytes()).unwrap();
        let (_, value) = form.split_once("<City>").unwrap();
        value.split_once("</City>").unwrap().0.to_owned()
    };
    // A mark of the encoding is one at the very beginning only.
    for text in ["\u{feff}Gent", "Gent\u{feff}", "&#71;\u{feff}ent"] {
        assert_eq!(read(text), text.replace("&#71;", "G"));
    }
    assert_eq!(read("a\r\nb\rc"), "a\nb\nc");
    assert_eq!(read("a > b"), "a &gt; b");
}

/// A value is of its type, or the message is not read.
#[test]
fn numbers_are_numbers() {
    struct Check(usize);
    impl ForCall for Check {
        fn with<C: Call>(&mut self) {
            for shape in [C::SHAPE, C::Answer::SHAPE] {
                for field in shape.fields {
                    let wrong: &[&str] = match field.kind {
                        Kind::Boolean => &["2", "yes", "-1"],
                        Kind::Double | Kind::Decimal => &["1,5", "NaN", "inf", "1e999", "0x10"],
                        Kind::Percent => &["1.5", "99999999999", "ten"],
                        _ => continue,
                    };
                    for value in wrong {
                        let (name, wire) = (shape.name, field.wire);
                        let xml = format!("<ns1:{name}><{wire}>{value}</{wire}></ns1:{name}>");
                        let broken = refused(crate::fake::envelope(&xml));
                        assert!(matches!(broken, Broken::Value(_)), "{wire} {value} {broken:?}");
                        self.0 += 1;
                    }
                }
            }
        }
    }
    let mut check = Check(0);
    each(&mut check);
    assert!(check.0 > 10, "{}", check.0);
}

#[test]
fn what_is_no_message_at_all() {
    for (xml, expected) in [
        ("", Broken::Truncated),
        (" \n", Broken::Truncated),
        ("100", Broken::Syntax),
        ("<html><body>Log in</body></html>", Broken::NotSoap),
        ("<!DOCTYPE html><html/>", Broken::Doctype),
        ("<Envelope/>", Broken::NotSoap),
        ("\u{1f}\u{8b}", Broken::Character),
    ] {
        assert_eq!(refused(xml), expected, "{xml}");
    }
    let other = crate::fake::envelope("<ns1:getEverything/>");
    assert_eq!(refused(other), Broken::Envelope("an element of no call"));
}
