// Books with 1,000,000 charge tokens, and the engine's own shell.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { start } from "./portal.mjs";

export const ROWS = 1_000_000;

const FILL = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
DELETE FROM authorization_tokens;
DELETE FROM tokens;
CREATE TEMP TABLE holders AS SELECT row_number() OVER (ORDER BY id) - 1 AS nth, id FROM customers;
INSERT INTO tokens (id, auth_id, auth_key, chip_id, chip_key, visual_id, type, customer_id, issuer, valid, expires, note,
  search, version, created_at, updated_at, visual_id_fold, issuer_fold, note_fold)
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS - 1}),
-- Scattered, each once: a multiplier without a common factor with 2^32.
ids AS (SELECT i, printf('C%08X', i * 2654435761 % 4294967296) AS own FROM n),
made AS (SELECT i, 'NL-BEN-' || own AS auth, 'NLBEN' || own AS key, printf('04%012X', i * 2654435761 % 4294967296) AS chip,
  printf('%09d', i) AS visual, iif(i % 3 = 0, 'Bench Mobility', 'Polder Cards') AS issuer,
  iif(i % 7 = 0, 'Depot ' || (i % 50), '') AS note,
  strftime('%Y-%m-%dT%H:%M:%SZ', 1700000000 + i * 60, 'unixepoch') AS at FROM ids)
SELECT 'tok_' || printf('%020d', i), auth, key, chip, chip, visual, iif(i % 10 = 0, 'Other', 'RFID'), holders.id, issuer,
  i % 20 <> 0, iif(i % 4 = 0, at, NULL), note, lower(auth || char(10) || key || char(10) || chip || char(10) || visual || char(10)),
  1, at, at, visual, lower(issuer), lower(note)
FROM made LEFT JOIN holders ON holders.nth = i % (SELECT COUNT(*) * 2 FROM holders);
UPDATE locations SET tokens = 0;
ANALYZE;
`;

/** Makes the books in an empty folder and answers the path of their file. */
export async function fill(folder) {
  const portal = await start(folder);
  await portal.stop();
  const file = join(folder, "portal.sqlite");
  shell(file, FILL);
  return file;
}

/** What the engine's own shell, started for it, answers to statements. */
export function shell(file, statements) {
  const { status, stdout, stderr, error } = spawnSync("sqlite3", ["-batch", file], {
    input: statements, encoding: "utf8", maxBuffer: 2 ** 30,
  });
  if (error) throw new Error(`sqlite3, the shell of SQLite, is needed on PATH: ${error.message}`);
  if (status !== 0 || stderr) throw new Error(stderr || `sqlite3 ended with ${status}`);
  return stdout;
}
