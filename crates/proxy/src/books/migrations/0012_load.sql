-- Times in which load is shed, as they were planned here. event: JSON of domain::load::LoadEvent but for its
-- state. org_key: of the organization whose stations are meant, empty where nobody knows.
CREATE TABLE load_events (
    id TEXT NOT NULL PRIMARY KEY,
    org_key TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    event TEXT NOT NULL
);
CREATE INDEX load_events_end ON load_events (ends_at);

-- Until when load is shed that was shed here. place: Station or Station group.
CREATE TABLE load_sheds (
    place TEXT NOT NULL,
    place_id TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (place, place_id)
);

-- Alarms that were cleared here. id: of domain::alarms::Alarm. alarm: its JSON.
CREATE TABLE cleared_alarms (
    id TEXT NOT NULL PRIMARY KEY,
    org_key TEXT NOT NULL,
    cleared_at TEXT NOT NULL,
    alarm TEXT NOT NULL
);
CREATE INDEX cleared_alarms_at ON cleared_alarms (cleared_at)
