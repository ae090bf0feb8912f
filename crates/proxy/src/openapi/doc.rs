//! How a route is described.

use axum::http::Method;
use domain::listing::{ListQuery, Page};
use domain::problem::Problem;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

pub type MakeSchema = fn(&mut SchemaGenerator) -> Schema;

type MakeBody = Box<dyn Fn(&mut SchemaGenerator) -> Schema>;

/// What a route is for, what it takes and what it answers.
pub struct Doc {
    summary: &'static str,
    query: Vec<MakeSchema>,
    parameters: Vec<Value>,
    call: Option<&'static str>,
    body: Option<MakeBody>,
    body_required: bool,
    body_example: Option<Value>,
    takes_file: bool,
    answer: Option<MakeSchema>,
    answer_example: Option<Value>,
    file: Option<&'static str>,
    status: u16,
    versioned: bool,
    keyed: bool,
    refreshable: bool,
    problems: Vec<u16>,
}

impl Doc {
    /// A route that answers 204 and can fail only inside.
    pub fn new(summary: &'static str) -> Self {
        Self {
            summary,
            query: Vec::new(),
            parameters: Vec::new(),
            call: None,
            body: None,
            body_required: true,
            body_example: None,
            takes_file: false,
            answer: None,
            answer_example: None,
            file: None,
            status: 204,
            versioned: false,
            keyed: false,
            refreshable: false,
            problems: Vec::new(),
        }
    }

    /// It answers a page of a list.
    pub fn list<T: JsonSchema>(self) -> Self {
        self.query::<ListQuery>()
            .answer::<Page<T>>()
            .problems(&[400, 422])
    }

    /// Its query parameters.
    pub fn query<T: JsonSchema>(mut self) -> Self {
        self.query.push(T::json_schema);
        self.problems(&[400])
    }

    /// It is the face of that call of ChargePoint's API, with these parameters in its address.
    pub fn call(mut self, name: &'static str, parameters: Vec<Value>) -> Self {
        self.call = Some(name);
        self.parameters.extend(parameters);
        self.problems(&[400, 403, 409, 422, 429, 502, 503, 504])
    }

    /// Its body, by its schema.
    pub fn body_of(mut self, schema: impl Fn(&mut SchemaGenerator) -> Schema + 'static) -> Self {
        self.body = Some(Box::new(schema));
        self.problems(&[400, 403, 413, 415])
    }

    /// Its answer, by its schema, with 200.
    pub fn answer_of(mut self, schema: MakeSchema) -> Self {
        self.answer = Some(schema);
        self.status = 200;
        self
    }

    /// It honours `Idempotency-Key`.
    pub fn keyed(mut self) -> Self {
        self.keyed = true;
        self
    }

    /// Its body.
    pub fn body<T: JsonSchema>(mut self) -> Self {
        self.body = Some(Box::new(SchemaGenerator::subschema_for::<T> as MakeSchema));
        self.problems(&[400, 403, 413, 415])
    }

    /// What a body and its answer look like.
    pub fn example(mut self, body: Value, answer: Value) -> Self {
        self.body_example = Some(body);
        self.answer_example = Some(answer);
        self
    }

    /// The body may be absent.
    pub fn optional(mut self) -> Self {
        self.body_required = false;
        self
    }

    /// Its body is a file, byte for byte.
    pub fn takes_file(mut self) -> Self {
        self.takes_file = true;
        self.problems(&[400, 403, 413])
    }

    /// Its answer, with 200.
    pub fn answer<T: JsonSchema>(mut self) -> Self {
        self.answer = Some(SchemaGenerator::subschema_for::<T>);
        self.status = 200;
        self
    }

    /// Its answer is a file of that media type.
    pub fn file(mut self, media_type: &'static str) -> Self {
        self.file = Some(media_type);
        self.status = 200;
        self
    }

    /// The answer's status.
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Its answer, with 201; it honours `Idempotency-Key`.
    pub fn creates<T: JsonSchema>(mut self) -> Self {
        self.keyed = true;
        self = self.answer::<T>().problems(&[422]);
        self.status = 201;
        self
    }

    /// It needs `If-Match`.
    pub fn versioned(mut self) -> Self {
        self.versioned = true;
        self.problems(&[403, 412, 428])
    }

    /// Its answer is kept for a while; it honours `Cache-Control: no-cache`.
    pub fn refreshable(mut self) -> Self {
        self.refreshable = true;
        self
    }

