// The seed's steps, one by one, in Chrome: make a location private, manage its list, publish it again.
import assert from "node:assert/strict";
import { beforeEach, afterEach, describe, test } from "node:test";
import { accessible, close, open } from "./support/browser.mjs";
import { becomes, choose, locationIn, openList, openLocation, pick, said } from "./support/page.mjs";
import { browser, portal, started } from "./support/started.mjs";

let page, location, customers, tokens;

started({}, async () => {
  location = await locationIn(portal, "Published");
  customers = (await portal.list("/customers?pageSize=500")).filter((customer) => customer.tokens > 0);
  tokens = (await portal.list("/tokens?pageSize=500")).filter((token) => token.valid && token.chipId);
});
beforeEach(async () => (page = await open(browser, portal)));
afterEach(() => close(page));

const summary = async () => (await portal.api("GET", `/locations/${location.id}/authorization`)).body;
const listed = (kind) => portal.list(`/locations/${location.id}/authorization/${kind}?pageSize=500`);

/** Puts the location back to: published, nothing listed. */
async function emptied() {
  for (const kind of ["customers", "tokens"]) {
    const { version, ...counts } = await summary();
    if (counts[kind] === 0) continue;
    const body = { all: true, confirm: true };
    const answer = await portal.api("POST", `/locations/${location.id}/authorization/${kind}/remove`, { body, version });
    assert.equal(answer.status, 200);
  }
  const { version, visibility } = await summary();
  if (visibility !== "Published") await portal.api("POST", `/locations/${location.id}/publish`, { version });
}

/** The list as the test needs it, made over REST. */
async function listing({ customerIds = [], tokenIds = [], authIds = [] }) {
  await emptied();
  const at = `/locations/${location.id}/authorization`;
  const add = async (kind, body) => {
    const answer = await portal.api("POST", `${at}/${kind}`, { body, version: (await summary()).version });
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
  };
  if (customerIds.length) await add("customers", { customerIds });
  if (tokenIds.length || authIds.length) await add("tokens", { tokenIds, authIds });
}

const row = (text) => page.getByRole("row").filter({ hasText: text });
const dialog = () => page.getByRole("dialog");

describe("make a location private", () => {
  test("go to CPO, Charge locations, open the location, select the Authorization tab", async () => {
    await emptied();
    await openLocation(page, location.name);
    await becomes(page, "Published");
    await openList(page, "Customers");
    await page.getByRole("heading", { name: "Authorized customers & charge tokens" }).waitFor();
    await page.getByText("Published: everybody may charge.").waitFor();
    assert.equal(new URL(page.url()).pathname, `/cpo/charge-locations/${location.id}/authorization/customers`);
  });

  test("the location becomes private as soon as the list is not empty, and the page says so", async () => {
    await emptied();
    await openLocation(page, location.name);
    await openList(page, "Customers");
    await page.getByRole("button", { name: "Add customers" }).first().click();
    await pick(page, customers[0].name, customers[0].name);
    await dialog().getByRole("button", { name: "Add 1 customer" }).click();
    await said(page, "The location is private now");
    await becomes(page, "Private");
    assert.equal((await summary()).visibility, "Private");
  });
});

describe("customers", () => {
  test("Add customers finds by external ID and adds several", async () => {
    await emptied();
    await openLocation(page, location.name);
    await openList(page, "Customers");
    await page.getByRole("button", { name: "Add customers" }).first().click();
    await pick(page, customers[1].externalId, customers[1].name);
    await pick(page, customers[2].name, customers[2].name);
    await dialog().getByRole("button", { name: "Add 2 customers" }).click();
    await row(customers[1].name).waitFor();
    await row(customers[2].name).waitFor();
    assert.equal((await summary()).customers, 2);
  });

  test("the arrow next to Remove views the customer details", async () => {
    await listing({ customerIds: [customers[0].id] });
    await openLocation(page, location.name);
    await openList(page, "Customers");
    await choose(page, `More for ${customers[0].name}`, "View customer details");
    await page.getByRole("heading", { level: 1, name: customers[0].name }).waitFor();
  });

  test("Remove takes one customer off, and Undo puts it back", async () => {
    await listing({ customerIds: [customers[0].id, customers[1].id] });
    await openLocation(page, location.name);
    await openList(page, "Customers");
    await row(customers[0].name).getByRole("button", { name: "Remove", exact: true }).click();
    await row(customers[0].name).waitFor({ state: "detached" });
    assert.equal((await summary()).customers, 1);
    await page.getByRole("button", { name: "Undo" }).click();
    await row(customers[0].name).waitFor();
    assert.equal((await summary()).customers, 2);
  });

  test("Remove selected customers takes only the selected ones", async () => {
    await listing({ customerIds: customers.slice(0, 3).map((customer) => customer.id) });
    await openLocation(page, location.name);
    await openList(page, "Customers");
    for (const customer of customers.slice(0, 2)) await row(customer.name).getByRole("checkbox").check();
    await choose(page, "More for the list of customers", "Remove selected customers");
    await row(customers[0].name).waitFor({ state: "detached" });
    await row(customers[2].name).waitFor();
    assert.deepEqual((await listed("customers")).map((entry) => entry.customer.id), [customers[2].id]);
  });

  test("Remove all customers empties that list and keeps the location private through its tokens", async () => {
    await listing({ customerIds: customers.slice(0, 3).map((customer) => customer.id), tokenIds: [tokens[0].id] });
    await openLocation(page, location.name);
    await openList(page, "Customers");
    await choose(page, "More for the list of customers", "Remove all customers");
    await dialog().getByText("The location stays private").waitFor();
    await dialog().getByRole("button", { name: "Remove 3 customers" }).click();
    await page.getByText("No customer is listed").waitFor();
    assert.equal((await summary()).visibility, "Private");
  });
});

