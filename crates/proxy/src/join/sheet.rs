//! The sheet to print and hang up: who invites, the QR code, and what to do.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::connections::Connection;

use super::html::{escape, logo};
use super::link::who;
use super::qr;
use crate::middleware::security_headers;
use crate::problem::Error;

const HEADERS: [(HeaderName, &str); 3] = [
    (header::CONTENT_TYPE, "text/html; charset=utf-8"),
    (header::CONTENT_SECURITY_POLICY, security_headers::SHEET),
    (header::CACHE_CONTROL, "no-store"),
];

/// What stands on a sheet.
pub struct Sheet<'s> {
    pub connection: &'s Connection,
    /// A PNG in base64.
    pub logo: Option<&'s str>,
    pub link: &'s str,
    pub search_code: Option<&'s str>,
    pub search_link: &'s str,
    /// `a4` or `letter`.
    pub paper: &'s str,
}

impl Sheet<'_> {
    /// The page.
    ///
    /// # Errors
    /// The link is too long for a QR code.
    pub fn draw(&self) -> Result<Response, Error> {
        let name = escape(&self.connection.connection_name);
        let title = format!("{} · {name}", escape(who(self.connection)));
        let by_code = self.search_code.map_or_else(String::new, |code| {
            format!(
                "<p class=\"by-code\">No camera at hand? Open <b>{}</b> and enter <strong>{}</strong></p>",
                bare(self.search_link),
                escape(code)
            )
        });
        let size = match self.connection.connection_name.chars().count() {
            0..=40 => "",
            41..=100 => "long",
            _ => "longer",
        };
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
             <link rel=\"stylesheet\" href=\"/assets/sheet.css\"><script src=\"/assets/sheet.js\" defer></script>\
             </head><body class=\"{}\"><p class=\"tools\"><button type=\"button\" id=\"print\" hidden>Print</button></p>\
             <main><header>{}<p>{}</p><h1 class=\"{size}\">{name}</h1></header>\
             <p class=\"lead\">Scan the code to charge here</p><div class=\"qr\">{}</div><p class=\"link\">{}</p>\
             <ol><li>Point your phone’s camera at the code and open the link.</li>\
             <li>Enter your name and e-mail{}.</li>\
             <li>Keep the page that follows: it shows when you are approved.</li></ol>{by_code}</main></body></html>",
            escape(self.paper),
            logo(self.logo, ""),
            escape(who(self.connection)),
            qr::svg(self.link)?,
            bare(self.link),
            self.asked(),
        );
        let mut response = (StatusCode::OK, html).into_response();
        for (name, value) in HEADERS {
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
        Ok(response)
    }

    fn asked(&self) -> String {
        match self.connection.verify_drivers_by.as_str() {
            "" => String::new(),
            verify => format!(", and your answer to: {}", escape(verify)),
        }
    }
}

/// An address as people read it.
fn bare(link: &str) -> String {
    escape(link.split_once("://").map_or(link, |(_, rest)| rest))
}
