// Decoding a 500-station getStations answer: our codec against node-soap, on the same bytes.
import { spawn, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import soap from "soap";
import { median, ms } from "./chrome.mjs";

const target = process.env.EV_PORTAL_TARGET;
const ROUNDS = 20;

export async function decode() {
  const standIn = spawn(join(target, "server/chargepoint-sandbox"), ["--listen", "127.0.0.1:0", "--scale", "500"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const base = await address(standIn);
    const wsdl = `${base}/cp_api_5.1.wsdl`;
    const client = await soap.createClientAsync(wsdl);
    client.setSecurity(new soap.WSSecurity("sandbox", "sandbox", { hasTimeStamp: false }));
    const [answer, xml] = await client.getStationsAsync({ searchQuery: {} });
    const stations = answer.stationData.length;
    const file = join(target, "bench/stations.xml");
    await writeFile(file, xml);
    const theirs = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      client.wsdl.xmlToObject(xml);
      theirs.push(performance.now() - start);
    }
    const ours = JSON.parse(spawnSync(join(target, "server/examples/decode_bench"), [file, "200"], { encoding: "utf8" }).stdout);
    if (stations !== 500 || ours.stations !== stations) throw new Error(`${stations} and ${ours.stations} stations, not 500`);
    const ratio = median(theirs) / ours.ms;
    return [{
      what: `decode ${stations} stations (${(Buffer.byteLength(xml) / 1e6).toFixed(2)} MB of SOAP)`, value: ms(ours.ms),
      against: `node-soap: ${ms(median(theirs))}`, ratio, goal: "≥ 10", met: ratio >= 10, ms: { ours: ours.ms, nodeSoap: theirs },
    }];
  } finally {
    standIn.kill();
  }
}

function address(process) {
  return new Promise((resolve, reject) => {
    createInterface({ input: process.stdout }).on("line", (line) => {
      const found = /http:\/\/[\d.]+:\d+/.exec(line);
      if (found) resolve(found[0]);
    });
    process.once("exit", (code) => reject(new Error(`The stand-in ended with ${code}.`)));
  });
}
