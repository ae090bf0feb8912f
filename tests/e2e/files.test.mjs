// Files in the browser: exports that take their time, workbooks, logos.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { PNG } from "pngjs";
import { accessible, close, open } from "./support/browser.mjs";
import { hold } from "./support/page.mjs";
import { browser, portal, started } from "./support/started.mjs";
import { workbook } from "./support/xlsx.mjs";

const STOCK = "/organizations/inventory/station-tokens";

started();

const rows = (page) => page.locator("tbody tr:not(.waiting)");
const total = async (query) => (await portal.api("GET", `/station_tokens?pageSize=1${query}`)).body.total;

async function openImport(page) {
  await page.goto(STOCK);
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "More for station tokens" }).click();
  await page.getByRole("menuitem", { name: "Import" }).click();
  return page.getByRole("dialog");
}

test("an export says how far it is, is cancelled, and is whole the second time", async () => {
  const page = await open(browser, portal);
  await page.goto(STOCK);
  await rows(page).first().waitFor();
  const count = (await total("")).toLocaleString("en");
  const held = await hold(page, "**/station_tokens/export");
  let downloads = 0;
  page.on("download", () => (downloads += 1));
  await page.getByRole("button", { name: "Export data" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Export data" }).click();
  await held.arrived;
  await dialog.getByText(`Row ${count} of ${count}`).waitFor();
  assert.equal(await dialog.getByRole("progressbar").count(), 1);
  assert.ok(await dialog.getByLabel("CSV").isDisabled(), "nothing is chosen while a file is on its way");
  await accessible(page, "export under way");
  const gone = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/station_tokens/export"));
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await gone;
  await dialog.getByRole("progressbar").waitFor({ state: "detached" });
  held.release();
  await page.unrouteAll({ behavior: "wait" });
  assert.ok(await dialog.isVisible(), "what was chosen is still there");

  await dialog.getByLabel("JSON").check();
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export data" }).click();
  const file = JSON.parse(await readFile(await (await download).path(), "utf8"));
  assert.equal(file.length.toLocaleString("en"), count);
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  assert.equal(downloads, 1, "of the one that was cancelled nothing was saved");
  await close(page);
});

test("closing the dialog stops an export", async () => {
  const page = await open(browser, portal);
  await page.goto(STOCK);
  await rows(page).first().waitFor();
  const held = await hold(page, "**/station_tokens/export");
  await page.getByRole("button", { name: "Export data" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Export data" }).click();
  await held.arrived;
  const gone = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/station_tokens/export"));
  await page.keyboard.press("Escape");
  await gone;
  held.release();
  await page.unrouteAll({ behavior: "wait" });
  await close(page);
});

test("a workbook of station tokens is shown, and then imported with its dates", async () => {
  const page = await open(browser, portal);
  const before = await total("");
  const [ours] = (await portal.list("/organizations")).filter((one) => one.ours);
  const dialog = await openImport(page);
  const day = (text) => new Date(`${text}T00:00:00Z`);
  await dialog.getByLabel("File with station tokens").setInputFiles({
    name: "stock.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: workbook([
      ["Ship Date", "Token S/N", "Cloud Plan", "Org ID", "Purchase Order", "Colour"],
      [day("2026-11-05"), "XLSX-0001", "Commercial", ours.id, 4711, "red"],
      [undefined, "XLSX-0002", "Fleet <3> & more", ours.id, "=1+1"],
      [day("2026-11-06"), "XLSX-0003", "Commercial", "nowhere"],
    ]),
  });
  await dialog.getByRole("button", { name: /^Finalise import of 2 tokens/ }).waitFor();
  await dialog.getByText("Colour").first().waitFor();
  await dialog.getByText("1 row is not taken").first().waitFor();
  assert.equal(await total(""), before, "nothing has changed yet");
  await dialog.getByRole("button", { name: /^Finalise import of 2 tokens/ }).click();
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  assert.equal(await total(""), before + 2);
  const [first, second] = await portal.list("/station_tokens?filter=tokenSn:startsWith:XLSX&sort=tokenSn");
  assert.deepEqual([first.shipDate, first.purchaseOrder, first.cloudPlan], ["2026-11-05", "4711", "Commercial"]);
  assert.deepEqual([second.shipDate ?? "", second.purchaseOrder, second.cloudPlan], ["", "=1+1", "Fleet <3> & more"]);
  await close(page);
});

test("a file that is no workbook says so", async () => {
  const page = await open(browser, portal);
  const dialog = await openImport(page);
  const whole = workbook([["Token S/N"], ["X-1"]]);
  for (const buffer of [whole.subarray(0, whole.length / 2), Buffer.from("PK\x03\x04 and nothing more")]) {
    await dialog.getByLabel("File with station tokens").setInputFiles({ name: "stock.xlsx", mimeType: "", buffer });
    await dialog.getByRole("alert").or(dialog.locator(".problem, .banner")).first().waitFor();
    assert.equal(await dialog.getByRole("button", { name: /^Finalise/ }).count(), 0);
  }
  await close(page);
});

test("a dialog that is closed while its file is read leaves nothing staged on the server", async () => {
  const page = await open(browser, portal);
  const dialog = await openImport(page);
  const [ours] = (await portal.list("/organizations")).filter((one) => one.ours);
  const held = await hold(page, "**/station_tokens/imports");
  await dialog.getByLabel("File with station tokens").setInputFiles({
    name: "stock.csv", mimeType: "text/csv",
    buffer: Buffer.from(`Token S/N;Cloud Plan;Org ID\r\nCLOSED-1;Commercial;${ours.id}\r\n`),
  });
  const { id } = JSON.parse(await held.arrived);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  const discarded = page.waitForResponse((answer) => answer.request().method() === "DELETE" && answer.url().endsWith(id));
  held.release();
  assert.ok((await discarded).ok());
  const refused = await portal.api("POST", `/station_tokens/imports/${id}/finalise`);
  assert.equal(refused.status, 404, JSON.stringify(refused.body));
  await close(page);
});

/** A picture of one colour. */
function png(width, height) {
  const picture = new PNG({ width, height });
  picture.data.fill(200);
  return PNG.sync.write(picture);
}

test("a logo is put, shown and taken away, and what is none is named", async () => {
  const page = await open(browser, portal);
  const connections = await portal.list("/connections?pageSize=500");
  const { id } = connections.find((one) => !one.hasLogo);
  const logo = async () => (await portal.api("GET", `/connections/${id}`)).body.hasLogo;
  await page.goto(`/driver-management/connections/${id}`);
  const input = page.getByLabel("Logo file");
  await input.waitFor({ state: "attached" });
  const words = page.locator(".logo-words, .problem, [role=alert]");
  for (const [file, said] of [
    [{ name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") }, "A logo is a PNG, JPEG or GIF"],
    [{ name: "logo.png", mimeType: "image/png", buffer: Buffer.alloc(512 * 1024 + 1) }, "larger than 512 KB"],
    [{ name: "logo.png", mimeType: "image/png", buffer: png(61, 30) }, "61×30 px"],
    [{ name: "logo.png", mimeType: "image/png", buffer: png(60, 30).subarray(0, 60) }, "damaged"],
    [{ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("<html>no picture</html>") }, "whatever its name says"],
  ]) {
    await input.setInputFiles(file);
    await words.filter({ hasText: said }).first().waitFor();
    assert.equal(await logo(), false, said);
  }
  await accessible(page, "a logo that is none");
  await input.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: png(60, 30) });
  await page.getByRole("button", { name: "Remove logo" }).waitFor();
  assert.equal(await logo(), true);
  const size = await page.getByAltText("Logo").evaluate(async (image) => {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  assert.deepEqual(size, [60, 30]);
  await page.getByRole("button", { name: "Remove logo" }).click();
  await page.getByRole("button", { name: "Upload logo" }).waitFor();
  assert.equal(await logo(), false);
  await close(page);
});
