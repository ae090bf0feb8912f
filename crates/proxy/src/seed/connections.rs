//! Connections of the organizations, and drivers who asked to join them, in every state.

use domain::connections::{AUTO_APPROVALS, Connection, STATUSES};
use domain::customers::Customer;
use domain::driver_requests::{Answer, DriverRequest};
use domain::listing::ListQuery;
use domain::tokens::CustomerRef;

use super::dice::Dice;
use super::names;
use crate::books::listing::Source;
use crate::books::{Tx, connections, customers, driver_requests, organizations, tokens};
use crate::problem::Error;

const REQUESTS: usize = 64;

/// Name, what drivers are asked for, what else, benefits, category.
type Kind = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static str,
);

const KINDS: [Kind; 12] = [
    (
        "Employees",
        "Employee ID",
        &["Licence plate"],
        &["Free charging", "Waitlist"],
        "Employer",
    ),
    (
        "Residents (Community Charging)",
        "Unit number",
        &["Licence plate", "Phone number"],
        &["Home charging", "Discount"],
        "Apartments/Condos",
    ),
    ("Visitors", "", &[], &["Public charging"], "Municipalities"),
    (
        "Students",
        "Student number",
        &["Vehicle"],
        &["Discount"],
        "Education",
    ),
    (
        "Fleet",
        "Vehicle number",
        &["Licence plate", "Vehicle"],
        &["Public charging", "Waitlist"],
        "Service Providers",
    ),
    (
        "Guests",
        "Booking number",
        &["Licence plate"],
        &["Free charging"],
        "Hospitality",
    ),
    (
        "Commercial Tenants",
        "Unit or office number",
        &["Phone number"],
        &["Discount", "Waitlist"],
        "Parking Garage",
    ),
    (
        "Contractors",
        "Name of your company",
        &[],
        &["Public charging"],
        "Employer",
    ),
    (
        "Members",
        "Membership number",
        &[],
        &["Discount"],
        "Entertainment",
    ),
    (
        "Customers",
        "",
        &["Licence plate"],
        &["Public charging", "Discount"],
        "Retail",
    ),
    (
        "Staff",
        "Staff number",
        &["Licence plate"],
        &["Free charging"],
        "Restaurants",
    ),
    (
        "Faculty",
        "Faculty ID",
        &["Vehicle"],
        &["Discount", "Waitlist"],
        "Education",
    ),
];

const TEXTS: [(&str, &str); 4] = [
    ("Approved", "Welcome. Your card works from today."),
    (
        "Denied",
        "We could not find your number. Send it again as it stands on your badge.",
    ),
    ("Removed", "Your contract has ended."),
    ("Approved", ""),
];

/// Fills in connections and requests where there are organizations and no connection yet.
pub async fn fill(tx: &mut Tx) -> Result<(), Error> {
    let query = ListQuery::default();
    let organizations = organizations::page(tx, &query).await?.items;
    let organizations: Vec<_> = organizations.into_iter().filter(|one| one.ours).collect();
    if organizations.is_empty() || connections::page(tx, &query).await?.total > 0 {
        return Ok(());
    }
    let customers = customers::page(tx, &query).await?.items;
    let mut all = Vec::with_capacity(KINDS.len());
    for (number, kind) in KINDS.iter().enumerate() {
        let organization = &organizations[number % organizations.len()];
        let mut connection = described(number, kind, &customers);
        connection.org_id.clone_from(&organization.id);
        connection.org_name.clone_from(&organization.name);
        connections::insert(tx, &connection).await?;
        all.push(connection);
    }
    add_requests(tx, &all).await
}

