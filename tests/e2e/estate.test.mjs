// What ChargePoint knows and does, on the pages, against the stand-in: each call from the page where an operator
// looks for it.
import assert from "node:assert/strict";
import { after, afterEach, beforeEach, describe, test } from "node:test";
import { close, open } from "./support/browser.mjs";
import { browser, portal, started } from "./support/started.mjs";

let page, charging, group, planned;
/** Call, page, action and the page's own request, as they were driven. */
const driven = [];
/** What the page asked, and got: `GET /sessions`. */
let asked = [];

started({}, async () => {
  // Those that draw the least charge the longest: their sessions are there to the end of these tests.
  const load = await portal.list("/load?pageSize=500&sort=stationLoad");
  for (const one of load.filter((station) => station.stationLoad > 5 && station.ports.length > 1)) {
    // Those that share a panel with others shed nothing.
    const shedStation = { stationId: one.stationId };
    const body = { shedStation: { ...shedStation, percentShedPerStation: 1 }, timeInterval: 1 };
    if ((await portal.api("POST", "/load/shed", { body })).status >= 300) continue;
    await portal.api("POST", "/load/clear", { body: { shedStation } });
    charging = one;
    break;
  }
  const [organization] = (await portal.list("/organizations")).filter((one) => one.groups.length > 0);
  // One without groups below it.
  group = organization.groups.find((one) => !organization.groups.some((other) => other.parentGroupId === one.sgId));
  // Of an organization whose plan has events.
  for (const one of load) {
    const body = { stationId: one.stationId, eventStartTime: "2099-01-01T00:00:00Z", eventDuration: 1, percentShedPerStation: 1 };
    const made = await portal.api("POST", "/load/events", { body });
    if (made.status >= 300) continue;
    await portal.api("DELETE", `/load/events/${made.body.eventId}`);
    planned = one;
    break;
  }
});
beforeEach(async () => {
  page = await open(browser, portal);
  asked = [];
  page.on("response", (answer) => {
    const { pathname } = new URL(answer.url());
    if (answer.ok() && pathname.startsWith("/api/v1/")) asked.push(`${answer.request().method()} ${decodeURIComponent(pathname.slice(7))}`);
  });
});
afterEach(async () => close(page));
after(() => {
  console.table(driven.map(([call, where, action, request]) => ({ call, page: where, action, request })));
});

const station = (part = "") => `/cpo/charge-stations/${encodeURIComponent(charging.stationId)}${part}`;
const dialog = () => page.getByRole("dialog");
const row = (name) => page.getByRole("row").filter({ hasText: name }).first();
const said = (words) => page.getByText(words, { exact: true }).first().waitFor();

/** The first session whose course is told: not every organization's plan has it. */
async function withCourse(sessions) {
  for (const session of sessions) {
    const { body } = await portal.api("GET", `/sessions/${session.sessionId}/intervals`);
    if (body.items?.length > 1) return session;
  }
  throw new Error("no session's course is told");
}

/** How often ChargePoint has done each call. */
async function done() {
  const metrics = await (await fetch(`${portal.url}/metrics`, { headers: { cookie: portal.cookie } })).text();
  return Object.fromEntries(Array.from(metrics.matchAll(/calls_total\{call="(\w+)",code="100"\} (\d+)/g), ([, call, times]) => [call, +times]));
}

/** Drives a page, and notes which calls it is for, by the requests that the page makes for them; `*` is an id. */
function drives(where, action, calls, drive) {
  test(`${where}: ${action}`, async () => {
    // Before the page changes anything: what is kept may be all that it reads.
    let before;
    await page.route("**/api/v1/**", async (route) => {
      if (route.request().method() !== "GET") await (before ??= done());
      await route.continue();
    });
    await drive();
    const now = await done();
    for (const [call, request] of Object.entries(calls)) {
      const parts = request.split("*").map((part) => part.replaceAll(/[/.]/g, "\\$&"));
      const meant = new RegExp(`^${parts.join("[^/]+")}$`);
      assert.ok(asked.some((one) => meant.test(one)), `${where} asked no ${request}: ${asked.join(", ")}`);
      const then = request.startsWith("GET ") ? 0 : (await before)[call] ?? 0;
      assert.ok(now[call] > then, `${where}: ${call} did not reach ChargePoint`);
      driven.push([call, where, action, request]);
    }
  });
}

