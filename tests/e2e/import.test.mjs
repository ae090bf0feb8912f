// Import charge tokens in Chrome: what happens to the list, and what does not.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, test } from "node:test";
import { accessible, close, fits, open, PHONE, picture } from "./support/browser.mjs";
import { becomes, choose, hold, locationIn, openList, openLocation, said } from "./support/page.mjs";
import { browser, portal, started } from "./support/started.mjs";

let page, location, known;

started({}, async () => {
  location = await locationIn(portal, "Published");
  known = (await portal.list("/tokens?pageSize=500")).filter((token) => token.valid && !token.expires);
});
beforeEach(async () => {
  await emptied();
  page = await open(browser, portal);
});
afterEach(() => close(page));

const at = () => `/locations/${location.id}/authorization`;
const summary = async () => (await portal.api("GET", at())).body;
const ids = async () => (await portal.list(`${at()}/tokens?pageSize=500`)).map((entry) => entry.id).sort();

async function emptied() {
  const { version, tokens } = await summary();
  if (tokens) await portal.api("POST", `${at()}/tokens/remove`, { body: { all: true, confirm: true }, version });
}

async function listing(authIds) {
  const answer = await portal.api("POST", `${at()}/tokens`, { body: { authIds }, version: (await summary()).version });
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
}

/** An Auth ID that the portal does not know. */
const external = (number) => `XX-EXT-${String(number).padStart(9, "0")}`;

const file = (name, lines) => ({ name, mimeType: "text/csv", buffer: Buffer.from(lines.join("\r\n")) });

/** Goes the seed's way to the wizard. */
async function wizard() {
  await openLocation(page, location.name);
  await openList(page, "Charge tokens");
  await choose(page, "More for the list of charge tokens", "Import charge tokens");
  await page.getByRole("heading", { level: 1, name: "Import charge tokens" }).waitFor();
}

const upload = (picked) => page.getByLabel("CSV file with charge tokens").setInputFiles(picked);
const press = (name) => page.getByRole("button", { name }).click();
const clearing = () => page.getByRole("switch", { name: "Clear charge token list before importing" });
/** A figure of the page by its name. */
const figure = async (name) => {
  const term = page.locator("dl.figures > div").filter({ has: page.getByText(name, { exact: true }) });
  return Number((await term.locator("dd").innerText()).replaceAll(/\D/g, ""));
};

describe("the seed's steps", () => {
  test("Upload a CSV, Finalise import: the tokens appear in the list, and the location is private", async () => {
    await wizard();
    await upload(file("fleet.csv", ["Auth ID;Name", `${known[0].authId};A`, `${external(1)};B`, `${external(1)};B`, ";C"]));
    await press(/^Preview the import of 2 ids/);
    await page.getByRole("button", { name: "Finalise import" }).waitFor();
    assert.deepEqual(
      [await figure("Added"), await figure("Already listed"), await figure("Duplicate in the file"), await figure("Bad")],
      [2, 0, 1, 1],
    );
    assert.equal((await summary()).tokens, 0, "nothing has changed before Finalise import");
    await accessible(page, "the preview");
    await press("Finalise import");
    await page.getByText("The import is final").waitFor();
    await said(page, "The location is private now");
    await page.getByRole("link", { name: "Go to the list" }).click();
    await page.getByRole("row").filter({ hasText: known[0].authId }).waitFor();
    await page.getByRole("row").filter({ hasText: external(1) }).waitFor();
    await becomes(page, "Private");
    assert.deepEqual(await ids(), [known[0].authId, external(1)].sort());
  });

  test("Clear charge token list before importing replaces the list, and names who goes", async () => {
    await listing([known[1].authId, external(2)]);
    await wizard();
    await upload(file("new.csv", ["Auth ID", external(2), external(3)]));
    await press(/^Preview the import/);
    await clearing().click();
    await page.getByText(known[1].authId).waitFor();
    assert.deepEqual([await figure("Added"), await figure("Already listed"), await figure("Removed")], [1, 1, 1]);
    await press("Finalise import");
    await page.getByText("The import is final").waitFor();
    assert.deepEqual(await ids(), [external(2), external(3)].sort());
  });

  test("the example file imports as it is", async () => {
    await wizard();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Token importer example file" }).click(),
    ]);
    const example = await readFile(await download.path());
    await upload({ name: "example.csv", mimeType: "text/csv", buffer: example });
    await page.getByRole("button", { name: /^Preview the import of \d+ ids/ }).waitFor();
    assert.equal(await figure("Bad"), 0);
  });
});

