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
    let word = |label: &'static str, text: String| view! { <Fact label>{text}</Fact> };
    let requests = |label: &'static str, key: &str, status: &str| {
        let many = connection.count(key);
        let href = routes::requests_of(&connection.text("id"), status);
        match many {
            0 => word(label, "None".into()),
            many => view! { <Fact label><a href=href>{number(many)}</a></Fact> },
        }
    };
    let (id, at) = (connection.text("orgId"), connection.text("updatedAt"));
    let picture = connection.clone();
    view! {
        <dl class="facts">
            {requests("Connected drivers", "connectedDrivers", STATUSES[1])}
            {requests("Pending requests", "pendingRequests", STATUSES[0])}
            {word("Organisation", text("orgName"))}
            <Fact label="Org ID"><span class="id">{id}</span></Fact>
            {word("Drivers read", drivers)}
            <Fact label="Logo"><Logo connection=picture record /></Fact>
            {word("Connection type", text("connectionType"))}
            {word("Organisation category", text("organizationCategory"))}
            {word("Approval", approval(connection))}
            {word("Verify drivers by", asked)}
            {word("Also asked for", text("additionalInformation"))}
            {word("Benefits", text("benefits"))}
            {word("Visibility", text("visibility"))}
            <Fact label="Customer">{customer}</Fact>
            <Fact label="Updated"><Time at /></Fact>
        </dl>
    }
    .into_any()
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
