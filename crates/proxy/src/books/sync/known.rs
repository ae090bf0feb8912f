//! What the books know before a sync, to find each site's location again.

use std::collections::{HashMap, HashSet};

use domain::listing::{ListQuery, MAX_PAGE_SIZE};
use domain::locations::Location;
use sqlx::Row;

use super::super::{Tx, locations};
use crate::estate::{Site, Source};
use crate::problem::Error;

/// What the books know before the sync.
pub struct Known {
    /// Not yet found again.
    pub locations: HashMap<String, Location>,
    /// Site and source by location.
    pub sources: HashMap<String, (String, Source)>,
    by_site: HashMap<String, String>,
    pub stations: Stations,
}

impl Known {
    pub async fn read(tx: &mut Tx) -> Result<Self, Error> {
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
    pub fn take(&mut self, site: &Site) -> Option<Location> {
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
}

/// Location and name by station id.
pub struct Stations(HashMap<String, (String, String)>);

impl Stations {
    pub async fn read(tx: &mut Tx) -> Result<Self, Error> {
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
    pub async fn set(
        &mut self,
        tx: &mut Tx,
        location_id: &str,
        now: &[(String, String)],
    ) -> Result<bool, Error> {
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

    pub async fn drop_of(&mut self, tx: &mut Tx, location_id: &str) -> Result<(), Error> {
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