describe("charge tokens", () => {
  test("Add charge token finds by Auth ID, however it is spelled, and by Chip ID", async () => {
    await emptied();
    await openLocation(page, location.name);
    await openList(page, "Charge tokens");
    await page.getByRole("button", { name: "Add charge token" }).first().click();
    await pick(page, tokens[0].authId.toLowerCase().replaceAll("-", ""), tokens[0].authId);
    await pick(page, tokens[1].chipId, tokens[1].authId);
    await dialog().getByRole("button", { name: "Add 2 charge tokens" }).click();
    await row(tokens[0].authId).waitFor();
    await row(tokens[1].authId).waitFor();
    assert.equal((await summary()).tokens, 2);
  });

  test("an external Auth ID is added as typed, with its warning", async () => {
    await emptied();
    await openLocation(page, location.name);
    await openList(page, "Charge tokens");
    await page.getByRole("button", { name: "Add charge token" }).first().click();
    await dialog().getByRole("combobox").fill("FR-XYZ-C12345678-1");
    const external = dialog().getByRole("option", { name: /FR-XYZ-C12345678-1/ });
    await external.getByText(/check/i).waitFor();
    await external.click();
    await dialog().getByRole("button", { name: "Add 1 charge token" }).click();
    await row("FR-XYZ-C12345678-1").getByText("External").waitFor();
    assert.equal((await summary()).visibility, "Private");
  });

  test("what is no Auth ID is refused with the reason", async () => {
    await emptied();
    await openLocation(page, location.name);
    await openList(page, "Charge tokens");
    await page.getByRole("button", { name: "Add charge token" }).first().click();
    await dialog().getByRole("combobox").fill("=SUM(A1)");
    await dialog().locator(".picker-refused").waitFor();
    assert.equal(await dialog().getByRole("option").count(), 0);
  });

  test("the arrow next to Remove views the token details", async () => {
    await listing({ tokenIds: [tokens[0].id] });
    await openLocation(page, location.name);
    await openList(page, "Charge tokens");
    await choose(page, `More for ${tokens[0].authId}`, "View token details");
    await page.getByRole("heading", { level: 1, name: tokens[0].authId }).waitFor();
    await page.getByText(location.name).first().waitFor();
  });

  test("Remove and Remove selected charge tokens", async () => {
    await listing({ tokenIds: tokens.slice(0, 4).map((token) => token.id) });
    await openLocation(page, location.name);
    await openList(page, "Charge tokens");
    await row(tokens[0].authId).getByRole("button", { name: "Remove", exact: true }).click();
    await row(tokens[0].authId).waitFor({ state: "detached" });
    for (const token of tokens.slice(1, 3)) await row(token.authId).getByRole("checkbox").check();
    await choose(page, "More for the list of charge tokens", "Remove selected charge tokens");
    await row(tokens[1].authId).waitFor({ state: "detached" });
    assert.deepEqual((await listed("tokens")).map((entry) => entry.token.id), [tokens[3].id]);
  });
});

