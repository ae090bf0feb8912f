// Whether a token may charge: how many answers a second with 1,000,000 tokens, 10,000 locations and lists of up to
// 100,000 entries, against the bare web framework answering a constant; what the tokens take of memory; how soon an
// import counts; and how long a partner takes to read 1,000 locations.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { ROWS, fill, shell } from "./books.mjs";
import { start } from "./portal.mjs";

const native = join(process.env.EV_PORTAL_TARGET, "server/bench-native");
const CLIENTS = 100;
/** Either side is asked so many times for so long, by turns. */
const TURNS = 3;
const SECONDS = 4;
const PLACES = 10_000;
const LONG = 100_000;
const QUESTIONS = 20_000;
const IMPORTED = 100_000;
const PULLED = 1_000;

// Every tenth location is private, with ten entries each; the first has a long list.
const LISTS = `
PRAGMA synchronous = OFF;
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${PLACES - 1})
INSERT INTO locations (id, name, street_and_number, postal_code, city, state, country, latitude, longitude, operator_name,
  notes, source, gone, published, customers, tokens, name_fold, search, version, created_at, updated_at)
SELECT printf('loc_bench%06d', i), 'Bench ' || i, 'Oosteinde ' || i, '2311', 'Leiden', '', 'Netherlands', 52.1, 4.5, 'Bench',
  '', '{}', 0, i % 10 <> 0, 0, iif(i = 0, ${LONG}, iif(i % 10 = 0, 10, 0)), 'bench ' || i, 'bench ' || i, 1,
  '2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z' FROM n;
INSERT INTO authorization_tokens (location_id, kind, key, id, added_at)
SELECT 'loc_bench000000', 0, auth_key, auth_id, created_at FROM tokens ORDER BY id LIMIT ${LONG};
INSERT OR IGNORE INTO authorization_tokens (location_id, kind, key, id, added_at)
SELECT l.id, 0, t.auth_key, t.auth_id, t.created_at FROM locations l JOIN json_each('[0,1,2,3,4,5,6,7,8,9]') k
  JOIN tokens t ON t.id = 'tok_' || printf('%020d', (l.rowid * 97 + k.value * 1009) % ${ROWS})
WHERE l.tokens = 10 AND l.id LIKE 'loc_bench%';
ANALYZE;
`;

