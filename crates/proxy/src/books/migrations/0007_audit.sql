-- A line for each change. changes: JSON. …_fold: the text before it as it is compared. hash: SHA-256 over the
-- hash of the line before and this line. That lines are only added is seen to in books/audit.
CREATE TABLE audit (
    id BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    account_id TEXT NOT NULL,
    action TEXT NOT NULL,
    resource TEXT NOT NULL,
    record_id TEXT NOT NULL,
    record TEXT NOT NULL,
    organization TEXT NOT NULL,
    changes TEXT NOT NULL,
    address TEXT NOT NULL,
    request TEXT NOT NULL,
    batch TEXT NOT NULL,
    hash TEXT NOT NULL,
    who_fold TEXT NOT NULL,
    kind_fold TEXT NOT NULL,
    record_fold TEXT NOT NULL,
    changes_fold TEXT NOT NULL
);
CREATE INDEX audit_record ON audit (resource, record_id, id);
CREATE INDEX audit_at ON audit (at);

-- The last line's number and hash, in one row. Whoever adds lines holds it until they are lasting.
CREATE TABLE audit_head (
    one BIGINT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (one, id, hash) VALUES (1, 0, '')
