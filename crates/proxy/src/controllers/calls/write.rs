//! POST, PATCH, DELETE: a call that changes something, with a line in the audit log
//!
//! The change is made at ChargePoint and not in the books, so that no transaction holds both. It is made
//! first, and told of then, whether anybody still waits for the answer or not; where no good answer came, it is told
//! of as what may have been made.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chargepoint::codec::Record;
use chargepoint::codec::json::from_json;
use domain::audit::Change as Field;
use serde_json::{Map, Value};

use super::list::Face;
use super::parameters::{checked, named};
use super::writes::{Told, Touched, Whose};
use super::{content, missing, require};
use crate::access::to_its_end;
use crate::app::App;
use crate::books::Tx;
use crate::estate::Change;
use crate::estate::reach::{self, Reach};
use crate::middleware::body;
use crate::middleware::keyed::{Claim, Claimed, Keyed};
use crate::problem::Error;

type Body = Map<String, Value>;

/// Makes the change, and answers with that status.
pub async fn handler<C: Told>(
    app: App,
    face: Arc<Face>,
    request: Request,
    status: StatusCode,
) -> Result<Response, Error> {
    let (mut parts, rest) = request.into_parts();
    let path = RawPathParams::from_request_parts(&mut parts, &()).await;
    let path = path.map_err(|_| Error::NotFound("address"))?;
    let named = named(face.names, &path);
    if let Some(query) = parts.uri.query().filter(|query| !query.is_empty()) {
        let query: String = query.chars().take(40).collect();
        return Err(Error::Malformed(format!(
            "{query:?}: there are no parameters here"
        )));
    }
    let request = Request::from_parts(parts, rest);
    let (body, claim) = match *request.method() {
        Method::DELETE => {
            body::read(request, body::MAX_BODY).await?;
            (Body::new(), None)
        }
        // Sent again, it says the same.
        Method::PATCH => (body::Json::<Body>::from_request(request, &()).await?.0, None),
        _ => match Keyed::<Body>::from_request(request, &())
            .await?
            .claim(&app)
            .await?
        {
            Claimed::Before(kept) => return Ok(answer(status, kept)),
            Claimed::New(body, claim) => (body, Some(claim)),
        },
    };
    let made = to_its_end(async move {
        match change::<C>(&app, &face, body, &named, claim.as_ref()).await {
            Ok(json) => Ok(json),
            Err((error, is_known)) => {
                if let (true, Some(claim)) = (is_known, claim) {
                    claim.give_back(&app).await?;
                }
                Err(missing(error, &named))
            }
        }
    });
    Ok(answer(status, made.await?))
}

