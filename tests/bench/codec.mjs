// Reading and writing the largest answer of every call that the stand-in gives: our codec against node-soap and
// zeep, on the same bytes.
import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import soap from "soap";
import { median, ms } from "./chrome.mjs";

const target = process.env.EV_PORTAL_TARGET;
const NAMESPACE = "urn:dictionary:com.chargepoint.webservices";
/** How long node-soap works on each answer, at least, in ms. */
const LONG = 400;
const ROUNDS = 5;

export async function codec() {
  const standIn = spawn(join(target, "server/chargepoint-sandbox"), ["--listen", "127.0.0.1:0", "--scale", "500"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const folder = join(target, "bench/answers");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const wsdl = `${await address(standIn)}/cp_api_5.1.wsdl`;
    const client = await soap.createClientAsync(wsdl);
    client.setSecurity(new soap.WSSecurity("sandbox", "sandbox", { hasTimeStamp: false }));
    const answers = await largest(client);
    for (const [call, { xml }] of Object.entries(answers)) await writeFile(join(folder, `${call}.xml`), xml);
    const ours = await told(join(target, "server/bench-codec"), [folder]);
    const zeep = await told(process.env.EV_PORTAL_PYTHON, [join(import.meta.dirname, "zeep_codec.py"), wsdl, folder]);
    if (Object.keys(ours).length !== 26) throw new Error(`${Object.keys(ours).length} calls, not 26`);
    return [...decode(answers.getStations, ours.getStations, client), ...Object.keys(answers).map((call) => both(call, answers[call], ours[call], zeep[call], client))];
  } finally {
    standIn.kill();
  }
}

function decode({ xml, rows }, ours, client) {
  const theirs = times(() => client.wsdl.xmlToObject(xml));
  return [line(`read ${rows} stations (${size(xml)})`, ours.decode, "node-soap", theirs, 10)];
}

function both(call, { xml, rows }, ours, zeep, client) {
  const theirs = times(() => client.wsdl.objectToDocumentXML(`${call}Response`, client.wsdl.xmlToObject(xml).Body[`${call}Response`], "ns1", NAMESPACE));
  const found = line(`read and write ${call} (${rows === undefined ? "" : `${rows} rows, `}${size(xml)})`, ours.both, "node-soap", theirs, call === "getStations" ? 20 : undefined);
  return { ...found, against: `${found.against}, zeep: ${ms(zeep.both)}`, zeep: zeep.both / ours.both };
}

function line(what, ours, peer, theirs, goal) {
  const ratio = theirs / ours;
  return { what, value: ms(ours), against: `${peer}: ${ms(theirs)}`, ratio, ...(goal && { goal: `≥ ${goal}`, met: ratio >= goal }) };
}

const size = (xml) => `${(Buffer.byteLength(xml) / 1e3).toFixed(1)} KB`;

function times(work) {
  const all = [];
  const begun = performance.now();
  while (all.length < ROUNDS || performance.now() - begun < LONG) {
    const start = performance.now();
    work();
    all.push(performance.now() - start);
  }
  return median(all);
}

/** An answer of each call, as large as the stand-in gives it: the text, and how many rows it has. */
async function largest(client) {
  const ask = async (call, request) => {
    const [answer, xml] = await client[`${call}Async`](request);
    return { answer, xml };
  };
  const all = { searchQuery: {} };
  const found = {};
  /** The first of these requests that is done: another may be refused for what its station, plan or driver is. */
  const first = async (call, requests, rows) => {
    let refused = "nobody to ask";
    for (const request of requests) {
      const { answer, xml } = await ask(call, request);
      const { responseCode = "100", responseText } = answer;
      if (String(responseCode) === "100") {
        found[call] = { xml, rows: rows?.(answer)?.length };
        return { answer, request };
      }
      refused = `${responseCode} ${responseText}`;
    }
    throw new Error(`${call} answers ${refused}`);
  };
  const keep = async (call, request, rows) => (await first(call, [request], rows)).answer;
  await keep("getCPNInstances", {}, ({ CPN }) => CPN);
  const { stationData: stations } = await keep("getStations", all, ({ stationData }) => stationData);
  await keep("getStationStatus", { searchQuery: { portDetails: true, numStations: 500 } }, ({ stationData }) => stationData);
  const groups = [];
  for (const orgID of new Set(stations.map(({ orgID }) => orgID))) {
    const { answer: { groupData = [] } } = await ask("getStationGroups", { orgID });
    groups.push({ orgID, groupData });
  }
  const [{ orgID }] = groups.toSorted((one, other) => other.groupData.length - one.groupData.length);
  await keep("getStationGroups", { orgID }, ({ groupData }) => groupData);
  const members = ({ stationData }) => stationData?.length ?? 0;
  const bySize = groups.flatMap(({ groupData }) => groupData).toSorted((one, other) => members(other) - members(one)).map(({ sgID }) => sgID);
  const [group] = bySize;
  // A group of groups lists those, and no stations.
  const details = [];
  for (const sgID of bySize) details.push({ sgID, length: (await ask("getStationGroupDetails", { sgID })).xml.length });
  const [{ sgID }] = details.toSorted((one, other) => other.length - one.length);
  await keep("getStationGroupDetails", { sgID }, ({ stationData }) => stationData);
  await keep("getOrgsAndStationGroups", all, ({ orgData }) => orgData);
  await keep("getStationRights", all, ({ rightsData }) => rightsData);
  await keep("getStationRightsProfile", { sgID: group }, ({ taskList }) => taskList);
  await first("getLoad", bySize.map((sgID) => ({ searchQuery: { sgID } })), ({ stationData }) => stationData);
  const { ChargingSessionData: sessions } = await keep("getChargingSessionData", { searchQuery: { fromTimeStamp: new Date(Date.now() - 7 * 86_400_000).toISOString().replace(/\.\d+/, "") } }, ({ ChargingSessionData }) => ChargingSessionData);
  const longest = sessions.toSorted((one, other) => new Date(other.endTime) - new Date(other.startTime) - (new Date(one.endTime) - new Date(one.startTime)))[0];
  await keep("get15minChargingSessionData", { sessionID: longest.sessionID }, ({ fifteenminData }) => fifteenminData);
  await keep("getTransactionData", all, ({ transactions }) => transactions?.transactionData);
  const { Alarms: [alarm] } = await keep("getAlarms", all, ({ Alarms }) => Alarms);
  const { users } = await keep("getUsers", all, ({ users }) => users.user);
  const { FleetVehicle: [vehicle] } = await keep("getFleetVehicles", all, ({ FleetVehicle }) => FleetVehicle);
  await keep("getFleetUsageData", all, ({ fleetUsageData }) => fleetUsageData);
  const at = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, "");
  const shed = ({ stationID }) => ({ shedQuery: { shedStation: { stationID, percentShedPerStation: 40 }, timeInterval: 5 } });
  const { request: done } = await first("shedLoad", stations.map(shed));
  await keep("clearShedState", { shedQuery: { shedStation: { stationID: done.shedQuery.shedStation.stationID } } });
  const event = ({ stationID }) => ({ shedEvent: { stationID, eventStartTime: at, eventDuration: 60, allowOptOut: true, allowedLoadPerPort: 3.5 } });
  const { answer: { eventId } } = await first("createLoadShedEvent", stations.map(event));
  await keep("removeLoadShedEvent", { eventId });
  await keep("clearAlarms", { searchQuery: { stationID: alarm.stationID } });
  const decide = ({ userID }) => ({ userID, associationType: "CONNECTION", Status: "APPROVED", customText: "Welcome" });
  await first("updateUserStatus", users.user.map(decide));
  const { answer: { ChargingSessionData: active } } = await ask("getChargingSessionData", { searchQuery: { activeSessionsOnly: true } });
  const tell = ({ stationID, portNumber, userID }) => ({ stationID, portID: portNumber, userID, customMessageText: "Done" });
  await first("setWaitlistDone", active.filter(({ userID }) => userID).map(tell));
  const vehicles = Array.from({ length: 100 }, (_, at) => ({
    ChargePointCards: [{ ChargePointCardSN: `CNCP${10_000 + at}` }], LicensePlate: `EV-${at}`, fleetName: vehicle.fleetName, color: "Red", make: "Nissan", model: "LEAF", year: 2020,
  }));
  const { fleetVehicleID } = await keep("addFleetVehicle", { vehicle: vehicles }, ({ fleetVehicleID }) => fleetVehicleID);
  const added = [fleetVehicleID].flat();
  await keep("updateFleetVehicle", { vehicle: added.map((fleetVehicleID) => ({ fleetVehicleID, color: "Green" })) }, ({ vehicle }) => vehicle);
  await keep("deleteFleetVehicle", { fleetVehicleID: added[0] });
  return found;
}

/** What a program tells of each call, a line of JSON for each. */
async function told(program, args) {
  const found = {};
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" } });
  for await (const text of createInterface({ input: child.stdout })) {
    const { call, ...times } = JSON.parse(text);
    found[call] = times;
  }
  return found;
}

function address(process) {
  return new Promise((resolve, reject) => {
    createInterface({ input: process.stdout }).on("line", (text) => {
      const found = /http:\/\/[\d.]+:\d+/.exec(text);
      if (found) resolve(found[0]);
    });
    process.once("exit", (code) => reject(new Error(`The stand-in ended with ${code}.`)));
  });
}