    /// The statuses of its problems, besides 500.
    pub fn problems(mut self, statuses: &[u16]) -> Self {
        self.problems.extend(statuses);
        self
    }

    /// The operation object.
    pub fn describe(&self, path: &str, method: &Method, schemas: &mut SchemaGenerator) -> Value {
        let mut parameters: Vec<Value> = path
            .split(['{', '}'])
            .skip(1)
            .step_by(2)
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        for query in &self.query {
            parameters.extend(query_parameters(&query(schemas).to_value()));
        }
        parameters.extend(self.parameters.iter().cloned());
        if self.versioned {
            parameters.push(header(
                "If-Match",
                true,
                "The ETag of the record as it was read, or `*`.",
            ));
        }
        if self.keyed {
            parameters.push(header(
                "Idempotency-Key",
                false,
                "The same key with the same body is done once.",
            ));
        }
        if self.refreshable {
            parameters.push(header(
                "Cache-Control",
                false,
                "`no-cache`: no answer that is kept, however fresh.",
            ));
        }
        let mut operation = json!({
            "summary": self.summary,
            "operationId": operation_id(path, method),
            "parameters": parameters,
            "responses": self.responses(path, schemas),
        });
        if let Some(call) = self.call {
            operation["x-chargepoint-call"] = call.into();
        }
        if let Some(body) = &self.body {
            let schema = body(schemas).to_value();
            operation["requestBody"] = json!({ "required": self.body_required, "content": { "application/json": { "schema": schema } } });
            if let Some(example) = &self.body_example {
                operation["requestBody"]["content"]["application/json"]["example"] = example.clone();
            }
        }
        if self.takes_file {
            operation["requestBody"] =
                json!({ "required": true, "content": { "application/octet-stream": {} } });
        }
        operation
    }

    fn responses(&self, path: &str, schemas: &mut SchemaGenerator) -> Value {
        let mut responses = json!({});
        responses[self.status.to_string()] = match (self.answer, self.file) {
            (Some(answer), _) => json!({
                "description": "Done",
                "content": { "application/json": { "schema": answer(schemas).to_value() } },
            }),
            (None, Some(media_type)) => json!({ "description": "Done", "content": { media_type: {} } }),
            (None, None) => json!({ "description": "Done" }),
        };
        if let Some(example) = &self.answer_example {
            let status = self.status.to_string();
            responses[status]["content"]["application/json"]["example"] = example.clone();
        }
        let missing = path.contains('{').then_some(404);
        for status in self.problems.iter().copied().chain(missing).chain([500]) {
            responses[status.to_string()] = json!({
                "description": meaning(status),
                "content": { "application/problem+json": { "schema": schemas.subschema_for::<Problem>().to_value() } },
            });
        }
        responses
    }
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "The request cannot be read",
        401 => "Nobody is signed in, or what was sent does not let in",
        403 => "The change was asked for by another site's page, or is somebody else's to make",
        404 => "There is no such record",
        409 => "It cannot be done as things are; the type says why",
        412 => "The record has changed since it was read",
        413 => "The body is too large",
        415 => "The body is not JSON",
        422 => "Some of it is not valid; errors names the fields",
        429 => "Too often; Retry-After says when it will do",
        428 => "If-Match is missing",
        502 => "ChargePoint cannot be reached, refused, or answered something unreadable",
        503 => "ChargePoint or the station cannot do it now; Retry-After says when to try again",
        504 => "ChargePoint did not answer in time",
        _ => "The portal failed; nothing was changed",
    }
}

fn header(name: &str, required: bool, description: &str) -> Value {
    json!({ "name": name, "in": "header", "required": required, "description": description,
            "schema": { "type": "string" } })
}

/// A parameter for each property of an object's schema.
fn query_parameters(schema: &Value) -> Vec<Value> {
    let required = |name: &str| {
        schema["required"]
            .as_array()
            .is_some_and(|names| names.iter().any(|required| required == name))
    };
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, schema)| {
            json!({ "name": name, "in": "query", "required": required(name),
                    "description": schema["description"], "schema": schema })
        })
        .collect()
}

/// `get_locations_id_authorization`.
fn operation_id(path: &str, method: &Method) -> String {
    let words: Vec<&str> = path
        .split(['/', '{', '}'])
        .filter(|word| !word.is_empty())
        .skip(2)
        .collect();
    format!("{}_{}", method.as_str().to_lowercase(), words.join("_"))
}
