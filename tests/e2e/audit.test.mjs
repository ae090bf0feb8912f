// The audit log as an operator meets it: each change made by clicking through the portal has its line.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, afterEach, beforeEach, describe, test } from "node:test";
import { promisify } from "node:util";
import { PHONE, accessible, close, fits, open, picture } from "./support/browser.mjs";
import { becomes, choose, locationIn, pick } from "./support/page.mjs";
import { browser, portal, started } from "./support/started.mjs";

let page;

started();
beforeEach(async () => (page = await open(browser, portal)));
afterEach(() => close(page));

const sheet = (name) => page.getByRole("dialog", name ? { name } : {});
const press = (name) => page.getByRole("button", { name, exact: true }).first().click();
const confirm = (name) => sheet().getByRole("button", { name }).click();
const titled = (name) => page.getByRole("heading", { level: 1, name }).waitFor();

let made = 0;

/** Makes a change by clicking, and finds its lines in the log: the action, the kind, and what the record is called. */
async function tells(lines, click) {
  const last = Number((await portal.list("/audit?pageSize=1"))[0].id);
  await click();
  let told;
  for (const until = Date.now() + 10_000; Date.now() < until; await page.waitForTimeout(50)) {
    told = (await portal.list("/audit?pageSize=100&filter=who:is:demo")).filter((line) => Number(line.id) > last);
    if (told.length >= lines.length) break;
  }
  const words = told.map((line) => [line.action, line.kind, line.record]).reverse();
  assert.deepEqual(words, lines);
  for (const line of told) assert.ok(line.changes.length || /^(Signed|Set-up|Invitation|Deleted|Approved)/.test(line.action), `${line.action}: nothing changed?`);
  made += lines.length;
}

const past = (words) => page.locator(".history").getByText(words).first().waitFor();

