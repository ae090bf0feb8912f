use crate::calls::Answer;
use crate::codec::envelope::{self, Fault};
use crate::codec::{Broken, read_record};
use crate::error::Error;

/// What came back.
pub enum Reply<A> {
    Answer(A),
    Fault(Fault),
}

/// Reads an answer. The fault is told from the answer by the Body, not by the HTTP status: faults
/// come with 500 and with 200.
pub fn read<A: Answer>(status: u16, body: &[u8]) -> Result<Reply<A>, Error> {
    if let Some(hint) = not_soap(status, body) {
        return Err(no_soap(status, hint));
    }
    let read = envelope::read(body, |entry, parser| {
        if entry.name.eq_ignore_ascii_case("Fault") {
            return envelope::read_fault(parser).map(Reply::Fault);
        }
        if !entry.name.eq_ignore_ascii_case(A::SHAPE.name) {
            return Err(Broken::Envelope("it answers another call"));
        }
        read_record(parser).map(|(answer, _)| Reply::Answer(answer))
    });
    match read {
        Ok((_, reply)) => Ok(reply),
        Err(Broken::NotSoap) => Err(no_soap(status, "XML that is not SOAP")),
        Err(_) if !(200..300).contains(&status) => Err(no_soap(status, "a SOAP message that cannot be read")),
        Err(broken) => Err(broken.into()),
    }
}

fn no_soap(status: u16, hint: &'static str) -> Error {
    Error::HttpStatus {
        status,
        hint,
        wait: None,
    }
}

/// What an answer is that is no SOAP message at first sight.
fn not_soap(status: u16, body: &[u8]) -> Option<&'static str> {
    let start = body.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let begins = |word: &str| {
        start
            .get(..word.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
    };
    if (300..400).contains(&status) {
        Some("a redirect, which is not followed with credentials")
    } else if start.is_empty() {
        Some("an empty body")
    } else if begins("<!doctype html") || begins("<html") {
        Some("a web page instead of SOAP")
    } else if !begins("<") && !start.starts_with(b"\xff\xfe") && !start.starts_with(b"\xfe\xff") {
        Some("something that is not XML")
    } else {
        None
    }
}
