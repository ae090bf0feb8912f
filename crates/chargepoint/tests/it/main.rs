//! The client against fake servers, and the codec against what the service is known to send.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod blame;
mod calls;
mod codes;
mod contract;
mod errors;
mod fake;
mod guards;
mod hostile;
mod json;
mod lists;
mod paging;
mod recorded;
mod request;
mod round_trip;
mod rules;
mod secrets;
mod users;
