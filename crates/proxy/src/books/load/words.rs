//! What was said of load: that it is shed, until then or until it is cleared, and that it is shed no more. Of what was
//! said of a station, of its ports and of the groups that it is in, the last counts.

use std::collections::{HashMap, HashSet};

use domain::Timestamp;
use domain::load::{LoadEvent, LoadOfStation};
use sqlx::Row;

use super::{GROUP, events};
use crate::books::Tx;
use crate::clock;
use crate::problem::Error;

/// A station or a group, and its id.
type Place<'p> = (&'static str, &'p str);

/// Notes that load of a place, or of ports of it, is shed: until then, or until it is cleared.
pub async fn shed(
    tx: &mut Tx,
    place: Place<'_>,
    ports: &[&str],
    until: Option<Timestamp>,
) -> Result<(), Error> {
    say(tx, place, ports, until).await
}

/// Notes that a place, or ports of it, got their power back.
pub async fn cleared(tx: &mut Tx, place: Place<'_>, ports: &[&str]) -> Result<(), Error> {
    say(tx, place, ports, Some(clock::now())).await
}

/// Keeps it in the place of what was said of the same before, and forgets what is over and hides nothing.
async fn say(
    tx: &mut Tx,
    (place, id): Place<'_>,
    ports: &[&str],
    until: Option<Timestamp>,
) -> Result<(), Error> {
    let id = id.trim();
    let row = sqlx::query("SELECT COALESCE(MAX(said), 0) + 1 AS said FROM load_words")
        .fetch_one(&mut **tx)
        .await?;
    let said: i64 = row.try_get("said")?;
    if ports.is_empty() {
        sqlx::query("DELETE FROM load_words WHERE place = $1 AND place_id = $2")
            .bind(place)
            .bind(id)
            .execute(&mut **tx)
            .await?;
    }
    let all: &[&str] = if ports.is_empty() { &[""] } else { ports };
    for port in all {
        sqlx::query(
            "INSERT INTO load_words (place, place_id, port, said, until) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (place, place_id, port) DO UPDATE SET said = excluded.said, until = excluded.until",
        )
        .bind(place)
        .bind(id)
        .bind(port.trim())
        .bind(said)
        .bind(until.clone())
        .execute(&mut **tx)
        .await?;
    }
    let now = clock::now();
    sqlx::query(
        "DELETE FROM load_words WHERE until <= $1 AND NOT EXISTS (SELECT 1 FROM load_words AS older \
         WHERE older.said < load_words.said AND (older.until IS NULL OR older.until > $2))",
    )
    .bind(&now)
    .bind(&now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// All that was said, and the events that are under way.
pub async fn words(tx: &mut Tx) -> Result<Words, Error> {
    let rows = sqlx::query("SELECT place, place_id, port, until FROM load_words ORDER BY said, until")
        .fetch_all(&mut **tx)
        .await?;
    let mut said = Vec::with_capacity(rows.len());
    for row in &rows {
        let place: String = row.try_get("place")?;
        said.push(Word {
            is_group: place == GROUP,
            id: row.try_get("place_id")?,
            port: row.try_get("port")?,
            until: row.try_get("until")?,
        });
    }
    let events = events(tx).await?.into_iter();
    let running = events.filter(|event| event.state == "Running");
    Ok(Words {
        said,
        events: running.map(Word::of).collect(),
        now: clock::now(),
    })
}

/// See [`words`].
#[derive(Debug)]
pub struct Words {
    /// What was said last stands last.
    said: Vec<Word>,
    events: Vec<Word>,
    now: Timestamp,
}

#[derive(Debug)]
struct Word {
    is_group: bool,
    id: String,
    /// Empty: all of them.
    port: String,
    /// None: until it is cleared.
    until: Option<Timestamp>,
}

impl Word {
    fn of(event: LoadEvent) -> Self {
        Self {
            is_group: event.sg_id.is_some(),
            id: event.sg_id.or(event.station_id).unwrap_or_default(),
            port: String::new(),
            until: Some(event.event_end_time),
        }
    }

    /// Whether it is about a port of a station.
    fn is_of(&self, station: &LoadOfStation, port: &str, held: &Held) -> bool {
        if self.is_group {
            let held = held.get(&self.id);
            return held.is_some_and(|held| station.group_ids.iter().any(|id| held.contains(id)));
        }
        self.id == station.station_id && (self.port.is_empty() || self.port == port)
    }
}

/// Station groups by id, each with the ids of those that it holds and its own.
pub type Held = HashMap<String, HashSet<String>>;

impl Words {
    /// The groups that are spoken of.
    pub fn groups(&self) -> HashSet<String> {
        let all = self.said.iter().chain(&self.events);
        all.filter(|word| word.is_group)
            .map(|word| word.id.clone())
            .collect()
    }

    /// Until when load of a station is shed: the latest end of its ports that are. None where one of them is shed
    /// until it is cleared, or was shed by others.
    pub fn until(&self, station: &LoadOfStation, held: &Held) -> Option<Timestamp> {
        let shed = station.ports.iter().filter(|port| port.shed);
        let ends: Option<Vec<&Timestamp>> = shed
            .map(|port| self.end(station, &port.port_number, held))
            .collect();
        ends?.into_iter().max().cloned()
    }

    /// Whether load of a station is shed until it is cleared: that was said last of one of its ports that are.
    pub fn is_until_cleared(&self, station: &LoadOfStation, held: &Held) -> bool {
        let mut shed = station.ports.iter().filter(|port| port.shed);
        shed.any(|port| {
            let last = self.last(station, &port.port_number, held);
            last.is_some_and(|last| last.until.is_none())
        })
    }

    fn last(&self, station: &LoadOfStation, port: &str, held: &Held) -> Option<&Word> {
        self.said
            .iter()
            .rev()
            .find(|word| word.is_of(station, port, held))
    }

    fn end(&self, station: &LoadOfStation, port: &str, held: &Held) -> Option<&Timestamp> {
        if let Some(last) = self.last(station, port, held) {
            let until = last.until.as_ref()?;
            if *until > self.now {
                return Some(until);
            }
        }
        // What was said is over, and events go on.
        let ends = self
            .events
            .iter()
            .filter(|event| event.is_of(station, port, held));
        ends.filter_map(|event| event.until.as_ref()).max()
    }
}
