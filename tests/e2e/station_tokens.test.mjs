// Organizations › Inventory › Station Tokens: the stock as a picture and a list, applied, moved and imported.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, close, fits, open, PHONE, picture } from "./support/browser.mjs";
import { hold, said } from "./support/page.mjs";
import { browser, portal, started } from "./support/started.mjs";

const PATH = "/organizations/inventory/station-tokens";
const LABELS = [
  "Token S/N", "Part No.", "Cloud Plan", "Description", "Org ID", "Org Name", "EVSE ID", "Station S/N", "Station Name",
  "Activation Date (Pacific Time)", "Applied Date (Pacific Time)", "Purchase Order", "Sales Order", "Customer Reference",
  "Customer Name", "Customer ID", "Order Date", "Ship Date", "Status",
];

started();

const rows = (page) => page.locator("tbody tr:not(.waiting)");
const total = async (query) => (await portal.api("GET", `/station_tokens?pageSize=1${query}`)).body.total;

test("the sandbox has a stock of 5,000 tokens over 6 organizations in every status", async () => {
  assert.ok((await total("")) >= 5_000);
  for (const status of ["New", "Available", "Active", "Expired"]) assert.ok((await total(`&filter=status:is:${status}`)) > 0, status);
  assert.ok((await portal.list("/organizations")).length >= 6);
});

test("all nineteen columns can be shown", async () => {
  const page = await open(browser, portal);
  await page.goto(PATH);
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "Show/hide columns" }).click();
  const sheet = page.getByRole("dialog");
  for (const label of LABELS.slice(1)) await sheet.getByLabel(label, { exact: true }).check();
  await sheet.getByRole("button", { name: "Done" }).click();
  const heads = (await page.locator(".table-region thead th").allInnerTexts()).map((text) => text.trim()).filter(Boolean);
  assert.deepEqual([...heads].sort(), [...LABELS, ...heads.filter((head) => !LABELS.includes(head))].sort());
  await fits(page, "19 columns");
  await picture(page, "station-tokens-19");
  await close(page);
});

test("pressing a part of the picture filters the table", async () => {
  const page = await open(browser, portal);
  await page.goto(PATH);
  await rows(page).first().waitFor();
  await picture(page, "station-tokens");
  await accessible(page, "station tokens");
  // Every part of every bar is drawn to one scale: pixels per token.
  const { plans } = (await portal.api("GET", "/station_tokens/summary")).body;
  const widths = await page.locator("figure").first().locator(".bar-part > a").evaluateAll((parts) =>
    parts.map((part) => [part.textContent, part.querySelector("rect").getBoundingClientRect().width]));
  assert.equal(widths.length, plans.flatMap((plan) => plan.counts).filter(Boolean).length);
  const whole = Math.max(...plans.map((plan) => plan.counts.reduce((sum, count) => sum + count)));
  const room = await page.locator("figure").first().locator(".bar-parts").first().evaluate((parts) => parts.clientWidth);
  for (const [count, width] of widths) {
    const due = (Number(count.replaceAll(",", "")) / whole) * room;
    assert.ok(Math.abs(width - Math.max(due, 1)) < 1.5, `${count}: ${width} px, due ${due} of ${room}`);
  }
  await page.locator("figure").first().getByRole("link").or(page.locator("figure").first().getByRole("button")).first().click();
  await page.waitForFunction(() => new URL(location.href).searchParams.getAll("filter").length === 2);
  const filters = new URL(page.url()).searchParams.getAll("filter").map((filter) => `&filter=${encodeURIComponent(filter)}`).join("");
  const count = await total(filters);
  await page.getByText(new RegExp(`(of |^)${count.toLocaleString("en")} station tokens`)).first().waitFor();
  await close(page);
});

