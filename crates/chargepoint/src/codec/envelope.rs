//! The SOAP 1.1 envelope, read and written on both sides.

use secrecy::{ExposeSecret, SecretString};

use super::{Broken, Parser, Record, Writer};
use crate::table::NAMESPACE;

/// Namespace of the SOAP 1.1 envelope.
pub const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// Namespace of WS-Security.
pub const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
/// Type of a password in clear.
pub const PASSWORD_TEXT: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";

const PROLOG: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// Licence key and password, as the Security header carries them.
#[derive(Debug, Clone)]
pub struct UsernameToken {
    /// Licence key.
    pub username: SecretString,
    /// Password in clear.
    pub password: SecretString,
}

/// The element in the Body, as it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Local name.
    pub name: &'a str,
    /// Whether it stands in [`NAMESPACE`].
    pub ours: bool,
}

/// A SOAP fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Local name of the `faultcode`: `Client`, `Server`, `InvalidSecurity`, …
    pub code: String,
    /// The `faultstring`.
    pub string: String,
}

/// Reads an envelope. `body` gets the one element in the Body, open, and reads it to its end.
/// The Security header may be missing, empty, or carry what it likes beside the token.
pub fn read<'a, T>(
    xml: &'a [u8],
    body: impl FnOnce(Entry<'_>, &mut Parser<'a>) -> Result<T, Broken>,
) -> Result<(Option<UsernameToken>, T), Broken> {
    let mut parser = Parser::new(xml)?;
    let root = parser.root()?;
    if root.local_name().into_inner() != "Envelope" || !parser.is_in(&root, SOAP) {
        return Err(Broken::NotSoap);
    }
    let mut token = None;
    let mut header_seen = false;
    let mut body = Some(body);
    let mut found = None;
    while let Some(tag) = parser.next_child()? {
        match tag.local_name().into_inner() {
            "Header" if header_seen => return Err(Broken::Envelope("two Headers")),
            "Header" => {
                header_seen = true;
                token = read_header(&mut parser)?;
            }
            "Body" => {
                let body = body.take().ok_or(Broken::Envelope("two Bodies"))?;
                let tag = parser.next_child()?.ok_or(Broken::Envelope("an empty Body"))?;
                let entry = Entry {
                    name: tag.local_name().into_inner(),
                    ours: parser.is_in(&tag, NAMESPACE),
                };
                found = Some(body(entry, &mut parser)?);
                if parser.next_child()?.is_some() {
                    return Err(Broken::Envelope("more than one element in the Body"));
                }
            }
            _ => parser.skip()?,
        }
    }
    parser.finish()?;
    Ok((token, found.ok_or(Broken::Envelope("no Body"))?))
}

fn read_header(parser: &mut Parser<'_>) -> Result<Option<UsernameToken>, Broken> {
    let mut token = None;
    let mut security_seen = false;
    while let Some(tag) = parser.next_child()? {
        if tag.local_name().into_inner() != "Security" || !parser.is_in(&tag, WSSE) {
            parser.skip()?;
            continue;
        }
        if std::mem::replace(&mut security_seen, true) {
            return Err(Broken::Envelope("two Security headers"));
        }
        while let Some(tag) = parser.next_child()? {
            if tag.local_name().into_inner() != "UsernameToken" {
                parser.skip()?;
            } else if token.is_some() {
                return Err(Broken::Envelope("two UsernameTokens"));
            } else {
                token = read_token(parser)?;
            }
        }
    }
    Ok(token)
}

