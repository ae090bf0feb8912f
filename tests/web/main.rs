//! Browser tests: all in one binary, so that the browser starts once.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod acting;
mod api;
mod authorization;
mod authorization_tab;
mod bulk;
mod cells;
mod columns;
mod connections;
mod driver_requests;
mod drivers;
mod export;
mod fields;
mod filters;
mod fleet;
mod history;
mod import;
mod import_left;
mod import_sending;
mod import_server;
mod import_steps;
mod import_wizard;
mod json;
mod kit;
mod live;
mod load;
mod location;
mod odd;
mod outline;
mod page;
mod people;
mod portal;
mod reader;
mod record;
mod signal;
mod station_tokens;
mod station_tokens_import;
mod station_tokens_transfer;
mod stations;
mod table;
mod tokens_table;
mod told;
mod view;
mod views;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
