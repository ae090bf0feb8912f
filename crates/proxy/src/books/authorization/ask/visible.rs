//! What an app shows to a driver.

use domain::column::Listed;
use domain::decision::{Holder, List, Place, decide};
use domain::identifiers::{IdKind, auth_key};
use domain::locations::Location;
use domain::privacy::Visibility;
use domain::visible::VisibleLocation;

use super::super::super::listing::{Bind, Rows, Scope, Table};
use super::super::super::{Tx, ids, locations};
use super::Shown;
use crate::clock;
use crate::problem::Error;

/// The locations that an app shows to a driver; without a token, what it shows to everybody.
pub const VISIBLE: Table = Table {
    heads: VisibleLocation::HEADS,
    columns: locations::VISIBLE_COLUMNS,
    ..locations::TABLE
};

const PUBLISHED: &str = "(l.published = 1 AND l.customers + l.tokens = 0)";

/// All that are listed, for asking whether a token is refused wherever it stands.
struct Everybody;

impl List for Everybody {
    fn holds(&self, _: IdKind, _: &str) -> bool {
        true
    }

    fn holds_customer(&self, _: &str) -> bool {
        true
    }
}

/// The rows of [`VISIBLE`] that are shown to whom holds that: of private ones, those that [`decide`] would admit
/// it to. They are found by the lists' indexes instead of being asked for one by one.
pub async fn visible(tx: &mut Tx, shown: Option<&Shown>) -> Result<Rows<VisibleLocation>, Error> {
    let mut binds: Vec<Bind> = Vec::new();
    let mut condition = PUBLISHED.to_owned();
    if let Some(shown) = shown {
        let found = shown.found(tx).await?;
        let holder = shown.holder(&found);
        let place = Place {
            visibility: Visibility::Private,
            list: &Everybody,
        };
        if decide(&holder, Some(&place), &clock::now()).allowed() {
            let admits = admits(&holder, &mut binds);
            condition = format!("({condition} OR (l.customers + l.tokens > 0 AND {admits}))");
        }
    }
    let scope = Scope::of(&format!("l.gone = 0 AND {condition}"), binds);
    Ok(Rows::new(&VISIBLE, scope, |row| Ok(seen(locations::read(row)?))))
}

/// That a list holds all of whom the holder may be.
fn admits(holder: &Holder<'_>, binds: &mut Vec<Bind>) -> String {
    let mut bind = |value: String| {
        binds.push(value.into());
        binds.len()
    };
    let holds = |kind: IdKind, at: usize| {
        format!(
            "EXISTS (SELECT 1 FROM authorization_tokens e WHERE e.location_id = l.id AND e.kind = {} AND e.key = ${at})",
            ids::kind_number(kind)
        )
    };
    let mut all: Vec<String> = Vec::new();
    for token in holder.own() {
        let mut ways = vec![holds(IdKind::AuthId, bind(auth_key(&token.auth_id)))];
        if let Some(customer) = &token.customer {
            ways.push(format!(
                "EXISTS (SELECT 1 FROM authorization_customers k WHERE k.location_id = l.id AND k.customer_id = ${})",
                bind(customer.id.clone())
            ));
        }
        all.push(format!("({})", ways.join(" OR ")));
    }
    for token in holder.theirs() {
        let keys = [
            (IdKind::AuthId, &token.auth_key),
            (IdKind::ChipId, &token.chip_key),
        ];
        let keys = keys.into_iter().filter(|(_, key)| !key.is_empty());
        let ways: Vec<String> = keys.map(|(kind, key)| holds(kind, bind(key.clone()))).collect();
        all.push(match ways.is_empty() {
            true => "1 = 0".into(),
            false => format!("({})", ways.join(" OR ")),
        });
    }
    if all.is_empty() {
        all.push(holds(holder.kind, bind(holder.key.to_owned())));
    }
    all.join(" AND ")
}

/// What a driver sees of a location.
fn seen(location: Location) -> VisibleLocation {
    VisibleLocation {
        id: location.id,
        name: location.name,
        address: location.address,
        coordinates: location.coordinates,
        timezone: location.timezone,
        opening_hours: location.opening_hours,
        operator_name: location.operator_name,
        stations: location.stations,
    }
}