describe("make a private location public again", () => {
  test("emptying the list asks first, in numbers; Cancel keeps it", async () => {
    await listing({ tokenIds: tokens.slice(0, 2).map((token) => token.id) });
    await openLocation(page, location.name);
    await openList(page, "Charge tokens");
    await choose(page, "More for the list of charge tokens", "Remove all charge tokens");
    await dialog().getByText("everybody may start a session").waitFor();
    await accessible(page, "the question before the list is emptied");
    await dialog().getByRole("button", { name: "Cancel" }).click();
    await dialog().waitFor({ state: "hidden" });
    assert.equal((await summary()).tokens, 2);
  });

  test("clear both lists, then Publish behind the arrow next to Edit, then Unpublish", async () => {
    await listing({ customerIds: [customers[0].id], tokenIds: [tokens[0].id] });
    await openLocation(page, location.name);
    await openList(page, "Customers");
    await choose(page, "More for the list of customers", "Remove all customers");
    await dialog().getByRole("button", { name: "Remove 1 customer" }).click();
    await openList(page, "Charge tokens");
    await row(tokens[0].authId).getByRole("button", { name: "Remove", exact: true }).click();
    await dialog().getByRole("button", { name: "Remove the last charge token and open the location" }).click();
    await said(page, "The location is open now");
    await becomes(page, "Unpublished");
    await choose(page, "Publish or unpublish", "Publish");
    await becomes(page, "Published");
    assert.equal((await summary()).visibility, "Published");
    await choose(page, "Publish or unpublish", "Unpublish");
    await becomes(page, "Unpublished");
    assert.equal((await summary()).visibility, "Unpublished");
  });

  test("after Publish or Unpublish the tab says what is so, and a customer is added at the first try", async () => {
    await emptied();
    await openLocation(page, location.name);
    await openList(page, "Customers");
    await page.getByText("Published: everybody may charge.").waitFor();
    await choose(page, "Publish or unpublish", "Unpublish");
    await page.getByText("Unpublished: nobody sees the location").waitFor();
    await page.getByRole("button", { name: "Add customers" }).first().click();
    await pick(page, customers[0].name, customers[0].name);
    await dialog().getByRole("button", { name: "Add 1 customer" }).click();
    await row(customers[0].name).waitFor();
    await becomes(page, "Private");
  });

  test("Publish is refused while the list is not empty", async () => {
    await listing({ tokenIds: [tokens[0].id] });
    await openLocation(page, location.name);
    await page.getByRole("button", { name: "Publish or unpublish" }).click();
    const publish = page.getByRole("menuitem", { name: "Publish" }).first();
    assert.equal(await publish.getAttribute("aria-disabled"), "true");
    const answer = await portal.api("POST", `/locations/${location.id}/publish`, { version: (await summary()).version });
    assert.deepEqual([answer.status, answer.body.type], [409, "/problems/list-not-empty"]);
  });
});

describe("two operators change one list", () => {
  test("the second is told, keeps what was picked, and adds it to the new list", async () => {
    await listing({ tokenIds: [tokens[0].id] });
    await openLocation(page, location.name);
    await openList(page, "Charge tokens");
    await row(tokens[0].authId).waitFor();
    await page.getByRole("button", { name: "Add charge token" }).first().click();
    await pick(page, tokens[1].authId, tokens[1].authId);
    const colleague = { body: { tokenIds: [tokens[2].id] }, version: (await summary()).version };
    await portal.api("POST", `/locations/${location.id}/authorization/tokens`, colleague);
    await dialog().getByRole("button", { name: "Add 1 charge token" }).click();
    await dialog().getByText("A colleague changed the list meanwhile").waitFor();
    assert.equal((await summary()).tokens, 2);
    await dialog().getByRole("button", { name: "Add 1 charge token" }).click();
    await row(tokens[1].authId).waitFor();
    assert.equal((await summary()).tokens, 3);
  });

  test("the header follows what a colleague did", async () => {
    await emptied();
    await openLocation(page, location.name);
    await openList(page, "Customers");
    await page.getByRole("button", { name: "Add customers" }).first().click();
    await pick(page, customers[1].name, customers[1].name);
    const colleague = { body: { customerIds: [customers[0].id] }, version: (await summary()).version };
    await portal.api("POST", `/locations/${location.id}/authorization/customers`, colleague);
    await dialog().getByRole("button", { name: "Add 1 customer" }).click();
    await dialog().getByText("A colleague changed the list meanwhile").waitFor();
    await page.keyboard.press("Escape");
    await becomes(page, "Private");
  });
});

test("by keyboard alone: from the first page to a private location and back", async () => {
  await emptied();
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const reach = async (locator) => {
    await locator.waitFor();
    for (let steps = 0; steps < 80; steps += 1) {
      if (await locator.evaluateAll((found) => found.includes(document.activeElement))) return;
      await press("Tab");
    }
    assert.fail(`Tab does not reach ${locator}`);
  };
  await page.goto("/cpo/charge-locations");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await reach(page.getByRole("searchbox"));
  await page.keyboard.type(location.name);
  await press("Enter");
  await page.getByRole("link", { name: location.name, exact: true }).waitFor();
  await reach(page.getByRole("link", { name: location.name, exact: true }));
  await press("Enter");
  await page.getByRole("heading", { level: 1, name: location.name }).waitFor();
  await reach(page.getByRole("link", { name: /^Authorization/ }));
  await press("Enter");
  await page.getByText("No customer is listed").waitFor();
  await reach(page.getByRole("button", { name: "Add customers" }).first());
  await press("Enter");
  await page.keyboard.type(customers[0].name);
  await dialog().getByRole("option", { name: customers[0].name, disabled: false }).first().waitFor();
  await press("ArrowDown", "Enter");
  await reach(dialog().getByRole("button", { name: "Add 1 customer" }));
  await press("Enter");
  await becomes(page, "Private");
  await reach(row(customers[0].name).getByRole("button", { name: "Remove", exact: true }));
  await press("Enter");
  await dialog().waitFor();
  await reach(dialog().getByRole("button", { name: /open the location/ }));
  await press("Enter");
  await becomes(page, "Unpublished");
  await reach(page.getByRole("button", { name: "Publish or unpublish" }));
  await press("Enter");
  await page.locator("[role=menuitem]:focus").getByText("Publish").waitFor();
  await press("Enter");
  await becomes(page, "Published");
});
