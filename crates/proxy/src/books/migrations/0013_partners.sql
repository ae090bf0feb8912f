-- Roaming partners. digest: of the token by which they ask, empty once it is over. their_token: the one by which
-- the portal asks them. roles, endpoints: JSON, as they told them.
CREATE TABLE partners (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    -- In capitals.
    country_code TEXT NOT NULL,
    party_id TEXT NOT NULL,
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    digest TEXT NOT NULL,
    their_token TEXT NOT NULL,
    unencoded_token BIGINT NOT NULL,
    versions_url TEXT NOT NULL,
    roles TEXT NOT NULL,
    endpoints TEXT NOT NULL,
    last_contact_at TEXT,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX partners_digest ON partners (digest) WHERE digest <> '';

-- The tokens that they sent. party: country and party in capitals. uid_fold: the uid in small letters. auth_key:
-- of the contract id, where it is of that party, else empty. chip_key: of the uid of a card, else empty. record:
-- JSON, as it was sent.
CREATE TABLE partner_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    partner_id TEXT NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
    party TEXT NOT NULL,
    uid TEXT NOT NULL,
    uid_fold TEXT NOT NULL,
    type TEXT NOT NULL,
    auth_key TEXT NOT NULL,
    chip_key TEXT NOT NULL,
    contract_id TEXT NOT NULL,
    contract_fold TEXT NOT NULL,
    visual_number TEXT,
    issuer TEXT NOT NULL,
    valid BIGINT NOT NULL,
    record TEXT NOT NULL,
    last_updated TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX partner_tokens_uid ON partner_tokens (partner_id, party, uid_fold, type);
CREATE INDEX partner_tokens_auth ON partner_tokens (auth_key) WHERE auth_key <> '';
CREATE INDEX partner_tokens_chip ON partner_tokens (chip_key) WHERE chip_key <> '';

-- When anything of a kind last changed: what partners are shown of a private location follows from tokens too.
CREATE INDEX audit_resource_at ON audit (resource, at);
CREATE INDEX tokens_expires ON tokens (expires);
CREATE INDEX tokens_created ON tokens (created_at, id)
