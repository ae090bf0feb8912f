//! How a station token stands in the books.

use domain::moment::{self, Zone};
use domain::station_tokens::{StationToken, Status};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::super::batch::{self, Value};
use super::super::listing::{flag, number};
use super::super::{Tx, organizations, text};

/// A text of a station token.
pub struct Text {
    /// Its column. The one of its folded text is named the same with `_fold`.
    pub column: &'static str,
    pub get: fn(&StationToken) -> &String,
    pub get_mut: fn(&mut StationToken) -> &mut String,
}

macro_rules! texts {
    ($($field:ident)*) => {
        &[$(Text { column: stringify!($field), get: |token| &token.$field, get_mut: |token| &mut token.$field }),*]
    };
}

/// All texts but those of the organization.
pub const TEXTS: &[Text] = texts! {
    token_sn part_no cloud_plan description evse_id station_sn station_name purchase_order sales_order
    customer_reference customer_name customer_id
};

/// What stands beside the texts.
const REST: [&str; 13] = [
    "id",
    "org_key",
    "activation_date",
    "activation_local",
    "applied_date",
    "applied_local",
    "order_date",
    "ship_date",
    "status",
    "search",
    "version",
    "created_at",
    "updated_at",
];

pub fn read(row: &AnyRow) -> Result<StationToken, sqlx::Error> {
    let mut token = StationToken {
        id: row.try_get("id")?,
        org_id: row.try_get("org_id")?,
        org_name: row.try_get("org_name")?,
        activation_date: row.try_get("activation_date")?,
        applied_date: row.try_get("applied_date")?,
        order_date: row.try_get("order_date")?,
        ship_date: row.try_get("ship_date")?,
        status: Status::of(row.try_get("status")?).unwrap_or_default(),
        ours: flag(row, "ours")?,
        version: number(row, "version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        ..StationToken::default()
    };
    for text in TEXTS {
        *(text.get_mut)(&mut token) = row.try_get(text.column)?;
    }
    Ok(token)
}

/// Writes tokens, new and known. Their organizations stand in the books already.
pub async fn write(tx: &mut Tx, tokens: &[StationToken]) -> sqlx::Result<()> {
    let mut columns: Vec<String> = REST.iter().map(|column| (*column).to_owned()).collect();
    for text in TEXTS {
        columns.extend([text.column.to_owned(), format!("{}_fold", text.column)]);
    }
    let into = format!("INSERT INTO station_tokens ({})", columns.join(", "));
    let follow: Vec<String> = columns
        .iter()
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    let then = format!("ON CONFLICT (id) DO UPDATE SET {}", follow.join(", "));
    let rows: Vec<Vec<Value>> = tokens.iter().map(values).collect();
    batch::insert(tx, &into, &rows, &then).await
}

fn values(token: &StationToken) -> Vec<Value> {
    let local = |at: &Option<String>| {
        let local = at.as_deref().and_then(|at| moment::local(at, Zone::Pacific));
        Value::from(local.unwrap_or_default())
    };
    let mut values: Vec<Value> = vec![
        token.id.as_str().into(),
        organizations::key(&token.org_id).into(),
        token.activation_date.clone().into(),
        local(&token.activation_date),
        token.applied_date.clone().into(),
        local(&token.applied_date),
        token.order_date.clone().into(),
        token.ship_date.clone().into(),
        text::fold(token.status.word()).into(),
        search(token).into(),
        token.version.into(),
        token.created_at.as_str().into(),
        token.updated_at.as_str().into(),
    ];
    for text in TEXTS {
        let value = (text.get)(token);
        values.extend([value.as_str().into(), text::fold(value).into()]);
    }
    values
}

/// The searched texts but the organization's name, which follows the organization.
fn search(token: &StationToken) -> String {
    text::search([
        token.token_sn.as_str(),
        &token.cloud_plan,
        &token.evse_id,
        &token.station_sn,
        &token.station_name,
        &token.purchase_order,
        &token.customer_name,
    ])
}
