-- key: the id, folded. ours: ChargePoint shows stations of it.
CREATE TABLE organizations (
    key TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    ours BIGINT NOT NULL
);

-- The ports of the stations as ChargePoint last showed them.
CREATE TABLE evses (
    key TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    station_sn TEXT NOT NULL,
    station_name TEXT NOT NULL,
    org_key TEXT NOT NULL REFERENCES organizations (key),
    search TEXT NOT NULL
);

-- …_fold: the text before it as it is compared. …_local: the moment before it in Pacific Time.
CREATE TABLE station_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    token_sn TEXT NOT NULL,
    token_sn_fold TEXT NOT NULL,
    part_no TEXT NOT NULL,
    part_no_fold TEXT NOT NULL,
    cloud_plan TEXT NOT NULL,
    cloud_plan_fold TEXT NOT NULL,
    description TEXT NOT NULL,
    description_fold TEXT NOT NULL,
    org_key TEXT NOT NULL REFERENCES organizations (key),
    evse_id TEXT NOT NULL,
    evse_id_fold TEXT NOT NULL,
    station_sn TEXT NOT NULL,
    station_sn_fold TEXT NOT NULL,
    station_name TEXT NOT NULL,
    station_name_fold TEXT NOT NULL,
    activation_date TEXT,
    activation_local TEXT NOT NULL,
    applied_date TEXT,
    applied_local TEXT NOT NULL,
    purchase_order TEXT NOT NULL,
    purchase_order_fold TEXT NOT NULL,
    sales_order TEXT NOT NULL,
    sales_order_fold TEXT NOT NULL,
    customer_reference TEXT NOT NULL,
    customer_reference_fold TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    customer_name_fold TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    customer_id_fold TEXT NOT NULL,
    order_date TEXT,
    ship_date TEXT,
    -- In lower case.
    status TEXT NOT NULL,
    search TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX station_tokens_sn ON station_tokens (token_sn_fold);
CREATE UNIQUE INDEX station_tokens_active ON station_tokens (evse_id_fold) WHERE status = 'active';
CREATE INDEX station_tokens_org ON station_tokens (org_key);

-- version: the one that the event made.
CREATE TABLE station_token_events (
    token_id TEXT NOT NULL REFERENCES station_tokens (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (token_id, version)
);

-- preview, done: JSON as it was answered. done is empty until the import is finalised.
CREATE TABLE station_token_imports (
    id TEXT NOT NULL PRIMARY KEY,
    preview TEXT NOT NULL,
    done TEXT NOT NULL,
    created_at TEXT NOT NULL
);

-- A token as it will be, in JSON. was: its version before, 0 where it is new. evse: where it will be
-- active, folded, or empty.
CREATE TABLE station_token_import_rows (
    import_id TEXT NOT NULL REFERENCES station_token_imports (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    token_id TEXT NOT NULL,
    token_sn_fold TEXT NOT NULL,
    was BIGINT NOT NULL,
    evse TEXT NOT NULL,
    token TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (import_id, seq)
);
CREATE INDEX station_token_import_rows_token ON station_token_import_rows (import_id, token_id);