describe("Undo", () => {
  test("takes back exactly what the import did", async () => {
    await listing([external(2), external(4)]);
    await wizard();
    await upload(file("new.csv", ["Auth ID", external(5)]));
    await press(/^Preview the import/);
    await clearing().click();
    await page.getByText(external(4)).waitFor();
    await press("Finalise import");
    await page.getByText("The import is final").waitFor();
    assert.deepEqual(await ids(), [external(5)]);
    await press("Undo");
    await page.getByText("The import is undone").waitFor();
    assert.deepEqual(await ids(), [external(2), external(4)].sort());
  });

  test("asks where it would open the location", async () => {
    await wizard();
    await upload(file("first.csv", ["Auth ID", external(6)]));
    await press(/^Preview the import/);
    await press("Finalise import");
    await page.getByText("The import is final").waitFor();
    await press("Undo");
    await page.getByRole("dialog").getByText("Before this import the list was empty").waitFor();
    await accessible(page, "the question before Undo");
    assert.deepEqual(await ids(), [external(6)]);
    await page.getByRole("dialog").getByRole("button", { name: "Undo the import and open the location" }).click();
    await page.getByText("The import is undone").waitFor();
    assert.deepEqual([await ids(), (await summary()).visibility], [[], "Unpublished"]);
  });
});

test("before Finalise import, all that would go is a list too", async () => {
  const many = Array.from({ length: 120 }, (_, number) => external(30_000 + number));
  await listing(many);
  await wizard();
  await upload(file("none.csv", ["Auth ID", external(26)]));
  await press(/^Preview the import/);
  await clearing().click();
  await press("Show all 120");
  const gone = page.getByRole("region", { name: "Removed charge tokens" });
  await gone.getByRole("row").nth(50).waitFor();
  await picture(page, "would-go");
  await accessible(page, "all that would go");
  await page.getByRole("searchbox").fill(external(30_119));
  await page.getByText("1 charge token", { exact: true }).waitFor();
  assert.equal(await gone.getByRole("row").count(), 2);
  await press("Finalise import");
  await page.getByText("The import is final").waitFor();
  assert.deepEqual(await ids(), [external(26)]);
});

test("earlier imports are a list: filtered, exported, each with what it removed and Undo", async () => {
  const row = (name) => page.getByRole("region", { name: "Earlier imports" }).getByRole("row").filter({ hasText: name });
  await listing([external(21), external(22), external(23)]);
  for (const [name, id] of [["spring.csv", external(24)], ["autumn.csv", external(25)]]) {
    await wizard();
    await upload(file(name, ["Auth ID", id]));
    await press(/^Preview the import/);
    await clearing().click();
    await page.getByRole("heading", { name: /^Removed:/ }).waitFor();
    await press("Finalise import");
    await page.getByText("The import is final").waitFor();
  }
  await page.getByRole("link", { name: "See the removed charge tokens" }).waitFor();
  await press("Import another file");
  await row("spring.csv").getByText("Finalised", { exact: true }).waitFor();
  await picture(page, "earlier-imports");
  await accessible(page, "earlier imports");
  await page.goto(`${page.url().replace(/\?.*/, "")}?filter=fileName:contains:autumn&sort=-added`);
  await row("autumn.csv").waitFor();
  assert.equal(await row("spring.csv").count(), 0);
  await press("Export data");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("dialog").getByRole("button", { name: "Export data" }).click(),
  ]);
  assert.match(await readFile(await download.path(), "utf8"), /File,State,[^\n]+\r\nautumn.csv,Finalised,/);
  await press("Clear all");
  await row("spring.csv").getByRole("link", { name: "3", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Removed charge tokens" }).waitFor();
  await page.getByText("Taken off the list by spring.csv").waitFor();
  const gone = page.getByRole("region", { name: "Removed charge tokens" });
  await gone.getByRole("row").filter({ hasText: external(22) }).waitFor();
  assert.equal(await gone.getByRole("row").count(), 4);
  await picture(page, "removed");
  await accessible(page, "what an import removed");
  await page.getByRole("searchbox").fill(external(23));
  await page.waitForFunction(() => new URL(location.href).searchParams.get("q"));
  await gone.getByRole("row").filter({ hasText: external(22) }).waitFor({ state: "detached" });
  await page.goBack();
  // On a phone, too, Undo is in sight.
  await page.setViewportSize(PHONE);
  const undo = row("autumn.csv").getByRole("button", { name: "Undo" });
  await undo.waitFor();
  const [scrolled, inSight] = await undo.evaluate((button) =>
    [button.closest(".table-region").scrollLeft, button.getBoundingClientRect().right <= innerWidth]);
  assert.deepEqual([scrolled, inSight], [0, true]);
  await fits(page, "earlier imports on a phone");
  await undo.click();
  await row("autumn.csv").getByText("Undone", { exact: true }).waitFor();
  assert.deepEqual(await ids(), [external(24)]);
});