describe("each change made by clicking has its line, and the record tells its own past", () => {
  after(() => console.log(`# ${made} changes made by clicking through the portal, each with its line`));

  test("customers and charge tokens", async () => {
    await page.goto("/customers");
    await tells([["Added", "Customer", "Quayside Cabs"]], async () => {
      await press("Create customer");
      await sheet().getByLabel("Name").fill("Quayside Cabs");
      await confirm("Create");
      await titled("Quayside Cabs");
    });
    await past("Added by demo");
    await tells([["Changed", "Customer", "Quayside Cabs Ltd"]], async () => {
      await press("Edit");
      await sheet().getByLabel("Name").fill("Quayside Cabs Ltd");
      await confirm("Save");
      await past("Changed by demo");
    });
    await past("Name: Quayside Cabs → Quayside Cabs Ltd");
    await accessible(page, "a record with its history");
    await picture(page, "history");
    await page.goto("/tokens");
    await tells([["Added", "Charge token", "XX-LOG-000000001"]], async () => {
      await press("Create charge token");
      await sheet().getByLabel("Auth ID").fill("XX-LOG-000000001");
      await confirm("Create");
      await titled("XX-LOG-000000001");
    });
    await tells([["Changed", "Charge token", "XX-LOG-000000001"]], async () => {
      await press("Edit");
      await sheet().getByLabel("Note").fill("Spare");
      await confirm("Save");
    });
    await tells([["Deleted", "Charge token", "XX-LOG-000000001"]], async () => {
      await choose(page, "More for this charge token", "Delete charge token");
      await confirm(/^Delete/);
      await titled("Charge tokens");
    });
  });

  test("a location, its list and its imports", async () => {
    const { id, name } = await locationIn(portal, "Published");
    const place = `/cpo/charge-locations/${id}`;
    const line = (action) => [[action, "Charge location", name]];
    await page.goto(place);
    await tells(line("Unpublished"), async () => {
      await choose(page, "Publish or unpublish", "Unpublish");
      await becomes(page, "Unpublished");
    });
    await tells(line("Published"), async () => {
      await choose(page, "Publish or unpublish", "Publish");
      await becomes(page, "Published");
    });
    await tells(line("Changed"), async () => {
      await press("Edit");
      await sheet().getByLabel("Notes").fill("Ring twice");
      await confirm("Save");
    });
    await page.goto(`${place}/authorization/customers`);
    await tells(line("List changed"), async () => {
      await press("Add customers");
      await pick(page, "Quayside", "Quayside Cabs Ltd");
      await confirm("Add 1 customer");
      await becomes(page, "Private");
    });
    await page.goto(`${place}/authorization/import`);
    await tells(line("Imported"), async () => {
      const file = { name: "fleet.csv", mimeType: "text/csv", buffer: Buffer.from("Auth ID\r\nXX-EXT-000000001\r\n") };
      await page.getByLabel("CSV file with charge tokens").setInputFiles(file);
      await page.getByRole("button", { name: /^Preview the import/ }).click();
      await press("Finalise import");
      await page.getByText("The import is final").waitFor();
    });
    await tells(line("Import undone"), () => press("Undo"));
    await page.goto(`${place}/history`);
    await past("Import undone by demo");
    await past("Visibility: Published → Unpublished");
    await past("Added: Quayside Cabs Ltd");
    await accessible(page, "a location's history");
    await picture(page, "history-location");
  });

  test("connections and requests", async () => {
    const [organization] = await portal.list("/organizations");
    await page.goto("/driver-management/connections");
    await tells([["Added", "Connection", "Night shift"]], async () => {
      await press("New connection");
      await sheet().getByRole("combobox", { name: "Organization", exact: true }).fill(organization.name);
      await sheet().getByRole("option").first().click();
      await sheet().getByLabel("Connection Name").fill("Night shift");
      await confirm("Create connection");
      await sheet().waitFor({ state: "hidden" });
    });
    // Without a card, of which a charge token would be made.
    const waiting = await portal.list("/driver_requests?filter=status:is:Pending&filter=source:is:Invitation&filter=cardNumber:isEmpty:&pageSize=2");
    assert.equal(waiting.length, 2);
    for (const [at, [press, done]] of [["Approve", "Approved"], ["Deny", "Denied"]].entries()) {
      await page.goto(`/driver-management/requests?q=${encodeURIComponent(waiting[at].email)}`);
      await tells([[done, "Driver request", waiting[at].driver]], async () => {
        await page.locator("tbody tr").filter({ hasText: waiting[at].driver }).getByRole("button", { name: new RegExp(`^${press}`) }).click();
        await confirm(new RegExp(`^${press}`));
      });
    }
  });

  test("station tokens", async () => {
    const stock = "/organizations/inventory/station-tokens";
    const free = (await portal.list("/station_tokens?filter=status:is:Available&pageSize=500")).filter((token) => token.ours);
    const [one, moving] = free;
    const evse = (await portal.list(`/station_tokens/${one.id}/evses`)).find((evse) => !evse.tokenSn);
    await page.goto(`${stock}/${one.id}`);
    await tells([["Applied to station", "Station token", one.tokenSn]], async () => {
      await press("Apply to station");
      await sheet().getByRole("combobox").fill(evse.id);
      await sheet().getByRole("option").first().click();
      await confirm("Apply to station");
    });
    await past("Applied to station by demo");
    await accessible(page, "a station token's history");
    await picture(page, "history-station-token");
    const receiver = (await portal.list("/organizations")).find((organization) => organization.id !== moving.orgId);
    await page.goto(stock);
    await tells([["Transferred", "Station token", moving.tokenSn]], async () => {
      await choose(page, "More for station tokens", "Transfer tokens");
      await sheet().getByLabel("Token serial numbers").fill(moving.tokenSn);
      await sheet().getByRole("combobox").fill(receiver.name);
      await sheet().getByRole("option").first().click();
      await sheet().getByLabel("Reference").fill("PO-4711");
      await confirm("Check");
      await confirm(/^Transfer .*to/);
    });
    await page.goto(stock);
    await tells([["Imported", "Station token", "LOG-0001"]], async () => {
      await choose(page, "More for station tokens", "Import");
      const file = { name: "stock.csv", mimeType: "text/csv", buffer: Buffer.from(`Token S/N;Cloud Plan;Org ID\r\nLOG-0001;Commercial;${one.orgId}\r\n`) };
      await sheet().getByLabel("File with station tokens").setInputFiles(file);
      await confirm(/^Finalise import/);
    });
  });

  test("accounts, roles and API keys", async () => {
    await page.goto("/settings/roles/viewer");
    await tells([["Added", "Role", "Looker"]], async () => {
      await press("Make a copy");
      await sheet().getByLabel("Name").fill("Looker");
      await confirm("Create role");
      await titled("Looker");
    });
    await tells([["Changed", "Role", "Looker"]], async () => {
      await press("Edit");
      await sheet().getByLabel("See charge tokens").uncheck();
      await confirm("Save");
    });
    await page.goto("/settings/accounts");
    await tells([["Added", "Account", "Ines Invited"], ["Set-up link made", "Account", "Ines Invited"]], async () => {
      await press("New account");
      await sheet().getByLabel("Name").fill("Ines Invited");
      await sheet().getByLabel("E-mail").fill("ines@portal.example");
      await pick(page, "looker", "Looker");
      await confirm("Create account");
      await confirm("Done");
    });
    await page.getByRole("link", { name: "Ines Invited" }).click();
    await tells([["Changed", "Account", "Ines Invited"]], async () => {
      await choose(page, "More for this account", "Disable account");
      await page.locator(".page-head").getByText("Disabled").waitFor();
    });
    await past("Status: Enabled → Disabled");
    await page.goto("/account");
    await tells([["Added", "API key", "nightly"]], async () => {
      await press("New API key");
      await sheet().getByLabel("Name").fill("nightly");
      await sheet().getByLabel("See charge tokens").check();
      await sheet().getByLabel("Days until it expires").fill("30");
      await confirm("New API key");
      await confirm("Done");
    });
    await tells([["Deleted", "API key", "nightly"]], async () => {
      await page.getByRole("row", { name: /nightly/ }).getByRole("button", { name: "Revoke" }).click();
      await confirm("Revoke");
    });
  });
});

