use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::xml;
use crate::Fault;
use crate::service::{Service, fault};

/// The answer of a stand-in that is broken in one way.
pub async fn answer(service: &Service, broken: Fault, message: &[u8]) -> Response {
    match broken {
        Fault::InvalidSecurity => xml(fault(500, "InvalidSecurity", "UsernameToken processing failed")),
        Fault::FailedAuthentication => xml(fault(
            200,
            "FailedAuthentication",
            "The security token could not be authenticated or authorized",
        )),
        Fault::SoapFault => xml(fault(500, "Server", "Internal error")),
        Fault::NotInPlan => xml(service.answer_out_of_plan(message)),
        Fault::Html => Html("<!DOCTYPE html><title>Log in</title><p>Please log in.</p>").into_response(),
        Fault::Http503 => (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable").into_response(),
        Fault::Redirect => Redirect::temporary("/elsewhere").into_response(),
        Fault::Truncated => {
            let (status, mut body) = service.answer(message);
            let half = (0..=body.len() / 2).rev().find(|at| body.is_char_boundary(*at));
            body.truncate(half.unwrap_or_default());
            xml((status, body))
        }
        Fault::Repeating => {
            let (status, body) = service.answer(&from_the_start(message));
            xml((status, body.replace("moreFlag>0<", "moreFlag>1<")))
        }
        Fault::Empty => StatusCode::OK.into_response(),
        Fault::Hang => {
            let mut stopped = service.stopped.clone();
            // An error says that the handle is gone: also an end.
            let _ = stopped.wait_for(|stopped| *stopped).await;
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// The same message, asking for the first page.
fn from_the_start(message: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(message);
    let tag = "<startRecord>";
    let asked = text.split_once(tag).and_then(|(before, rest)| {
        let (_, after) = rest.split_once('<')?;
        Some(format!("{before}{tag}1<{after}"))
    });
    asked.map_or_else(|| message.to_vec(), String::into_bytes)
}
