-- JSON: the ids of the organizations that an account is limited to. None: it reaches all.
ALTER TABLE accounts ADD COLUMN organizations TEXT NOT NULL DEFAULT '[]';
ALTER TABLE accounts ADD COLUMN organizations_fold TEXT NOT NULL DEFAULT '';

-- The key of the organization that a location belongs to, which its site begins with. Empty: of none.
ALTER TABLE locations ADD COLUMN org_key TEXT NOT NULL DEFAULT '';
CREATE INDEX locations_org ON locations (org_key);

-- Who read the file.
ALTER TABLE station_token_imports ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