describe("what is there", () => {
  // The list's first record stands in a row with these of its fields; what is drawn beside it has its figures.
  for (const [where, path, calls, list, fields, drawn] of [
    ["Networks", "/organizations/networks", ["getCPNInstances"], "/cpn-instances", ["cpnId", "cpnName"]],
    ["Charge stations", "/cpo/charge-stations", ["getStations", "getStationStatus"], "/chargestations", ["name", "serialNumber"]],
    ["Sessions", "/cpo/sessions", ["getChargingSessionData"], "/sessions", ["sessionId", "stationName"]],
    ["Transactions", "/cpo/transactions", ["getTransactionData"], "/transactions", ["transactionId", "stationName"], /[0-9] [A-Z]{3}/],
    ["Alarms", "/cpo/alarms", ["getAlarms"], "/alarms", ["alarmType", "stationName"]],
    ["Load", "/cpo/load", ["getLoad"], "/load", ["stationName", "stationId"]],
    ["Drivers", "/driver-management/drivers", ["getUsers"], "/drivers", ["userId", "lastName"]],
    ["Vehicles", "/fleet/vehicles", ["getFleetVehicles"], "/fleet/vehicles", ["licensePlate", "fleetName", "vin"]],
    ["Usage", "/fleet/usage", ["getFleetUsageData"], "/fleet/usage", ["licensePlate", "stationName"], /[0-9] kWh · [0-9]+×/],
  ]) {
    const requests = calls.map((call) => [call, `GET ${list}`]);
    drives(where, "see", Object.fromEntries(requests), async () => {
      const [first] = await portal.list(list);
      await page.goto(path);
      const texts = fields.map((field) => first[field]).filter((value) => value !== null).map(String);
      assert.ok(texts.every((text) => text && text !== "undefined"), `${where}: ${texts}`);
      await texts.reduce((rows, text) => rows.filter({ hasText: text }), page.locator("tbody tr")).first().waitFor();
      if (drawn) await page.locator(".table-above").getByText(drawn).first().waitFor();
    });
  }

  drives("Station groups", "see", { getOrgsAndStationGroups: "GET /organizations" }, async () => {
    await page.goto("/cpo/station-groups");
    await page.getByRole("link", { name: group.sgName, exact: true }).first().waitFor();
  });

  drives("Station group", "see its stations, load and rights", {
    getStationGroupDetails: "GET /station-groups/*",
    getStationRightsProfile: "GET /station-groups/*/rights-profile",
    getLoad: "GET /load",
  }, async () => {
    await page.goto(`/cpo/station-groups/${group.sgId}`);
    await page.getByRole("heading", { level: 1, name: group.sgName }).waitFor();
    await page.getByRole("row").nth(1).waitFor();
    await page.getByRole("link", { name: "Load", exact: true }).last().click();
    await page.getByRole("columnheader", { name: "Capacity, kW" }).waitFor();
    await page.locator("tbody tr:not(.waiting)").first().waitFor();
    await page.getByRole("link", { name: "Rights", exact: true }).click();
    await page.getByRole("row").filter({ hasText: "View" }).first().waitFor();
  });

  drives("Station groups", "see the groups of one organization, and the rights of others over one", {
    getStationGroups: "GET /organizations/*/station-groups",
    getStationRights: "GET /station-rights",
  }, async () => {
    const [organization] = (await portal.list("/organizations")).filter((one) => one.groups.length > 0);
    await page.goto(`/cpo/station-groups?q=${encodeURIComponent(organization.id)}`);
    await page.getByRole("row").filter({ hasText: group.sgName }).waitFor();
    const [right] = await portal.list(`/station-rights?sgId=${group.sgId}`);
    await page.goto(`/cpo/station-groups/${group.sgId}/rights-of-others`);
    await (right ? row(right.station.stationId) : page.getByText("No rights of others").first()).waitFor();
  });

  drives("Session", "look at its curve", { get15minChargingSessionData: "GET /sessions/*/intervals" }, async () => {
    const session = await withCourse(await portal.list("/sessions?filter=energy:gt:1"));
    await page.goto(`/cpo/sessions/${session.sessionId}`);
    await page.getByText(/Mean power: at most [0-9.]+ kW/).waitFor();
    assert.match(await page.locator(".curve path").getAttribute("d"), /^M0 200V/);
    await page.getByLabel("Curve").selectOption("2");
    await page.getByText(/Energy so far: at most [0-9.]+ kWh/).waitFor();
    await page.getByText("Parts of 15 minutes as a table").click();
    await page.getByRole("row").nth(1).waitFor();
  });
});

