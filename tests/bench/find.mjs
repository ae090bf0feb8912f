// What is typed into the palette, over 1,000,000 charge tokens and 10,000 stations with their locations.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fill, ROWS } from "./books.mjs";
import { start } from "./portal.mjs";

const STATIONS = 10_000;
const LIMIT = 50;
const TIMES = 15;

export async function find() {
  const folder = await mkdtemp(join(tmpdir(), "ev-portal-bench-"));
  try {
    await fill(folder);
    const portal = await start(folder, { EV_PORTAL_SANDBOX_SCALE: String(STATIONS) });
    try {
      // What pages have read by then.
      const synced = await fetch(`${portal.url}/api/v1/locations/sync`, { method: "POST", headers: { ...portal.headers, origin: portal.url } });
      if (!synced.ok) throw new Error(`No sync: ${synced.status} ${await synced.text()}`);
      const { items: [station], total } = await portal.get("/stations?pageSize=1&page=4000");
      await portal.get("/drivers?pageSize=1");
      await portal.get("/organizations");
      if (total !== STATIONS) throw new Error(`${total} stations`);
      const lines = [];
      for (const [what, text] of [
        ["part of a place's name", "bahnh"],
        ["the whole id of a station", station.stationId],
        ["the name of a station", station.stationName],
        ["the beginning of a token's Auth ID", "NL-BEN-C0F"],
        ["two words of which nothing has both", "leiden zzz"],
      ]) {
        const ask = async () => {
          const begun = performance.now();
          const found = await portal.get(`/find?q=${encodeURIComponent(text)}`);
          return { ms: performance.now() - begun, found: found.items.length };
        };
        const times = [];
        let found = 0;
        for (let n = 0; n < TIMES; n += 1) {
          const asked = await ask();
          times.push(asked.ms);
          found = asked.found;
        }
        if (found === 0 && !text.endsWith("zzz")) throw new Error(`${text}: nothing was found`);
        const ms = times.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)];
        lines.push({
          what: `find ${what} in ${STATIONS.toLocaleString("en")} stations and ${ROWS.toLocaleString("en")} tokens`,
          value: `${ms.toFixed(1)} ms`, against: `${LIMIT} ms`, ratio: ms / LIMIT, goal: "≤ 1", met: ms <= LIMIT,
        });
      }
      return lines;
    } finally {
      await portal.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
