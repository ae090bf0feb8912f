// Texts that would be scripts, in every field that takes text and on every page that shows it; and what stays in a
// browser.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { close, launch, open, quiet } from "./support/browser.mjs";
import { Portal } from "./support/portal.mjs";

const SCRIPT = `"><img src=x onerror=hacked=1><script>hacked=1</script>'{{1}}`;
const PLANT = {
  Line: SCRIPT, Suggested: SCRIPT, Id: SCRIPT, Note: `${SCRIPT}\n<svg onload=hacked=1>`, Phone: SCRIPT,
  Email: `<img/src=x/onerror=hacked=1>@evil.example`,
};
// What a record needs besides, its list, its page, and how many of its fields hold a script at least.
const RECORDS = {
  customers: { base: { name: "Hostile" }, address: "/customers", page: (id) => `/customers/${id}`, least: 5 },
  tokens: { base: { authId: "NL-GFX-C99999999-4" }, address: "/tokens", page: (id) => `/tokens/${id}`, least: 3 },
  connections: {
    base: { connectionName: "Hostile" }, address: "/driver-management/connections",
    page: (id) => `/driver-management/connections/${id}`, least: 3, org: true, menu: "More for this connection",
  },
  station_tokens: {
    base: { tokenSn: "HOSTILE1", cloudPlan: "Home" }, address: "/organizations/inventory/station-tokens",
    page: (id) => `/organizations/inventory/station-tokens/${id}`, least: 6, org: true,
  },
};
let portal, browser, organization;

