//! Taking over what ChargePoint says of its sites, without touching what operators edited.

mod known;
mod plan;

use domain::audit::Change;
use domain::locations::{Location, SyncResult};
use domain::privacy::Visibility;

use super::audit::Noted;
use super::{Tx, ids, locations};
use crate::clock;
use crate::estate::{Site, Source, no_stations};
use crate::problem::Error;
use known::Known;
use plan::{Plan, Planned, plan};

/// Makes the locations follow the sites. A location is known by its stations, then by its site. One
/// without any is gone, but keeps its list, and remembers its stations should they come back. No
/// station leaves a private location for another one.
pub async fn apply(tx: &mut Tx, sites: Vec<Site>) -> Result<SyncResult, Error> {
    // No other change of a location begins until this one ends.
    sqlx::query("UPDATE locations SET version = version")
        .execute(&mut **tx)
        .await?;
    let known = Known::read(tx).await?;
    let there = known.locations.values().filter(|location| !location.gone).count();
    if sites.is_empty() && there > 0 {
        return Err(Error::ChargePoint(Box::new(no_stations(there))));
    }
    let mut result = SyncResult {
        at: clock::now(),
        stations: sites.iter().map(|site| site.stations.len() as u64).sum(),
        ..SyncResult::default()
    };
    let Plan { sites, mut held } = plan(&known, sites);
    let Known {
        mut locations,
        sources,
        mut stations,
        ..
    } = known;
    for Planned {
        mut site,
        location_id,
        published,
    } in sites
    {
        let found = location_id.and_then(|id| locations.remove(&id));
        let is_new = found.is_none();
        let mut location = match found {
            Some(location) => location,
            None => add(tx, &site, published).await?,
        };
        let before = location.clone();
        let old = sources.get(&location.id).cloned().unwrap_or_default();
        let back = held.remove(&location.id).unwrap_or_default();
        let kept = take_over(&mut location, &old.1, &site.source) || !back.is_empty();
        site.stations.extend(back);
        location.gone = false;
        let moved = stations.set(tx, &location.id, &site.stations).await?;
        if (&old.0, &old.1) != (&site.key, &site.source) {
            note_source(tx, &location.id, &site).await?;
        }
        if kept {
            result.kept.push(location.name.clone());
        }
        let after = with_stations(&location, &site.stations);
        if is_new {
            tx.changed("Added", None, Some(&after));
            locations::store(tx, &location).await?;
            result.added.push(location.name);
        } else if location != before || moved {
            tx.changed("Synced", Some(&before), Some(&after));
            touch(tx, &mut location).await?;
            result.changed.push(location.name);
        } else {
            result.unchanged += 1;
        }
    }
    for mut location in locations.into_values() {
        let back = held.remove(&location.id).unwrap_or_default();
        let was_gone = location.gone;
        let before = location.clone();
        location.gone = back.is_empty();
        let mut moved = false;
        if !location.gone {
            moved = stations.set(tx, &location.id, &back).await?;
            result.kept.push(location.name.clone());
        }
        if was_gone == location.gone && !moved {
            result.unchanged += 1;
            continue;
        }
        let after = with_stations(&location, &back);
        tx.changed("Synced", Some(&before), Some(&after));
        touch(tx, &mut location).await?;
        let names = if location.gone {
            &mut result.gone
        } else {
            &mut result.changed
        };
        names.push(location.name);
    }
    for names in [
        &mut result.added,
        &mut result.changed,
        &mut result.gone,
        &mut result.kept,
    ] {
        names.sort();
    }
    tx.note(told(&result));
    Ok(result)
}

/// The location as it is told of: a location that is gone has no stations.
fn with_stations(location: &Location, stations: &[(String, String)]) -> Location {
    let mut ids: Vec<String> = stations.iter().map(|(id, _)| id.clone()).collect();
    ids.sort_unstable();
    Location {
        stations: if location.gone { Vec::new() } else { ids },
        ..location.clone()
    }
}

/// The sync as a whole.
fn told(result: &SyncResult) -> Noted {
    let counts = [
        ("Added", result.added.len() as u64),
        ("Changed", result.changed.len() as u64),
        ("Gone", result.gone.len() as u64),
        ("Kept", result.kept.len() as u64),
        ("Unchanged", result.unchanged),
        ("Stations", result.stations),
    ];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let changes = counts.map(|(field, count)| Change::new(field, None, Some(count.to_string())));
    Noted::new("Synced", "portal", "", "ChargePoint").with(changes)
}

async fn touch(tx: &mut Tx, location: &mut Location) -> Result<(), Error> {
    location.version += 1;
    location.updated_at = clock::now();
    locations::store(tx, location).await
}

async fn add(tx: &mut Tx, site: &Site, published: bool) -> Result<Location, Error> {
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
        published,
        visibility: Visibility::of(published, 0),
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
    sqlx::query("UPDATE locations SET site = $2, source = $3, org_key = $4 WHERE id = $1")
        .bind(id)
        .bind(&site.key)
        .bind(source)
        .bind(&site.org_key)
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
