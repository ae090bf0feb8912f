//! A handler that fails unexpectedly answers a problem, not a broken connection.

use std::any::Any;

use axum::response::{IntoResponse, Response};

use crate::problem::Error;

/// The answer for a panic. What it said goes to the log only.
pub fn answer(panic: Box<dyn Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a message");
    Error::Internal(format!("panic: {text}")).into_response()
}
