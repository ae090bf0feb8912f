// Customers and charge tokens by their forms: nothing that was typed gets lost without a word.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { accessible, close, fits, open } from "./support/browser.mjs";
import { browser, portal, started } from "./support/started.mjs";

let page;

started();
beforeEach(async () => (page = await open(browser, portal)));
afterEach(() => close(page));

const sheet = () => page.getByRole("dialog");

test("a customer is created, edited and deleted", async () => {
  await page.goto("/customers");
  await page.getByRole("button", { name: "Create customer" }).click();
  await sheet().getByLabel("Name").fill("Harbour Taxis");
  await sheet().getByLabel("External ID").fill("H-77");
  await sheet().getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { level: 1, name: "Harbour Taxis" }).waitFor();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await accessible(page, "the customer's form");
  await sheet().getByLabel("Name").fill("Harbour Taxis Ltd");
  await sheet().getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { level: 1, name: "Harbour Taxis Ltd" }).waitFor();
  await page.getByRole("button", { name: "More for this customer" }).click();
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  await accessible(page, "the question before a customer is deleted");
  await sheet().getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("heading", { level: 1, name: "Customers" }).waitFor();
  assert.equal((await portal.list("/customers?q=Harbour")).length, 0);
});

test("a customer that was typed but not chosen is not dropped from a new charge token", async () => {
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Create charge token" }).click();
  await sheet().getByLabel("Auth ID").fill("XX-NEW-000000001");
  await sheet().getByRole("combobox", { name: "Customer" }).fill("No such customer");
  await sheet().getByRole("button", { name: "Create" }).click();
  await sheet().getByText("Choose one of the list, or empty the field.").waitFor();
  assert.equal(await sheet().getByRole("combobox", { name: "Customer" }).inputValue(), "No such customer");
  assert.equal((await portal.list("/tokens?q=XX-NEW-000000001")).length, 0, "nothing was saved");
  await sheet().getByRole("combobox", { name: "Customer" }).fill("");
  await sheet().getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { level: 1, name: "XX-NEW-000000001" }).waitFor();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await sheet().getByLabel("Auth ID").waitFor();
  await accessible(page, "the charge token's form");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More for this charge token" }).click();
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  await sheet().getByRole("button", { name: /^Delete/ }).waitFor();
  await accessible(page, "the question before a charge token is deleted");
});

test("an Auth ID that another token has is refused at its field, and what was typed stays", async () => {
  const [token] = await portal.list("/tokens");
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Create charge token" }).click();
  await sheet().getByLabel("Auth ID").fill(token.authId.toLowerCase());
  await sheet().getByRole("button", { name: "Create" }).click();
  await sheet().getByRole("alert").first().waitFor();
  await page.locator("[aria-invalid=true]").waitFor();
  assert.equal(await sheet().getByLabel("Auth ID").inputValue(), token.authId.toLowerCase());
});

test("a name of 200 characters without a blank breaks no page and no message", async () => {
  const name = "W".repeat(200);
  await page.goto("/customers");
  await page.getByRole("button", { name: "Create customer" }).click();
  await sheet().getByLabel("Name").fill(name);
  await sheet().getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await fits(page, "a long name");
  const dismiss = page.getByRole("button", { name: "Dismiss" }).first();
  await dismiss.waitFor();
  const { x, width } = await dismiss.boundingBox();
  assert.ok(x + width <= page.viewportSize().width, "the message can be dismissed");
});
