//! A handler that fails unexpectedly answers a problem, not a broken connection.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use axum::response::{IntoResponse, Response};
use futures::future::FutureExt;

use crate::problem::Error;

/// The answer, whatever happens.
pub async fn run(answer: impl Future<Output = Response>) -> Response {
    // What a handler leaves behind half done is its transaction, which is undone.
    let answered = AssertUnwindSafe(answer).catch_unwind().await;
    answered.unwrap_or_else(of)
}

/// The answer for a panic. What it said goes to the log only.
fn of(panic: Box<dyn Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a message");
    Error::Internal(format!("panic: {text}")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_panic_said_stays_inside() {
        for panic in [
            Box::new("secret") as Box<dyn Any + Send>,
            Box::new("secret".to_owned()),
            Box::new(1),
        ] {
            assert_eq!(of(panic).status(), 500);
        }
    }
}
