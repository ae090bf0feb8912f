//! A stock of station tokens: orders of six organizations, four of them ours.

use std::collections::BTreeMap;

use domain::listing::{ListQuery, MAX_PAGE_SIZE};
use domain::organizations::Organization;
use domain::station_tokens::{Evse, PLANS, StationToken, Status};

use super::dice::Dice;
use super::names;
use crate::books::{Tx, evses, organizations, station_tokens};
use crate::clock;
use crate::problem::Error;

const TOKENS: usize = 5_400;
/// How many of ChargePoint's organizations have tokens.
const OURS: usize = 4;
/// Since when there were orders, and since when the oldest tokens are active, in days.
const ORDERED: u64 = 700;
const ACTIVE: u64 = 425;

/// Their stations are not in the estate.
const OTHERS: [(&str, &str); 2] = [
    ("3:ORG50210", "Sunline Charging Co-op"),
    ("3:ORG50377", "Harbourview Estates"),
];

const REFERENCES: [&str; 6] = [
    "",
    "Garage, phase 1",
    "Garage, phase 2",
    "Fleet depot",
    "Visitor parking",
    "Renewal",
];

/// Who orders, and the EVSEs that still have no token.
struct Buyer {
    organization: Organization,
    free: Vec<Evse>,
}

/// What the tokens of one order have in common.
struct Order {
    pattern: StationToken,
    /// How many days ago it was shipped; nothing was active before.
    shipped: u64,
}

/// Fills an empty stock.
pub async fn fill(tx: &mut Tx) -> Result<(), Error> {
    let one = ListQuery {
        page_size: 1,
        ..ListQuery::default()
    };
    if station_tokens::page(tx, &one).await?.total > 0 {
        return Ok(());
    }
    let mut dice = Dice::new(3);
    let mut buyers = buyers(tx).await?;
    let mut tokens = Vec::with_capacity(TOKENS + 30);
    for number in 0.. {
        if tokens.len() >= TOKENS {
            break;
        }
        // Ours order more often than the others.
        let turn = dice.below(2 * buyers.len() as u64 - 2) as usize % buyers.len();
        let order = order(&mut dice, number, &buyers[turn].organization);
        for _ in 0..4 + dice.below(24) {
            let serial = tokens.len();
            tokens.push(token(&mut dice, serial, &order, &mut buyers[turn].free));
        }
    }
    Ok(station_tokens::write(tx, &tokens).await?)
}

async fn buyers(tx: &mut Tx) -> Result<Vec<Buyer>, Error> {
    let mut by_organization: BTreeMap<String, Vec<Evse>> = BTreeMap::new();
    for page in 1.. {
        let query = ListQuery {
            page,
            page_size: MAX_PAGE_SIZE,
            ..ListQuery::default()
        };
        let read = evses::page(tx, &query).await?;
        let is_last = page >= read.pages();
        for evse in read.items {
            by_organization.entry(evse.org_id.clone()).or_default().push(evse);
        }
        if is_last {
            break;
        }
    }
    let mut ours: Vec<Vec<Evse>> = by_organization.into_values().collect();
    ours.sort_by_key(|evses| std::cmp::Reverse(evses.len()));
    let mut buyers: Vec<Buyer> = ours.into_iter().take(OURS).filter_map(ours_of).collect();
    for (place, (id, name)) in OTHERS.iter().enumerate() {
        let organization = organizations::foreign(id, name)?;
        let free = (0..400).map(|n| elsewhere(place, n)).collect();
        buyers.push(Buyer { organization, free });
    }
    let others: Vec<Organization> = buyers.iter().map(|buyer| buyer.organization.clone()).collect();
    organizations::add(tx, &others).await?;
    Ok(buyers)
}

/// The organization of some EVSEs; one EVSE in six stays without a token.
fn ours_of(evses: Vec<Evse>) -> Option<Buyer> {
    let first = evses.first()?;
    let organization = Organization {
        id: first.org_id.clone(),
        name: first.org_name.clone(),
        ours: true,
    };
    let with_token = evses.into_iter().enumerate().filter(|(n, _)| n % 6 != 5);
    let free = with_token.map(|(_, evse)| evse).collect();
    Some(Buyer { organization, free })
}