before(async () => {
  portal = await Portal.start();
  browser = await launch();
  [organization] = await portal.list("/organizations");
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

/** The fields of the field table that take text, with a script for each. */
async function plants(resource) {
  const source = await readFile(new URL(`../../crates/domain/src/${resource}.rs`, import.meta.url), "utf8");
  const fields = [...source.matchAll(/Field::new\(\s*"(\w+)",\s*"[^"]*",\s*Input::(\w+)/g)];
  assert.ok(fields.length >= 5, resource);
  return Object.fromEntries(fields.filter(([, , kind]) => PLANT[kind]).map(([, key, kind]) => [key, PLANT[kind]]));
}

/** Makes a record with scripts in all fields that take them; those that refuse get what they need. */
async function make(resource) {
  const { base, least, org } = RECORDS[resource];
  const planted = await plants(resource);
  const more = org ? { orgId: organization.id } : {};
  for (;;) {
    const made = await portal.api("POST", `/${resource}`, { body: { ...base, ...more, ...planted } });
    if (made.status === 201) {
      const keys = Object.keys(planted);
      assert.ok(keys.length >= least, `${resource}: ${keys}`);
      for (const key of keys) assert.equal(made.body[key], planted[key], `${resource}.${key} is kept as it was typed`);
      return { ...made.body, keys };
    }
    assert.equal(made.status, 422, JSON.stringify(made.body));
    const refused = made.body.errors.map(({ field }) => field).filter((field) => field in planted);
    assert.ok(refused.length > 0, JSON.stringify(made.body));
    for (const field of refused) delete planted[field];
  }
}

/** Nothing of a text became anything but text. */
async function harmless(page, where) {
  const found = await page.evaluate(() => ({
    ran: "hacked" in globalThis,
    made: document.querySelectorAll("img[src=x], svg[onload], script:not([src])").length,
  }));
  assert.deepEqual(found, { ran: false, made: 0 }, where);
}

/** Opens an address and waits until a planted text is there. */
async function look(page, address) {
  await page.goto(address);
  await page.getByText("onerror=hacked").filter({ visible: true }).first().waitFor();
  // The title alone may hold one before what stands below it is there.
  await quiet(page);
  await harmless(page, address);
}

for (const [resource, { address, page: own, menu }] of Object.entries(RECORDS)) {
  test(`scripts in the fields of ${resource} stay texts, in lists, pages and forms`, async () => {
    const record = await make(resource);
    const page = await open(browser, portal);
    await look(page, `${address}?columns=${record.keys.join(",")}&sort=-updatedAt`);
    await look(page, own(record.id));
    if (menu) await page.getByRole("button", { name: menu }).click();
    await page.getByRole(menu ? "menuitem" : "button", { name: /^Edit/ }).first().click();
    await page.getByRole("dialog").waitFor();
    const values = await page.getByRole("dialog").locator("input, textarea").evaluateAll((all) => all.map((one) => one.value));
    assert.ok(values.some((value) => value.includes("onerror=hacked")), "the form holds the text as it is");
    await harmless(page, `the form of ${resource}`);
    await close(page);
  });
}

test("scripts in a location, its list, a view and an import stay texts", async () => {
  const [location] = await portal.list("/locations?pageSize=1");
  const changed = await portal.api("PATCH", `/locations/${location.id}`, {
    version: location.version,
    body: {
      name: SCRIPT, operatorName: SCRIPT, notes: PLANT.Note,
      address: { streetAndNumber: SCRIPT, city: SCRIPT, postalCode: "1", country: SCRIPT },
    },
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  const staged = await portal.api("POST", `/locations/${location.id}/authorization/imports`, { body: { fileName: SCRIPT, kind: "auth-id" } });
  assert.equal(staged.status, 201);
  const view = await portal.api("POST", "/tables/locations/views", { body: { name: SCRIPT, query: "q=a", everyone: true } });
  assert.equal(view.status, 201);
  const page = await open(browser, portal);
  const place = `/cpo/charge-locations/${location.id}`;
  await look(page, "/cpo/charge-locations?q=onerror");
  for (const tab of ["", "/stations", "/authorization/tokens", "/authorization/customers", "/authorization/import"]) {
    await look(page, place + tab);
  }
  await page.locator("main strong").filter({ hasText: "onerror=hacked" }).waitFor();
  await harmless(page, "an unfinished import");
  await close(page);
});

test("what a stranger sends from a public page stays text for the operator, and in every answer to the stranger", async () => {
  const body = { connectionName: SCRIPT, orgNameForDrivers: SCRIPT, verifyDriversBy: SCRIPT, orgId: organization.id };
  const connection = await portal.api("POST", "/connections", { body });
  assert.equal(connection.status, 201, JSON.stringify(connection.body));
  const { body: { link } } = await portal.api("GET", `/connections/${connection.body.id}/invitation`);
  const driver = await open(browser, portal, { account: null });
  await look(driver, link);
  await driver.getByLabel("Your name").fill(SCRIPT);
  await driver.getByLabel("E-mail").fill("a@b.example");
  await driver.locator("#answer").fill(SCRIPT);
  await driver.getByRole("button", { name: "Send request" }).click();
  await driver.getByRole("heading", { name: "Your request was received" }).waitFor();
  await harmless(driver, "the driver's page");
  await close(driver);
  const page = await open(browser, portal);
  await look(page, "/driver-management/requests?q=onerror");
  await look(page, `/driver-management/connections/${connection.body.id}`);
  await look(page, `${portal.url}/api/v1/connections/${connection.body.id}/invitation/sheet`);
  await close(page);
});

test("an address of the portal cannot carry a script into it", async () => {
  const page = await open(browser, portal);
  const typed = encodeURIComponent(SCRIPT);
  for (const address of [
    `/tokens?q=${typed}`, `/tokens?filter=${typed}`, `/tokens?filter=authId:contains:${typed}`, `/tokens?sort=${typed}`,
    `/customers/${typed}`, `/${typed}`, `/sign-in?next=${typed}`, `/set-up/${typed}`, `/join/${typed}`, `/tokens#${typed}`,
    "/sign-in?next=javascript:hacked=1",
  ]) {
    await page.goto(address);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await harmless(page, address);
  }
  await close(page);
});

test("a browser keeps nothing of the portal but how it looks, and after signing out shows nothing", async () => {
  const page = await open(browser, portal);
  for (const address of ["/customers", "/tokens", "/cpo/charge-locations", "/driver-management/requests"]) {
    await page.goto(address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByRole("row").nth(1).waitFor();
  }
  const kept = await page.evaluate(async () => ({
    local: Object.keys(localStorage).filter((key) => !["theme", "nav"].includes(key)),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  assert.deepEqual(kept, { local: [], session: [], cookies: "", caches: [], databases: 0, workers: 0 });
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Sign in" }).or(page.getByRole("dialog", { name: "Your session has ended" })).waitFor();
  assert.equal(await page.getByRole("row").count(), 0, "no record is left to look at");
  await close(page);
});
