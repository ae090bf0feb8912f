// Pages that one comes back to show at once what they showed, and then what is so now.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { close, open } from "./support/browser.mjs";
import { hold } from "./support/page.mjs";
import { browser, portal, started } from "./support/started.mjs";

let page, customer;

started();
beforeEach(async () => {
  page = await open(browser, portal);
  ({ body: customer } = await portal.api("POST", "/customers", { body: { name: "Aachen Cabs" } }));
});
afterEach(async () => {
  const { body } = await portal.api("GET", `/customers/${customer.id}`);
  await portal.api("DELETE", `/customers/${customer.id}`, { version: body.version });
  await close(page);
});

const link = (name) => page.getByRole("link", { name, exact: true });
const lead = (name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
const list = (url) => url.pathname === "/api/v1/customers";

/** Sees the list, goes to another page, and changes the customer meanwhile. */
async function leave() {
  await page.goto("/customers");
  await link("Aachen Cabs").waitFor();
  await lead("Charge tokens");
  await page.getByRole("heading", { level: 1, name: "Charge tokens" }).waitFor();
  await portal.api("PATCH", `/customers/${customer.id}`, { body: { name: "Aachen Taxis" }, version: customer.version });
}

test("a list is there before its answer, and follows it", async () => {
  await leave();
  const { release } = await hold(page, list);
  await lead("Customers");
  await link("Aachen Cabs").waitFor();
  assert.equal(await page.getByRole("region", { name: "Customers" }).getAttribute("aria-busy"), "true");
  release();
  await link("Aachen Taxis").waitFor();
  assert.equal(await link("Aachen Cabs").count(), 0);
  assert.equal(await page.getByRole("region", { name: "Customers" }).getAttribute("aria-busy"), "false");
});

test("a list whose answer fails stands there as old, and is not known the next time", async () => {
  await leave();
  await page.route(list, (route) => route.abort());
  await lead("Customers");
  await page.locator(".table-region[data-old=true]").waitFor();
  assert.equal(await link("Aachen Cabs").count(), 1);
  await page.getByText("No connection to the portal").waitFor();
  await lead("Charge tokens");
  await page.getByRole("heading", { level: 1, name: "Charge tokens" }).waitFor();
  await lead("Customers");
  await page.getByText("No connection to the portal").waitFor();
  assert.equal(await link("Aachen Cabs").count(), 0);
  await page.unroute(list);
  await page.getByRole("button", { name: "Try again" }).click();
  await link("Aachen Taxis").waitFor();
});