/// An EVSE that is not in the estate.
fn elsewhere(place: usize, n: usize) -> Evse {
    let (org_id, org_name) = OTHERS[place];
    Evse {
        id: format!("3:{}-{}", 700_001 + place * 10_000 + n / 2 * 7, 1 + n % 2),
        station_sn: format!("19{:010}", 4_020_000_000_usize + place * 1_000_000 + n / 2 * 31),
        station_name: format!(
            "{} / LEVEL {} {:02}",
            org_name.to_uppercase(),
            1 + n / 40,
            1 + n / 2 % 20
        ),
        org_id: org_id.into(),
        org_name: org_name.into(),
        token_sn: None,
    }
}

fn order(dice: &mut Dice, number: u64, buyer: &Organization) -> Order {
    let plan = PLANS[[0, 0, 0, 1, 1, 2, 2, 3, 4][dice.below(9) as usize]];
    let years = [1, 3, 5][dice.below(3) as usize];
    let ordered = 12 + dice.below(ORDERED);
    let shipped = ordered - 2 - dice.below(9);
    let company = dice.below(60) as usize;
    let day = |ago: u64| {
        let mut at = clock::days_ago(ago as i64);
        at.truncate(10);
        at
    };
    let word: String = plan
        .to_uppercase()
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(6)
        .collect();
    let pattern = StationToken {
        part_no: format!("CPCLD-{word}-{years}"),
        cloud_plan: plan.into(),
        description: format!(
            "{plan} cloud plan, {years} year{}",
            if years == 1 { "" } else { "s" }
        ),
        org_id: buyer.id.clone(),
        org_name: buyer.name.clone(),
        ours: buyer.ours,
        purchase_order: format!("PO-{}", 45_010_000 + number * 37),
        sales_order: format!("SO-{}", 1_002_300 + number * 3),
        customer_reference: dice.pick(&REFERENCES).into(),
        customer_name: names::company(company).0,
        customer_id: format!("C-{}", 10_240 + company * 37),
        order_date: Some(day(ordered)),
        ship_date: Some(day(shipped)),
        created_at: format!("{}T17:00:00Z", day(ordered)),
        ..StationToken::default()
    };
    Order { pattern, shipped }
}

fn token(dice: &mut Dice, serial: usize, order: &Order, free: &mut Vec<Evse>) -> StationToken {
    let mut token = StationToken {
        id: format!("stk_{}", dice.letters(12)),
        token_sn: format!("CPT{:010}", 4_100_000_000_usize + serial * 17),
        version: 1,
        updated_at: order.pattern.created_at.clone(),
        ..order.pattern.clone()
    };
    token.status = match dice.below(100) {
        0..18 => Status::New,
        18..40 => Status::Available,
        40..84 => Status::Active,
        _ if order.shipped > ACTIVE => Status::Expired,
        _ => Status::Available,
    };
    if token.status == Status::Expired {
        let ago = 366 + dice.below(ACTIVE - 366);
        apply(dice, &mut token, ago, elsewhere(serial % 2, 1000 + serial));
        (token.evse_id, token.station_sn, token.station_name) = Default::default();
    } else if token.status == Status::Active {
        match free.pop() {
            Some(evse) => {
                let ago = dice.below(order.shipped.min(ACTIVE));
                apply(dice, &mut token, ago, evse);
            }
            None => token.status = Status::Available,
        }
    }
    token
}

fn apply(dice: &mut Dice, token: &mut StationToken, ago: u64, evse: Evse) {
    let mut at = clock::days_ago(ago as i64);
    at.truncate(10);
    // What is today has passed already.
    let hour = if ago == 0 { 0 } else { dice.below(24) };
    let at = format!(
        "{at}T{hour:02}:{:02}:00Z",
        if ago == 0 { 0 } else { dice.below(60) }
    );
    token.evse_id = evse.id;
    token.station_sn = evse.station_sn;
    token.station_name = evse.station_name;
    (token.activation_date, token.applied_date) = (Some(at.clone()), Some(at.clone()));
    token.updated_at = at;
    token.version = 2;
}