describe("files that change nothing", () => {
  for (const [what, lines, words] of [
    ["empty", [""], /empty/i],
    ["with a header only", ["Auth ID", ""], /no row/i],
    ["all bad", ["Auth ID", "n/a", "=1+1"], "Nothing can be imported"],
    ["a saved login page", ["<!doctype html><html><body>Sign in</body></html>"], /HTML|web page/i],
  ]) {
    test(`a file that is ${what}`, async () => {
      await listing([external(7)]);
      await wizard();
      await upload(file("wrong.csv", lines));
      await page.getByText(words).first().waitFor();
      assert.equal(await page.getByRole("button", { name: /^Preview the import/ }).and(page.locator(":enabled")).count(), 0);
      assert.deepEqual(await ids(), [external(7)]);
    });
  }

  test("an unknown header asks for the column first", async () => {
    await wizard();
    await upload(file("columns.csv", ["Kaart;Naam", `${external(8)};A`]));
    const column = page.getByRole("combobox").filter({ hasText: "Kaart" });
    await column.waitFor();
    assert.equal(await page.getByRole("button", { name: /^Preview the import/ }).and(page.locator(":enabled")).count(), 0);
    await accessible(page, "the choice of a column");
  });
});

test("bad rows come back as a file in their own columns, and a repair mends them", async () => {
  await wizard();
  await page.getByRole("radio", { name: "Chip IDs" }).check();
  await upload(file("chips.csv", ["Name;Chip ID", "Anna;4A1B2C3", "Ben;04A1B2C3", "Carl;not one"]));
  await page.getByText("4A1B2C3", { exact: true }).first().waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), press(/^Download the 2 bad rows/)]);
  const text = await readFile(await download.path(), "utf8");
  const [header, ...rows] = text.replace("\ufeff", "").trimEnd().split("\r\n");
  assert.equal(header, "Name,Chip ID,line,code,message");
  assert.match(rows[0], /^Anna,4A1B2C3,2,E_ODD_HEX,/);
  assert.match(rows[1], /^Carl,not one,4,E_NOT_HEX,/);
  await page.getByRole("button", { name: /zero/i }).first().click();
  await page.getByRole("button", { name: /^Preview the import of/ }).waitFor();
  assert.equal(await figure("Bad"), 1);
});

test("twenty thousand ids, cancelled on the way, then imported, then imported again with 0 added", async () => {
  const many = file("many.csv", ["Auth ID", ...Array.from({ length: 20_000 }, (_, number) => external(100_000 + number))]);
  await wizard();
  await upload(many);
  await press(/^Preview the import of 20,000 ids/);
  await press("Back to the check");
  assert.equal((await summary()).tokens, 0);
  for (const [round, added] of [[1, 20_000], [2, 0]]) {
    await press(/^Preview the import of 20,000 ids/);
    await press("Finalise import");
    await page.getByText("The import is final").waitFor({ timeout: 60_000 });
    assert.equal(await figure("Added"), added, `round ${round}`);
    assert.equal((await summary()).tokens, 20_000);
    if (round === 1) {
      await press("Import another file");
      await upload(many);
    }
  }
});

describe("a lost connection in the middle of an import", () => {
  /** Loses the connection while the ids are on their way. */
  async function lost() {
    await wizard();
    await page.route("**/chunks/*", (route) => route.abort("connectionreset"));
    await upload(file("lost.csv", ["Auth ID", external(9), external(10)]));
    await press(/^Preview the import/);
    await page.getByRole("button", { name: "Go on" }).waitFor();
    assert.deepEqual(await ids(), [], "nothing has changed");
    await accessible(page, "the lost connection");
    await page.unroute("**/chunks/*");
  }

  test("it can go on", async () => {
    await lost();
    await press("Go on");
    await press("Finalise import");
    await page.getByText("The import is final").waitFor();
    assert.deepEqual(await ids(), [external(10), external(9)].sort());
  });

  test("it can be discarded", async () => {
    await lost();
    const answered = page.waitForResponse((answer) => answer.request().method() === "DELETE");
    await press("Discard the import");
    await page.getByRole("button", { name: /^Preview the import/ }).waitFor();
    await answered;
    const staged = (await portal.list(`${at()}/imports`)).filter((found) => found.state === "staged");
    assert.deepEqual([await ids(), staged], [[], []]);
  });

  test("after the page is gone, the unfinished import is named and can be discarded", async () => {
    await lost();
    await page.goto(page.url().replace(/\?.*/, ""));
    const unfinished = page.getByRole("strong").filter({ hasText: "lost.csv" });
    await unfinished.waitFor();
    await press("Discard");
    await unfinished.waitFor({ state: "detached" });
  });
});

test("a colleague changes the list before Finalise import: the preview is worked out again", async () => {
  await wizard();
  await upload(file("mine.csv", ["Auth ID", external(11), external(12)]));
  await press(/^Preview the import/);
  await page.getByRole("button", { name: "Finalise import" }).and(page.locator(":enabled")).waitFor();
  assert.equal(await figure("Added"), 2);
  await listing([external(12)]);
  const { arrived, release } = await hold(page, "**/preview?*");
  await press("Finalise import");
  await arrived;
  const told = page.getByText("A colleague changed the list meanwhile");
  assert.equal(await told.count(), 0, "not told beside the figures of the list as it was");
  release();
  await told.waitFor();
  assert.deepEqual([await figure("Added"), await figure("Already listed"), await ids()], [1, 1, [external(12)]]);
  await press("Finalise import");
  await page.getByText("The import is final").waitFor();
  assert.deepEqual(await ids(), [external(11), external(12)].sort());
});
