//! Where somebody may not do what an address is for.

use domain::access::refusal;

use super::Frame;
use crate::api::Record;
use crate::kit::NotAllowed;
use crate::prelude::*;

/// Says which permission is missing, and who can give it.
#[component]
pub fn Forbidden(permission: &'static str) -> impl IntoView {
    let said = move || {
        let session = Frame::current()?.session;
        let said = |session: &Record| {
            refusal(
                permission,
                &session.texts("organizations"),
                &session.texts("givers"),
            )
        };
        session.with(said)
    };
    view! { <NotAllowed detail=Signal::derive(move || said().unwrap_or_default()) /> }
}