test("the log is searched, and a line opens in full", async () => {
  await page.goto("/");
  await page.getByRole("link", { name: "Audit" }).click();
  await picture(page, "audit");
  await page.getByRole("searchbox").fill("quayside cabs");
  const rows = page.locator("tbody tr");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 3);
  await accessible(page, "the audit log");
  await rows.filter({ hasText: "Changed" }).filter({ hasNotText: "List" }).getByRole("button", { name: "Details" }).click();
  await sheet().getByText("Name: Quayside Cabs → Quayside Cabs Ltd").waitFor();
  await sheet().getByText("127.0.0.1").waitFor();
  await accessible(page, "a line of the audit log");
  await picture(page, "audit-line");
});

test("on a phone the history and the log fit", async () => {
  const phone = await open(browser, portal, { viewport: PHONE });
  const location = await locationIn(portal, "Private");
  await phone.goto(`/cpo/charge-locations/${location.id}/history`);
  await phone.locator(".history").getByText(/^List changed by/).first().waitFor();
  await fits(phone, "a location's history on a phone");
  await picture(phone, "history-phone");
  await phone.goto("/settings/audit");
  await phone.locator("tbody tr").first().waitFor();
  await fits(phone, "the audit log on a phone");
  await close(phone);
});

test("who may not see the log has neither its page in the navigation nor its lines, but each record's past", async () => {
  const viewer = await open(browser, portal, { account: "viewer" });
  const location = await locationIn(portal, "Private");
  await viewer.goto(`/cpo/charge-locations/${location.id}/history`);
  await viewer.locator(".history li").first().waitFor();
  await viewer.getByRole("button", { name: "Account", exact: true }).waitFor();
  assert.equal(await viewer.getByRole("link", { name: "Audit" }).count(), 0);
  await viewer.goto("/settings/audit");
  await viewer.getByText("You need permission to see the audit log").waitFor();
  await close(viewer);
});

test("the log is whole while the portal runs", async () => {
  const { stdout } = await promisify(execFile)(process.env.EV_PORTAL_BINARY, ["audit", "verify", "--data-dir", portal.dataDir]);
  assert.match(stdout, /^The audit log is whole: \d+ lines\. The last one is \d+:[0-9a-f]{64}\n$/);
});
