// Every page and dialog: nothing for axe to find, no wider than its window, in light and dark.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accessible, close, COLOURS, DESKTOP, fits, open, PHONE, picture } from "./support/browser.mjs";
import { locationIn } from "./support/page.mjs";
import { browser, portal, started } from "./support/started.mjs";

let paths, open_, own_, group_, driver_;

started({}, async () => {
  const listed = await locationIn(portal, "Private");
  open_ = await locationIn(portal, "Published");
  const [customer] = await portal.list("/customers?sort=-tokens");
  const [token] = await portal.list("/tokens");
  const [stock] = await portal.list("/station_tokens?filter=status:is:Active");
  const [connection] = await portal.list("/connections?sort=-connectedDrivers");
  const [account] = await portal.list("/accounts?q=manager");
  const [session] = await portal.list("/sessions");
  const [driver] = await portal.list("/drivers");
  const [organization] = (await portal.list("/organizations")).filter((one) => one.groups.length > 0);
  const { body: partner } = await portal.api("POST", "/partners", {
    body: { name: "Roam & Co", role: "EMSP", countryCode: "NL", partyId: "RAM" },
  });
  const [own] = await portal.list("/chargestations?filter=source:is:Portal");
  [own_, group_] = [own, organization.groups[0]];
  driver_ = (await portal.list("/drivers?pageSize=500")).find((one) => one.connection?.status === "PENDING");
  const station = `/cpo/charge-stations/${encodeURIComponent(session.stationId)}`;
  const group = `/cpo/station-groups/${organization.groups[0].sgId}`;
  const location = `/cpo/charge-locations/${listed.id}`;
  paths = {
    dashboard: ["/dashboard", null],
    "charge stations": ["/cpo/charge-stations", "row"],
    "charge station": [station, null],
    "load of a station": [`${station}/load`, null],
    "sessions of a station": [`${station}/sessions`, null],
    "alarms of a station": [`${station}/alarms`, null],
    "history of a station": [`${station}/history`, null],
    "own station": [`/cpo/charge-stations/${own._id}`, null],
    "configuration of an own station": [`/cpo/charge-stations/${own._id}/configuration`, null],
    "station groups": ["/cpo/station-groups", null],
    "station group": [group, null],
    "load of a group": [`${group}/load`, null],
    "rights over a group": [`${group}/rights`, null],
    "rights of others over a group": [`${group}/rights-of-others`, null],
    sessions: ["/cpo/sessions", "row"],
    session: [`/cpo/sessions/${session.sessionId}`, null],
    transactions: ["/cpo/transactions", "row"],
    alarms: ["/cpo/alarms", "row"],
    load: ["/cpo/load", "row"],
    "load events": ["/cpo/load-events", null],
    drivers: ["/driver-management/drivers", "row"],
    driver: [`/driver-management/drivers/${driver.userId}`, null],
    vehicles: ["/fleet/vehicles", "row"],
    usage: ["/fleet/usage", "row"],
    organizations: ["/organizations/all", "row"],
    networks: ["/organizations/networks", "row"],
    chargepoint: ["/settings/chargepoint", null],
    "no such session": ["/cpo/sessions/0", null],
    locations: ["/cpo/charge-locations", "row"],
    "locations, nothing matches": ["/cpo/charge-locations?q=zzzz", null],
    location: [location, null],
    stations: [`${location}/stations`, null],
    "history of a location": [`${location}/history`, null],
    "authorized customers": [`${location}/authorization/customers`, null],
    "authorized tokens": [`${location}/authorization/tokens`, null],
    "refused lately": [`${location}/authorization/refused`, null],
    "authorized customers, none": [`/cpo/charge-locations/${open_.id}/authorization/customers`, null],
    import: [`${location}/authorization/import`, null],
    customers: ["/customers", "row"],
    customer: [`/customers/${customer.id}`, null],
    tokens: ["/tokens", "row"],
    token: [`/tokens/${token.id}`, null],
    "station tokens": ["/organizations/inventory/station-tokens", "row"],
    "station token": [`/organizations/inventory/station-tokens/${stock.id}`, null],
    connections: ["/driver-management/connections", "row"],
    connection: [`/driver-management/connections/${connection.id}`, null],
    requests: ["/driver-management/requests", "row"],
    accounts: ["/settings/accounts", "row"],
    account: [`/settings/accounts/${account.id}`, null],
    roles: ["/settings/roles", "row"],
    role: ["/settings/roles/location-manager", null],
    audit: ["/settings/audit", "row"],
    partners: ["/settings/partners", null],
    partner: [`/settings/partners/${partner.id}`, null],
    "tokens of a partner": [`/settings/partners/${partner.id}/tokens`, null],
    "your account": ["/account", null],
    "no such page": ["/nowhere", null],
    "no such location": ["/cpo/charge-locations/nowhere", null],
  };
});

/** Where a driver whom ChargePoint names charges now, and for long: sessions end while other pages are looked at. */
async function charging() {
  for (const { stationId } of await portal.list("/load?pageSize=500&filter=stationLoad:gt:5&sort=stationLoad")) {
    const at = encodeURIComponent(stationId);
    const { body } = await portal.api("GET", `/stations/${at}/load`);
    if (body.ports.some((port) => port.userId)) return `/cpo/charge-stations/${at}/load`;
  }
  throw new Error("nobody charges whom ChargePoint names");
}

/** The page has its data: its title stands, and nothing is loading. */
async function settled(page) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => !document.querySelector(".skeleton, [aria-busy=true]"));
}

