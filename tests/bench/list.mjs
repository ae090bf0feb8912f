// Lists over 1,000,000 charge tokens: each filter, order and page against the same statements in the engine's
// own shell.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fill, ROWS, shell } from "./books.mjs";
import { median, ms } from "./chrome.mjs";
import { paste } from "./paste.mjs";
import { start } from "./portal.mjs";

// By turns, and an odd number: one that something else held up does not count.
const ROUNDS = 5;
const own = (i) => `C${((BigInt(i) * 2654435761n) % 4294967296n).toString(16).toUpperCase().padStart(8, "0")}`;
const thousand = Array.from({ length: 1000 }, (_, n) => `NLBEN${own(n * 997)}`);

// What is asked, its parameters, and the values that the statements bind, in order.
const CASES = [
  ["all", "", []],
  ["page 10,000", "page=10000&pageSize=50", []],
  ["search", `q=${own(77_777).slice(0, 7)}`, [`%${own(77_777).slice(0, 7).toLowerCase()}%`, `%${own(77_777).slice(0, 7).toLowerCase()}%`]],
  ["Auth ID is", `filter=authId:is:nl-ben-${own(123_456)}`, [`NLBEN${own(123_456)}`, `NLBEN${own(123_456)}`]],
  ["Auth ID is any of 1,000", `filter=authId:in:${thousand.join()}`, [...thousand, ...thousand]],
  ["Chip ID is", `filter=chipId:is:04${own(9).slice(1).padStart(12, "0")}`, [`04${own(9).slice(1).padStart(12, "0")}`]],
  ["Auth ID contains", "filter=authId:contains:00ff", ["%00FF%"]],
  ["Auth ID starts with", "filter=authId:startsWith:nl-ben-c0f", ["NLBENC0F%"]],
  ["Visual ID starts with", "filter=visualId:startsWith:00012", ["00012%"]],
  ["Type is", "filter=type:is:Other", ["other"]],
  ["Customer contains", "filter=customer:contains:an", ["%an%"]],
  ["Issuer is not", "filter=issuer:isNot:Bench%20Mobility", ["bench mobility"]],
  ["Valid is", "filter=valid:is:no", ["no"]],
  ["Expires before", "filter=expires:before:2024-01-01", ["2024-01-01T00:00:00Z"]],
  ["Expires is empty", "filter=expires:isEmpty:", []],
  ["Note does not contain", "filter=note:notContains:depot", ["%depot%"]],
  ["Updated between", "filter=updatedAt:between:2024-01-01,2024-01-31", ["2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z"]],
  ...["authId", "chipId", "visualId", "type", "customer", "issuer", "valid", "expires", "note", "-updatedAt"]
    .map((key) => [`order by ${key}`, `sort=${key}`, []]),
];

export async function list() {
  const folder = await mkdtemp(join(tmpdir(), "ev-portal-bench-"));
  try {
    const file = await fill(folder);
    const statements = await said(folder);
    const portal = await start(folder);
    const lines = [];
    try {
      for (const [name, query, binds] of CASES) {
        const asked = () => portal.get(`/tokens?${query}`);
        const ask = script(statements.get(name), binds);
        const [ours, shells] = [[], []];
        const { total, items } = await asked();
        const counted = Number(shell(file, ask).split("\n")[0]);
        if (total === undefined || total !== counted) throw new Error(`${name}: ${total} here, ${counted} in the shell`);
        for (let round = 0; round < ROUNDS; round += 1) {
          ours.push(await time(asked));
          shells.push(await time(() => shell(file, ask)));
        }
        const [one, other] = [median(ours), median(shells)];
        lines.push({
          what: `${name}: ${total.toLocaleString("en")} of ${ROWS.toLocaleString("en")} tokens, ${items.length} shown`,
          value: ms(one), against: `SQLite's shell, the same statements: ${ms(other)}`, ratio: one / other, goal: "≤ 1.5",
          met: one / other <= 1.5, ms: { ours, shell: shells },
        });
      }
      lines.push(...(await paste(portal, thousand, ROUNDS)));
    } finally {
      await portal.stop();
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The statements that the server runs for each case, from its own log. */
async function said(folder) {
  const portal = await start(folder, { EV_PORTAL_LOG: "sqlx::query=debug" });
  const statements = new Map();
  try {
    for (const [name, query] of CASES) {
      const before = portal.log().length;
      await portal.get(`/tokens?${query}`);
      // The log may come after the answer: one statement counts, one reads the page.
      let selects = [];
      while (selects.length < 2) {
        selects = selected(portal.log().slice(before));
        if (selects.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      statements.set(name, selects);
    }
  } finally {
    await portal.stop();
  }
  return statements;
}

/** The `SELECT`s in a log. */
function selected(log) {
  const lines = log.replaceAll(/\x1b\[[0-9;]*m/g, "");
  const found = [...lines.matchAll(/db\.statement="((?:[^"\\]|\\.)*)" rows/g), ...lines.matchAll(/summary="((?:[^"\\]|\\.)*)" db\.statement=""/g)];
  const texts = found.map(([, text]) => text.replaceAll(/\\(.)/g, (_, letter) => (letter === "n" ? "\n" : letter)).trim());
  return texts.filter((text) => text.startsWith("SELECT"));
}

/** Statements for the shell, with the memory that the portal gives the engine. */
function script(statements, binds) {
  const values = binds.map((value, n) => `.parameter set $${n + 1} "'${value.replaceAll("'", "''")}'"`);
  return ["PRAGMA cache_size = -65536;", ".parameter init", ...values, ...statements.map((text) => `${text};`)].join("\n");
}