export async function decide() {
  const folder = await mkdtemp(join(tmpdir(), "ev-portal-bench-"));
  const running = [];
  let portal;
  try {
    const file = await fill(folder);
    shell(file, LISTS);
    const bodies = join(folder, "bodies");
    await writeFile(bodies, questions(shell(file, `SELECT auth_id FROM tokens ORDER BY id LIMIT ${QUESTIONS};`).trim().split("\n")));
    portal = await start(folder);
    const before = await portal.memory();
    const question = { authId: "NL-BEN-C00000000", locationId: "loc_bench000000" };
    const { answer } = await ask(portal, question);
    await remembered(portal, question);
    const memory = (await portal.memory()) - before;
    const [constant, address] = await begun(native, ["constant", answer], /^(http:\/\/\S+)/);
    running.push(constant);
    const measured = async (url, cookie) => JSON.parse((await promisify(execFile)(native, ["clients", url, CLIENTS, SECONDS, cookie, bodies].map(String))).stdout);
    const [bares, decideds] = [[], []];
    for (let turn = 0; turn < TURNS; turn += 1) {
      bares.push(await measured(`${address}/authorize`, ""));
      decideds.push(await measured(`${portal.url}/api/v1/authorize`, portal.headers.cookie));
    }
    const middle = (all) => all.toSorted((a, b) => a.perSecond - b.perSecond)[(TURNS - 1) / 2];
    const [bare, decided] = [middle(bares), middle(decideds)];
    const told = ({ perSecond, p99 }) => `${Math.round(perSecond).toLocaleString("en")}/s, p99 ${p99.toFixed(1)} ms`;
    const share = decided.perSecond / bare.perSecond;
    const counts = await (await fetch(`${portal.url}/metrics`, { headers: portal.headers })).text();
    const [, fromBooks] = /from="books"} (\d+)/.exec(counts);
    const first = await firstAnswer(portal);
    const pulled = await pull(portal);
    return [
      { what: `${CLIENTS} clients ask whether a token may charge: ${ROWS.toLocaleString("en")} tokens, ${PLACES.toLocaleString("en")} locations, lists of up to ${LONG.toLocaleString("en")}`, value: told(decided), against: `the bare web framework answering a constant: ${told(bare)}`, ratio: share, goal: "≥ 0.6", met: share >= 0.6 },
      { what: "memory that they take", value: `${Math.round(memory / 1e6)} MB`, against: `${fromBooks} answers came from the books` },
      { what: `from the answer to Finalise import (${IMPORTED.toLocaleString("en")} ids) to the first answer that tells of it`, value: `${first.after.toFixed(1)} ms`, against: `the import itself: ${first.took.toFixed(0)} ms` },
      { what: `a partner reads ${PULLED.toLocaleString("en")} locations over OCPI, by pages`, value: `${pulled.ms.toFixed(0)} ms`, against: `${pulled.pages} pages, ${(pulled.bytes / 1e6).toFixed(1)} MB` },
    ];
  } finally {
    for (const child of running) child.kill();
    await portal?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Questions, a line each: of tokens all over the books, at locations of every kind. */
function questions(ids) {
  const lines = ids.map((authId, n) => JSON.stringify({ authId, locationId: `loc_bench${String(n % 3 === 0 ? 0 : (n * 7) % PLACES).padStart(6, "0")}` }));
  return lines.join("\n");
}

async function ask(portal, question) {
  const answer = await fetch(`${portal.url}/api/v1/authorize`, {
    method: "POST", headers: { ...portal.headers, "content-type": "application/json" }, body: JSON.stringify(question),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return { answer: text, reason: JSON.parse(text).reason };
}

/** Asks until answers come from memory. */
async function remembered(portal, question) {
  for (;;) {
    await ask(portal, question);
    const text = await (await fetch(`${portal.url}/metrics`, { headers: portal.headers })).text();
    if (Number(/from="memory"} (\d+)/.exec(text)[1]) > 0) return;
  }
}

async function change(portal, method, path, body) {
  const answer = await fetch(`${portal.url}/api/v1${path}`, {
    method, headers: { ...portal.headers, "content-type": "application/json", "if-match": "*" }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

/** Imports ids on a list, and asks for one of them from the moment on that the import is done. */
async function firstAnswer(portal) {
  const list = "/locations/loc_bench000010/authorization";
  const ids = Array.from({ length: IMPORTED }, (_, n) => `NL-IMP-C${String(n).padStart(8, "0")}`);
  const staged = await change(portal, "POST", `${list}/imports`, { fileName: "bench.csv", kind: "auth-id" });
  for (let chunk = 0; chunk * 5_000 < ids.length; chunk += 1) {
    await change(portal, "PUT", `${list}/imports/${staged.id}/chunks/${chunk}`, { ids: ids.slice(chunk * 5_000, (chunk + 1) * 5_000) });
  }
  const question = { authId: ids.at(-1), locationId: "loc_bench000010" };
  if ((await ask(portal, question)).reason === "listed") throw new Error("It was listed before.");
  const begun = performance.now();
  await change(portal, "POST", `${list}/imports/${staged.id}/finalise`, { ids: ids.length });
  const done = performance.now();
  while ((await ask(portal, question)).reason !== "listed");
  return { took: done - begun, after: performance.now() - done };
}

/** Registers as a partner, and reads locations page by page. */
async function pull(portal) {
  const them = createServer((request, response) => {
    const url = `http://127.0.0.1:${them.address().port}`;
    const data = request.url === "/versions" ? [{ version: "2.2.1", url: `${url}/2.2.1` }] : { version: "2.2.1", endpoints: [] };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data, status_code: 1000, timestamp: "2026-11-21T10:00:00Z" }));
  });
  await new Promise((resolve) => them.listen(0, "127.0.0.1", resolve));
  try {
    const made = await change(portal, "POST", "/partners", { name: "Bench", countryCode: "NL", partyId: "BEN", role: "EMSP" });
    const speak = (token) => ({ authorization: `Token ${Buffer.from(token).toString("base64")}` });
    const role = { role: "EMSP", country_code: "NL", party_id: "BEN", business_details: { name: "Bench" } };
    const told = { token: "bench", url: `http://127.0.0.1:${them.address().port}/versions`, roles: [role] };
    const ours = await (await fetch(`${portal.url}/ocpi/2.2.1/credentials`, {
      method: "POST", headers: { ...speak(made.token), "content-type": "application/json" }, body: JSON.stringify(told),
    })).json();
    const headers = speak(ours.data.token);
    // Whoever has sent tokens is asked for in more ways.
    const card = {
      country_code: "NL", party_id: "BEN", uid: "04FFFFFF", type: "RFID", contract_id: "NL-BEN-CFFFFFFFF", issuer: "Bench",
      valid: true, whitelist: "NEVER", last_updated: "2026-11-21T10:00:00Z",
    };
    const sent = await fetch(`${portal.url}/ocpi/2.2.1/cpo/tokens/NL/BEN/04FFFFFF`, {
      method: "PUT", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(card),
    });
    if ((await sent.json()).status_code !== 1000) throw new Error("the partner's token is not taken");
    const read = async () => {
      let [next, count, pages, bytes] = [`${portal.url}/ocpi/2.2.1/cpo/locations`, 0, 0, 0];
      const begun = performance.now();
      while (next && count < PULLED) {
        const answer = await fetch(next, { headers });
        const text = await answer.text();
        count += JSON.parse(text).data.length;
        bytes += text.length;
        pages += 1;
        next = /<([^>]+)>/.exec(answer.headers.get("link") ?? "")?.[1];
      }
      if (count < PULLED) throw new Error(`only ${count} locations`);
      return { ms: performance.now() - begun, pages, bytes };
    };
    // The first asks ChargePoint for the stations.
    await read();
    return await read();
  } finally {
    them.close();
  }
}

/** The program, and what it says of itself. */
async function begun(program, args, words) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const said = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, found] = words.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  return [child, said];
}
