-- …_fold: the text before it as it is compared.
ALTER TABLE locations ADD COLUMN street_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN city_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN country_fold TEXT NOT NULL DEFAULT '';

ALTER TABLE customers ADD COLUMN external_id_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN email_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN phone_fold TEXT NOT NULL DEFAULT '';

ALTER TABLE tokens ADD COLUMN visual_id_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE tokens ADD COLUMN issuer_fold TEXT NOT NULL DEFAULT '';
ALTER TABLE tokens ADD COLUMN note_fold TEXT NOT NULL DEFAULT '';
-- A contract id is also found with a check character behind it.
CREATE INDEX tokens_contract ON tokens (SUBSTR(auth_key, 1, 14));

ALTER TABLE imports ADD COLUMN file_name_fold TEXT NOT NULL DEFAULT '';

-- What a person chose for a table. columns: JSON, '' for the usual ones.
CREATE TABLE table_settings (
    person TEXT NOT NULL,
    list TEXT NOT NULL,
    columns TEXT NOT NULL,
    compact BIGINT NOT NULL,
    default_view TEXT,
    PRIMARY KEY (person, list)
);

CREATE TABLE table_views (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    query TEXT NOT NULL,
    everyone BIGINT NOT NULL
);
CREATE UNIQUE INDEX table_views_name ON table_views (person, list, name_fold);
CREATE INDEX table_views_list ON table_views (list);
CREATE INDEX table_settings_view ON table_settings (default_view)
