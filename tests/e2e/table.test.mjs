// The one table: filters, columns, views and exports, by mouse, by keyboard and on a phone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { accessible, close, fits, open, PHONE, picture } from "./support/browser.mjs";
import { locationIn, said } from "./support/page.mjs";
import { browser, portal, started } from "./support/started.mjs";

started();

const total = async (path) => (await portal.api("GET", `${path}${path.includes("?") ? "&" : "?"}pageSize=1`)).body.total;
const rows = (page) => page.locator("tbody tr:not(.waiting)");

/** Opens the builder and fills in its first empty row. */
async function filter(page, field, condition, value) {
  await page.getByRole("button", { name: "Add filter" }).click();
  const row = page.getByRole("dialog").getByRole("group", { name: "Filter" }).last();
  await row.getByLabel("Field").selectOption({ label: field });
  await row.getByLabel("Condition").selectOption({ label: condition });
  if (value !== undefined) {
    const control = row.getByLabel(/^Values?$/);
    if (await control.evaluate((element) => element.tagName) === "SELECT") await control.selectOption({ label: value });
    else await control.fill(value);
  }
}

test("a filter is counted before, applied, edited, and taken back", async () => {
  const page = await open(browser, portal);
  await page.goto("/tokens");
  await rows(page).first().waitFor();
  const all = await total("/tokens");
  const other = await total("/tokens?filter=type:is:Other");
  assert.ok(other > 0 && other < all, `${other} of ${all} are of another type`);

  await filter(page, "Type", "Is", "Other");
  await page.getByRole("dialog").getByText(`${other.toLocaleString("en")} charge tokens match`).waitFor();
  await picture(page, "filter-builder");
  await accessible(page, "filter builder");
  await page.getByRole("button", { name: "Apply filters" }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get("filter") === "type:is:Other");
  await page.getByText(new RegExp(`of ${other.toLocaleString("en")} charge tokens|^${other} charge tokens`)).first().waitFor();

  await page.getByRole("button", { name: /Type is Other/i }).first().click();
  await page.getByRole("dialog").getByLabel("Condition").selectOption({ label: "Is not" });
  await page.getByRole("dialog").getByText(`${(all - other).toLocaleString("en")} charge tokens match`).waitFor();
  await page.getByRole("button", { name: "Apply filters" }).click();
  await page.getByText(`of ${(all - other).toLocaleString("en")} charge tokens`).first().waitFor();

  await page.goBack();
  await page.getByText(new RegExp(`of ${other.toLocaleString("en")} charge tokens|^${other} charge tokens`)).first().waitFor();
  await page.getByRole("button", { name: "Clear all" }).click();
  await page.getByText(`of ${all.toLocaleString("en")} charge tokens`).first().waitFor();
  await close(page);
});

test("an id is found by its key, without separators and check character", async () => {
  const page = await open(browser, portal);
  const { body: token } = await portal.api("POST", "/tokens", { body: { authId: "NL-GFX-C0B34A240-H" } });
  await page.goto("/tokens?filter=authId:is:nl-gfx-c0b34a240");
  await page.getByRole("link", { name: token.authId }).waitFor();
  assert.equal(await rows(page).count(), 1);
  await close(page);
});

test("a thousand pasted ids are one filter", async () => {
  const page = await open(browser, portal);
  await page.goto("/tokens");
  await rows(page).first().waitFor();
  const known = (await portal.list("/tokens?pageSize=40")).map((token) => token.authId);
  const ids = [...known, ...Array.from({ length: 960 }, (_, n) => `XX-NON-${String(n).padStart(9, "0")}`)];
  await filter(page, "Auth ID", "Is any of", "");
  // As people do it: typed in by the test, each line would be an input of its own.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), ids.join("\n"));
  await page.getByRole("dialog").getByLabel("Values").focus();
  await page.keyboard.press("ControlOrMeta+V");
  await page.getByText("1,000 values").waitFor();
  await page.getByRole("dialog").getByText(`${known.length} charge tokens match`).waitFor();
  await page.getByRole("button", { name: "Apply filters" }).click();
  await page.getByRole("button", { name: /^Auth ID is any of 1,000 values/ }).waitFor();
  await page.getByText(new RegExp(`^${known.length} charge tokens`)).first().waitFor();
  await page.reload();
  await page.getByText(new RegExp(`^${known.length} charge tokens`)).first().waitFor();
  await close(page);
});

test("what an address says and nobody understands is named, and the rest holds", async () => {
  const page = await open(browser, portal);
  await page.goto("/tokens?filter=colour:is:red&filter=type:is:Other&filter=type:like:x&sort=shade&match=some");
  const other = await total("/tokens?filter=type:is:Other");
  await page.getByText(new RegExp(`of ${other.toLocaleString("en")} charge tokens|^${other} charge tokens`)).first().waitFor();
  for (const words of ["there is no field “colour” here", "there is no condition “like”", "shade", "there is no match “some”"]) {
    await page.getByText(words).first().waitFor();
  }
  await picture(page, "ignored");
  await accessible(page, "ignored parts");
  await close(page);
});

