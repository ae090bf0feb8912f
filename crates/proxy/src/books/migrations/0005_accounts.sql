-- permissions: JSON. The roles that come with the portal are written anew at each start.
CREATE TABLE roles (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    permissions TEXT NOT NULL,
    permissions_fold TEXT NOT NULL,
    built_in BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX roles_name ON roles (name_fold);

-- password: argon2id in PHC form, '' for none. subject: issuer and
-- subject of OpenID Connect, '' for none.
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    email TEXT NOT NULL,
    email_fold TEXT NOT NULL,
    role_id TEXT NOT NULL REFERENCES roles (id),
    status TEXT NOT NULL,
    password TEXT NOT NULL,
    subject TEXT NOT NULL,
    signed_in_at TEXT,
    search TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX accounts_email ON accounts (email_fold);
CREATE UNIQUE INDEX accounts_subject ON accounts (subject) WHERE subject <> '';
CREATE INDEX accounts_role ON accounts (role_id);

-- digest: of the cookie's value, which stands nowhere.
CREATE TABLE sessions (
    digest TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    agent TEXT NOT NULL,
    address TEXT NOT NULL,
    began_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);

-- digest: of the key's secret, which stands nowhere. permissions: JSON.
CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    permissions TEXT NOT NULL,
    permissions_fold TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    last_used_at TEXT
);
CREATE UNIQUE INDEX api_keys_digest ON api_keys (digest);
CREATE INDEX api_keys_account ON api_keys (account_id);

-- Links by which a password is set, once. account_id: none for the first administrator.
CREATE TABLE set_up_links (
    digest TEXT NOT NULL PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at TEXT NOT NULL
);

-- What a browser kept before there were accounts belongs to nobody now.
DELETE FROM table_settings;
DELETE FROM table_views WHERE everyone = 0
