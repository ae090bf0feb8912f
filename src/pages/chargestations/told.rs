//! What only ChargePoint tells of a station: of one's own the portal knows what was entered.

use crate::api::transport::segment;
use crate::api::{Loaded, Record};
use crate::pages::outline::{ListOf, Outline};
use crate::prelude::*;

/// The station's id, once it is there.
pub fn id(station: Loaded<Record>) -> Memo<String> {
    memo(move |_| station.with(|station| station.text("_id")).unwrap_or_default())
}

/// What ChargePoint tells of a station, or why there is nothing to be seen of one's own.
pub fn told(station: Loaded<Record>, draw: Callback<Loaded<Record>, AnyView>) -> AnyView {
    let is_its = move || station.with(|station| station.has("chargepoint"));
    view! {
        <Show when=move || is_its() == Some(true)>{draw.run(station)}</Show>
        <Show when=move || is_its() == Some(false)>
            <p class="quiet">
                "ChargePoint does not know this station: nobody tells of its ports, load, sessions and alarms."
            </p>
        </Show>
    }
    .into_any()
}

/// The station's rows of a list, whose path ends with its id.
pub fn rows(
    station: Loaded<Record>,
    outline: &'static Outline,
    path: &'static str,
    without: &'static [&'static str],
) -> AnyView {
    let list = move |station| {
        let id = id(station);
        let path = Signal::derive(move || [path, &segment(&id.get())].concat());
        view! { <ListOf outline path without /> }.into_any()
    };
    told(station, Callback::new(list))
}
