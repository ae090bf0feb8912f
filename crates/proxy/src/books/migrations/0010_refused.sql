-- Tokens that were refused at a location. kind and key: as on its list. id: as it was shown. reason: a word of
-- domain::refused::Refusal.
CREATE TABLE refused (
    location_id TEXT NOT NULL REFERENCES locations (id) ON DELETE CASCADE,
    kind BIGINT NOT NULL,
    key TEXT NOT NULL,
    id TEXT NOT NULL,
    reason TEXT NOT NULL,
    times BIGINT NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (location_id, kind, key)
)
