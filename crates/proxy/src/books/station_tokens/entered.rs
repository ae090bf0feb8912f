//! What is entered by hand or read from a file, checked before it is kept.

use domain::column::{Cell, Kind, Listed};
use domain::moment::{self, Zone};
use domain::problem::FieldError;
use domain::station_tokens::{FIELDS, StationToken, StationTokenInput};

use super::super::fields;
use super::record::TEXTS;

/// `Token S/N`, `tokenSn` and `token_sn` are the same name; what stands in brackets is none of it.
pub fn name(label: &str) -> String {
    let bare = label.split('(').next().unwrap_or_default();
    bare.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Takes a text over into the field of that key, if it is one of the texts or days.
///
/// # Errors
/// What is wrong with it, in the reader's words.
pub fn set(token: &mut StationToken, key: &str, text: &str) -> Result<(), String> {
    let value = fields::seen(text)?;
    if let Some(wrong) = FIELDS
        .iter()
        .find(|field| field.key == key)
        .and_then(|field| field.wrong(&value))
    {
        return Err(wrong);
    }
    let day = |value: String| Some(value).filter(|value| !value.is_empty());
    match key {
        "orderDate" => token.order_date = day(value),
        "shipDate" => token.ship_date = day(value),
        _ => {
            let name = name(key);
            if let Some(text) = TEXTS.iter().find(|text| self::name(text.column) == name) {
                *(text.get_mut)(token) = value;
            }
        }
    }
    Ok(())
}

/// Takes over what was entered; the organization and the status are the caller's. On a new token
/// (`all`) what is not there counts as empty.
///
/// # Errors
/// What is wrong, field by field.
pub fn take(token: &mut StationToken, input: &StationTokenInput, all: bool) -> Result<(), Vec<FieldError>> {
    let entered = [
        ("tokenSn", &input.token_sn),
        ("partNo", &input.part_no),
        ("cloudPlan", &input.cloud_plan),
        ("description", &input.description),
        ("purchaseOrder", &input.purchase_order),
        ("salesOrder", &input.sales_order),
        ("customerReference", &input.customer_reference),
        ("customerName", &input.customer_name),
        ("customerId", &input.customer_id),
        ("orderDate", &input.order_date),
        ("shipDate", &input.ship_date),
    ];
    let mut errors = Vec::new();
    for (key, value) in entered {
        let value = match value {
            None if all => "",
            None => continue,
            Some(value) => value,
        };
        if let Err(message) = set(token, key, value) {
            let field = key.to_owned();
            errors.push(FieldError { field, message });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// What differs between two states of a token, in words.
pub fn difference(before: &StationToken, after: &StationToken) -> String {
    let mut all = Vec::new();
    for column in StationToken::COLUMNS {
        let (old, new) = ((column.get)(before), (column.get)(after));
        if old != new {
            let (old, new) = (shown(column.kind, old), shown(column.kind, new));
            all.push(format!("{}: {old} → {new}", column.label));
        }
    }
    all.join(" · ")
}

fn shown(kind: Kind, cell: Cell) -> String {
    match cell {
        Cell::Text(at) if kind == Kind::Pacific => moment::local(&at, Zone::Pacific).unwrap_or(at),
        Cell::Text(text) => text,
        _ => "nothing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_label_and_every_key_is_the_same_name() {
        for column in StationToken::COLUMNS {
            assert_eq!(name(column.label), column.key.to_lowercase());
            assert_eq!(name(column.key), column.key.to_lowercase());
        }
        assert_eq!(name(" TOKEN  s/n (new) "), "tokensn");
    }

    #[test]
    fn every_field_is_taken_over() {
        for field in FIELDS {
            let mut token = StationToken::default();
            let text = if field.key.ends_with("Date") {
                "2026-11-20"
            } else {
                " CPT1 "
            };
            set(&mut token, field.key, text).unwrap();
            let column = StationToken::column(field.key).unwrap();
            assert_eq!(
                (column.get)(&token),
                domain::column::Cell::from(text.trim()),
                "{}",
                field.key
            );
        }
    }

    #[test]
    fn a_difference_is_told_by_its_labels() {
        let before = StationToken {
            part_no: "CPCLD".into(),
            ..StationToken::default()
        };
        let after = StationToken {
            activation_date: Some("2026-11-20T08:15:00Z".into()),
            ..StationToken::default()
        };
        assert_eq!(
            difference(&before, &after),
            "Part No.: CPCLD → nothing · Activation Date (Pacific Time): nothing → 2026-11-20 00:15"
        );
    }
}
