// The proxy between many clients and a SOAP service that takes 30 ms for an answer of 10 KiB: what is left of
// what the service allows, with nothing kept and with everything kept.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const native = join(process.env.EV_PORTAL_TARGET, "server/bench-native");
const CLIENTS = 100;
const SECONDS = 8;
const KIB = 10;

export async function proxy() {
  const folder = await mkdtemp(join(tmpdir(), "ev-portal-bench-"));
  const running = [];
  try {
    const answer = join(folder, "answer.xml");
    await writeFile(answer, ofSize(KIB * 1024));
    const [service, address] = await begun(native, ["service", answer], /^(http:\/\/\S+)/);
    running.push(service);
    const direct = await measured(`${address}/`);
    const [portal, link] = await begun(process.env.EV_PORTAL_BINARY, [
      "--listen", "127.0.0.1:0", "--data-dir", folder, "--web-dir", process.env.EV_PORTAL_WEB_DIR, "--chargepoint-url", address,
      "--chargepoint-in-flight", String(CLIENTS), "--chargepoint-per-minute", "100000000",
    ], /(http:\/\/\S+\/set-up\/\S+)/, { EV_PORTAL_CHARGEPOINT_LICENSE_KEY: "bench", EV_PORTAL_CHARGEPOINT_PASSWORD: "bench" });
    running.push(portal);
    const cookie = await setUp(link);
    const states = `${new URL(link).origin}/api/v1/stations/status?stationId=1:`;
    const asked = await measured(`${states}{n}`, cookie);
    const kept = await measured(`${states}1`, cookie);
    const told = ({ perSecond, p99 }) => `${Math.round(perSecond).toLocaleString("en")}/s, p99 ${p99.toFixed(0)} ms`;
    const share = asked.perSecond / direct.perSecond;
    return [
      { what: `${CLIENTS} clients ask for answers of ${KIB} KiB that take 30 ms, nothing kept`, value: told(asked), against: `the service alone: ${told(direct)}`, ratio: share, goal: "≥ 0.9", met: share >= 0.9 },
      { what: "the same, the answer kept", value: told(kept), against: `the service alone: ${told(direct)}`, ratio: kept.perSecond / direct.perSecond },
    ];
  } finally {
    for (const child of running) child.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** An answer of getStationStatus with as many stations as that many bytes hold. */
function ofSize(bytes) {
  const open = `<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:dictionary:com.chargepoint.webservices"><SOAP-ENV:Body><ns1:getStationStatusResponse><responseCode>100</responseCode><responseText>API input request executed successfully.</responseText>`;
  const close = "<moreFlag>0</moreFlag></ns1:getStationStatusResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>";
  const port = (number) => `<Port><portNumber>${number}</portNumber><Status>AVAILABLE</Status><faultReason>NONE</faultReason><TimeStamp>2026-11-21T12:07:00Z</TimeStamp><Connector>IEC62196 Type 2</Connector><Power>22.000</Power></Port>`;
  const station = (number) => `<stationData><stationID>1:${100_000 + number}</stationID><stationName>BENCH / Station ${number}</stationName>${port(1)}${port(2)}<recordNumber>${number}</recordNumber><networkStatus>Reachable</networkStatus></stationData>`;
  let xml = open;
  for (let number = 1; xml.length + close.length < bytes; number += 1) xml += station(number);
  return xml + close;
}

async function measured(address, cookie = "") {
  const { stdout } = await promisify(execFile)(native, ["clients", address, CLIENTS, SECONDS, cookie].map(String));
  return JSON.parse(stdout);
}

/** Makes the first account; its session's cookie. */
export async function setUp(link) {
  const body = new URLSearchParams({ name: "Bench", email: "bench@example.com", password: "correct horse battery staple" });
  const answer = await fetch(link, { method: "POST", redirect: "manual", body, headers: { origin: new URL(link).origin } });
  const [cookie] = /^[^;]+/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
  if (!cookie) throw new Error(`No session: ${answer.status} ${await answer.text()}`);
  return cookie;
}

/** The program, and what it says of itself. */
export async function begun(program, args, words, env = {}) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const said = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        const [, found] = words.exec(line) ?? [];
        if (found) resolve(found);
      });
    }
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}:\n${log}`)));
  });
  return [child, said];
}