for (const [size, viewport] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every page, ${size}, ${colorScheme}`, async (t) => {
      const page = await open(browser, portal, { viewport, colorScheme });
      for (const [name, [path, role]] of Object.entries(paths)) {
        await t.test(name, async () => {
          await page.goto(path);
          await settled(page);
          if (role) await page.getByRole(role).nth(1).waitFor();
          await picture(page, `${name.replaceAll(/\W+/g, "-")}-${size}-${colorScheme}`);
          await accessible(page, `${name}, ${size}, ${colorScheme}`, colorScheme === "dark" ? COLOURS : undefined);
          await fits(page, `${name}, ${size}, ${colorScheme}`);
        });
      }
      await close(page);
    });
  }
}

describe("dialogs", () => {
  const location = (part) => () => `/cpo/charge-locations/${open_.id}${part}`;
  const own = () => `/cpo/charge-stations/${own_._id}`;
  const group = () => `/cpo/station-groups/${group_.sgId}`;
  const at = (path) => () => path;
  for (const [name, path, button, inMenu] of [
    ["Add customers", location("/authorization/customers"), "Add customers"],
    ["Add charge token", location("/authorization/tokens"), "Add charge token"],
    ["Edit a location", location(""), "Edit"],
    ["Test access", location("/authorization/tokens"), "Test access"],
    ["Add a partner", at("/settings/partners"), "Add partner"],
    ["Create a customer", at("/customers"), "Create customer"],
    ["Create a charge token", at("/tokens"), "Create charge token"],
    ["Register a station", at("/cpo/charge-stations"), "Register station"],
    ["Edit a station", own, "Edit"],
    ["Edit a configuration", own, "More", "Edit configuration"],
    ["Delete a station", own, "More", "Delete"],
    ["Clear an alarm", at("/cpo/alarms"), "Clear"],
    ["Shed load", group, "Shed load"],
    ["Plan an event", group, "More", "Plan an event"],
    ["Clear what is shed", group, "More", "Clear"],
    ["Tell the driver", charging, /^Tell the driver/],
    ["Reject a driver", () => `/driver-management/drivers/${driver_.userId}`, "More", "Reject"],
    ["Add a vehicle", at("/fleet/vehicles"), "Add vehicle"],
    ["Add several vehicles", at("/fleet/vehicles"), "Add several"],
    ["Edit a vehicle", at("/fleet/vehicles"), "Edit"],
    ["Delete a vehicle", at("/fleet/vehicles"), "More", "Delete"],
    ["Filter", at("/cpo/sessions"), "Add filter"],
    ["Export", at("/cpo/sessions"), "Export data"],
  ]) {
    for (const [size, viewport, colorScheme] of [["desktop", DESKTOP, "light"], ["phone", PHONE, "dark"]]) {
      test(`${name}, ${size}, ${colorScheme}`, async () => {
        const page = await open(browser, portal, { viewport, colorScheme });
        // What happens elsewhere would draw anew what opened the dialog: nothing is told.
        await page.route("**/api/v1/events", () => {});
        await page.goto(await path());
        await settled(page);
        const opener = page.locator("main").getByRole("button", { name: button, exact: true }).first();
        await opener.click();
        if (inMenu) await page.getByRole("menuitem", { name: inMenu, exact: true }).first().click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("heading").first().waitFor();
        await settled(page);
        await picture(page, `dialog-${name.replaceAll(/\W+/g, "-")}-${size}`);
        await accessible(page, name);
        await fits(page, name);
        const { x, width } = await dialog.boundingBox();
        assert.ok(x >= 0 && x + width <= viewport.width, `${name}: from ${x}, ${width} px wide`);
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "hidden" });
        assert.ok(await opener.evaluate((element) => element === document.activeElement), "the focus comes back");
        await close(page);
      });
    }
  }
});

test("after a route change the focus is on the page's title, and Back goes back", async () => {
  const page = await open(browser, portal);
  await page.goto("/cpo/charge-locations");
  await settled(page);
  await page.getByRole("link", { name: open_.name, exact: true }).click();
  const title = page.getByRole("heading", { level: 1, name: open_.name });
  await title.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  assert.match(await page.title(), new RegExp(open_.name.slice(0, 5)));
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Charge locations" }).waitFor();
  await close(page);
});

test("search, order and page stand in the address", async () => {
  const page = await open(browser, portal);
  await page.goto("/tokens?pageSize=25&page=2&sort=-authId");
  await settled(page);
  await page.getByText(/26–50 of/).first().waitFor();
  assert.equal(await page.getByRole("columnheader", { name: "Auth ID" }).getAttribute("aria-sort"), "descending");
  await page.getByRole("button", { name: /^Auth ID/ }).click();
  await page.waitForFunction(() => !new URL(location.href).searchParams.get("sort")?.startsWith("-"));
  await page.getByRole("searchbox").fill("zzzz");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("q") === "zzzz");
  await close(page);
});

test("where the program stops, the page says so", async () => {
  const page = await open(browser, portal);
  await page.goto("/customers");
  await settled(page);
  // What a panic of the app is to the browser: a trap.
  await page.evaluate(() => {
    const trap = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(trap)));
    setTimeout(() => exports.f());
  });
  await page.getByRole("heading", { name: "The portal stopped" }).waitFor();
  assert.deepEqual(page.faults.splice(0), ["script error: unreachable"]);
  await close(page);
});
