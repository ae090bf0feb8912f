//! Taking over what ChargePoint says of its sites, without touching what operators edited.

mod known;

use domain::locations::{Location, SyncResult};
use domain::privacy::Visibility;

use super::{Tx, ids, locations};
use crate::clock;
use crate::estate::{Site, Source};
use crate::problem::Error;
use known::Known;

/// Makes the locations follow the sites. A location is known by its stations, then by its site; one
/// without any is gone, but keeps its list.
pub async fn apply(tx: &mut Tx, sites: Vec<Site>) -> Result<SyncResult, Error> {
    // No other change of a location begins until this one ends.
    sqlx::query("UPDATE locations SET version = version")
        .execute(&mut **tx)
        .await?;
    let mut known = Known::read(tx).await?;
    let mut result = SyncResult {
        at: clock::now(),
        ..SyncResult::default()
    };
    for site in sites {
        result.stations += site.stations.len() as u64;
        let (mut location, is_new) = match known.take(&site) {
            Some(location) => (location, false),
            None => (add(tx, &site).await?, true),
        };
        let before = location.clone();
        let old = known.sources.get(&location.id).cloned().unwrap_or_default();
        let kept = take_over(&mut location, &old.1, &site.source);
        location.gone = false;
        let stations = known.stations.set(tx, &location.id, &site.stations).await?;
        if (&old.0, &old.1) != (&site.key, &site.source) {
            note_source(tx, &location.id, &site).await?;
        }
        if kept {
            result.kept.push(location.name.clone());
        }
        if is_new {
            locations::store(tx, &location).await?;
            result.added.push(location.name);
        } else if location != before || stations {
            touch(tx, &mut location).await?;
            result.changed.push(location.name);
        } else {
            result.unchanged += 1;
        }
    }
    for mut location in known.locations.into_values() {
        known.stations.drop_of(tx, &location.id).await?;
        if location.gone {
            result.unchanged += 1;
        } else {
            location.gone = true;
            touch(tx, &mut location).await?;
            result.gone.push(location.name);
        }
    }
    for names in [
        &mut result.added,
        &mut result.changed,
        &mut result.gone,
        &mut result.kept,
    ] {
        names.sort();
    }
    Ok(result)
}

async fn touch(tx: &mut Tx, location: &mut Location) -> Result<(), Error> {
    location.version += 1;
    location.updated_at = clock::now();
    locations::store(tx, location).await
}

async fn add(tx: &mut Tx, site: &Site) -> Result<Location, Error> {
    let now = clock::now();
    let Source {
        name,
        address,
        coordinates,
        timezone,
        operator_name,
    } = site.source.clone();
    let location = Location {
        id: ids::new("loc")?,
        name,
        address,
        coordinates,
        timezone,
        opening_hours: None,
        operator_name,
        notes: String::new(),
        published: true,
        visibility: Visibility::Published,
        stations: Vec::new(),
        customers: 0,
        tokens: 0,
        gone: false,
        version: 1,
        created_at: now.clone(),
        updated_at: now,
    };
    locations::insert(tx, &location).await?;
    Ok(location)
}

async fn note_source(tx: &mut Tx, id: &str, site: &Site) -> Result<(), Error> {
    let source = serde_json::to_string(&site.source).map_err(|e| Error::Internal(e.to_string()))?;
    sqlx::query("UPDATE locations SET site = $2, source = $3 WHERE id = $1")
        .bind(id)
        .bind(&site.key)
        .bind(source)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes over each field that nobody edited; says whether an edit stays where ChargePoint differs.
fn take_over(location: &mut Location, old: &Source, new: &Source) -> bool {
    let Location {
        name,
        address,
        coordinates,
        timezone,
        operator_name,
        ..
    } = location;
    let kept = [
        follow(name, &old.name, &new.name),
        follow(address, &old.address, &new.address),
        follow(coordinates, &old.coordinates, &new.coordinates),
        follow(timezone, &old.timezone, &new.timezone),
        follow(operator_name, &old.operator_name, &new.operator_name),
    ];
    kept.contains(&true)
}

/// True where the value is neither what ChargePoint said nor what it says.
fn follow<T: PartialEq + Clone>(value: &mut T, old: &T, new: &T) -> bool {
    if value == old {
        value.clone_from(new);
    }
    value != new
}
