// What each role sees: every button of every page that changes something is there for those who may, and for
// nobody else, and what it sends is not refused for a missing permission.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, close, launch, open, picture, quiet } from "./support/browser.mjs";
import { Portal } from "./support/portal.mjs";

const PASSWORD = "violet kettle drives south";

/** What only looks, looks for, goes somewhere, or keeps something of one's own. */
const HARMLESS = [
  /^(Add filter|Show\/hide columns|Columns|Views|Save view|Copy link|Compact rows|Comfortable rows|Export data)/,
  /^(Clear|Edit filter|Remove filter|Sort|Rows per page|First page|Previous|Next|Last page|Close|Cancel|Back|Refresh|Copy)/,
  /^(More$|Details|Unselect|Select all|Try again|View customer details|View token details|Connections|Charge tokens|Charge locations)/,
];

/** What changes something, with the permissions of which one is needed. */
const CHANGES = [
  [/^Sync from ChargePoint$/, "Sync:Location"],
  [/^Test access$/, "Ask:Authorization"],
  [/^(Authorize here|Forget)$/, "Manage:Location"],
  [/^(Register station|Activate|Deactivate|Edit configuration|Restart)$/, "Manage:Station"],
  [/^(Shed load|Plan an event)$/, "Manage:Load"],
  [/^(Add vehicle|Add several)$/, "Manage:Fleet"],
  [/^Reject$/, "Approve:Connection"],
  [/^(Add partner|New token|Register with them)$/, "Manage:Partner"],
  [/^(Publish|Unpublish|Publish or unpublish)\b/, "Publish:Location"],
  [/^(Create customer|More for this customer|Delete customer)$/, "Manage:Customer"],
  [/^(Create charge token|More for this charge token|Delete charge token|(Block|Unblock|Delete) \d+)$/, "Manage:Token"],
  [/^(Add customers|Add charge token|More for the list|Import charge tokens|Remove (all|selected)|More for |Discard|Undo)/, "Manage:Location"],
  [/^(Browse files|Token importer example file)$/, "Manage:Location"],
  [/^(New connection|Disable connection|Enable connection|Delete connection|Upload logo|Replace|Remove logo|Rotate code)/, "Manage:Connection"],
  [/^Invite drivers/, "Manage:Connection", "Approve:Connection"],
  [/^(Approve|Deny|Remove)\b/, "Approve:Connection"],
  [/^(Add station token|Import|Apply to station|Delete station token)$/, "Manage:StationToken"],
  [/^(Transfer|Transfer tokens)/, "Transfer:StationToken"],
  [/^(New account|New role|Make a copy|More for this (account|role)|New set-up link|(Disable|Enable|Delete) account|Delete role)$/, "Manage:Account"],
];

/** Words that mean something else on each page: the permission by a part of its address. */
const PLACES = {
  "charge-stations": "Manage:Station", load: "Manage:Load", "station-groups": "Manage:Load", alarms: "Clear:Alarm", partners: "Manage:Partner", "/fleet/": "Manage:Fleet",
  drivers: "Approve:Connection", "/cpo/": "Manage:Location", "/customers": "Manage:Customer", "/tokens": "Manage:Token",
  connections: "Manage:Connection", requests: "Approve:Connection", inventory: "Manage:StationToken", settings: "Manage:Account",
};

/** What everybody may do with their own account. */
const OWN = /^(Change password|Sign out|New API key|Revoke)/;
const OWN_BUTTONS = ["Change password", "New API key", "Sign out everywhere"];

let portal, browser, roles, pages, staging;
let people = 0;

/** An import that was begun, for *Discard* and for the list of imports. */
async function stage() {
  const staged = await portal.api("POST", staging, { body: { fileName: "half.csv", kind: "auth-id" } });
  assert.equal(staged.status, 201);
}

