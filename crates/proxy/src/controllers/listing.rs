//! What all lists answer: a page, and `Link` headers to the others.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use domain::listing::{ListQuery, Page};
use serde::Serialize;

use crate::access::offered;
use crate::app::App;
use crate::books::listing::Source;
use crate::clock;
use crate::middleware::body::{Path, Query};
use crate::problem::Error;

/// A request for a page of a list.
pub struct Listing {
    pub query: ListQuery,
    /// Before anything is read for it: what comes later is later.
    pub as_of: Timestamp,
    uri: Uri,
}

impl<S: Send + Sync> FromRequestParts<S> for Listing {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await?;
        Ok(Self {
            query: read(&pairs, &[])?,
            as_of: clock::now(),
            uri: parts.uri.clone(),
        })
    }
}

impl Listing {
    /// A request for a page, by an address whose other parameters are read elsewhere.
    ///
    /// # Errors
    /// As [`read`].
    pub fn of(pairs: &[(String, String)], others: &[&str], uri: Uri) -> Result<Self, Error> {
        Ok(Self {
            query: read(pairs, others)?,
            as_of: clock::now(),
            uri,
        })
    }

    /// The page with its links.
    pub fn answer<T: Serialize>(&self, mut page: Page<T>) -> Response {
        page.as_of.clone_from(&self.as_of);
        let (number, pages) = (page.page, page.pages());
        self.linked(axum::Json(page), number, pages)
    }

    /// An answer that holds that page of so many, with its links.
    pub fn linked(&self, answer: impl IntoResponse, page: u32, pages: u32) -> Response {
        let links = links(&self.uri, page, pages);
        let mut response = answer.into_response();
        if links.len() <= LONGEST_LINKS
            && let Ok(links) = HeaderValue::from_str(&links)
        {
            response.headers_mut().insert(header::LINK, links);
        }
        response
    }
}

/// GET: one page of the list.
pub async fn list<S: Source>(
    State(app): State<App>,
    Path(path): Path<S::Path>,
    listing: Listing,
) -> Result<Response, Error> {
    let mut tx = app.books.read().await?;
    let rows = S::rows(&mut tx, path).await?;
    let page = rows.page(&mut tx, &listing.query).await?;
    Ok(listing.answer(offered(page)))
}

/// The list's parameters in the text of a query, as it stands behind `?`.
///
/// # Errors
/// As [`read`].
pub fn read_text(query: &str) -> Result<ListQuery, Error> {
    read(&words(query), &[])
}

/// What a query that stands in a body says, with or without the question mark before it.
pub fn words(query: &str) -> Vec<(String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// The words of every list. `columns` says what a person sees of it: it stands in addresses of the app, which
/// are passed on.
const WORDS: [&str; 7] = ["q", "filter", "match", "sort", "page", "pageSize", "columns"];

/// The list's parameters among a request's, which may hold the words of `more` besides.
///
/// # Errors
/// A parameter that nobody knows, that stands twice or cannot be what it should: left out silently it would
/// answer more than was asked for, and a change of all that match would change more.
pub fn read(pairs: &[(String, String)], more: &[&str]) -> Result<ListQuery, Error> {
    let mut query = ListQuery::default();
    for (n, (key, value)) in pairs.iter().enumerate() {
        if !WORDS.iter().chain(more).any(|word| word == key) {
            let all: Vec<&str> = WORDS.iter().chain(more).copied().collect();
            let said = format!(
                "{:?} is no parameter here; there are {}",
                cut(key),
                all.join(", ")
            );
            return Err(Error::Malformed(said));
        }
        if key != "filter" && pairs[..n].iter().any(|(other, _)| other == key) {
            return Err(Error::Malformed(format!("{key} stands twice")));
        }
        let wrong = match key.as_str() {
            "page" | "pageSize" => value.parse::<u32>().is_err(),
            "match" => !matches!(value.as_str(), "all" | "any"),
            _ => false,
        };
        if wrong {
            return Err(Error::Malformed(format!(
                "{key}: {:?} cannot be read",
                cut(value)
            )));
        }
        query.take(key, value);
    }
    Ok(query)
}

/// What is quoted back of a request.
fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Many clients take no more than 16 KB of headers, and a query may hold a thousand ids.
const LONGEST_LINKS: usize = 8_000;

fn links(uri: &Uri, page: u32, pages: u32) -> String {
    let kept: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("page="))
        .collect();
    let link = |number: u32, name: &str| {
        let mut query = kept.join("&");
        if !query.is_empty() {
            query.push('&');
        }
        format!("<{}?{query}page={number}>; rel=\"{name}\"", uri.path())
    };
    let mut all = vec![link(1, "first"), link(pages, "last")];
    if page > 1 {
        all.push(link((page - 1).min(pages), "prev"));
    }
    if page < pages {
        all.push(link(page + 1, "next"));
    }
    all.join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn links_keep_the_rest_of_the_query() {
        let uri: Uri = "/api/v1/tokens?q=a%20b&page=2&pageSize=10".parse().unwrap();
        assert_eq!(
            links(&uri, 2, 3),
            "</api/v1/tokens?q=a%20b&pageSize=10&page=1>; rel=\"first\", \
             </api/v1/tokens?q=a%20b&pageSize=10&page=3>; rel=\"last\", \
             </api/v1/tokens?q=a%20b&pageSize=10&page=1>; rel=\"prev\", \
             </api/v1/tokens?q=a%20b&pageSize=10&page=3>; rel=\"next\""
        );
        let uri: Uri = "/api/v1/tokens".parse().unwrap();
        assert_eq!(
            links(&uri, 1, 1),
            "</api/v1/tokens?page=1>; rel=\"first\", </api/v1/tokens?page=1>; rel=\"last\""
        );
    }
}
