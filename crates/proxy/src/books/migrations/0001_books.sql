CREATE TABLE locations (
    id TEXT NOT NULL PRIMARY KEY,
    -- Organisation, address and position as ChargePoint reports them.
    site TEXT,
    name TEXT NOT NULL,
    street_and_number TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    state TEXT NOT NULL,
    country TEXT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    timezone TEXT,
    opening_hours TEXT,
    operator_name TEXT NOT NULL,
    notes TEXT NOT NULL,
    -- JSON: what ChargePoint last said of each field, to tell an edit from an old value.
    source TEXT NOT NULL,
    gone BIGINT NOT NULL,
    published BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    tokens BIGINT NOT NULL,
    name_fold TEXT NOT NULL,
    search TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);

CREATE TABLE location_stations (
    station_id TEXT NOT NULL PRIMARY KEY,
    location_id TEXT NOT NULL REFERENCES locations (id),
    name TEXT NOT NULL
);
CREATE INDEX location_stations_location ON location_stations (location_id);

CREATE TABLE customers (
    id TEXT NOT NULL PRIMARY KEY,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    note TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    search TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX customers_external_id ON customers (external_id) WHERE external_id <> '';

CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    auth_id TEXT NOT NULL,
    auth_key TEXT NOT NULL,
    chip_id TEXT,
    chip_key TEXT,
    visual_id TEXT,
    type TEXT NOT NULL,
    customer_id TEXT REFERENCES customers (id),
    issuer TEXT NOT NULL,
    valid BIGINT NOT NULL,
    expires TEXT,
    note TEXT NOT NULL,
    search TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX tokens_auth_key ON tokens (auth_key);
CREATE UNIQUE INDEX tokens_chip_key ON tokens (chip_key);
CREATE INDEX tokens_customer ON tokens (customer_id);

CREATE TABLE authorization_customers (
    location_id TEXT NOT NULL REFERENCES locations (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    added_at TEXT NOT NULL,
    PRIMARY KEY (location_id, customer_id)
);
CREATE INDEX authorization_customers_customer ON authorization_customers (customer_id);

-- kind: 0 Auth ID, 1 Chip ID. A Chip ID stands here only while no token of the portal has it.
CREATE TABLE authorization_tokens (
    location_id TEXT NOT NULL REFERENCES locations (id),
    kind BIGINT NOT NULL,
    key TEXT NOT NULL,
    id TEXT NOT NULL,
    import_id TEXT,
    added_at TEXT NOT NULL,
    PRIMARY KEY (location_id, kind, key)
);

CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    location_id TEXT NOT NULL REFERENCES locations (id),
    file_name TEXT NOT NULL,
    kind BIGINT NOT NULL,
    state TEXT NOT NULL,
    next_chunk BIGINT NOT NULL,
    ids BIGINT NOT NULL,
    added BIGINT NOT NULL,
    already_listed BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    cleared BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    touched_at TEXT NOT NULL,
    finalised_at TEXT,
    undone_at TEXT
);
CREATE INDEX imports_location ON imports (location_id);

-- chain: digest of all chunks up to this one, ids: distinct ids up to this one.
CREATE TABLE import_chunks (
    import_id TEXT NOT NULL REFERENCES imports (id),
    seq BIGINT NOT NULL,
    chain TEXT NOT NULL,
    ids BIGINT NOT NULL,
    PRIMARY KEY (import_id, seq)
);

-- Staged ids. No key is unique here: an index in the order of the keys would cost more than the
-- rest of the import.
CREATE TABLE import_rows (
    import_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    key TEXT NOT NULL,
    id TEXT NOT NULL
);
CREATE INDEX import_rows_chunk ON import_rows (import_id, seq);

-- What a clearing import took off the list, for undo.
CREATE TABLE import_removed (
    import_id TEXT NOT NULL,
    kind BIGINT NOT NULL,
    key TEXT NOT NULL,
    id TEXT NOT NULL,
    by_import TEXT,
    added_at TEXT NOT NULL,
    PRIMARY KEY (import_id, kind, key)
);

CREATE TABLE idempotency (
    key TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL
)
