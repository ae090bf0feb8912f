// Signing in: the sandbox's accounts, a password, a session that ends, and what strangers get.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createServer } from "node:http";
import { accessible, close, DESKTOP, fits, open, PHONE, picture } from "./support/browser.mjs";
import { browser, portal, started } from "./support/started.mjs";

const PASSWORD = "violet kettle drives south";
started();

/** Makes an account and gives the path by which its password is set. */
async function account(name, roleId) {
  const email = `${name.toLowerCase().replace(" ", ".")}@portal.example`;
  const made = await portal.api("POST", "/accounts", { body: { name, email, roleId } });
  assert.equal(made.status, 201);
  const link = await portal.api("POST", `/accounts/${made.body.id}/set-up`);
  return { ...made.body, path: link.body.path };
}

for (const [size, viewport] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the pages of signing in and joining, ${size}, ${colorScheme}`, async () => {
      const page = await open(browser, portal, { viewport, colorScheme, account: null });
      const { path } = await account(`Pia ${size} ${colorScheme}`, "viewer");
      const [{ id }] = await portal.list("/connections?filter=connectionStatus:is:Enabled");
      const { link } = (await portal.api("GET", `/connections/${id}/invitation`)).body;
      for (const [name, address] of [
        ["sign-in", "/sign-in"], ["set-up", path], ["set-up gone", "/set-up/nothing"], ["signed-in", "/signed-in"],
        ["join", "/join"], ["join a connection", link], ["join gone", "/join/nothing"],
      ]) {
        await page.goto(address);
        await picture(page, `${name}-${size}-${colorScheme}`);
        await accessible(page, `${name}, ${size}, ${colorScheme}`);
        await fits(page, `${name}, ${size}, ${colorScheme}`);
      }
      await close(page);
    });
  }
}

test("a stranger is asked to sign in, and lands where they wanted to go", async () => {
  const page = await open(browser, portal, { account: null });
  await page.goto("/tokens?q=NL");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.getByRole("button", { name: /^demo/ }).click();
  await page.getByRole("heading", { level: 1, name: "Charge tokens" }).waitFor();
  assert.equal(new URL(page.url()).search, "?q=NL");
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goto("/tokens");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await close(page);
});

test("a new colleague sets a password by a link, by keyboard alone, and a wrong one is told", async () => {
  const colleague = await account("Carla Nuevo", "viewer");
  const page = await open(browser, portal, { account: null });
  await page.goto(colleague.path);
  await page.getByLabel("Password").focus();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").focus();
  await page.keyboard.type(colleague.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type("not this one");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("There is no account with that e-mail address and password.").waitFor();
  assert.equal(await page.getByLabel("E-mail").inputValue(), colleague.email);
  await picture(page, "sign-in-wrong");
  await accessible(page, "a wrong password");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  await close(page);
});

test("what somebody may not see is not in the navigation, and its page says what is missing", async () => {
  const officer = await account("Olga Officer", "connections-officer");
  const page = await open(browser, portal, { account: null });
  await page.goto(officer.path);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  const nav = page.getByRole("navigation", { name: "Main" });
  await nav.getByRole("link", { name: "Customers" }).waitFor();
  assert.equal(await nav.getByRole("link", { name: "Charge locations" }).count(), 0);
  assert.equal(await nav.getByRole("link", { name: "Inventory" }).count(), 0);
  await page.goto("/cpo/charge-locations");
  await page.getByText("You need permission to see charge locations and their Authorization lists (View:Location). demo can give it to you.").waitFor();
  await picture(page, "forbidden");
  await close(page);
});

/** A page with a typed customer whose session is gone, and the dialog that says so. */
async function ended(page, name) {
  await page.goto("/customers");
  await page.getByRole("button", { name: "Create customer" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.context().clearCookies();
  await page.getByRole("dialog").getByRole("button", { name: "Create customer" }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await dialog.waitFor();
  return dialog;
}

test("what is typed survives a session that ends, and is sent once somebody signs in again", async () => {
  const page = await open(browser, portal, { account: "manager" });
  const dialog = await ended(page, "Typed before the end");
  await picture(page, "session-ended-sandbox");
  await accessible(page, "the session has ended, in the sandbox");
  await dialog.getByRole("button", { name: "Go on as manager" }).click();
  await page.getByRole("heading", { level: 1, name: "Typed before the end" }).waitFor();
  assert.equal((await portal.list("/customers?q=Typed before")).length, 1, "it was sent once");
  await close(page);
});

test("a password lets go on, and a wrong one is told; on a phone too", async () => {
  const own = await account("Max Manager", "location-manager");
  const page = await open(browser, portal, { account: null, viewport: PHONE });
  await page.goto(own.path);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  const dialog = await ended(page, "Typed on a phone");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await dialog.getByText("This cannot stay empty.").waitFor();
  await dialog.getByLabel("Password").fill("not this one");
  await page.keyboard.press("Enter");
  await dialog.getByText("There is no account with that e-mail address and password.").waitFor();
  await picture(page, "session-ended-phone");
  await accessible(page, "the session has ended");
  await fits(page, "the session has ended");
  await dialog.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Typed on a phone" }).waitFor();
  await close(page);
});

test("another tab can sign in too; whoever does not gets what was typed back", async () => {
  const page = await open(browser, portal, { account: "manager" });
  const dialog = await ended(page, "Typed and kept");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  const form = page.getByRole("dialog", { name: "Create customer" });
  await form.getByText("Nobody is signed in").waitFor();
  assert.equal(await form.getByLabel("Name").inputValue(), "Typed and kept");
  await form.getByRole("button", { name: "Create customer" }).click();
  await dialog.waitFor();
  const [other] = await Promise.all([page.context().waitForEvent("page"), dialog.getByRole("link", { name: "Sign in in another tab" }).click()]);
  await other.getByRole("button", { name: /^manager/ }).click();
  await other.getByRole("heading", { name: "You are signed in" }).waitFor();
  await other.close();
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await page.getByRole("heading", { level: 1, name: "Typed and kept" }).waitFor();
  await close(page);
});

test("what one account typed is never sent as another", async () => {
  const page = await open(browser, portal, { account: "manager" });
  await page.goto("/customers");
  await page.getByRole("button", { name: "Create customer" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill("Typed by manager");
  // Somebody else signs in with this browser, in a tab that the page does not hear of.
  const [name, value] = portal.cookie.split("=");
  await page.context().addCookies([{ name, value, url: portal.url, httpOnly: true, sameSite: "Strict" }]);
  await page.getByRole("dialog").getByRole("button", { name: "Create customer" }).click();
  await page.getByRole("dialog", { name: "Your session has ended" }).waitFor();
  assert.equal((await portal.list("/customers?q=Typed by manager")).length, 0);
  page.on("dialog", (question) => question.accept());
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await page.getByRole("dialog", { name: "Your session has ended" }).waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: /^demo/ }).waitFor();
  assert.equal((await portal.list("/customers?q=Typed by manager")).length, 0);
  await close(page);
});

test("another site's page cannot sign in, change anything, or show the portal in a frame", async () => {
  const evil = createServer((_, answer) => {
    answer.writeHead(200, { "content-type": "text/html" });
    answer.end(`<form method="post" action="${portal.url}/sign-in/try"><button name="account" value="demo">Win</button></form>
      <iframe src="${portal.url}/sign-in"></iframe>`);
  });
  try {
    await new Promise((ready) => evil.listen(0, "127.0.0.1", ready));
    const customers = async () => (await portal.api("GET", "/customers")).body.total;
    const before = await customers();
    const page = await open(browser, portal);
    page.removeAllListeners("request");
    page.removeAllListeners("console");
    await page.goto(`http://localhost:${evil.address().port}/`);
    const frame = page.frames().find((frame) => frame !== page.mainFrame());
    assert.ok(!(await frame.content()).includes("Password"), "the frame stays empty");
    const fetched = await page.evaluate(async (url) => {
      const body = JSON.stringify({ name: "Made by another site" });
      const asked = fetch(`${url}/api/v1/customers`, { method: "POST", mode: "no-cors", credentials: "include", body });
      return asked.then(() => "something", () => "nothing");
    }, portal.url);
    assert.equal(fetched, "nothing", "not even an answer that it cannot read");
    await page.getByRole("button", { name: "Win" }).click();
    await page.getByText("Not from another site").waitFor();
    assert.equal(await customers(), before);
    await close(page);
  } finally {
    evil.closeAllConnections();
    evil.close();
  }
});
