// May this card charge there: the access tester for each reason and what is one click from there, who was refused
// lately, and the roaming partners who ask the same over OCPI.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { close, open } from "./support/browser.mjs";
import { locationIn, pick, said } from "./support/page.mjs";
import { browser, portal, started } from "./support/started.mjs";

let page, location, customer, tokens;

started({}, async () => {
  location = await locationIn(portal, "Published");
  customer = await made("/customers", { name: "Access Test BV", externalId: "C-ACCESS" });
  const token = (authId, more) => made("/tokens", { authId, ...more });
  tokens = {
    theirs: await token("ACCESS-THEIRS", { customerId: customer.id, visualId: "No 4711" }),
    own: await token("ACCESS-OWN", { chipId: "04AA11BB22CC33" }),
    blocked: await token("ACCESS-BLOCKED", { valid: false }),
    expired: await token("ACCESS-EXPIRED", { expires: "2020-01-01T00:00:00Z" }),
  };
});
beforeEach(async () => (page = await open(browser, portal)));
afterEach(() => close(page));

async function made(path, body) {
  const answer = await portal.api("POST", path, { body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

/** The location's list as a test needs it: nothing on it opens the location. */
async function listing({ customerIds = [], authIds = [] }) {
  const at = `/locations/${location.id}/authorization`;
  const change = async (path, body) => {
    const { version } = (await portal.api("GET", at)).body;
    const answer = await portal.api("POST", `${at}/${path}`, { body, version });
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
  };
  for (const kind of ["customers", "tokens"]) await change(`${kind}/remove`, { all: true, confirm: true });
  if (customerIds.length) await change("customers", { customerIds });
  if (authIds.length) await change("tokens", { authIds });
}

const dialog = () => page.getByRole("dialog");
const row = (words) => page.getByRole("row").filter({ hasText: words });
const list = (part) => page.goto(`/cpo/charge-locations/${location.id}/authorization/${part}`);
const verdict = (words) => dialog().getByRole("status").getByText(words).first().waitFor();

/** Asks in the open dialog about what is on a card. */
async function asks(id) {
  await dialog().getByLabel("Auth ID, Chip ID or visual number").fill(id);
  await page.keyboard.press("Enter");
}

describe("the access tester says for each reason", () => {
  async function tester() {
    await list("customers");
    await page.getByRole("button", { name: "Test access" }).click();
  }

  test("open to everybody, known or not", async () => {
    await listing({});
    await tester();
    await asks("ACCESS-STRANGER");
    await verdict("May charge. Open to everybody");
    await asks("04 aa 11 bb 22 cc 33");
    await verdict("ACCESS-OWN");
  });

  test("listed directly, and through the customer", async () => {
    await listing({ customerIds: [customer.id], authIds: ["ACCESS-OWN"] });
    await tester();
    await asks("access own");
    await verdict("May charge. Listed directly");
    await asks("no 4711");
    await verdict("May charge. Through the customer Access Test BV");
    assert.equal(await dialog().getByRole("button", { name: /^Add/ }).count(), 0);
  });

  test("not listed, and one click lists the token", async () => {
    await listing({ authIds: ["ELSE-1"] });
    await tester();
    await asks("ACCESS-THEIRS");
    await verdict("May not charge. Not listed");
    await dialog().getByRole("button", { name: "Add ACCESS-THEIRS to the list" }).click();
    await verdict("May charge. Listed directly");
    await said(page, /Added 1 charge token/);
  });

  test("not listed, and one click lists its customer", async () => {
    await listing({ authIds: ["ELSE-1"] });
    await tester();
    await asks("ACCESS-THEIRS");
    await dialog().getByRole("button", { name: "Add its customer Access Test BV to the list" }).click();
    await verdict("May charge. Through the customer Access Test BV");
    await dialog().getByRole("button", { name: "Close", exact: true }).last().click();
    // The list behind it follows.
    await row("Access Test BV").waitFor();
  });

  test("an unknown token, and one click lists its Auth ID or its Chip ID", async () => {
    await listing({ authIds: ["ELSE-1"] });
    await tester();
    await asks("ACCESS-STRANGER");
    await verdict("May not charge. Unknown token");
    await dialog().getByRole("button", { name: "Add ACCESS-STRANGER to the list" }).click();
    await verdict("May charge. Listed directly");
    await asks("04DD11BB22CC33");
    await verdict("May not charge. Unknown token");
    await dialog().getByRole("button", { name: "Add 04DD11BB22CC33 to the list" }).click();
    await verdict("May charge. Listed directly");
  });

  test("blocked, and one click takes the block off", async () => {
    await listing({ authIds: ["ACCESS-BLOCKED"] });
    await tester();
    await asks("ACCESS-BLOCKED");
    await verdict("May not charge. Refused: blocked");
    await dialog().getByRole("button", { name: "Take the block off ACCESS-BLOCKED" }).click();
    await verdict("May charge. Listed directly");
  });

  test("expired, and the way to the token", async () => {
    await listing({ authIds: ["ACCESS-EXPIRED"] });
    await tester();
    await asks("ACCESS-EXPIRED");
    await verdict("May not charge. Refused: expired");
    await dialog().getByRole("link", { name: "Give ACCESS-EXPIRED a later end" }).click();
    await page.waitForURL(`**/tokens/${tokens.expired.id}`);
  });

  test("an unknown location", async () => {
    await page.route("**/authorize/test", (route) =>
      route.continue({ postData: route.request().postData().replace(location.id, "loc_nowhere") }));
    await tester();
    await asks("ACCESS-OWN");
    await verdict("May not charge. Unknown location");
  });

  test("what is no id, and a lost connection", async () => {
    await tester();
    await asks("#REF!");
    await dialog().locator("[aria-invalid=true]").waitFor();
    await page.route("**/authorize/test", (route) => route.abort());
    await asks("ACCESS-OWN");
    await dialog().getByRole("alert").getByText("No connection to the portal").waitFor();
    await page.unroute("**/authorize/test");
    await page.keyboard.press("Enter");
    await verdict("ACCESS-OWN");
  });
});

test("a token's page asks about a location", async () => {
  await listing({ authIds: ["ELSE-1"] });
  await page.goto(`/tokens/${tokens.own.id}`);
  await page.getByRole("button", { name: "Test access" }).click();
  await dialog().getByRole("combobox").fill(location.name);
  await dialog().getByRole("option").filter({ hasText: location.name }).first().click();
  await dialog().getByRole("button", { name: "Test", exact: true }).click();
  await verdict("May not charge. Not listed");
  await dialog().getByRole("button", { name: "Add ACCESS-OWN to the list" }).click();
  await verdict("May charge. Listed directly");
  await dialog().getByRole("button", { name: "Close", exact: true }).last().click();
  await page.getByRole("row").filter({ hasText: location.name }).waitFor();
});

test("who may not ask sees no tester", async () => {
  await close(page);
  page = await open(browser, portal, { account: "viewer" });
  await list("customers");
  await page.getByRole("heading", { name: "Authorized customers & charge tokens" }).waitFor();
  await page.getByRole("button", { name: "Account", exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Test access" }).count(), 0);
});

test("entries say whether apps show the location", async () => {
  await listing({ authIds: ["ACCESS-OWN", "ACCESS-THEIRS"] });
  await list("tokens");
  await row("ACCESS-OWN").getByText("Visible in apps").waitFor();
  await row("ACCESS-THEIRS").getByText("Enforced only").waitFor();
});

describe("who was refused lately", () => {
  const refuse = async (asked) => {
    const { body } = await portal.api("POST", "/authorize", { body: { locationId: location.id, ...asked } });
    assert.equal(body.allowed, false);
  };
  /** Refusals are written beside their answers. */
  async function refused(many) {
    await list("refused");
    while ((await portal.list(`/locations/${location.id}/refused`)).length < many) await page.reload();
    await page.reload();
  }

  test("is listed in one click, unknown ids too, or forgotten", async () => {
    await listing({ authIds: ["ELSE-1"] });
    await portal.api("POST", `/locations/${location.id}/refused/forget`, { body: { all: true } });
    await list("refused");
    await page.getByText("Nobody was refused lately").waitFor();
    for (const id of ["ACCESS-THEIRS", "ACCESS-THEIRS", "ACCESS-STRANGER", "ACCESS-EXPIRED", "ACCESS-LATE"]) await refuse({ authId: id });
    await refuse({ chipId: "04EE11BB22CC33" });
    await refused(5);
    await row("ACCESS-THEIRS").getByText("Not listed").waitFor();
    await row("ACCESS-THEIRS").getByRole("cell", { name: "2", exact: true }).waitFor();
    for (const id of ["ACCESS-THEIRS", "ACCESS-STRANGER", "04EE11BB22CC33"]) {
      await row(id).getByRole("button", { name: "Authorize here" }).click();
      await row(id).waitFor({ state: "detached" });
    }
    // Who has expired is refused though they are listed.
    assert.equal(await row("ACCESS-EXPIRED").getByRole("button", { name: "Authorize here" }).count(), 0);
    await row("ACCESS-EXPIRED").getByRole("button", { name: "Forget" }).click();
    await row("ACCESS-EXPIRED").waitFor({ state: "detached" });
    await page.getByRole("checkbox", { name: /^Select all/ }).first().check();
    await page.getByRole("button", { name: /^Forget \d/ }).click();
    await dialog().getByRole("button", { name: "Forget" }).click();
    await page.getByText("Nobody was refused lately").waitFor();
    const listed = await portal.list(`/locations/${location.id}/authorization/tokens`);
    assert.deepEqual(listed.map((entry) => entry.id).sort(), ["04EE11BB22CC33", "ACCESS-STRANGER", "ACCESS-THEIRS", "ELSE-1"]);
  });
});

describe("roaming partners", () => {
  const versions = (token) =>
    fetch(`${portal.url}/ocpi/versions`, { headers: { authorization: `Token ${Buffer.from(token).toString("base64")}` } });
  const more = async (item) => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };

  test("one is added with a token that is shown once, changed, revoked and deleted", async () => {
    await page.goto("/settings/partners");
    await page.getByRole("button", { name: "Add partner" }).first().click();
    await dialog().getByLabel("Name").fill("Nord Roaming");
    await dialog().getByLabel("Country").fill("N");
    await dialog().getByLabel("Party").fill("TNM");
    await dialog().getByLabel("Role").selectOption("EMSP");
    await dialog().getByRole("button", { name: "Add partner" }).click();
    await dialog().locator("[aria-invalid=true]").waitFor();
    await dialog().getByLabel("Country").fill("NL");
    await dialog().getByRole("button", { name: "Add partner" }).click();
    const first = await dialog().getByLabel("Their token", { exact: true }).inputValue();
    await dialog().getByText(/\/ocpi\/versions/).waitFor();
    assert.equal((await versions(first)).status, 200);
    await dialog().getByRole("button", { name: "Done" }).click();
    await row("Nord Roaming").getByText("Invited").waitFor();
    await row("Nord Roaming").getByRole("link").first().click();
    await page.getByRole("heading", { level: 1, name: "Nord Roaming" }).waitFor();
    await page.getByText("TNM", { exact: true }).first().waitFor();

    await page.getByRole("button", { name: "Edit" }).click();
    await dialog().getByLabel("Name").fill("Nordic Roaming");
    await dialog().getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 1, name: "Nordic Roaming" }).waitFor();

    await more("New token");
    await dialog().getByRole("button", { name: "New token" }).click();
    const second = await dialog().getByLabel("Their token", { exact: true }).inputValue();
    await dialog().getByRole("button", { name: "Done" }).click();
    assert.notEqual(second, first);
    assert.deepEqual([(await versions(first)).status, (await versions(second)).status], [401, 200]);

    await more("Register with them");
    await dialog().getByLabel("Address of their versions").fill("https://127.0.0.1:9/versions");
    await dialog().getByLabel("Token that they gave").fill("abc");
    await dialog().getByRole("button", { name: "Register" }).click();
    await dialog().getByRole("alert").filter({ hasText: /\w/ }).first().waitFor();
    await dialog().getByRole("button", { name: "Cancel" }).click();
    await dialog().getByRole("button", { name: "Discard changes" }).click();

    await more("Revoke");
    await dialog().getByRole("button", { name: "Revoke" }).click();
    await page.locator(".page-head").getByText("Ended").waitFor();
    assert.equal((await versions(second)).status, 401);
    await more(/^Delete/);
    await dialog().getByRole("button", { name: /^Delete/ }).click();
    await page.waitForURL(/\/settings\/partners$/);
    await page.getByText("No roaming partners").waitFor();
  });
});
