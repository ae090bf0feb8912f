//! A portal that answers as a test says: it stands in for the browser's `fetch`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::problem::Problem;
use js_sys::{Function, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Headers, Request, Response, ResponseInit};

use crate::page::until;
use crate::reader::told;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    /// Path and query under `/api/v1`.
    pub path: String,
    pub if_match: Option<String>,
    pub body: String,
}

impl Seen {
    pub fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path == path
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What the portal answers.
pub enum Reply {
    Json(u16, String),
    /// The connection breaks.
    Lost,
    /// No answer until the request is aborted.
    Never,
    /// The answer waits until the gate is open.
    Held(Gate, Box<Reply>),
}

/// Holds answers back until it is opened.
#[derive(Clone, Default)]
pub struct Gate(Rc<Cell<bool>>);

impl Gate {
    pub fn open(&self) {
        self.0.set(true);
    }

    pub fn hold(&self, reply: Reply) -> Reply {
        Reply::Held(self.clone(), Box::new(reply))
    }
}

impl Reply {
    pub fn ok(value: &impl Serialize) -> Self {
        Self::Json(200, serde_json::to_string(value).unwrap())
    }

    pub fn problem(status: u16, kind: &str) -> Self {
        let problem = Problem {
            kind: kind.into(),
            title: kind.into(),
            status,
            ..Problem::default()
        };
        Self::Json(status, serde_json::to_string(&problem).unwrap())
    }

    fn response(self) -> Result<JsValue, JsValue> {
        match self {
            Self::Json(status, body) => {
                let headers = Headers::new()?;
                headers.set(
                    "content-type",
                    if status < 400 {
                        "application/json"
                    } else {
                        "application/problem+json"
                    },
                )?;
                let init = ResponseInit::new();
                init.set_status(status);
                init.set_headers(&headers);
                Response::new_with_opt_str_and_init(Some(&body), &init).map(JsValue::from)
            }
            Self::Lost => Err(js_sys::TypeError::new("Failed to fetch").into()),
            Self::Never | Self::Held(..) => unreachable!(),
        }
    }
}

/// Stands in for the server until it is dropped.
pub struct Portal {
    seen: Rc<RefCell<Vec<Seen>>>,
    original: JsValue,
    _fetch: Closure<dyn FnMut(Request) -> Promise>,
}

impl Portal {
    pub fn start(answer: impl FnMut(&Seen) -> Reply + 'static) -> Self {
        // What another test's portal answered.
        ev_portal::api::known::forget();
        let seen = Rc::new(RefCell::new(Vec::new()));
        let answer = Rc::new(RefCell::new(answer));
        let log = seen.clone();
        let fetch = Closure::new(move |request: Request| {
            let (log, answer) = (log.clone(), answer.clone());
            future_to_promise(async move {
                let body = JsFuture::from(request.text()?)
                    .await?
                    .as_string()
                    .unwrap_or_default();
                let url = request.url();
                let path = url
                    .split_once("/api/v1")
                    .map_or(url.as_str(), |(_, path)| path)
                    .to_owned();
                let if_match = request.headers().get("if-match")?;
                let request = Seen {
                    method: request.method(),
                    path,
                    if_match,
                    body,
                };
                log.borrow_mut().push(request.clone());
                let reply = told(&request, (answer.borrow_mut())(&request));
                match reply {
                    Reply::Never => JsFuture::from(Promise::new(&mut |_, _| {})).await,
                    Reply::Held(gate, reply) => {
                        until("the gate is opened", || gate.0.get()).await;
                        reply.response()
                    }
                    reply => reply.response(),
                }
            })
        });
        let window = web_sys::window().unwrap();
        let original = Reflect::get(&window, &"fetch".into()).unwrap();
        let standin: &Function = fetch.as_ref().unchecked_ref();
        Reflect::set(&window, &"fetch".into(), standin).unwrap();
        Self {
            seen,
            original,
            _fetch: fetch,
        }
    }

    /// What came so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.borrow().clone()
    }

    pub fn count(&self, method: &str, path: &str) -> usize {
        self.seen
            .borrow()
            .iter()
            .filter(|seen| seen.is(method, path))
            .count()
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = Reflect::set(&web_sys::window().unwrap(), &"fetch".into(), &self.original);
    }
}