test("a token is applied to a station, and the station takes no second one", async () => {
  const page = await open(browser, portal);
  const all = await portal.list("/station_tokens?filter=status:is:Available&filter=orgName:isNotEmpty:&pageSize=500")
    .then((all) => all.filter((one) => one.ours));
  const token = all[0];
  const second = all.find((one) => one.orgId === token.orgId && one.id !== token.id);
  const evse = (await portal.list(`/station_tokens/${token.id}/evses?q=`)).find((one) => !one.tokenSn);
  await page.goto(`${PATH}/${token.id}`);
  await page.getByRole("button", { name: "Apply to station" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("combobox").fill(evse.id);
  await sheet.getByRole("option").first().click();
  await picture(page, "apply-to-station");
  await accessible(page, "apply to station");
  await sheet.getByRole("button", { name: "Apply to station" }).click();
  await said(page, new RegExp(`is active on`));
  const { body: now } = await portal.api("GET", `/station_tokens/${token.id}`);
  assert.deepEqual([now.status, now.evseId], ["Active", evse.id]);
  await page.getByText("Applied to station").first().waitFor();
  await picture(page, "station-token");
  await accessible(page, "station token");
  const refused = await portal.api("POST", `/station_tokens/${second.id}/apply`, { body: { evseId: evse.id }, version: second.version });
  assert.equal(refused.status, 409);
  assert.match(refused.body.detail, new RegExp(token.tokenSn));
  await close(page);
});

test("pasted tokens move to another organization, all that can, and their history says so", async () => {
  const page = await open(browser, portal);
  const free = (await portal.list("/station_tokens?filter=status:in:New,Available&pageSize=500")).filter((one) => one.ours);
  const moving = free.slice(0, 3);
  const [active] = (await portal.list("/station_tokens?filter=status:is:Active")).filter((one) => one.ours);
  const receiver = (await portal.list("/organizations")).find((one) => one.id !== moving[0].orgId && moving.every((token) => token.orgId !== one.id));
  await page.goto(PATH);
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "More for station tokens" }).click();
  await page.getByRole("menuitem", { name: "Transfer tokens" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Token serial numbers").fill([...moving.map((token) => token.tokenSn.toLowerCase()), active.tokenSn].join("\n"));
  await sheet.getByRole("combobox").fill(receiver.name);
  await sheet.getByRole("option").first().click();
  await sheet.getByLabel("Reference").fill("PO-4711");
  await picture(page, "transfer");
  await accessible(page, "transfer");
  await sheet.getByRole("button", { name: "Check" }).click();
  await sheet.getByText("Active").first().waitFor();
  await picture(page, "transfer-checked");
  await accessible(page, "transfer, checked");
  await sheet.getByText(/Move only the 3 that can/).click();
  // Closing is asked about while they move; when they have moved there is nothing left to ask.
  const { release } = await hold(page, "**/station_tokens/transfers");
  await sheet.getByRole("button", { name: /^Transfer 3 .*tokens to/ }).click();
  await sheet.getByRole("button", { name: "Close", exact: true }).click();
  const question = sheet.getByRole("alertdialog");
  await question.waitFor();
  release();
  await sheet.getByText(`moved to ${receiver.name}.`).waitFor();
  await question.waitFor({ state: "hidden" });
  await sheet.getByRole("button", { name: "Close", exact: true }).last().click();
  for (const token of moving) {
    assert.equal((await portal.api("GET", `/station_tokens/${token.id}`)).body.orgId, receiver.id);
  }
  await page.goto(`${PATH}/${moving[0].id}`);
  await page.getByText("PO-4711").first().waitFor();
  await close(page);
});

test("a token is found, chosen and transferred by keyboard alone", async () => {
  const page = await open(browser, portal);
  const [token] = (await portal.list("/station_tokens?filter=status:is:Available&pageSize=500")).filter((one) => one.ours);
  const receiver = (await portal.list("/organizations")).find((one) => one.id !== token.orgId);
  await page.goto(PATH);
  await rows(page).first().waitFor();
  await page.getByRole("searchbox").focus();
  await page.keyboard.type(token.tokenSn);
  await page.waitForFunction(() => document.querySelectorAll("tbody tr:not(.waiting)").length === 1);
  const press = async (button) => {
    await button.focus();
    await page.keyboard.press("Enter");
  };
  await rows(page).first().getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  await page.getByText("1 station token selected").waitFor();
  await press(rows(page).first().getByRole("button", { name: "Transfer" }));
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("combobox").focus();
  await page.keyboard.type(receiver.name);
  await sheet.getByRole("option", { name: receiver.name, disabled: false }).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await press(sheet.getByRole("button", { name: "Check" }));
  await press(sheet.getByRole("button", { name: /^Transfer 1 .*token to/ }));
  await sheet.getByText(`moved to ${receiver.name}.`).waitFor();
  await press(sheet.getByRole("button", { name: "Close", exact: true }).last());
  await sheet.waitFor({ state: "hidden" });
  assert.equal((await portal.api("GET", `/station_tokens/${token.id}`)).body.orgId, receiver.id);
  await close(page);
});

test("a file of tokens is shown before anything changes", async () => {
  const page = await open(browser, portal);
  const before = await total("");
  const [ours] = (await portal.list("/organizations")).filter((one) => one.ours);
  await page.goto(PATH);
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "More for station tokens" }).click();
  await page.getByRole("menuitem", { name: "Import" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("File with station tokens").setInputFiles({
    name: "stock.csv", mimeType: "text/csv",
    buffer: Buffer.from(`Token S/N;Cloud Plan;Org ID;Order Date\r\nE2E-0001;Commercial;${ours.id};2026-11-01\r\nE2E-0002;Commercial;${ours.id};soon\r\n`),
  });
  await dialog.getByText(/a date such as/).first().waitFor();
  await picture(page, "stock-import");
  await accessible(page, "stock import");
  assert.equal(await total(""), before);
  await dialog.getByRole("button", { name: /^Finalise import of 1 token/ }).click();
  await assert.doesNotReject(async () => {
    const deadline = Date.now() + 10_000;
    while ((await total("")) !== before + 1) if (Date.now() > deadline) throw new Error("not added");
  });
  await close(page);
});

test("on a phone", async () => {
  const page = await open(browser, portal, { viewport: PHONE, colorScheme: "dark" });
  await page.goto(PATH);
  await rows(page).first().waitFor();
  await fits(page, "station tokens on a phone");
  await picture(page, "station-tokens-phone");
  await accessible(page, "station tokens on a phone");
  await close(page);
});
