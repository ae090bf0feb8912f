//! Browser tests: all in one binary, so that the browser starts once.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod authorization;
mod authorization_portal;
mod authorization_tab;
mod import;
mod import_page;
mod import_server;
mod import_steps;
mod kit;
mod table;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
