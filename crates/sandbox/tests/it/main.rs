//! The stand-in over HTTP: our client, other people's clients, and messages nobody should send.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod alarms;
mod client_messages;
mod clients;
mod control;
mod estate;
mod faults;
mod fleet;
mod groups;
mod load;
mod messages;
mod program;
mod sessions;
mod shedding;
mod simulation;
mod states;
mod stations;
mod support;
mod user_status;
mod users;
mod waitlist;
mod wildcards;
