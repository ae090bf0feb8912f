//! Taking over what ChargePoint says of its sites, without touching what operators edited.

use std::collections::{HashMap, HashSet};

use domain::listing::{ListQuery, MAX_PAGE_SIZE};
use domain::locations::{Location, SyncResult};
use domain::privacy::Visibility;
use sqlx::Row;

use super::{Tx, ids, locations};
use crate::clock;
use crate::estate::{Site, Source};
use crate::problem::Error;

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
        let stations = known.move_stations(tx, &location.id, &site.stations).await?;
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

/// What the books know before the sync.
struct Known {
    /// Not yet found again.
    locations: HashMap<String, Location>,
    /// Site and source by location.
    sources: HashMap<String, (String, Source)>,
    by_site: HashMap<String, String>,
    stations: Stations,
}

impl Known {
    async fn read(tx: &mut Tx) -> Result<Self, Error> {
        let mut known = Self {
            locations: HashMap::new(),
            sources: HashMap::new(),
            by_site: HashMap::new(),
            stations: Stations::read(tx).await?,
        };
        for page in 1.. {
            let query = ListQuery {
                page,
                page_size: MAX_PAGE_SIZE,
                ..ListQuery::default()
            };
            let read = locations::page(tx, &query).await?;
            let is_last = page >= read.pages();
            known.locations.extend(
                read.items
                    .into_iter()
                    .map(|location| (location.id.clone(), location)),
            );
            if is_last {
                break;
            }
        }
        for row in sqlx::query("SELECT id, site, source FROM locations")
            .fetch_all(&mut **tx)
            .await?
        {
            let (id, site): (String, Option<String>) = (row.try_get("id")?, row.try_get("site")?);
            let source: String = row.try_get("source")?;
            let site = site.unwrap_or_default();
            known.by_site.insert(site.clone(), id.clone());
            known
                .sources
                .insert(id, (site, serde_json::from_str(&source).unwrap_or_default()));
        }
        Ok(known)
    }

    /// The location that the site is: the one most of its stations stood at, else the one of its key.
    fn take(&mut self, site: &Site) -> Option<Location> {
        let mut votes: HashMap<&str, usize> = HashMap::new();
        for (id, _) in &site.stations {
            if let Some((location_id, _)) = self.stations.0.get(id) {
                *votes.entry(location_id).or_default() += 1;
            }
        }
        let by_stations = votes
            .into_iter()
            .filter(|(id, _)| self.locations.contains_key(*id))
            .max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)))
            .map(|(id, _)| id.to_owned());
        let id = by_stations.or_else(|| self.by_site.get(&site.key).cloned())?;
        self.locations.remove(&id)
    }

    async fn move_stations(
        &mut self,
        tx: &mut Tx,
        id: &str,
        now: &[(String, String)],
    ) -> Result<bool, Error> {
        self.stations.set(tx, id, now).await
    }
}

/// Location and name by station id.
struct Stations(HashMap<String, (String, String)>);

impl Stations {
    async fn read(tx: &mut Tx) -> Result<Self, Error> {
        let rows =
            sqlx::query("SELECT station_id, location_id, name FROM location_stations").fetch_all(&mut **tx);
        let read = |row: &sqlx::any::AnyRow| {
            Ok((
                row.try_get("station_id")?,
                (row.try_get("location_id")?, row.try_get("name")?),
            ))
        };
        Ok(Self(
            rows.await?.iter().map(read).collect::<Result<_, sqlx::Error>>()?,
        ))
    }

    /// Makes these the location's stations; says whether anything changed.
    async fn set(&mut self, tx: &mut Tx, location_id: &str, now: &[(String, String)]) -> Result<bool, Error> {
        let mut changed = false;
        for (id, name) in now {
            let value = (location_id.to_owned(), name.clone());
            if self.0.get(id) == Some(&value) {
                continue;
            }
            changed = true;
            sqlx::query(
                "INSERT INTO location_stations (station_id, location_id, name) VALUES ($1, $2, $3) \
                 ON CONFLICT (station_id) DO UPDATE SET location_id = $2, name = $3",
            )
            .bind(id)
            .bind(location_id)
            .bind(name)
            .execute(&mut **tx)
            .await?;
            self.0.insert(id.clone(), value);
        }
        let kept: HashSet<&str> = now.iter().map(|(id, _)| id.as_str()).collect();
        Ok(self.drop_where(tx, location_id, |id| !kept.contains(id)).await? || changed)
    }

    async fn drop_of(&mut self, tx: &mut Tx, location_id: &str) -> Result<(), Error> {
        self.drop_where(tx, location_id, |_| true).await.map(drop)
    }

    async fn drop_where(
        &mut self,
        tx: &mut Tx,
        location_id: &str,
        goes: impl Fn(&str) -> bool,
    ) -> Result<bool, Error> {
        let stale: Vec<String> = self
            .0
            .iter()
            .filter(|(id, (at, _))| at == location_id && goes(id))
            .map(|(id, _)| id.clone())
            .collect();
        for id in &stale {
            sqlx::query("DELETE FROM location_stations WHERE station_id = $1")
                .bind(id)
                .execute(&mut **tx)
                .await?;
            self.0.remove(id);
        }
        Ok(!stale.is_empty())
    }
}