describe("what is done", () => {
  drives("Load", "shed load of a station, with what it frees, and give it back", {
    shedLoad: "POST /load/shed",
    clearShedState: "POST /load/clear",
  }, async () => {
    await page.goto(`/cpo/load?q=${encodeURIComponent(charging.stationId)}`);
    await row(charging.stationName).getByRole("button", { name: "Shed load" }).click();
    await dialog().getByLabel("How much").fill("50");
    await dialog().getByText(/^Frees [0-9.]+ kW now/).waitFor();
    await dialog().getByRole("button", { name: "Shed load" }).click();
    await said("The load is shed.");
    await row(charging.stationName).getByText("50 %").waitFor();
    const { body } = await portal.api("GET", `/stations/${encodeURIComponent(charging.stationId)}/load`);
    assert.ok(body.ports.some((port) => port.shedState), "the stand-in sheds");
    await row(charging.stationName).getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Clear" }).click();
    await dialog().getByRole("button", { name: "Clear" }).click();
    await said("The load flows again.");
  });

  drives("Load events", "plan one and remove it", {
    createLoadShedEvent: "POST /load/events",
    removeLoadShedEvent: "DELETE /load/events/*",
  }, async () => {
    await page.goto(`/cpo/load?q=${encodeURIComponent(planned.stationId)}`);
    await row(planned.stationName).getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Plan an event" }).click();
    await dialog().getByLabel("Begins").fill("2098-05-01T10:00");
    await dialog().getByLabel("How much").fill("40");
    await dialog().getByRole("button", { name: "Plan an event" }).click();
    await said("The event is planned.");
    await page.goto("/cpo/load-events");
    const event = row("40 %");
    await event.getByRole("button", { name: "Remove" }).click();
    await dialog().getByRole("button", { name: "Remove" }).click();
    await said("The event is removed.");
    await event.getByText("Removed", { exact: true }).waitFor();
  });

  drives("Alarms", "clear one with a reason", { clearAlarms: "POST /alarms/clear" }, async () => {
    const [alarm] = await portal.list("/alarms?filter=state:is:Open");
    await page.goto(`/cpo/alarms?filter=stationId:is:${encodeURIComponent(alarm.stationId)}`);
    await page.getByRole("button", { name: "Clear", exact: true }).first().click();
    await dialog().getByLabel("Reason").fill("cable replaced");
    await dialog().getByRole("button", { name: "Clear", exact: true }).click();
    await said("Cleared.");
    const cleared = await portal.list(`/alarms?filter=stationId:is:${encodeURIComponent(alarm.stationId)}&filter=state:is:Cleared`);
    assert.equal(cleared[0].reason, "cable replaced");
  });

  drives("Driver", "approve", { updateUserStatus: "POST /drivers/*/status" }, async () => {
    const [driver] = await portal.list("/drivers?filter=connectionStatus:is:PENDING");
    await page.goto(`/driver-management/drivers/${driver.userId}`);
    await page.getByRole("button", { name: "Approve" }).click();
    await dialog().getByLabel("Message").fill("Welcome");
    await dialog().getByRole("button", { name: "Approve" }).click();
    await said("The driver is approved.");
    await page.locator(".page-head").getByText("Approved").waitFor();
  });

  drives("Charge station", "tell the driver at a port that the session is done", { setWaitlistDone: "POST /stations/*/ports/*/waitlist-done" }, async () => {
    // Stations that are out of reach take no messages.
    const online = await portal.list("/chargestations?filter=online:is:Yes&filter=source:is:ChargePoint&pageSize=500");
    let found;
    for (const { _id: id } of online) {
      const at = `/stations/${encodeURIComponent(id)}`;
      const { body } = await portal.api("GET", `${at}/load`);
      const port = body.ports?.find((port) => port.userId);
      if (!port) continue;
      const told = { userId: port.userId, customMessageText: "Soon." };
      found = id;
      if ((await portal.api("POST", `${at}/ports/${port.portNumber}/waitlist-done`, { body: told })).status < 300) break;
    }
    await page.goto(`/cpo/charge-stations/${encodeURIComponent(found)}/load`);
    await page.getByRole("button", { name: /^Tell the driver at port/ }).first().click();
    await dialog().getByRole("button", { name: "Tell driver" }).click();
    await said("The driver is told.");
  });

  drives("Vehicles", "add, change and delete one, and add several from a file", {
    addFleetVehicle: "POST /fleet/vehicles",
    updateFleetVehicle: "PATCH /fleet/vehicles",
    deleteFleetVehicle: "DELETE /fleet/vehicles/*",
  }, async () => {
    const [known] = await portal.list("/fleet/vehicles");
    await page.goto("/fleet/vehicles");
    await page.getByRole("button", { name: "Add vehicle" }).click();
    for (const [label, text] of [["Licence plate", "E2E 1"], ["Fleet", known.fleetName], ["Make", known.make], ["Model", known.model], ["Year", "2023"], ["Cards", "100099990001"]])
      await dialog().getByLabel(label, { exact: true }).fill(text);
    await dialog().getByRole("button", { name: "Add vehicle" }).click();
    await said("The vehicle is added.");
    await page.goto("/fleet/vehicles?q=E2E");
    await row("E2E 1").getByRole("button", { name: "Edit" }).click();
    await dialog().getByLabel("Year").fill("2022");
    await dialog().getByRole("button", { name: "Save" }).click();
    await said("The vehicle is saved.");
    await row("2022").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await dialog().getByRole("button", { name: "Delete" }).click();
    await said("The vehicle is deleted.");
    await page.getByRole("button", { name: "Add several" }).click();
    const table = `Licence plate;Fleet;Make;Model;Year;Cards\nE2E 2;${known.fleetName};${known.make};${known.model};20;100099990002\n`;
    const file = (text) => dialog().getByLabel("CSV file").setInputFiles({ name: "v.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await file(table);
    await dialog().getByRole("button", { name: "Add several" }).click();
    await dialog().getByText("No. 1 (line 2): Year: a whole number from 1990 to 2100. Nothing was added.").waitFor();
    await file(table.replace(";20;", `;${known.year};`));
    await dialog().getByRole("button", { name: "Add several" }).click();
    await said("The vehicles are added.");
    assert.equal((await portal.list("/fleet/vehicles?q=E2E")).length, 1);
  });
});

describe("one's own stations", () => {
  test("one is registered, configured, switched off and deleted", async () => {
    await page.goto("/cpo/charge-stations");
    await page.getByRole("button", { name: "Register station" }).click();
    await dialog().getByLabel("Endpoint").fill("e2e-01");
    await dialog().getByLabel("Protocol").selectOption("ocpp1.6");
    await dialog().getByRole("button", { name: "Register station" }).click();
    await said("The station is registered.");
    await page.goto("/cpo/charge-stations?q=e2e-01");
    await page.getByRole("link", { name: "e2e-01" }).click();
    await page.getByRole("heading", { level: 1, name: "e2e-01" }).waitFor();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Edit configuration" }).click();
    await dialog().getByLabel("Settings").fill("HeartbeatInterval=300");
    await dialog().getByRole("button", { name: "Edit configuration" }).click();
    await said("The configuration is saved.");
    await page.getByRole("link", { name: "Configuration" }).click();
    await page.getByText("HeartbeatInterval").waitFor();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Deactivate" }).click();
    await dialog().getByRole("button", { name: "Deactivate" }).click();
    await page.locator(".page-head").getByText("Deactivated").waitFor();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await dialog().getByRole("button", { name: "Delete" }).click();
    await page.waitForURL(/\/cpo\/charge-stations$/);
    assert.equal((await portal.list("/chargestations?q=e2e-01")).length, 0);
  });
});

test("sessions near a place are asked for by their distance, and all again", async () => {
  const [location] = await portal.list("/locations");
  const { latitude, longitude } = location.coordinates;
  await page.goto("/cpo/sessions?filter=sessionId:isNotEmpty:");
  await page.getByText("Near a place").click();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  assert.ok(await page.getByLabel("Latitude").evaluate((input) => input.matches(":invalid")), "it is asked for");
  await page.getByLabel("Latitude").fill(String(latitude));
  await page.getByLabel("Longitude").fill(String(longitude));
  await page.getByLabel("Within").fill("2.5");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.getByText(`Only within 2.5 km of ${latitude}, ${longitude}.`).waitFor();
  const near = await portal.list(`/sessions?lat=${latitude}&long=${longitude}&proximity=2.5&proximityUnit=K&pageSize=1`);
  await row(near[0].sessionId).waitFor();
  const filtered = () => new URL(page.url()).searchParams.getAll("filter");
  assert.deepEqual(filtered(), ["sessionId:isNotEmpty:"], "what was asked for before holds");
  await page.getByRole("link", { name: "Show all" }).click();
  await page.getByText("Only within").waitFor({ state: "detached" });
  assert.deepEqual(filtered(), ["sessionId:isNotEmpty:"]);
});

for (const reducedMotion of ["no-preference", "reduce"]) {
  test(`a row that a colleague changes is marked for a moment, motion: ${reducedMotion}`, async () => {
    const path = `/chargestations/${encodeURIComponent(charging.stationId)}`;
    const watched = await open(browser, portal, { reducedMotion });
    // Once it follows, changes are told to it.
    const follows = watched.waitForResponse((answer) => answer.url().endsWith("/api/v1/events"));
    await watched.goto(`/cpo/charge-stations?q=${charging.stationId}`);
    const row = watched.locator("tbody tr").filter({ hasText: charging.stationId });
    await row.waitFor();
    await follows;
    assert.equal(await watched.locator("tr[data-changed]").count(), 0);
    for (const active of [false, true]) {
      const version = (await portal.api("GET", path)).headers.get("etag").replaceAll('"', "");
      assert.equal((await portal.api("PATCH", path, { body: { active }, version })).status, 200);
      const button = watched.getByRole("button", { name: active ? "Deactivate" : "Activate", exact: true });
      await row.filter({ has: button }).and(watched.locator("[data-changed]")).waitFor();
      const motion = await row.locator("td").first().evaluate((cell) => {
        const { animationName, animationDuration } = getComputedStyle(cell);
        return { animationName, animationDuration };
      });
      const animationDuration = reducedMotion === "reduce" ? "0s" : "0.9s";
      assert.deepEqual(motion, { animationName: "changed", animationDuration });
    }
    await close(watched);
  });
}

test("the dashboard leads into lists, and the palette to a session", async () => {
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  await page.getByRole("link", { name: /^Open alarms/ }).click();
  await page.getByRole("heading", { level: 1, name: "Alarms" }).waitFor();
  const [session] = await portal.list("/sessions");
  await page.keyboard.press("Control+k");
  await dialog().getByRole("combobox").fill(session.sessionId);
  await dialog().getByRole("option").filter({ hasText: "Session" }).first().click();
  await page.waitForURL(`**/cpo/sessions/${session.sessionId}`);
  await page.locator("h1", { hasText: session.stationName }).waitFor();
});

test("a request of a driver that arrives is counted without a reload", async () => {
  const follows = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/events"));
  await page.goto("/dashboard");
  const badge = page.locator(".nav-badge");
  await badge.waitFor();
  await follows;
  const before = Number(await badge.textContent());
  const counts = (waiting) => page.waitForFunction((waiting) => Number(document.querySelector(".nav-badge")?.textContent) === waiting, waiting);
  const asks = JSON.stringify({ ask: { firstName: "Noor", lastName: "Asks" } });
  const { ok } = await fetch(`${portal.standIn}/control/estate`, { method: "POST", headers: { "content-type": "application/json" }, body: asks });
  assert.ok(ok);
  await portal.api("GET", "/drivers?pageSize=1", { headers: { "cache-control": "no-cache" } });
  await counts(before + 1);
  const requests = await portal.list("/driver_requests?filter=status:is:Pending&filter=connectionId:isNotEmpty");
  assert.ok(requests.length > 0);
  const body = { decision: "Deny", chosen: { ids: [requests[0].id], count: 1 } };
  const { status } = await portal.api("POST", "/driver_requests/decide", { body });
  assert.equal(status, 200);
  await counts(before);
});

test("each of the 26 calls has its page", () => {
  assert.equal(new Set(driven.map(([call]) => call)).size, 26);
});
