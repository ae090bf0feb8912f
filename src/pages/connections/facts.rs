//! What a connection is.

use domain::connections::{APPROVALS, AUTO_APPROVALS};
use domain::driver_requests::STATUSES;

use super::logo::Logo;
use crate::api::{Loaded, Record};
use crate::kit::Time;
use crate::kit::format::{count, number};
use crate::pages::record::{Fact, said};
use crate::prelude::*;
use crate::routes;

pub fn facts(connection: &Record, record: Loaded<Record>) -> AnyView {
    let text = |key: &str| said(&connection.text(key));
    let drivers = connection.text("orgNameForDrivers");
    let drivers = if drivers.is_empty() {
        connection.text("orgName")
    } else {
        drivers
    };
    let asked = match connection.count("askAgainDays") {
        0 => text("verifyDriversBy"),
        days => format!(
            "{}, asked again after {}",
            text("verifyDriversBy"),
            count(days, "day", "days")
        ),
    };
    let customer = match connection.has("customer") {
        true => {
            let href = routes::customer(&connection.text("customer.id"));
            view! {
                <a href=href>{connection.text("customer")}</a>
                <small class="quiet">" An approved driver's card becomes a charge token of theirs."</small>
            }
            .into_any()
        }
        false => "None".into_any(),
    };
    let requests = |key: &str, status: &str| match connection.count(key) {
        0 => "None".into_any(),
        many => {
            let href = routes::requests_of(&connection.text("id"), status);
            view! { <a href=href>{number(many)}</a> }.into_any()
        }
    };
    let word = |text: String| text.into_any();
    let fact = |(label, said): (&'static str, AnyView)| view! { <Fact label>{said}</Fact> };
    let id = connection.text("orgId");
    let facts = vec![
        ("Connected drivers", requests("connectedDrivers", STATUSES[1])),
        ("Pending requests", requests("pendingRequests", STATUSES[0])),
        ("Organization", word(text("orgName"))),
        ("Org ID", view! { <span class="id">{id}</span> }.into_any()),
        ("Drivers read", word(drivers)),
        (
            "Logo",
            view! { <Logo connection=connection.clone() record /> }.into_any(),
        ),
        ("Connection type", word(text("connectionType"))),
        ("Organization category", word(text("organizationCategory"))),
        ("Approval", word(approval(connection))),
        ("Verify drivers by", word(asked)),
        ("Also asked for", word(text("additionalInformation"))),
        ("Benefits", word(text("benefits"))),
        ("Visibility", word(text("visibility"))),
        ("Customer", customer),
        (
            "Updated",
            view! { <Time at=connection.text("updatedAt") /> }.into_any(),
        ),
    ];
    view! { <dl class="facts">{facts.into_iter().map(fact).collect_view()}</dl> }.into_any()
}

fn approval(connection: &Record) -> String {
    let word = connection.text("approvalType");
    if word == APPROVALS[0] {
        return word;
    }
    match connection.text("autoApproval") == AUTO_APPROVALS[1] {
        true => format!("{word}: e-mail addresses at {}", connection.text("emailDomains")),
        false => format!("{word}: all requests"),
    }
}
