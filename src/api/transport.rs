//! Requests and answers. Dropping a call's future aborts its request.

use std::cell::RefCell;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use domain::listing::ListQuery;
use domain::problem::{Problem, kind};
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Blob, EventInit, File, RequestInit};

use super::known;
use super::record::{Record, Rows};
use crate::kit::time::sleep;

const BASE: &str = "/api/v1";

/// The window's event that the session has ended; who takes it calls [`settle`].
pub const SIGNED_OUT: &str = "signed-out";

/// What is sent, and its media type.
type Body = (&'static str, JsValue);

const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";

/// What a call answers.
pub type Answer<T> = Result<T, Problem>;

/// One request to the REST API, without its answer.
pub struct Call {
    builder: RequestBuilder,
    /// It asks who is signed in, or signs in.
    alone: bool,
}

thread_local! {
    /// The account that this page was opened for; empty: not known yet.
    static ACCOUNT: RefCell<String> = const { RefCell::new(String::new()) };
    /// Goes on with what waits for somebody to sign in.
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// From now on all requests are those of that account: the server refuses them where this browser is signed
/// in to another one meanwhile.
pub fn open_for(account: &str) {
    ACCOUNT.with_borrow_mut(|own| {
        if !own.is_empty() && own != account {
            known::forget();
        }
        account.clone_into(own);
    });
}

/// Asks again for all that was refused for want of a session, or not.
pub fn settle(again: bool) {
    for go_on in WAITING.take() {
        let _ = go_on.call1(&JsValue::UNDEFINED, &JsValue::from_bool(again));
    }
}

impl Call {
    /// A request to a path under `/api/v1`, for example `/locations`. Ids go through [`segment`].
    fn new(method: Method, path: &str) -> Self {
        let builder = RequestBuilder::new(&format!("{BASE}{path}"))
            .method(method)
            .header("accept", "application/json, application/problem+json");
        Self {
            builder,
            alone: false,
        }
    }

    pub fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    pub fn post(path: &str) -> Self {
        Self::new(Method::POST, path)
    }

    pub fn put(path: &str) -> Self {
        Self::new(Method::PUT, path)
    }

    pub fn patch(path: &str) -> Self {
        Self::new(Method::PATCH, path)
    }

    pub fn delete(path: &str) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// For whoever is signed in, and refused without a word where nobody is.
    pub fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// Adds a parameter to the query.
    pub fn param(mut self, key: &str, value: &str) -> Self {
        self.builder = self.builder.query([(key, value)]);
        self
    }

    /// Adds a list's free text, filters, order and page, as far as they are not the default.
    pub fn list(mut self, query: &ListQuery) -> Self {
        for (key, value) in query.parameters() {
            self = self.param(key, &value);
        }
        self
    }

    /// The version that the change was made for; the server answers `STALE` when there is a newer one.
    pub fn if_match(mut self, version: u64) -> Self {
        self.builder = self.builder.header("if-match", &format!("\"{version}\""));
        self
    }

    /// Asks for an answer made for this request, not one that is still young enough.
    pub fn past_caches(mut self) -> Self {
        self.builder = self.builder.header("cache-control", "no-cache");
        self
    }

    /// Sends it without a body and reads the answer.
    pub fn fetch<T: Answered>(self) -> Asked<T> {
        Asked::of(exchange(self, Ok(None)))
    }

    /// Sends it with a JSON text, see [`body`](super::json::body), and reads the answer.
    pub fn send_json<T: Answered>(self, body: String) -> Asked<T> {
        Asked::of(exchange(self, Ok(Some((JSON, body.into())))))
    }

    /// Sends a file as it is and reads the answer.
    pub fn send_file<T: Answered>(self, file: &File) -> Asked<T> {
        Asked::of(exchange(self, Ok(Some((BYTES, file.into())))))
    }

    /// Sends it with a JSON body; the answer is a file.
    pub fn download(self, body: String) -> Pin<Box<dyn Future<Output = Answer<Blob>>>> {
        Box::pin(async move {
            let (answer, _aborts) = ask(self, Ok(Some((JSON, body.into())))).await?;
            if !answer.ok() {
                let text = answer.text().await.map_err(no_answer)?;
                return Err(problem(&answer, &text));
            }
            let file = web_sys::Response::from(answer).blob().map(JsFuture::from);
            let lost = || connection("The file broke off.");
            let file = file.map_err(|_| lost())?.await.map_err(|_| lost())?;
            Ok(file.unchecked_into())
        })
    }

    /// Sends it without a body; the answer carries nothing, or nothing of interest.
    pub fn run(self) -> Asked<()> {
        Asked {
            text: Box::pin(exchange(self, Ok(None))),
            read: |_| Ok(()),
            name: String::new(),
        }
    }
}

/// An answer on its way. Its text comes the same way for all records; only then it is read.
pub struct Asked<T> {
    pub(super) text: AskedText,
    pub(super) read: fn(&str) -> Answer<T>,
    /// What it is kept as, see [`Asked::known_as`]; empty: it is not.
    pub(super) name: String,
}

pub(super) type AskedText = Pin<Box<dyn Future<Output = Answer<String>>>>;

impl<T: Answered> Asked<T> {
    /// An answer that comes as JSON.
    pub fn of(text: impl Future<Output = Answer<String>> + 'static) -> Self {
        Self {
            text: Box::pin(text),
            read: T::read,
            name: String::new(),
        }
    }
}

impl<T: 'static> Asked<T> {
    /// The same, and something else is asked before it is there.
    pub fn then<N: 'static>(self, next: Asked<N>) -> Self {
        let Self { text, read, name } = self;
        let text = Box::pin(async move {
            let answer = text.await?;
            next.text.await?;
            Ok(answer)
        });
        Self { text, read, name }
    }

    /// The same, asked for after a while: for what follows the typing.
    pub fn after(self, rest: Duration) -> Self {
        let Self { text, read, name } = self;
        let text = Box::pin(async move {
            sleep(rest).await;
            text.await
        });
        Self { text, read, name }
    }

    /// The same, for what people come back to: the answer is kept under that name and shown at once when it is
    /// asked for again, until the new one is there.
    pub fn known_as(mut self, name: String) -> Self {
        self.name = name;
        self
    }
}

