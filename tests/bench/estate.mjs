// 10,000 stations: how long the whole list takes from ChargePoint, how long a page of it does once it is kept, and
// what keeping it takes.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { find } from "./find.mjs";
import { kilobytes } from "./portal.mjs";
import { begun, setUp } from "./proxy.mjs";

const STATIONS = 10_000;
const TIMES = 15;
const SECRETS = { EV_PORTAL_CHARGEPOINT_LICENSE_KEY: "sandbox", EV_PORTAL_CHARGEPOINT_PASSWORD: "sandbox" };

export async function estate() {
  const folder = await mkdtemp(join(tmpdir(), "ev-portal-bench-"));
  const running = [];
  try {
    const standIn = join(process.env.EV_PORTAL_TARGET, "server/chargepoint-sandbox");
    const [service, endpoint] = await begun(standIn, ["--listen", "127.0.0.1:0", "--scale", String(STATIONS)], /^endpoint (\S+)/);
    running.push(service);
    const [portal, link] = await begun(process.env.EV_PORTAL_BINARY, [
      "--listen", "127.0.0.1:0", "--data-dir", folder, "--web-dir", process.env.EV_PORTAL_WEB_DIR, "--chargepoint-url", endpoint,
    ], /(http:\/\/\S+\/set-up\/\S+)/, SECRETS);
    running.push(portal);
    const { origin } = new URL(link);
    const cookie = await setUp(link);
    const get = async (path, headers = {}) => {
      const start = performance.now();
      const answer = await fetch(origin + path, { headers: { cookie, ...headers } });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
      return { ms: performance.now() - start, text };
    };
    const memory = async () => kilobytes(await readFile(`/proc/${portal.pid}/status`, "utf8"), "VmRSS");
    await get("/api/v1/stations/status?stationId=1:0");
    const before = await memory();
    // By turns, so that both meet the same machine.
    const [cold, alone] = [[], []];
    for (let n = 0; n < 3; n += 1) {
      alone.push(await oneAfterTheOther(endpoint));
      const asked = await get("/api/v1/stations?pageSize=50", { "cache-control": "no-cache" });
      if (JSON.parse(asked.text).total !== STATIONS) throw new Error(`not all stations: ${asked.text.slice(0, 200)}`);
      cold.push(asked.ms);
    }
    const held = (await memory()) - before;
    const nothing = await median(() => get("/healthz"));
    const lines = [];
    for (const [what, query] of [
      ["a page of 50 of them, kept", "page=7"],
      ["the same by a filter, in an order", "page=2&filter=status:contains:AVAIL&sort=-stationName"],
      ["the same by free text", "q=leiden"],
    ]) {
      const ms = await median(() => get(`/api/v1/stations?pageSize=50&${query}`));
      lines.push({ what, value: `${ms.toFixed(1)} ms`, against: `/healthz: ${nothing.toFixed(1)} ms`, ratio: ms / nothing });
    }
    const [all, one] = [middle(cold), middle(alone)];
    return [
      { what: `all ${STATIONS.toLocaleString("en")} stations anew, 4 calls at once`, value: `${all.toFixed(0)} ms`, against: `the stand-in's pages one after the other, not read: ${one.toFixed(0)} ms`, ratio: all / one, goal: "≤ 1", met: all <= one },
      ...lines,
      { what: "memory that keeping them takes", value: `${(held / 2 ** 20).toFixed(0)} MB, ${(held / STATIONS / 1024).toFixed(1)} KB a station`, against: "" },
      ...(await find()),
    ];
  } finally {
    for (const child of running) child.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Asks the service for all stations, page by page; the milliseconds it took. */
async function oneAfterTheOther(endpoint) {
  let took = 0;
  for (let first = 1; first <= STATIONS; first += 500) {
    const start = performance.now();
    const answer = await fetch(endpoint, { method: "POST", body: question(first), headers: { "content-type": "text/xml; charset=utf-8" } });
    const text = await answer.text();
    took += performance.now() - start;
    if (!text.includes("<responseCode>100<")) throw new Error(`The stand-in: ${text.slice(0, 300)}`);
  }
  return took;
}

function question(first) {
  const token = "<wsse:UsernameToken><wsse:Username>sandbox</wsse:Username><wsse:Password>sandbox</wsse:Password></wsse:UsernameToken>";
  const security = `<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">${token}</wsse:Security>`;
  const call = `<c:getStations xmlns:c="urn:dictionary:com.chargepoint.webservices"><searchQuery><startRecord>${first}</startRecord></searchQuery></c:getStations>`;
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>${security}</s:Header><s:Body>${call}</s:Body></s:Envelope>`;
}

async function median(ask) {
  const times = [];
  for (let n = 0; n < TIMES; n += 1) times.push((await ask()).ms);
  return middle(times);
}

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
