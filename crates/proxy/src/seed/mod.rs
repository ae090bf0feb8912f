//! The sandbox's books: invented customers, tokens and lists, always the same.

mod chargestations;
mod connections;
mod dice;
mod names;
mod station_tokens;

use domain::authorization::AddTokens;
use domain::customers::Customer;
use domain::identifiers::check_character;
use domain::listing::{ListQuery, MAX_PAGE_SIZE};
use domain::locations::{LocationPatch, OpeningSpan};
use domain::tokens::{CustomerRef, Token, TokenType};

use crate::books::audit::Noted;
use crate::books::{Books, Tx, authorization, customers, locations, tokens};
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;
use dice::Dice;

const CUSTOMERS: usize = 72;
/// Of those, the last ones have no token.
const WITHOUT_TOKENS: usize = 6;
const TOKENS: usize = 2_400;

/// Fills empty books in one transaction; what holds a record already stays as it is.
pub async fn fill(books: &Books) -> Result<(), Error> {
    let mut tx = books.write().await?;
    add_records(&mut tx).await?;
    station_tokens::fill(&mut tx).await?;
    connections::fill(&mut tx).await?;
    chargestations::fill(&mut tx).await?;
    tx.note(Noted::new("Added", "portal", "", "Examples to try things on"));
    Ok(tx.commit().await?)
}

/// Customers, charge tokens and lists.
async fn add_records(tx: &mut Tx) -> Result<(), Error> {
    let one = ListQuery {
        page_size: 1,
        ..ListQuery::default()
    };
    if customers::page(tx, &one).await?.total + tokens::page(tx, &one).await?.total > 0 {
        return Ok(());
    }
    let customers = add_customers(tx).await?;
    let tokens = add_tokens(tx, &customers).await?;
    add_lists(tx, &customers, &tokens).await
}

async fn add_customers(tx: &mut Tx) -> Result<Vec<Customer>, Error> {
    let mut dice = Dice::new(1);
    let mut all = Vec::with_capacity(CUSTOMERS);
    for number in 0..CUSTOMERS {
        let (name, domain) = names::company(number);
        let person = names::person(&mut dice);
        let day = format!(
            "2026-{:02}-{:02}T09:{:02}:00Z",
            1 + number % 9,
            1 + number % 28,
            number % 60
        );
        let customer = Customer {
            id: format!("cus_{}", dice.letters(12)),
            external_id: format!("C-{}", 10_240 + number * 37),
            name,
            email: format!("{person}@{domain}"),
            phone: names::phone(&mut dice, number),
            note: if number % 9 == 4 {
                "Invoices once a quarter.".into()
            } else {
                String::new()
            },
            tokens: 0,
            version: 1,
            created_at: day.clone(),
            updated_at: day,
        };
        customers::insert(tx, &customer).await?;
        all.push(customer);
    }
    Ok(all)
}

async fn add_tokens(tx: &mut Tx, customers: &[Customer]) -> Result<Vec<Token>, Error> {
    let mut dice = Dice::new(2);
    let mut all = Vec::with_capacity(TOKENS);
    for number in 0..TOKENS {
        let owner = &customers[dice.below((customers.len() - WITHOUT_TOKENS) as u64) as usize];
        let is_card = number % 6 != 5;
        let day = format!(
            "2026-{:02}-{:02}T14:{:02}:30Z",
            1 + number % 10,
            1 + number % 28,
            number % 60
        );
        let token = Token {
            id: format!("tok_{}", dice.letters(12)),
            auth_id: auth_id(number),
            chip_id: is_card.then(|| chip_id(&mut dice, number)),
            visual_id: is_card.then(|| format!("EVP-{:06}", 100_000 + number)),
            token_type: if is_card {
                TokenType::Rfid
            } else {
                TokenType::Other
            },
            customer: (number % 12 != 7).then(|| CustomerRef {
                id: owner.id.clone(),
                external_id: owner.external_id.clone(),
                name: owner.name.clone(),
            }),
            issuer: names::ISSUERS[number % names::ISSUERS.len()].into(),
            valid: number % 23 != 11,
            expires: match number % 17 {
                3 => Some(format!("2025-{:02}-01T00:00:00Z", 1 + number % 12)),
                8 => Some(format!(
                    "20{}-{:02}-01T00:00:00Z",
                    30 + number % 5,
                    1 + number % 12
                )),
                _ => None,
            },
            note: if number % 40 == 9 {
                "Spare card in the glove box.".into()
            } else {
                String::new()
            },
            version: 1,
            created_at: day.clone(),
            updated_at: day,
        };
        let keyed = tokens::Keyed::of(token)?;
        tokens::insert(tx, &keyed).await?;
        all.push(keyed.token);
    }
    Ok(all)
}