/// What an answer's JSON can be read as.
pub trait Answered: Sized {
    fn read(text: &str) -> Answer<Self>;
}

impl Answered for Record {
    /// An answer without content says nothing.
    fn read(text: &str) -> Answer<Self> {
        if text.is_empty() {
            return Ok(Self::empty());
        }
        Self::parse(text).ok_or_else(unreadable)
    }
}

impl Answered for Rows {
    fn read(text: &str) -> Answer<Self> {
        Self::parse(text).ok_or_else(unreadable)
    }
}

impl<T> Future for Asked<T> {
    type Output = Answer<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer<T>> {
        let read = self.read;
        self.text
            .as_mut()
            .poll(context)
            .map(|answer| answer.and_then(|text| read(&text)))
    }
}

/// Sends a request; the text of a good answer.
async fn exchange(call: Call, body: Answer<Option<Body>>) -> Answer<String> {
    let (answer, _aborts) = ask(call, body).await?;
    let text = answer.text().await.map_err(no_answer)?;
    match answer.ok() {
        true => Ok(text),
        false => Err(problem(&answer, &text)),
    }
}

/// Sends a request, and again when it was refused for want of a session and somebody signs in; the head of
/// its answer, whose body comes as long as the second is kept.
async fn ask(call: Call, body: Answer<Option<Body>>) -> Answer<(Response, Aborts)> {
    let Call { builder, alone } = call;
    let own = ACCOUNT.with_borrow(Clone::clone);
    let builder = match alone || own.is_empty() {
        true => builder,
        false => builder.header("ev-portal-account", &own),
    };
    let (builder, body) = match body? {
        Some((kind, body)) => (builder.header("content-type", kind), Some(body)),
        None => (builder, None),
    };
    let request = web_sys::Request::from(builder.build().map_err(no_answer)?);
    loop {
        let aborts = Aborts::new()?;
        let init = RequestInit::new();
        init.set_signal(aborts.signal().as_ref());
        if let Some(body) = &body {
            init.set_body(body);
        }
        let refused = |_| connection("The browser refused the request.");
        let sent = web_sys::Request::new_with_request_and_init(&request, &init).map_err(refused)?;
        let answer = Request::from(sent).send().await.map_err(no_answer)?;
        if alone || answer.status() != 401 || !signed_in_again().await {
            return Ok((answer, aborts));
        }
    }
}

/// Whatever was asked: the frame around the page says that the session has ended, and lets sign in again.
/// Whether somebody did.
async fn signed_in_again() -> bool {
    let init = EventInit::new();
    init.set_cancelable(true);
    let Ok(event) = web_sys::Event::new_with_event_init_dict(SIGNED_OUT, &init) else {
        return false;
    };
    let ignored = leptos::prelude::window().dispatch_event(&event);
    if ignored.unwrap_or(true) {
        return false;
    }
    let settled = Promise::new(&mut |go_on, _| WAITING.with_borrow_mut(|waiting| waiting.push(go_on)));
    JsFuture::from(settled).await.is_ok_and(|again| again == true)
}

/// An id as one segment of a path.
pub fn segment(id: &str) -> String {
    String::from(js_sys::encode_uri_component(id))
}

/// Aborts its request when dropped; after the answer that has no effect.
struct Aborts(AbortController);

impl Aborts {
    fn new() -> Answer<Self> {
        AbortController::new()
            .map(Self)
            .map_err(|_| connection("The browser refused the request."))
    }

    fn signal(&self) -> Option<web_sys::AbortSignal> {
        Some(self.0.signal())
    }
}

impl Drop for Aborts {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The problem that an answer carries, or one that says what came instead.
fn problem(answer: &Response, text: &str) -> Problem {
    match Record::parse(text).and_then(|record| record.as_problem()) {
        Some(problem) => problem,
        // A server in between answers with a page of its own when the portal is down.
        _ if matches!(answer.status(), 502..=504) => connection("The portal's server does not answer."),
        _ => Problem {
            kind: kind::INTERNAL.into(),
            title: "The server's answer could not be read".into(),
            status: answer.status(),
            detail: format!("It answered with status {} and no explanation.", answer.status()),
            ..Problem::default()
        },
    }
}

fn no_answer(_: gloo_net::Error) -> Problem {
    connection("The portal's server does not answer.")
}

fn connection(what: &str) -> Problem {
    Problem {
        kind: kind::CONNECTION.into(),
        title: "No connection to the portal".into(),
        detail: format!("{what} Check the connection, then try again."),
        ..Problem::default()
    }
}

fn unreadable() -> Problem {
    Problem {
        kind: kind::INTERNAL.into(),
        title: "The server's answer could not be read".into(),
        detail: "Reload the page: it may be older than the server.".into(),
        ..Problem::default()
    }
}
