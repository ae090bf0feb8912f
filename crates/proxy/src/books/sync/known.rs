//! What the books know before a sync, to find each site's location again.

use std::collections::{HashMap, HashSet};

use domain::listing::{ListQuery, MAX_PAGE_SIZE};
use domain::locations::Location;
use domain::privacy::Visibility;
use sqlx::Row;

use super::super::{Tx, locations};
use crate::estate::{Site, Source};
use crate::problem::Error;

/// Ids and names of stations.
pub type Names = Vec<(String, String)>;

/// What the books know before the sync.
pub struct Known {
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

    /// The location that each site is: the one most of whose stations stand there now, else the one
    /// of the site's key, else one that was at the same place. A location is one site only, the one
    /// with most of its stations.
    pub fn assign(&self, sites: &[Site]) -> Vec<Option<String>> {
        let mut votes: HashMap<(&str, usize), usize> = HashMap::new();
        for (at, site) in sites.iter().enumerate() {
            for location_id in site.stations.iter().filter_map(|(id, _)| self.stations.at(id)) {
                *votes.entry((location_id, at)).or_default() += 1;
            }
        }
        let mut ranked: Vec<(usize, bool, &str, usize)> = votes
            .into_iter()
            .map(|((id, at), count)| (count, self.is_of_key(&sites[at], id), id, at))
            .collect();
        ranked.extend(sites.iter().enumerate().filter_map(|(at, site)| {
            let id = self.by_site.get(&site.key)?;
            Some((0, true, id.as_str(), at))
        }));
        ranked.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
        let mut assigned = vec![None; sites.len()];
        let mut taken = HashSet::new();
        for (_, _, id, at) in ranked {
            if assigned[at].is_none() && taken.insert(id) {
                assigned[at] = Some(id.to_owned());
            }
        }
        for (at, site) in sites.iter().enumerate() {
            if assigned[at].is_some() {
                continue;
            }
            let there = self
                .sources
                .iter()
                .filter(|(id, (key, source))| !taken.contains(id.as_str()) && site.is_at(key, source));
            if let Some(id) = there.map(|(id, _)| id).min() {
                taken.insert(id);
                assigned[at] = Some(id.clone());
            }
        }
        assigned
    }

    fn is_of_key(&self, site: &Site, location_id: &str) -> bool {
        self.by_site.get(&site.key).is_some_and(|id| id == location_id)
    }

    /// Takes out of a site that is that location, or a new one, the stations that stay where they
    /// are: those of another location that is private. Elsewhere, whoever charges there could use
    /// them. Gives them by location.
    pub fn hold_back(&self, site: &mut Site, location_id: Option<&str>) -> HashMap<String, Names> {
        let mut held: HashMap<String, Names> = HashMap::new();
        site.stations
            .retain(|station| match self.stations.at(&station.0) {
                Some(at) if Some(at) != location_id && self.is_private(at) => {
                    held.entry(at.to_owned()).or_default().push(station.clone());
                    false
                }
                _ => true,
            });
        held
    }

    fn is_private(&self, location_id: &str) -> bool {
        self.locations
            .get(location_id)
            .is_some_and(|location| location.visibility == Visibility::Private)
    }

    /// Whether a new location at a site is published: as the ones were from which its stations come.
    pub fn is_published(&self, site: &Site) -> bool {
        let mut origins = site.stations.iter().filter_map(|(id, _)| self.stations.at(id));
        origins.all(|id| self.locations.get(id).is_none_or(|location| location.published))
    }
}

/// Location and name by station id.
pub struct Stations(HashMap<String, (String, String)>);

impl Stations {
    /// The location at which the station stands.
    fn at(&self, station_id: &str) -> Option<&str> {
        self.0
            .get(station_id)
            .map(|(location_id, _)| location_id.as_str())
    }

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
