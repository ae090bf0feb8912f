//! Browser tests: all in one binary, so that the browser starts once.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod api;
mod authorization;
mod authorization_tab;
mod connections;
mod driver_requests;
mod fields;
mod filters;
mod import;
mod import_server;
mod import_steps;
mod json;
mod kit;
mod location;
mod page;
mod portal;
mod record;
mod signal;
mod station_tokens;
mod station_tokens_import;
mod station_tokens_transfer;
mod table;
mod view;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