test("a view that one person saved opens for another by its link, with its columns", async () => {
  const page = await open(browser, portal);
  await page.goto("/tokens?filter=type:is:Other&sort=-authId");
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "Show/hide columns" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Visual ID", { exact: true }).uncheck();
  await sheet.getByLabel("Note", { exact: true }).check();
  await picture(page, "columns");
  await accessible(page, "columns");
  await sheet.getByRole("button", { name: "Move Note up" }).click();
  await sheet.getByRole("button", { name: "Done" }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get("columns")?.includes("note"));
  await page.getByRole("button", { name: "Views", exact: true }).click();
  await page.getByRole("menuitem", { name: "Save view" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Other tokens");
  await page.getByRole("dialog").getByLabel("For everyone").check();
  await picture(page, "save-view");
  await accessible(page, "save view");
  await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
  await said(page, "View “Other tokens” is saved.");
  const link = page.url();
  const heads = await page.locator("thead th").allInnerTexts();
  const first = await rows(page).first().innerText();

  const colleague = await open(browser, portal, { account: "viewer" });
  await colleague.goto(link);
  await rows(colleague).first().waitFor();
  assert.deepEqual(await colleague.locator("thead th").allInnerTexts(), heads);
  assert.equal(await rows(colleague).first().innerText(), first);
  // By its name as well.
  await colleague.goto("/tokens");
  await rows(colleague).first().waitFor();
  await colleague.getByRole("button", { name: "Views", exact: true }).click();
  await colleague.getByRole("menuitem", { name: /^Other tokens/ }).click();
  await colleague.waitForFunction(() => new URL(location.href).searchParams.get("filter") === "type:is:Other");
  await colleague.getByRole("button", { name: /^(Views|Other tokens)/ }).first().click();
  await colleague.getByRole("menuitem", { name: "Save view" }).waitFor();
  assert.equal(await colleague.getByRole("menuitem", { name: /^Delete/ }).count(), 0);
  await close(colleague);
  await close(page);
});

test("a view is renamed, and everybody finds it by its new name", async () => {
  const page = await open(browser, portal);
  await page.goto("/customers?sort=-name");
  await rows(page).first().waitFor();
  const views = page.getByRole("button", { name: "Views", exact: true });
  await views.click();
  await page.getByRole("menuitem", { name: "Save view" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Backwards");
  await dialog.getByLabel("For everyone").check();
  await dialog.getByRole("button", { name: "Save view" }).click();
  await said(page, "View “Backwards” is saved.");
  // Other rows than the view's are on the screen: they do not get into it.
  await page.getByRole("searchbox").fill("a");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("q") === "a");
  await page.getByRole("button", { name: /^(Views|Backwards)/ }).first().click();
  await page.getByRole("menuitem", { name: "Rename “Backwards”" }).click();
  await dialog.getByRole("heading", { name: "Rename view" }).waitFor();
  assert.equal(await dialog.getByLabel("Name").inputValue(), "Backwards");
  await accessible(page, "rename view");
  await dialog.getByLabel("Name").fill(" ");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await dialog.getByText(/a view needs a name/i).first().waitFor();
  await dialog.getByLabel("Name").fill("From Z to A");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await said(page, "View “From Z to A” is saved.");
  const colleague = await open(browser, portal, { account: "viewer" });
  await colleague.goto("/customers");
  await rows(colleague).first().waitFor();
  await colleague.getByRole("button", { name: "Views", exact: true }).click();
  await colleague.getByRole("menuitem", { name: /^From Z to A/ }).waitFor();
  assert.equal(await colleague.getByRole("menuitem", { name: /Backwards/ }).count(), 0);
  await colleague.getByRole("menuitem", { name: /^From Z to A/ }).click();
  await colleague.waitForFunction(() => new URL(location.href).searchParams.get("sort") === "-name");
  assert.equal(new URL(colleague.url()).searchParams.get("q"), null);
  await close(colleague);
  await close(page);
});

test("columns are kept for the person, not for others", async () => {
  const page = await open(browser, portal);
  await page.goto("/customers");
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "Show/hide columns" }).click();
  await page.getByRole("dialog").getByLabel("Phone", { exact: true }).uncheck();
  const kept = page.waitForResponse((answer) => answer.url().includes("/tables/customers") && answer.request().method() === "PUT");
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  assert.equal((await kept).status(), 200);
  await page.goto("/customers");
  await rows(page).first().waitFor();
  await page.getByRole("columnheader", { name: "Phone" }).waitFor({ state: "detached" });
  const other = await open(browser, portal, { account: "viewer" });
  await other.goto("/customers");
  await other.getByRole("columnheader", { name: "Phone" }).waitFor();
  await close(other);
  await close(page);
});

test("an export has the rows, the order and the columns of the screen", async () => {
  const page = await open(browser, portal);
  await page.goto("/tokens?filter=type:is:Other&sort=-authId&columns=authId,type,issuer");
  await rows(page).first().waitFor();
  const ids = await page.locator("tbody th").allInnerTexts();
  await page.getByRole("button", { name: "Export data" }).first().click();
  const dialog = page.getByRole("dialog");
  const count = await total("/tokens?filter=type:is:Other");
  await dialog.getByText(`Items included: ${count.toLocaleString("en")}`).waitFor();
  await picture(page, "export");
  await accessible(page, "export");
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export data" }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^tokens-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  assert.ok(text.startsWith("\ufeffAuth ID,Type,Issuer\r\n"), text.slice(0, 60));
  const lines = text.trimEnd().split("\r\n").slice(1);
  assert.equal(lines.length, count);
  assert.deepEqual(lines.slice(0, ids.length).map((line) => line.split(",")[0]), ids.map((id) => id.trim()));
  await close(page);
});

test("all that match are selected, blocked and let go, in numbers", async () => {
  const page = await open(browser, portal);
  await page.goto("/tokens?filter=type:is:Other&filter=valid:is:yes&pageSize=25");
  await rows(page).first().waitFor();
  const count = await total("/tokens?filter=type:is:Other&filter=valid:is:yes");
  assert.ok(count > 25, `${count} tokens are more than a page`);
  await page.getByLabel("Select all rows of this page").check();
  await page.getByText("25 charge tokens selected").waitFor();
  await page.getByRole("button", { name: `Select all ${count.toLocaleString("en")} that match` }).click();
  await page.getByRole("button", { name: `Block ${count.toLocaleString("en")}`, exact: true }).click();
  await said(page, new RegExp(`${count.toLocaleString("en")} charge tokens .*blocked`));
  assert.equal(await total("/tokens?filter=type:is:Other&filter=valid:is:yes"), 0);
  await close(page);
});

test("all that match are not changed when one of them is not what was seen", async () => {
  const list = "/tokens?filter=type:is:RFID&filter=valid:is:yes";
  const page = await open(browser, portal);
  const read = page.waitForResponse((answer) => answer.url().includes("/api/v1/tokens?") && answer.ok());
  await page.goto(`${list}&pageSize=25`);
  const { asOf, items } = await (await read).json();
  await rows(page).first().waitFor();
  const count = (await total(list)).toLocaleString("en");
  await page.getByLabel("Select all rows of this page").check();
  await page.getByRole("button", { name: `Select all ${count} that match` }).click();
  // Moments are whole seconds, and the colleague comes later.
  while ((await portal.api("GET", "/tokens?pageSize=1")).body.asOf <= asOf);
  const changed = await portal.api("PATCH", `/tokens/${items[0].id}`, { version: items[0].version, body: { note: "Lost" } });
  assert.equal(changed.status, 200);
  await page.getByRole("button", { name: `Block ${count}`, exact: true }).click();
  await page.getByText("1 of them came or was changed after the list was read").waitFor();
  await page.locator(".table-region[aria-busy=false]").waitFor();
  assert.equal((await total(list)).toLocaleString("en"), count);
  // Looked at again, they can be chosen anew.
  await page.getByRole("button", { name: "Unselect" }).click();
  await page.getByLabel("Select all rows of this page").check();
  await page.getByRole("button", { name: `Select all ${count} that match` }).click();
  await page.getByRole("button", { name: `Block ${count}`, exact: true }).click();
  await said(page, new RegExp(`${count} charge tokens .*blocked`));
  await close(page);
});

test("on a phone the table scrolls inside itself, and its tools are within reach", async () => {
  const page = await open(browser, portal, { viewport: PHONE });
  await page.goto("/tokens");
  await rows(page).first().waitFor();
  await fits(page, "charge tokens on a phone");
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply filters" }).waitFor();
  await fits(page, "filter builder on a phone");
  await picture(page, "filter-builder-phone");
  await accessible(page, "filter builder on a phone");
  await page.keyboard.press("Escape");
  await close(page);
});

test("a row's check box, name and actions stay in sight however far the table is scrolled", async () => {
  const page = await open(browser, portal, { viewport: PHONE });
  await page.goto("/organizations/inventory/station-tokens");
  await rows(page).first().waitFor();
  const inside = () => page.evaluate(() => {
    const region = document.querySelector(".table-region");
    const { left, right } = region.getBoundingClientRect();
    return [".pick", "th", ".row-actions"].map((cell) => {
      const box = region.querySelector(`tbody ${cell}`).getBoundingClientRect();
      return box.left >= left - 1 && box.right <= right + 1;
    });
  });
  const everything = [true, true, true];
  assert.deepEqual(await inside(), everything, "at rest");
  for (const far of [40, 4000, 0]) {
    await page.evaluate((far) => document.querySelector(".table-region").scrollTo(far, 0), far);
    await page.waitForFunction((far) => far === 0 || document.querySelector(".table-region[data-aside]"), far);
    assert.deepEqual(await inside(), everything, `${far} aside`);
  }
  await close(page);
});

test("a station's name is whole to its end, and two lines of it make no row higher on a wide window", async () => {
  const cut = () => [...document.querySelectorAll(".table-region tbody tr > :not(.number) > a")].filter((link) => {
    const cell = link.closest("th, td").getBoundingClientRect();
    return link.scrollHeight > link.clientHeight + 1 || link.getBoundingClientRect().right > cell.right;
  }).map((link) => link.textContent);
  for (const viewport of [undefined, PHONE]) {
    const page = await open(browser, portal, viewport ? { viewport } : {});
    for (const path of ["/cpo/charge-stations", "/driver-management/connections", "/cpo/alarms"]) {
      await page.goto(path);
      await rows(page).first().getByRole("link").first().waitFor();
      assert.deepEqual(await page.evaluate(cut), [], `${path} ${viewport ? "on a phone" : ""}`);
      // Three lines are a row of their own height.
      const heights = await rows(page).evaluateAll((rows) => rows
        .filter((row) => [...row.querySelectorAll(":not(.number) > a")].every((link) => link.clientHeight < 40))
        .map((row) => row.offsetHeight));
      assert.ok(heights.length > 5, path);
      if (!viewport) {
        assert.ok(Math.max(...heights) <= Math.min(...heights) + 2, `${path}: rows of ${heights.join()}`);
      }
    }
    await close(page);
  }
});

test("by keyboard alone: a filter, a sort, copied cells", async () => {
  const page = await open(browser, portal);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/customers");
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "Add filter" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByLabel("Value").waitFor();
  await page.getByRole("dialog").getByLabel("Value").focus();
  await page.keyboard.type("a");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("filter") === "name:contains:a");
  await page.getByRole("button", { name: /^External ID/ }).focus();
  const sorted = page.waitForResponse((answer) => answer.url().includes("sort=externalId"));
  await page.keyboard.press("Space");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("sort") === "externalId");
  assert.equal(await page.getByRole("columnheader", { name: "External ID" }).getAttribute("aria-sort"), "ascending");
  await sorted;
  await page.locator(".table-region[aria-busy=false]").waitFor();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const cells = rows(page).last().locator("th, td");
  const texts = (await cells.allInnerTexts()).map((text) => text.trim());
  assert.ok(texts[0] && texts[1] && texts[0] !== texts[1], texts.join());
  await cells.first().getByRole("link").focus();
  await page.keyboard.press("ControlOrMeta+c");
  await said(page, `${texts[0]} is copied.`);
  assert.equal(await copied(), texts[0]);
  await page.keyboard.press("ArrowRight");
  // As with Caps Lock on.
  await page.keyboard.press("ControlOrMeta+C");
  await said(page, `${texts[1]} is copied.`);
  assert.equal(await copied(), texts[1]);
  // What is marked is copied as everywhere.
  await cells.nth(1).evaluate((cell) => {
    const range = document.createRange();
    range.setStart(cell.firstChild, 0);
    range.setEnd(cell.firstChild, 2);
    getSelection().addRange(range);
  });
  await page.keyboard.press("ControlOrMeta+c");
  await page.waitForFunction((marked) => navigator.clipboard.readText().then((text) => text === marked), texts[1].slice(0, 2));
  await close(page);
});

test("a page beyond the end says so and leads back", async () => {
  const page = await open(browser, portal);
  await page.goto("/tokens?page=100000");
  await page.getByRole("button", { name: "Go to the last page" }).click();
  await rows(page).first().waitFor();
  await close(page);
});

test("an open menu stays while the portal looks whether anything is new", async () => {
  const page = await open(browser, portal);
  await page.clock.install();
  const location = await locationIn(portal, "Private");
  await page.goto(`/cpo/charge-locations/${location.id}/authorization/tokens`);
  await page.getByRole("button", { name: "More for the list of charge tokens" }).click();
  const line = page.getByRole("menuitem", { name: "Import charge tokens" });
  await line.waitFor();
  const looked = page.waitForResponse((response) => response.url().endsWith("/api/v1/session"));
  await page.clock.fastForward("01:01");
  await (await looked).finished();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.equal(await line.locator("visible=true").count(), 1);
  await close(page);
});
