//! What is entered of a station, checked before it is kept.

use std::collections::{HashMap, HashSet};

use domain::chargestations::{
    ChargestationInput, ChargestationRow, FIELDS, MAX_SETTING_KEY, MAX_SETTING_VALUE, MAX_SETTINGS,
    SECRET_SETTINGS, Setting, no_endpoint,
};
use domain::problem::FieldError;
use sqlx::{AssertSqlSafe, Row, query};

use super::super::limits::{LOCATIONS, require};
use super::super::locations::{OF_ZONE, zone};
use super::super::text::fold;
use super::super::{Tx, fields, organizations};
use crate::problem::Error;

/// Takes over what was entered. On a new station (`all`) what is not there counts as empty.
///
/// # Errors
/// What is wrong, field by field.
pub async fn take(
    tx: &mut Tx,
    row: &mut ChargestationRow,
    input: &ChargestationInput,
    all: bool,
) -> Result<(), Error> {
    let mut errors = Vec::new();
    for (key, value) in [
        ("endpoint", &input.endpoint),
        ("protocol", &input.protocol),
        ("manufacturer", &input.manufacturer),
        ("model", &input.model),
    ] {
        let value = match value {
            None if all => "",
            None => continue,
            Some(value) => value,
        };
        if let Err(message) = set(row, key, value) {
            errors.push(wrong(key, message));
        }
    }
    if let Some(active) = input.active {
        row.station.active = active;
    }
    match &input.csconfig {
        None if all => row.station.csconfig = Some(Vec::new()),
        None => {}
        Some(settings) => {
            let known = row.station.csconfig.as_deref().unwrap_or_default();
            row.station.csconfig = Some(configuration(settings, known, &mut errors));
        }
    }
    place(tx, row, input, &mut errors).await?;
    match errors.is_empty() {
        true => Ok(()),
        false => Err(Error::fields(errors)),
    }
}

fn wrong(field: impl Into<String>, message: impl Into<String>) -> FieldError {
    FieldError {
        field: field.into(),
        message: message.into(),
    }
}

fn set(row: &mut ChargestationRow, key: &str, text: &str) -> Result<(), String> {
    let value = fields::seen(text)?;
    let field = FIELDS.iter().find(|field| field.key == key);
    if let Some(wrong) = field.and_then(|field| field.wrong(&value)) {
        return Err(wrong);
    }
    let value = Some(value).filter(|value| !value.is_empty());
    match key {
        "endpoint" => {
            if let Some(wrong) = value.as_deref().and_then(no_endpoint) {
                return Err(wrong);
            }
            row.name = value.clone().unwrap_or_default();
            row.station.endpoint = value;
        }
        "protocol" => row.station.protocol = value,
        "manufacturer" => row.station.manufacturer = value,
        _ => row.station.model = value,
    }
    Ok(())
}

/// The settings as they are kept. One that cannot be changed at the station stays so, whatever is said of it.
fn configuration(settings: &[Setting], known: &[Setting], errors: &mut Vec<FieldError>) -> Vec<Setting> {
    let fixed: HashMap<String, &Setting> = known
        .iter()
        .filter(|setting| setting.readonly)
        .map(|setting| (fold(&setting.key), setting))
        .collect();
    if settings.len() > MAX_SETTINGS {
        errors.push(wrong("csconfig", format!("at most {MAX_SETTINGS} settings")));
        return Vec::new();
    }
    let (mut taken, mut seen) = (Vec::new(), HashSet::new());
    for (n, setting) in settings.iter().enumerate() {
        let (key, value) = (setting.key.trim(), setting.value.trim());
        let fixed = fixed.get(&fold(key));
        let is_name = key.chars().all(|c| c.is_ascii_graphic());
        let said = if key.is_empty() {
            Some("a setting has a name".to_owned())
        } else if !is_name || key.chars().count() > MAX_SETTING_KEY {
            Some(format!(
                "a name of at most {MAX_SETTING_KEY} letters, digits and signs, without blanks"
            ))
        } else if SECRET_SETTINGS.iter().any(|own| own.eq_ignore_ascii_case(key)) {
            Some(format!("{key} is the station's password, which is not kept here"))
        } else if value.chars().count() > MAX_SETTING_VALUE {
            Some(format!("{key}: at most {MAX_SETTING_VALUE} characters"))
        } else if value.contains(['\n', '\r']) {
            // Settings are edited one on each line.
            Some(format!("{key}: a value has one line"))
        } else if value.contains(char::is_control) {
            Some(format!("{key}: a control character cannot be kept"))
        } else if !seen.insert(fold(key)) {
            Some(format!("{key} stands twice"))
        } else {
            let changed = fixed.filter(|fixed| fixed.value.trim() != value);
            changed.map(|fixed| format!("{key} cannot be changed at the station; it is “{}”", fixed.value))
        };
        match said {
            Some(message) => errors.push(wrong(format!("csconfig[{n}]"), message)),
            None => taken.push(Setting {
                key: key.to_owned(),
                value: value.to_owned(),
                readonly: setting.readonly || fixed.is_some(),
            }),
        }
    }
    taken
}

/// Location and organization, which must fit each other. A station without an organization follows its location.
async fn place(
    tx: &mut Tx,
    row: &mut ChargestationRow,
    input: &ChargestationInput,
    errors: &mut Vec<FieldError>,
) -> Result<(), Error> {
    if let Some(id) = &input.organization {
        match organizations::find(tx, id).await? {
            _ if id.trim().is_empty() => (row.station.organization, row.organization_name) = (None, None),
            Some(found) => {
                (row.station.organization, row.organization_name) = (Some(found.id), Some(found.name))
            }
            None => errors.push(wrong("organization", "one of the organizations")),
        }
    }
    if let Some(id) = &input.location {
        match id.trim() {
            "" => (row.station.location, row.location_name, row.time_zone) = (None, None, None),
            id => match require(tx, &LOCATIONS, id).await {
                Ok(()) => row.station.location = Some(id.to_owned()),
                Err(Error::NotFound(_)) => {
                    errors.push(wrong("location", "one of the charge locations"));
                    return Ok(());
                }
                Err(error) => return Err(error),
            },
        }
    }
    let mut owner = String::new();
    if let Some(id) = &row.station.location {
        let sql = format!("SELECT l.name, l.org_key, {OF_ZONE} FROM locations l WHERE l.id = $1");
        let found = query(AssertSqlSafe(sql)).bind(id).fetch_one(&mut **tx).await?;
        row.location_name = Some(found.try_get("name")?);
        row.time_zone = zone(&found)?;
        owner = found.try_get("org_key")?;
    }
    let own = row.station.organization.as_deref().map(organizations::key);
    match own {
        None if !owner.is_empty() => {
            let found = organizations::named(tx, &[owner]).await?.pop();
            let found = found.map(|found| (found.id, found.name));
            (row.station.organization, row.organization_name) = found.unzip();
        }
        Some(own) if !owner.is_empty() && own != owner => {
            let name = row.location_name.as_deref().unwrap_or_default();
            let field = if input.location.is_some() {
                "location"
            } else {
                "organization"
            };
            errors.push(wrong(
                field,
                format!("{name} belongs to another organization than the station"),
            ));
        }
        _ => {}
    }
    if row.station.organization.is_none() && tx.caller().organizations.is_some() && errors.is_empty() {
        errors.push(wrong(
            "organization",
            "one of the organizations that your account is limited to",
        ));
    }
    Ok(())
}
