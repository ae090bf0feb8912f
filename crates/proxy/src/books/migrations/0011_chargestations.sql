-- The portal's own charge stations. org_key: empty where it is of no organization. csconfig: JSON.
CREATE TABLE chargestations (
    id TEXT NOT NULL PRIMARY KEY,
    endpoint TEXT NOT NULL,
    endpoint_fold TEXT NOT NULL,
    protocol TEXT NOT NULL,
    manufacturer TEXT NOT NULL,
    model TEXT NOT NULL,
    location_id TEXT REFERENCES locations (id),
    org_key TEXT NOT NULL,
    active BIGINT NOT NULL,
    csconfig TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX chargestations_endpoint ON chargestations (endpoint_fold);
CREATE INDEX chargestations_org ON chargestations (org_key);

-- What operators say of stations that ChargePoint tells of. Without a row, a station is active.
CREATE TABLE station_flags (
    station_id TEXT NOT NULL PRIMARY KEY,
    active BIGINT NOT NULL,
    version BIGINT NOT NULL,
    updated_at TEXT NOT NULL
);

-- Numbers printed on cards, which people type.
CREATE INDEX tokens_visual ON tokens (visual_id_fold)
