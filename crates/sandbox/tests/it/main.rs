//! The stand-in over HTTP: our client, other people's clients, and messages nobody should send.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod client_messages;
mod clients;
mod control;
mod estate;
mod faults;
mod messages;
mod program;
mod shedding;
mod simulation;
mod states;
mod stations;
mod support;
mod user_status;
mod users;
