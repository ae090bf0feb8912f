use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::{Html, IntoResponse, Redirect, Response};
use futures::stream;
use tokio::sync::watch;

use super::socket::Cut;
use super::{spoilt, xml};
use crate::Fault;
use crate::service::{Service, fault};

/// Bytes of a drop.
const DROP: usize = 64;

/// The answer of a stand-in that is broken in one way.
pub async fn answer(service: &Service, broken: Fault, message: &[u8], connection: &Cut) -> Response {
    let stopped = service.stopped.clone();
    let failed = |code, string| fault(500, code, string);
    match broken {
        Fault::InvalidSecurity => xml(failed("InvalidSecurity", "UsernameToken processing failed")),
        Fault::FailedAuthentication => xml(fault(
            200,
            "FailedAuthentication",
            "The security token could not be authenticated or authorized",
        )),
        Fault::SoapFault => xml(failed("Server", "Internal error")),
        Fault::SoapFault200 => xml(fault(200, "Server", "Internal error")),
        Fault::NotInPlan => xml(service.answer_with(message, "101")),
        Fault::Code(code) => xml(service.answer_with(message, &code.to_string())),
        Fault::Html => Html("<!DOCTYPE html><title>Log in</title><p>Please log in.</p>").into_response(),
        Fault::Http500 => (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response(),
        Fault::Http503 => (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable").into_response(),
        Fault::Http429 => {
            let wait = [(RETRY_AFTER, "1")];
            (StatusCode::TOO_MANY_REQUESTS, wait, "Too Many Requests").into_response()
        }
        Fault::Redirect => Redirect::temporary("/elsewhere").into_response(),
        Fault::Truncated => xml(spoil(service.answer(message), spoilt::truncated)),
        Fault::Repeating => xml(spoil(
            service.answer(&spoilt::from_the_start(message)),
            spoilt::more,
        )),
        Fault::NoRows => xml(spoil(service.answer(message), spoilt::no_rows)),
        Fault::WrongNamespace => xml(spoil(service.answer(message), spoilt::other_namespace)),
        Fault::WrongOrder => xml(spoil(service.answer(message), spoilt::other_order)),
        Fault::Empty => StatusCode::OK.into_response(),
        Fault::Reset => {
            connection.cut();
            StatusCode::OK.into_response()
        }
        Fault::Latency(milliseconds) => {
            pause(stopped, milliseconds).await;
            xml(service.answer(message))
        }
        Fault::Drip(milliseconds) => {
            let (_, body) = service.answer(message);
            let content = [(CONTENT_TYPE, "text/xml; charset=utf-8")];
            (content, drip(stopped, body.into(), milliseconds)).into_response()
        }
        Fault::Hang => {
            ended(stopped).await;
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn spoil((status, body): (u16, String), with: fn(String) -> String) -> (u16, String) {
    (status, with(body))
}

/// Waits until the stand-in ends.
async fn ended(mut stopped: watch::Receiver<bool>) {
    // An error says that the handle is gone: also an end.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn pause(stopped: watch::Receiver<bool>, milliseconds: u16) {
    // What lasts longer than the stand-in ends with it.
    let _ = tokio::time::timeout(Duration::from_millis(milliseconds.into()), ended(stopped)).await;
}

/// A body that comes drop by drop.
fn drip(stopped: watch::Receiver<bool>, body: Bytes, milliseconds: u16) -> Body {
    let drops = stream::unfold(body, move |mut rest| {
        let stopped = stopped.clone();
        async move {
            if rest.is_empty() || *stopped.borrow() {
                return None;
            }
            let drop = rest.split_to(DROP.min(rest.len()));
            pause(stopped, milliseconds).await;
            Some((Ok::<_, std::convert::Infallible>(drop), rest))
        }
    });
    Body::from_stream(drops)
}