before(async () => {
  portal = await Portal.start();
  browser = await launch();
  roles = (await portal.list("/roles")).filter((role) => role.builtIn);
  const first = async (path) => (await portal.list(`${path}&pageSize=1`))[0].id;
  const location = (visibility) => first(`/locations?filter=visibility:is:${visibility}`);
  const [published, unpublished] = [await location("Published"), await location("Unpublished")];
  const priv = await first("/locations?filter=customers:gt:0&filter=tokens:gt:0");
  const places = "/cpo/charge-locations";
  const list = `${places}/${priv}/authorization`;
  staging = `/locations/${priv}/authorization/imports`;
  await stage();
  const own = await portal.api("POST", "/roles", { body: { name: "Looker", permissions: ["View:Location"] } });
  assert.equal(own.status, 201);
  const partner = await portal.api("POST", "/partners", { body: { name: "Nord", countryCode: "NL", partyId: "NRD", role: "EMSP" } });
  assert.equal(partner.status, 201);
  await portal.api("POST", "/authorize", { body: { locationId: priv, authId: "ROLES-STRANGER" } });
  while ((await portal.list(`/locations/${priv}/refused`)).length === 0);
  const [own_] = await portal.list("/chargestations?filter=source:is:Portal");
  const [organization] = (await portal.list("/organizations")).filter((one) => one.groups.length > 0);
  const connection = (status) => first(`/connections?filter=connectionStatus:is:${status}`);
  const stock = "/organizations/inventory/station-tokens";
  const token = async (filter) => `${stock}/${await first(`/station_tokens?filter=${filter}`)}`;
  pages = {
    places, published: `${places}/${published}`, unpublished: `${places}/${unpublished}`,
    stations: `${places}/${priv}/stations`, customers: `${list}/customers`, tokens: `${list}/tokens`, import: `${list}/import`,
    "all customers": "/customers", customer: `/customers/${await first("/customers?")}`,
    "all tokens": "/tokens", token: `/tokens/${await first("/tokens?filter=valid:is:Yes")}`,
    connections: "/driver-management/connections", enabled: `/driver-management/connections/${await connection("Enabled")}`,
    disabled: `/driver-management/connections/${await connection("Disabled")}`, requests: "/driver-management/requests?match=all",
    stock, new: await token("status:is:New"), active: await token("status:is:Active"),
    accounts: "/settings/accounts", account: `/settings/accounts/${await first("/accounts?filter=name:is:viewer")}`,
    roles: "/settings/roles", "built-in role": "/settings/roles/viewer", role: `/settings/roles/${own.body.id}`,
    refused: `${list}/refused`,
    "charge stations": "/cpo/charge-stations", "own station": `/cpo/charge-stations/${own_._id}`,
    group: `/cpo/station-groups/${organization.groups[0].sgId}`, alarms: "/cpo/alarms", load: "/cpo/load", "load events": "/cpo/load-events",
    drivers: "/driver-management/drivers", vehicles: "/fleet/vehicles",
    partners: "/settings/partners", partner: `/settings/partners/${partner.body.id}`,
    audit: "/settings/audit", "your account": "/account",
  };
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

/** Signs in as somebody of that role, in a browser of their own. */
async function somebody(role) {
  const body = { name: role.name, email: `${role.id}.${(people += 1)}@portal.example`, roleId: role.id };
  const account = (await portal.api("POST", "/accounts", { body })).body;
  const { path } = (await portal.api("POST", `/accounts/${account.id}/set-up`)).body;
  const answer = await fetch(portal.url + path, { method: "POST", redirect: "manual", body: new URLSearchParams({ password: PASSWORD }) });
  const [name, value] = /^[^;]+/.exec(answer.headers.get("set-cookie"))[0].split("=");
  const page = await open(browser, portal, { account: null });
  await page.context().addCookies([{ name, value, url: portal.url, httpOnly: true, sameSite: "Strict" }]);
  page.cookie = `${name}=${value}`;
  return page;
}

/** Opens a page and waits until nothing more is on its way. */
async function visit(page, address) {
  await page.goto(address);
  await page.locator("main h1").waitFor();
  await page.getByRole("button", { name: "Account", exact: true }).waitFor();
  await quiet(page);
}

/** The buttons of the page, and the lines of its menus, open or not, by their words. */
const BUTTONS = `(press) => {
  const all = [...document.querySelectorAll("main :is(button, [role=menuitem], a.button)")];
  const shown = all.filter((one) => (one.role === "menuitem" || one.checkVisibility()) && !one.closest("thead"));
  const words = (one) => (one.ariaLabel ?? one.querySelector("span")?.firstChild?.textContent ?? one.textContent).trim();
  if (press === undefined) return [...new Set(shown.map(words))];
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  shown.find((one) => one.localName === "button" && words(one) === press)?.click();
}`;
const buttons = (page) => page.evaluate(`(${BUTTONS})()`);
const press = (page, words) => page.evaluate(`(${BUTTONS})(${JSON.stringify(words)})`);

/** The permissions of which one is needed; none for what is harmless; fails for what nobody has thought of. */
function needs(name, page, at) {
  const known = CHANGES.find(([words]) => words.test(name));
  const outlined = /charge-stations|load|station-groups|alarms|partners|fleet|drivers/.test(at);
  if (name === "Edit" || /^More for /.test(name) || (outlined && /^(Clear|Remove|Revoke|Delete)$/.test(name))) {
    return [Object.entries(PLACES).find(([part]) => at.includes(part))[1]];
  }
  if (/^Remove/.test(name) && at.startsWith("/cpo/")) return ["Manage:Location"];
  if (at === pages["your account"] && OWN.test(name)) return [];
  if (at.startsWith("/settings/") && /^Sign out everywhere$/.test(name)) return ["Manage:Account"];
  if (known) return known.slice(1);
  assert.ok(HARMLESS.some((words) => words.test(name)), `${page}: is “${name}” a change?`);
  return [];
}

/** Does what a change would do, but for its body and its version: what is refused for a permission is 403. */
async function refused(page, method, path) {
  const answer = await fetch(portal.url + path, { method, headers: { cookie: page.cookie } });
  const problem = answer.status === 403 ? await answer.json() : {};
  return problem.type === "/problems/forbidden";
}

/** The changes that the page wants to send from now on, which nobody gets. */
async function kept(page) {
  const sent = [];
  await page.route("**/api/v1/**", (route) => {
    const [method, { pathname }] = [route.request().method(), new URL(route.request().url())];
    if (method === "GET" || /\/tables\/|\/export$/.test(pathname)) return route.continue();
    sent.push([method, pathname]);
    return route.abort();
  });
  return sent;
}

test("every role sees the buttons of what it may do and no other, and none sends what it may not", async () => {
  const administrator = await open(browser, portal);
  const all = {};
  for (const [name, address] of Object.entries(pages)) {
    await visit(administrator, address);
    all[name] = await buttons(administrator);
  }
  await close(administrator);
  const changing = Object.entries(all).flatMap(([name, own]) => own.filter((button) => needs(button, name, pages[name]).length));
  assert.ok(changing.length > 60, `${changing.length} buttons that change something`);
  let changes = 0;
  for (const role of roles.filter((role) => role.id !== "administrator")) {
    const page = await somebody(role);
    const sent = await kept(page);
    let [compared, pressed] = [0, 0];
    const may = (button, name) => {
      const needed = needs(button, name, pages[name]);
      return needed.length > 0 && needed.some((permission) => role.permissions.includes(permission));
    };
    for (const [name, address] of Object.entries(pages)) {
      await visit(page, address);
      const there = await buttons(page);
      const seen = there.filter((button) => needs(button, name, address).length);
      const expected = (await page.getByRole("heading", { name: "Not allowed" }).count()) ? [] : all[name].filter((button) => may(button, name));
      assert.deepEqual(seen.toSorted(), expected.toSorted(), `${role.name} on ${name}`);
      if (name === "your account") assert.deepEqual(there.filter((button) => OWN.test(button)).toSorted(), OWN_BUTTONS, role.name);
      for (const words of seen) await press(page, words);
      compared += all[name].length;
      pressed += seen.length;
    }
    for (const [method, path] of sent) assert.equal(await refused(page, method, path), false, `${role.name}: ${method} ${path}`);
    changes += sent.length;
    console.log(`# ${role.name}: ${compared} buttons compared, ${pressed} pressed, ${sent.length} changes sent`);
    await close(page);
  }
  assert.ok(changes > 0, "no change was sent");
});

test("what somebody may not see or do says so under a heading, with nothing to try again", async () => {
  const officer = await somebody({ id: "connections-officer", name: "Officer" });
  const hidden = { places: "View:Location", stations: "View:Location", import: "View:Location", stock: "View:StationToken", new: "View:StationToken" };
  for (const [name, permission] of Object.entries(hidden)) {
    await visit(officer, pages[name]);
    await officer.getByRole("heading", { level: 2, name: "Not allowed" }).waitFor();
    await officer.getByText(`(${permission}). demo can give it to you.`).locator("visible=true").waitFor();
    assert.equal(await officer.getByRole("heading", { level: 2 }).count(), 1, name);
    for (const button of ["Try again", "Add filter", "Export data", "Views"]) assert.equal(await officer.getByRole("button", { name: button }).count(), 0, `${button} on ${name}`);
    await accessible(officer, `${name} for an officer`);
  }
  await picture(officer, "not-allowed");
  await close(officer);
  // The one of before may have been discarded by those who may.
  await stage();
  const viewer = await open(browser, portal, { account: "viewer" });
  await visit(viewer, pages.import);
  await viewer.getByText("You need permission to manage locations and their Authorization lists (Manage:Location). demo can give it to you.").waitFor();
  await viewer.getByRole("heading", { name: "Earlier imports" }).waitFor();
  await picture(viewer, "import-for-a-viewer");
  await close(viewer);
});
