-- What happened to station tokens stands in the audit log, also what happened before there was one.
DROP TABLE station_token_events;
ALTER TABLE station_token_import_rows DROP COLUMN detail;

-- Accounts that are limited to organizations see the lines of those.
CREATE INDEX audit_organization ON audit (organization, id)