fn described(number: usize, kind: &Kind, customers: &[Customer]) -> Connection {
    let (name, verify, more, benefits, category) = *kind;
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let customer = customers
        .get(number * 3)
        .filter(|_| number.is_multiple_of(3) && number % 4 != 3);
    let day = format!("2026-{:02}-{:02}T10:15:00Z", 1 + number % 10, 3 + number);
    let approval = match number % 4 {
        2 => ("Auto", "All requests"),
        3 => ("Auto", "By e-mail domain"),
        _ => ("Manual", ""),
    };
    Connection {
        id: format!("con_{}", Dice::new(700 + number as u64).letters(12)),
        connection_name: name.into(),
        connection_status: if number % 6 == 4 { "Disabled" } else { "Enabled" }.into(),
        benefits: texts(benefits),
        approval_type: approval.0.into(),
        auto_approval: approval.1.into(),
        email_domains: if number % 4 == 3 {
            vec![names::company(number).1]
        } else {
            Vec::new()
        },
        connection_type: domain::connections::TYPES[if number % 5 == 1 { 2 } else { 0 }].into(),
        organization_category: category.into(),
        verify_drivers_by: verify.into(),
        ask_again_days: (number % 3 == 1).then_some(180),
        additional_information: texts(more),
        visibility: domain::connections::VISIBILITIES[number % 2].into(),
        customer: customer.map(|customer| CustomerRef {
            id: customer.id.clone(),
            external_id: customer.external_id.clone(),
            name: customer.name.clone(),
        }),
        version: 1,
        created_at: day.clone(),
        updated_at: day,
        ..Connection::default()
    }
}

async fn add_requests(tx: &mut Tx, connections: &[Connection]) -> Result<(), Error> {
    let mut dice = Dice::new(7);
    for number in 0..REQUESTS {
        let connection = &connections[number % connections.len()];
        let person = names::person(&mut dice);
        let (status, text) = match dice.below(2) {
            0 if waits(connection) => ("Pending", ""),
            _ => TEXTS[dice.below(TEXTS.len() as u64) as usize],
        };
        let (month, day) = (1 + number % 10, 1 + number * 7 % 20);
        let request = DriverRequest {
            id: format!("req_{}", dice.letters(12)),
            driver: full_name(&person),
            email: format!("{person}{}@{}", number, names::company(number).1),
            connection_id: Some(connection.id.clone()),
            requested_at: Some(format!("2026-{month:02}-{day:02}T07:{:02}:00Z", number % 60)),
            answers: answers(connection, &mut dice),
            card_number: card(tx, connection, number).await?,
            status: status.into(),
            decided_at: (status != "Pending").then(|| format!("2026-{month:02}-{:02}T09:30:00Z", day + 2)),
            text: text.into(),
            version: 1,
            ..DriverRequest::default()
        };
        driver_requests::insert(tx, &request, None).await?;
    }
    Ok(())
}

/// Where all requests are approved at once, and where nobody is invited, none waits.
fn waits(connection: &Connection) -> bool {
    connection.auto_approval != AUTO_APPROVALS[0] && connection.connection_status == STATUSES[0]
}

/// Every other driver of a connection with a customer has a card of that customer already.
async fn card(tx: &mut Tx, connection: &Connection, number: usize) -> Result<String, Error> {
    let Some(customer) = connection
        .customer
        .as_ref()
        .filter(|_| (number / KINDS.len()).is_multiple_of(2))
    else {
        return Ok(String::new());
    };
    let tokens = tokens::OfCustomer::rows(tx, customer.id.clone())
        .await?
        .page(tx, &ListQuery::default())
        .await?
        .items;
    let token = tokens.iter().cycle().nth(number);
    Ok(token.map(|token| token.auth_id.clone()).unwrap_or_default())
}

fn full_name(person: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let words: Vec<String> = person.split('.').map(capital).collect();
    words.join(" ")
}

fn answers(connection: &Connection, dice: &mut Dice) -> Vec<Answer> {
    let asked = [&connection.verify_drivers_by]
        .into_iter()
        .chain(&connection.additional_information)
        .filter(|question| !question.is_empty());
    asked
        .map(|question| Answer {
            question: question.clone(),
            answer: match question.as_str() {
                "Licence plate" => format!(
                    "{}-{:03}-{}",
                    dice.letters(2).to_uppercase(),
                    dice.below(1000),
                    dice.letters(1).to_uppercase()
                ),
                "Vehicle" => dice
                    .pick(&["VW ID.3", "Renault Mégane", "Tesla Model 3", "Kia EV6"])
                    .to_owned(),
                "Phone number" => names::phone(dice, 1),
                "Name of your company" => names::company(dice.below(72) as usize).0,
                _ => format!("{:05}", 10_000 + dice.below(80_000)),
            },
        })
        .collect()
}