/// A token with name and password in clear, each once; a digest is no token here.
fn read_token(parser: &mut Parser<'_>) -> Result<Option<UsernameToken>, Broken> {
    let (mut username, mut password, mut clear) = (None, None, true);
    while let Some(tag) = parser.next_child()? {
        let slot = match tag.local_name().into_inner() {
            "Username" => &mut username,
            "Password" => {
                let kind = tag.try_get_attribute("Type").map_err(|_| Broken::Syntax)?;
                clear = kind.is_none_or(|kind| kind.value == PASSWORD_TEXT);
                &mut password
            }
            _ => {
                parser.skip()?;
                continue;
            }
        };
        let text = SecretString::from(parser.text()?.into_owned());
        if slot.replace(text).is_some() {
            return Err(Broken::Envelope("a UsernameToken with two values"));
        }
    }
    Ok(match (username, password) {
        (Some(username), Some(password)) if clear => Some(UsernameToken { username, password }),
        _ => None,
    })
}

/// Reads the `Fault` element just opened.
pub fn read_fault(parser: &mut Parser<'_>) -> Result<Fault, Broken> {
    let mut fault = Fault {
        code: String::new(),
        string: String::new(),
    };
    while let Some(tag) = parser.next_child()? {
        match tag.local_name().into_inner() {
            "faultcode" => {
                let code = parser.text()?;
                fault.code = code.rsplit(':').next().unwrap_or(&code).trim().to_owned();
            }
            "faultstring" => fault.string = parser.text()?.trim().to_owned(),
            _ => parser.skip()?,
        }
    }
    Ok(fault)
}

/// Writes a request, in the form of the guide's section 2.4.
pub fn write_request<R: Record>(token: &UsernameToken, request: &R) -> String {
    let name = format!("urn:{}", R::SHAPE.name);
    let mut out = Writer::default();
    out.raw(PROLOG);
    out.open(&format!(
        r#"soapenv:Envelope xmlns:soapenv="{SOAP}" xmlns:urn="{NAMESPACE}""#
    ));
    out.open(&format!(r#"soapenv:Header xmlns:wsse="{WSSE}""#));
    out.open(r#"wsse:Security soapenv:mustUnderstand="1""#);
    out.open("wsse:UsernameToken");
    out.element("wsse:Username", token.username.expose_secret());
    out.open(&format!(r#"wsse:Password Type="{PASSWORD_TEXT}""#));
    out.text(token.password.expose_secret());
    out.raw("</wsse:Password></wsse:UsernameToken></wsse:Security></soapenv:Header>");
    out.raw("<soapenv:Body>");
    out.open(&name);
    request.write_children(&mut out);
    out.close(&name);
    out.raw("</soapenv:Body></soapenv:Envelope>");
    out.finish()
}

/// Writes an answer, in the form of the guide's samples.
pub fn write_answer<R: Record>(answer: &R) -> String {
    let name = format!("ns1:{}", R::SHAPE.name);
    let mut out = Writer::default();
    out.raw(PROLOG);
    out.open(&format!(
        r#"SOAP-ENV:Envelope xmlns:SOAP-ENV="{SOAP}" xmlns:ns1="{NAMESPACE}""#
    ));
    out.raw("<SOAP-ENV:Body>");
    out.open(&name);
    answer.write_children(&mut out);
    out.close(&name);
    out.raw("</SOAP-ENV:Body></SOAP-ENV:Envelope>");
    out.finish()
}

/// Writes a fault. A code other than SOAP's own stands in the namespace of WS-Security.
pub fn write_fault(fault: &Fault) -> String {
    let prefix = match fault.code.as_str() {
        "Client" | "Server" | "VersionMismatch" | "MustUnderstand" => "SOAP-ENV",
        _ => "wsse",
    };
    let mut out = Writer::default();
    out.raw(PROLOG);
    out.open(&format!(r#"SOAP-ENV:Envelope xmlns:SOAP-ENV="{SOAP}""#));
    out.raw("<SOAP-ENV:Body><SOAP-ENV:Fault>");
    out.open(&format!(r#"faultcode xmlns:wsse="{WSSE}""#));
    out.text(&format!("{prefix}:{}", fault.code));
    out.raw("</faultcode>");
    out.element("faultstring", &fault.string);
    out.raw("</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>");
    out.finish()
}
