//! The single-page app: pages over the REST API, drawn with one kit and one table.

// `view!` names the crate, here and in tests.
extern crate self as ev_portal;

pub mod api;
pub mod app;
pub mod kit;
pub mod pages;
pub mod prelude;
pub mod routes;
mod run;
pub mod signal;
pub mod table;
pub mod view;

use crate::prelude::*;

/// Puts the app in the place of the shell that `index.html` painted.
pub fn start() {
    // The release ends at once, and `boot.js` says so.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
    }));
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    kit::dialog::guard_window();
    mount_to_body(app::App);
}