/// Makes the change and tells of it; an error comes with whether it is known that nothing has changed.
async fn change<C: Told>(
    app: &App,
    face: &Face,
    body: Body,
    named: &[(&'static str, String)],
    claim: Option<&Claim>,
) -> Result<String, (Error, bool)> {
    let nothing = |error: Error| (error, true);
    let body = whole::<C>(body, named).map_err(nothing)?;
    C::refuse(&body).map_err(nothing)?;
    let call: C = checked(&face.parameters, body.clone()).map_err(|error| {
        nothing(match from_json::<C>(&body) {
            Ok(call) => blamed(app, &call, error),
            Err(_) => of_list::<C>(&body, error),
        })
    })?;
    let reach = Reach::of_caller(&app.estate).await.map_err(nothing)?;
    require(&app.estate, &reach, named).await.map_err(nothing)?;
    within(app, &reach, &call).await.map_err(nothing)?;
    let whose = whose(app, &call).await;
    let (answer, failed) = match app.estate.change(&call).await {
        Ok(answer) => (Some(answer), None),
        Err(Change::NotTried(error) | Change::Refused(error)) => {
            return Err((blamed(app, &call, error), true));
        }
        Err(Change::Unknown(error)) => (None, Some(error)),
    };
    let told = async {
        let mut tx = app.books.write().await?;
        tell(&mut tx, &call, &body, answer.as_ref(), &whose.organization);
        if let Some(answer) = &answer {
            call.keep(&mut tx, answer, &whose).await?;
        }
        let json = Value::Object(answer.as_ref().map(content).unwrap_or_default()).to_string();
        if let (Some(claim), true) = (claim, answer.is_some()) {
            claim.keep(&mut tx, &json).await?;
        }
        tx.commit().await?;
        Ok(json)
    };
    let json = told.await.map_err(|error| (error, false))?;
    match failed {
        Some(error) => Err((error, false)),
        None => Ok(json),
    }
}

/// The request with what the address names in it; one vehicle stands for a list of one.
fn whole<C: Record>(mut body: Body, named: &[(&'static str, String)]) -> Result<Value, Error> {
    for (name, value) in named {
        let field = C::SHAPE
            .fields
            .iter()
            .find(|field| field.json == *name || field.json == format!("{name}s"));
        let field = field.ok_or_else(|| Error::Internal(format!("{name} is no parameter of the call")))?;
        let value = if field.several {
            vec![value.clone()].into()
        } else {
            Value::from(value.clone())
        };
        if body.insert(field.json.to_owned(), value).is_some() {
            return Err(Error::field(*name, "stands in the address"));
        }
    }
    if !C::SHAPE.is_wrapper() {
        return Ok(Value::Object(body));
    }
    let only = &C::SHAPE.fields[0];
    if !only.several {
        return Ok(Value::Object(body));
    }
    match (body.remove(only.json), body.is_empty()) {
        (Some(list), true) => Ok(list),
        (Some(_), false) => Err(Error::field(only.json, "stands alone")),
        (None, _) => Ok(vec![Value::Object(body)].into()),
    }
}

/// The refusal, with the fields that it is about.
fn blamed<C: Told>(app: &App, call: &C, error: Error) -> Error {
    match error {
        Error::ChargePoint(mut problem) => {
            call.blame(app, &mut problem);
            Error::ChargePoint(problem)
        }
        other => other,
    }
}

/// The same of what cannot be read: places in a list as the request has them, where one stands for a list of one.
fn of_list<C: Record>(body: &Value, error: Error) -> Error {
    let Value::Array(items) = body else {
        return error;
    };
    let Error::Invalid { mut errors, detail } = error else {
        return error;
    };
    let list = C::SHAPE.fields[0].json;
    for error in errors.iter_mut().filter(|error| error.field.starts_with('[')) {
        error.field = match error.field.strip_prefix("[0].") {
            Some(field) if items.len() == 1 => field.to_owned(),
            _ => format!("{list}{}", error.field),
        };
    }
    Error::Invalid { detail, errors }
}

/// Fails where the change reaches beyond what the caller does.
async fn within<C: Told>(app: &App, reach: &Reach, call: &C) -> Result<(), Error> {
    if !reach.is_limited() {
        return Ok(());
    }
    for touched in call.touches() {
        let (reached, noun) = match touched {
            Touched::Station(id) => (reach.station(id), "station"),
            Touched::Group(id) => (reach.group(&app.estate, id).await?, "station group"),
            Touched::Organization(id) => (reach.organization(id), "organization"),
            Touched::Vehicle(id) => (reach.vehicle(&app.estate, id).await?, "vehicle"),
            Touched::Anything => {
                return Err(Error::Forbidden(
                    "Your account is limited to organizations, and ChargePoint does not tell which organization this \
                     would change. Whoever has an account without limits can do it."
                        .into(),
                ));
            }
        };
        if !reached {
            return Err(Error::NotFound(noun));
        }
    }
    Ok(())
}

/// Whose what is changed is: the line is of that organization.
async fn whose<C: Told>(app: &App, call: &C) -> Whose {
    let touches = call.touches();
    let (owner, name) = match touches.first() {
        Some(Touched::Station(id)) => (
            reach::of_station(&app.estate, id).await,
            reach::name_of_station(&app.estate, id).await,
        ),
        Some(Touched::Group(id)) => (
            reach::of_group(&app.estate, id).await,
            reach::name_of_group(&app.estate, id).await,
        ),
        Some(Touched::Vehicle(id)) => (reach::of_vehicle(&app.estate, id).await, Ok(None)),
        Some(Touched::Organization(id)) => (Ok(Some((*id).to_owned())), Ok(None)),
        Some(Touched::Anything) | None => (Ok(None), Ok(None)),
    };
    Whose {
        organization: owner.ok().flatten().unwrap_or_default(),
        name: name.ok().flatten(),
        alarms: call.before(app).await,
    }
}

/// Tells of a change; without an answer, that it may have been made.
pub fn tell<C: Told>(tx: &mut Tx, call: &C, body: &Value, answer: Option<&C::Answer>, organization: &str) {
    for noted in call.noted(body, answer) {
        let doubt = answer.is_none().then(|| {
            let said = "not known: ChargePoint gave no good answer".to_owned();
            Field::new("Outcome", None, Some(said))
        });
        tx.note(noted.of_organization(organization).with(doubt));
    }
}

fn answer(status: StatusCode, json: String) -> Response {
    if status == StatusCode::NO_CONTENT {
        return status.into_response();
    }
    (status, [(header::CONTENT_TYPE, "application/json")], json).into_response()
}
