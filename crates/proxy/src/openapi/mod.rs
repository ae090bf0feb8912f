//! `/api/openapi.json`, written from the routes themselves: [`Api`] adds a route to the router and to
//! the description in one call, so that neither can have one that the other lacks.

mod doc;
mod example;
mod page;
pub mod shape;

pub use doc::{Doc, MakeSchema};

use std::collections::BTreeMap;

use axum::Router;
use axum::handler::Handler;
use axum::http::{HeaderValue, Method, header};
use axum::response::{Html, IntoResponse};
use axum::routing::{MethodFilter, get, on};
use domain::column::Listed;
use domain::export::{ExportRequest, Format};
use domain::listing::ListQuery;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::access::routes::{Needs, needs};
use crate::access::{MEANT, cookie, guarded};
use crate::app::App;
use crate::books::listing::Source;
use crate::controllers::{export, listing};
use crate::middleware::security_headers;

/// Routes under a common path, with their description.
pub struct Api {
    base: &'static str,
    router: Router<App>,
    schemas: SchemaGenerator,
    paths: Map<String, Value>,
    /// What can be done with records, by their schema.
    can: BTreeMap<String, Vec<&'static str>>,
}

impl Api {
    /// No routes yet.
    pub fn new(base: &'static str) -> Self {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        Self {
            base,
            router: Router::new(),
            schemas: settings.into_generator(),
            paths: Map::new(),
            can: BTreeMap::new(),
        }
    }

    /// Adds a route.
    pub fn route<H, T>(mut self, method: Method, path: &str, handler: H, doc: Doc) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let Ok(filter) = MethodFilter::try_from(method.clone()) else {
            return self;
        };
        let path = format!("{}{path}", self.base);
        let mut operation = doc.describe(&path, &method, &mut self.schemas);
        if needs(&method, &path) == Some(Needs::Nothing) {
            operation["security"] = json!([]);
        } else if let Some(parameters) = operation["parameters"].as_array_mut() {
            parameters.push(json!({ "$ref": "#/components/parameters/account" }));
        }
        let entry = self.paths.entry(path.clone()).or_insert_with(|| json!({}));
        entry[method.as_str().to_lowercase()] = operation;
        let handler = guarded(&method, &path, handler);
        self.router = self.router.route(&path, on(filter, handler));
        self
    }

    /// Describes what can be done with records of a kind, as their `can` tells it.
    pub fn acts<T: Listed + JsonSchema>(mut self) -> Self {
        let keys: Vec<&str> = T::ACTIONS.iter().map(|action| action.key).collect();
        self.can.insert(T::schema_name().into_owned(), keys);
        self
    }

    /// Adds a list: its page, and the same as a file.
    pub fn list<S: Source>(self, path: &str, summary: &'static str) -> Self {
        self.acts::<S::Row>()
            .route(
                Method::GET,
                path,
                listing::list::<S>,
                Doc::new(summary).list::<S::Row>(),
            )
            .export(path, export::get::<S>, export::post::<S>)
    }

    /// Adds a list as a file, by parameters and by a body.
    pub fn export<G, A, P, B>(self, list: &str, get: G, post: P) -> Self
    where
        G: Handler<A, App>,
        P: Handler<B, App>,
        A: 'static,
        B: 'static,
    {
        let file = || {
            Doc::new("The list as a file: CSV, XLSX or JSON, streamed from one snapshot")
                .file(Format::Csv.media_type())
                .problems(&[400, 409, 422, 429])
        };
        let path = format!("{list}/export");
        let parameters = file().query::<ListQuery>().query::<export::Parameters>();
        self.route(Method::GET, &path, get, parameters).route(
            Method::POST,
            &path,
            post,
            file().body::<ExportRequest>(),
        )
    }

    /// The routes, and beside them the description and the page to read it.
    pub fn into_router(mut self) -> Router<App> {
        let mut schemas = self.schemas.take_definitions(true);
        for (name, keys) in self.can.iter().filter(|(_, keys)| !keys.is_empty()) {
            if let Some(schema) = schemas.get_mut(name) {
                schema["properties"]["can"] = json!({
                    "description": "What the caller may do with it as it is now; not told where it stands within \
                        another record or in an export.",
                    "type": "array",
                    "items": { "type": "string", "enum": keys },
                });
            }
        }
        example::add(&mut self.paths, &schemas);
        let document = json!({
            "openapi": "3.1.0",
            "info": {
                "title": "EV portal",
                "version": env!("CARGO_PKG_VERSION"),
                "description": "Charge locations and who may charge there. Times are RFC 3339 in UTC. Records carry \
                    an ETag; a change names it in If-Match. Parameters that a list does not know are refused, not \
                    left out. Errors are RFC 9457 problems.",
            },
            "security": [{ "key": [] }, { "session": [] }],
            "paths": self.paths,
            "components": {
                "schemas": schemas,
                "securitySchemes": {
                    "key": { "type": "http", "scheme": "bearer", "description": "An API key, made under Your account." },
                    "session": {
                        "type": "apiKey", "in": "cookie", "name": cookie::name(false),
                        "description": format!("Somebody who signed in; over https, {}.", cookie::name(true)),
                    },
                },
                "parameters": {
                    "account": {
                        "name": MEANT, "in": "header", "required": false, "schema": { "type": "string" },
                        "description": "The id of the account that the page asking was opened for. A session of \
                            another account does not count: the answer is 401. With an API key it means nothing.",
                    },
                },
            },
        });
        let page = page::render(&document);
        let text = document.to_string();
        let json = move || async move {
            (
                [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))],
                text,
            )
                .into_response()
        };
        let docs = move || async move {
            let policy = HeaderValue::from_static(security_headers::TEXT);
            ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page))
        };
        let (at, docs_at) = ("/api/openapi.json", "/api/docs");
        self.router
            .route(at, get(guarded(&Method::GET, at, json)))
            .route(docs_at, get(guarded(&Method::GET, docs_at, docs)))
    }
}