/// A contract id with its right check character.
fn auth_id(number: usize) -> String {
    let country = names::COUNTRIES[number % names::COUNTRIES.len()];
    let instance = format!("C{:08}", 20_000 + number * 13);
    let body = format!("{country}EVP{instance}");
    let check = check_character(body.as_bytes())
        .map(char::from)
        .unwrap_or_default();
    format!("{country}-EVP-{instance}-{check}")
}

/// Seven bytes that begin with the maker's 04; every tenth card is an old one of four.
fn chip_id(dice: &mut Dice, number: usize) -> String {
    if number % 10 == 3 {
        format!("9A{:06X}", number * 7919 % 0x100_0000)
    } else {
        format!("04{:012X}", dice.next() >> 16)
    }
}

/// Every state that a location can be in, over and over.
async fn add_lists(tx: &mut Tx, customers: &[Customer], tokens: &[Token]) -> Result<(), Error> {
    let query = ListQuery {
        page_size: MAX_PAGE_SIZE,
        ..ListQuery::default()
    };
    let with_tokens = &customers[..customers.len() - WITHOUT_TOKENS];
    for (number, location) in locations::page(tx, &query).await?.items.iter().enumerate() {
        let id = location.id.as_str();
        let some_customers = |count: usize| -> Vec<String> {
            with_tokens
                .iter()
                .cycle()
                .skip(number * 5)
                .take(count)
                .map(|customer| customer.id.clone())
                .collect()
        };
        let some_tokens = |count: usize, auth_ids: Vec<String>| AddTokens {
            token_ids: tokens
                .iter()
                .cycle()
                .skip(number * 61)
                .take(count)
                .map(|token| token.id.clone())
                .collect(),
            auth_ids,
            ..AddTokens::default()
        };
        let external = |count: usize| (0..count).map(|n| foreign_id(number * 100 + n)).collect();
        match number % 8 {
            1 => add_customers_to(tx, id, some_customers(3)).await?,
            2 => add_tokens_to(tx, id, some_tokens(24, Vec::new())).await?,
            3 => {
                locations::publish(tx, id, IfMatch::Any, false).await?;
            }
            4 => {
                add_customers_to(tx, id, some_customers(2)).await?;
                add_tokens_to(tx, id, some_tokens(60, external(4))).await?;
            }
            6 => add_tokens_to(tx, id, some_tokens(5, external(9))).await?,
            7 => {
                add_customers_to(
                    tx,
                    id,
                    vec![
                        customers[customers.len() - 1 - number / 8 % WITHOUT_TOKENS]
                            .id
                            .clone(),
                    ],
                )
                .await?
            }
            _ => {}
        }
        if number % 3 == 0 {
            describe(tx, id).await?;
        }
    }
    Ok(())
}

/// The Auth ID of another provider's driver.
fn foreign_id(number: usize) -> String {
    let body = format!("DEXYZC{:08}", 7_000 + number);
    let check = check_character(body.as_bytes())
        .map(char::from)
        .unwrap_or_default();
    format!("DE*XYZ*{}*{check}", &body[5..])
}

async fn add_customers_to(tx: &mut Tx, id: &str, ids: Vec<String>) -> Result<(), Error> {
    authorization::customers::add(tx, id, IfMatch::Any, &ids)
        .await
        .map(drop)
}

async fn add_tokens_to(tx: &mut Tx, id: &str, which: AddTokens) -> Result<(), Error> {
    authorization::tokens::add(tx, id, IfMatch::Any, &which)
        .await
        .map(drop)
}

/// Opening hours on working days, and a note.
async fn describe(tx: &mut Tx, id: &str) -> Result<(), Error> {
    let span = OpeningSpan {
        start_time: "06:00".into(),
        end_time: "22:00".into(),
    };
    let patch = LocationPatch {
        opening_hours: Some((1..=6).map(|day| (day.to_string(), vec![span.clone()])).collect()),
        notes: Some("Barrier opens with the charge card.".into()),
        ..LocationPatch::default()
    };
    locations::patch(tx, id, IfMatch::Any, patch).await.map(drop)
}
