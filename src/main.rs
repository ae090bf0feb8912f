//! Starts the single-page app.

fn main() {
    ev_portal::start();
}
