// node-soap against the stand-in: what it reads must be what the estate holds.
// Usage: node_soap_client.mjs WSDL EXPECTATIONS.json
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.EV_PORTAL_NODE_MODULES, "package.json"));
const soap = require("soap");
const [wsdl, file] = process.argv.slice(2);
const expected = JSON.parse(await readFile(file, "utf8"));

async function connect(password, options) {
  const client = await soap.createClientAsync(wsdl);
  client.setSecurity(new soap.WSSecurity(expected.licenseKey, password, options));
  return client;
}

async function walk(call, query) {
  const rows = [];
  for (;;) {
    const [answer] = await call({ searchQuery: { ...query, startRecord: rows.length + 1 } });
    assert.equal(answer.responseCode, "100");
    rows.push(...answer.stationData);
    if (answer.moreFlag === 0) return rows;
  }
}

const ids = (rows) => rows.map((row) => row.stationID);
const known = expected.stations.map((station) => station.id);

// Its default form carries a time stamp and wsu:Id; the others mustUnderstand, and a nonce.
for (const options of [{}, { hasTimeStamp: false, mustUnderstand: true }, { hasNonce: true }]) {
  const client = await connect(expected.password, options);
  const [{ CPN }] = await client.getCPNInstancesAsync({});
  assert.deepEqual(CPN.map((instance) => instance.cpnName), ["USA", "EU", "AU", "CA"]);
}

const client = await connect(expected.password, {});
const stations = await walk(client.getStationsAsync, { numStations: 60 });
assert.deepEqual(ids(stations), known);
stations.forEach((row, index) => {
  const station = expected.stations[index];
  assert.equal(row.stationName, station.name);
  assert.equal(row.Port.length, station.ports.length);
  row.Port.forEach((port, at) => {
    assert.equal(Number(port.Geo.Lat), station.ports[at].lat);
    assert.equal(port.Status, station.ports[at].status);
  });
});

const { city } = expected.stations[0];
const inCity = expected.stations.filter((station) => station.city === city).map((station) => station.id);
assert.deepEqual(ids(await walk(client.getStationsAsync, { City: city })), inCity);
const [nothing] = await client.getStationsAsync({ searchQuery: { City: "Atlantis" } });
assert.equal(nothing.responseCode, "102");
assert.equal(nothing.stationData, undefined);

const states = await walk(client.getStationStatusAsync, { numStations: 70, portDetails: true });
assert.deepEqual(ids(states), known);
states.forEach((row, index) => {
  const { ports } = expected.stations[index];
  assert.deepEqual(row.Port.map((port) => port.Status), ports.map((port) => port.status));
});

const drivers = [];
for (let more = 1; more === 1;) {
  const [{ responseCode, users }] = await client.getUsersAsync({ searchQuery: { startRecord: drivers.length + 1 } });
  assert.equal(responseCode, "100");
  drivers.push(...users.user);
  more = users.moreFlag;
}
assert.deepEqual(drivers.map((row) => row.userID), expected.drivers.map((driver) => driver.id));
drivers.forEach((row, index) => {
  const driver = expected.drivers[index];
  assert.equal(`${row.firstName} ${row.lastName}`, `${driver.firstName} ${driver.lastName}`);
  assert.equal(row.Connection?.Status ?? null, driver.connection);
  assert.equal(row.managementRealm?.Status ?? null, driver.realm);
  const answers = row.Connection?.customInfos?.customInfo ?? [];
  assert.deepEqual(answers.map(({ Key, Value }) => [Key, Value]), driver.answers);
  assert.deepEqual(row.credentialIDs?.credentialID ?? [], driver.credentials);
});
const waiting = expected.drivers.find((driver) => driver.connection === "PENDING").id;
const decision = { userID: waiting, associationType: "CONNECTION", Status: "REJECTED", customText: "Sorry" };
const [done] = await client.updateUserStatusAsync(decision);
assert.equal(done.responseCode, "100");
const [{ users: { user: [row] } }] = await client.getUsersAsync({ searchQuery: { userID: waiting } });
assert.equal(row.Connection.Status, "REJECTED");
const [again] = await client.updateUserStatusAsync(decision);
assert.equal(again.responseCode, "192");

// All that is expected must be in the answer, lists with all their rows.
function find(wanted, got, where) {
  if (Array.isArray(wanted)) {
    // An element that stands once is given as itself where the contract is not asked.
    const rows = Array.isArray(got) ? got : [got];
    // A station's ports may be more than the one that is asked after.
    if (!where.endsWith(".Port")) assert.equal(rows.length, wanted.length, where);
    wanted.forEach((value, index) => find(value, rows[index], `${where}[${index}]`));
  } else if (wanted === null) {
    assert.ok(got === undefined || got === null, `${where}: ${got}`);
  } else if (typeof wanted === "object") {
    for (const [name, value] of Object.entries(wanted)) find(value, got?.[name], `${where}.${name}`);
  } else if (typeof wanted === "number") {
    assert.ok(Math.abs(Number(got) - wanted) < 1e-6, `${where}: ${got} for ${wanted}`);
  } else {
    const plain = got instanceof Date ? got.toISOString().replace(".000Z", "Z") : got;
    assert.equal(plain, wanted, where);
  }
}

const called = new Set(["getCPNInstances", "getStations", "getStationStatus", "getUsers", "updateUserStatus"]);
for (const { call, request, expect } of expected.calls) {
  const [answer] = await client[`${call}Async`](request);
  find(expect, answer, call);
  called.add(call);
}
const [{ ChargepointServicesSOAP: offered }] = Object.values(client.describe());
assert.deepEqual([...called].sort(), Object.keys(offered).sort());

const stranger = await connect("wrong", {});
await assert.rejects(stranger.getCPNInstancesAsync({}), (error) => {
  const { faultcode, faultstring } = error.root.Envelope.Body.Fault;
  return faultcode.endsWith(":InvalidSecurity") && faultstring === "UsernameToken processing failed";
});
console.log(`node-soap: ${called.size} calls, all as expected`);
console.log(`calls: ${[...called].join(" ")}`);
