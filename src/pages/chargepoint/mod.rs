//! Settings › ChargePoint: how the portal stands with it.

use domain::column::{Head, Kind};

use crate::api::{Record, Write, records};
use crate::kit::{Button, ProblemLine, announce};
use crate::pages::outline::says;
use crate::pages::record::{awaited, facts};
use crate::pages::shell::{Crumb, Frame, PageHeader};
use crate::prelude::*;
use crate::table::Shown;

/// What the server tells of it.
const HEADS: &str = domain::packed!(= &[
    Head::new("address", "Address", Kind::Id),
    Head::new("regionName", "Region", Kind::Text),
    Head::new("hasLicenceKey", "Licence key is set", Kind::Bool),
    Head::new("hasPassword", "Password is set", Kind::Bool),
    Head::new("lastAnswer", "Last answer", Kind::Time),
    Head::new("problem", "Last problem", Kind::Text).at("problem.detail"),
    Head::new("callsLeft", "Calls left in this minute", Kind::Number),
    Head::new(
        "wildcardsLeft",
        "Searches with wildcards left today",
        Kind::Number,
    ),
    Head::new("calls", "Calls", Kind::Text),
]);

#[component]
pub fn ChargePointPage() -> impl IntoView {
    let frame = Frame::current();
    let status = frame.map(|frame| frame.status);
    let write = Write::new();
    let test = move |()| {
        write.run(records::post("/chargepoint/test", &[]), move |told: Record| {
            announce(["ChargePoint answered in ", &told.text("milliseconds"), " ms."].concat());
            if let Some(status) = status {
                status.reload();
            }
        });
    };
    let caches = |status: Record| {
        let kept = status.records("kept");
        let kept = kept.iter().map(|kept| {
            (
                kept.text("call"),
                Shown::text([&kept.text("ageSeconds"), " s"].concat()),
            )
        });
        view! {
            {says(HEADS, &[], &status)}
            <section class="section">
                <h2>"Answers that are kept, by age"</h2>
                {facts(kept.collect())}
            </section>
        }
        .into_any()
    };
    view! {
        <PageHeader
            title="ChargePoint"
            crumbs=vec![Crumb::area("Settings")]
            actions=move || view! { <Button busy=write.pending() on_press=test>"Test the connection"</Button> }
        />
        <ProblemLine problem=write.problem() />
        {status.map(|status| awaited(status, 6, true, Callback::new(caches)))}
    }
    .into_any()
}
