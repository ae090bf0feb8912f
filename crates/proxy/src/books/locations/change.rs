//! Changes of a location's own fields; its list is changed in `authorization`.

use domain::locations::{Address, Location, LocationPatch, OpeningHours};
use domain::privacy::Visibility;

use super::super::{Tx, fields, listing, records, text};
use super::get;
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// The most spans of opening hours a day.
const MAX_SPANS: usize = 24;

/// Changes what an operator may change.
pub async fn patch(tx: &mut Tx, id: &str, version: IfMatch, patch: LocationPatch) -> Result<Location, Error> {
    records::lock(tx, "locations", id, version).await?;
    let mut location = get(tx, id).await?;
    let before = location.clone();
    apply(&mut location, patch)?;
    tx.changed("Changed", Some(&before), Some(&location));
    if location == before {
        return Ok(before);
    }
    location.version += 1;
    location.updated_at = clock::now();
    store(tx, &location).await?;
    Ok(location)
}

fn apply(location: &mut Location, patch: LocationPatch) -> Result<(), Error> {
    let LocationPatch {
        name,
        address,
        coordinates,
        timezone,
        opening_hours,
        operator_name,
        notes,
    } = patch;
    if let Some(name) = name {
        location.name = fields::line("name", &name)?;
        if location.name.is_empty() {
            return Err(Error::field("name", "a location needs a name"));
        }
    }
    if let Some(at) = coordinates {
        if !(at.latitude.abs() <= 90.0 && at.longitude.abs() <= 180.0) {
            return Err(Error::field(
                "coordinates",
                "latitude is from -90 to 90, longitude from -180 to 180 degrees",
            ));
        }
        location.coordinates = Some(at);
    }
    if let Some(hours) = opening_hours {
        check_hours(&hours)?;
        location.opening_hours = Some(hours);
    }
    if let Some(timezone) = timezone {
        location.timezone = Some(fields::line("timezone", &timezone)?).filter(|zone| !zone.is_empty());
    }
    if let Some(address) = address {
        location.address = checked(&address)?;
    }
    if let Some(name) = operator_name {
        location.operator_name = fields::line("operatorName", &name)?;
    }
    if let Some(notes) = notes {
        location.notes = fields::note("notes", notes)?;
    }
    Ok(())
}

fn checked(address: &Address) -> Result<Address, Error> {
    Ok(Address {
        street_and_number: fields::line("address.streetAndNumber", &address.street_and_number)?,
        postal_code: fields::line("address.postalCode", &address.postal_code)?,
        city: fields::line("address.city", &address.city)?,
        state: fields::line("address.state", &address.state)?,
        country: fields::line("address.country", &address.country)?,
    })
}

fn check_hours(hours: &OpeningHours) -> Result<(), Error> {
    let is_time = |text: &str| {
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        text.split_once(':')
            .is_some_and(|(h, m)| digits(h) && digits(m) && text <= "24:00" && m < "60")
    };
    for (day, spans) in hours {
        if !matches!(day.as_str(), "0" | "1" | "2" | "3" | "4" | "5" | "6") {
            return Err(Error::field(
                "openingHours",
                "days are \"0\" (Sunday) to \"6\" (Saturday)",
            ));
        }
        if spans.len() > MAX_SPANS {
            return Err(Error::field(
                format!("openingHours.{day}"),
                format!("at most {MAX_SPANS} spans a day"),
            ));
        }
        if let Some(span) = spans
            .iter()
            .find(|span| !is_time(&span.start_time) || !is_time(&span.end_time))
        {
            let message = format!("`{}` to `{}`: times are HH:MM", span.start_time, span.end_time);
            return Err(Error::field(format!("openingHours.{day}"), message));
        }
    }
    Ok(())
}

/// Writes what an operator or ChargePoint may change, and the version.
pub async fn store(tx: &mut Tx, location: &Location) -> Result<(), Error> {
    let Location {
        address, coordinates, ..
    } = location;
    let hours = location
        .opening_hours
        .as_ref()
        .map(serde_json::to_string)
        .transpose();
    sqlx::query(
        "UPDATE locations SET name = $2, street_and_number = $3, postal_code = $4, city = $5, state = $6, \
         country = $7, latitude = CAST($8 AS DOUBLE PRECISION), longitude = CAST($9 AS DOUBLE PRECISION), timezone = $10, opening_hours = $11, operator_name = $12, \
         notes = $13, name_fold = $14, search = $15, version = $16, updated_at = $17, gone = $18, \
         street_fold = $19, city_fold = $20, country_fold = $21 WHERE id = $1",
    )
    .bind(&location.id)
    .bind(&location.name)
    .bind(&address.street_and_number)
    .bind(&address.postal_code)
    .bind(&address.city)
    .bind(&address.state)
    .bind(&address.country)
    .bind(coordinates.map(|at| at.latitude.to_string()))
    .bind(coordinates.map(|at| at.longitude.to_string()))
    .bind(location.timezone.as_deref())
    .bind(hours.map_err(|e| Error::Internal(e.to_string()))?)
    .bind(&location.operator_name)
    .bind(&location.notes)
    .bind(text::fold(&location.name))
    .bind(text::search([
        location.name.as_str(),
        &address.street_and_number,
        &address.postal_code,
        &address.city,
        &address.country,
    ]))
    .bind(listing::bound(location.version))
    .bind(&location.updated_at)
    .bind(i64::from(location.gone))
    .bind(text::fold(&address.street_and_number))
    .bind(text::fold(&address.city))
    .bind(text::fold(&address.country))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds a location with nothing but its id, site and times; [`store`] writes the rest.
pub async fn insert(tx: &mut Tx, location: &Location) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO locations (id, name, street_and_number, postal_code, city, state, country, operator_name, notes, \
         source, gone, published, customers, tokens, name_fold, search, version, created_at, updated_at) \
         VALUES ($1, '', '', '', '', '', '', '', '', '{}', 0, $2, 0, 0, '', '', 1, $3, $3)",
    )
    .bind(&location.id)
    .bind(i64::from(location.published))
    .bind(&location.created_at)
    .execute(&mut **tx)
    .await?;
    store(tx, location).await
}

/// Publishes or unpublishes. A location with a list cannot be published.
pub async fn publish(tx: &mut Tx, id: &str, version: IfMatch, published: bool) -> Result<Location, Error> {
    records::lock(tx, "locations", id, version).await?;
    let location = get(tx, id).await?;
    if published && location.visibility == Visibility::Private {
        let Location {
            name,
            customers,
            tokens,
            ..
        } = location;
        return Err(Error::ListNotEmpty {
            name,
            customers,
            tokens,
        });
    }
    if location.published == published {
        tx.silently("nothing has changed");
        return Ok(location);
    }
    let before = location;
    sqlx::query("UPDATE locations SET published = $2, version = version + 1, updated_at = $3 WHERE id = $1")
        .bind(id)
        .bind(i64::from(published))
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    let location = get(tx, id).await?;
    let what = if published { "Published" } else { "Unpublished" };
    tx.changed(what, Some(&before), Some(&location));
    Ok(location)
}
