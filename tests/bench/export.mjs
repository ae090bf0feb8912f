// Exports of 1,000,000 charge tokens: rows per second and peak memory, against the csv and rust_xlsxwriter
// libraries writing the same rows alone.
import { spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fill, ROWS } from "./books.mjs";
import { start } from "./portal.mjs";

const native = join(process.env.EV_PORTAL_TARGET, "server/bench-native");
const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
const rate = (rows, ms) => `${Math.round(rows / ms).toLocaleString("en")} rows/ms`;

export async function exports() {
  const folder = await mkdtemp(join(tmpdir(), "ev-portal-bench-"));
  try {
    const books = join(folder, "books");
    await fill(books);
    const lines = [];
    for (const format of ["csv", "xlsx"]) {
      const few = await one(books, join(folder, `few.${format}`), format, "&filter=authId:startsWith:nlbenc0&filter=type:is:RFID");
      const all = await one(books, join(folder, `all.${format}`), format, "");
      const alone = JSON.parse(run("write", format, join(folder, "all.csv"), join(folder, `alone.${format}`)));
      if (all.rows !== ROWS || alone.rows !== ROWS) throw new Error(`${all.rows} and ${alone.rows} rows in ${format}`);
      const what = `export of ${ROWS.toLocaleString("en")} rows as ${format.toUpperCase()} (${mb(all.bytes)})`;
      const library = format === "csv" ? "csv" : "rust_xlsxwriter";
      lines.push(
        { what, value: rate(ROWS, all.ms), against: `${library} alone: ${rate(ROWS, alone.ms)}`, ratio: all.ms / alone.ms },
        { what: `peak memory of the server then`, value: mb(all.peak), against: `${library} alone: ${mb(alone.peak)}`, ratio: all.peak / alone.peak },
        { what: `the same against an export of ${few.rows.toLocaleString("en")} rows`, value: mb(all.peak), against: mb(few.peak), ratio: all.peak / few.peak, goal: "≤ 1.2", met: all.peak / few.peak <= 1.2 },
      );
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One export by a portal of its own, so that the peak is its own. */
async function one(books, file, format, query) {
  const portal = await start(books);
  try {
    const begun = performance.now();
    const answer = await fetch(`${portal.url}/api/v1/tokens/export?format=${format}${query}`, { headers: portal.headers });
    if (!answer.ok) throw new Error(await answer.text());
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(file));
    const ms = performance.now() - begun;
    return { ms, rows: Number(answer.headers.get("x-total-count")), bytes: (await stat(file)).size, peak: await portal.peak() };
  } finally {
    await portal.stop();
  }
}

function run(...args) {
  const { status, stdout, stderr } = spawnSync(native, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
