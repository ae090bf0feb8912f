// Accounts, roles, and one's own account: invited, given a role, kept from keeping oneself out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, close, DESKTOP, fits, launch, open, PHONE, picture } from "./support/browser.mjs";
import { choose, pick, said } from "./support/page.mjs";
import { Portal } from "./support/portal.mjs";

const PASSWORD = "violet kettle drives south";
let portal, browser;

before(async () => {
  portal = await Portal.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

/** Makes an account by REST and gives its record with the path by which its password is set. */
async function account(name, roleId) {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@portal.example`;
  const made = await portal.api("POST", "/accounts", { body: { name, email, roleId } });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const link = await portal.api("POST", `/accounts/${made.body.id}/set-up`);
  return { ...made.body, path: link.body.path };
}

/** A page of a new account that has set its password. */
async function signedIn(name, roleId, options = {}) {
  const own = await account(name, roleId);
  const page = await open(browser, portal, { account: null, ...options });
  await page.goto(own.path);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  return [page, own];
}

/** Whether a page shows a text, in its words or in a field. */
const shows = (page, text) => page.evaluate((text) => document.body.innerText.includes(text)
  || [...document.querySelectorAll("input, textarea")].some((one) => one.value.includes(text)), text);
const dialog = (page, name) => page.getByRole("dialog", name ? { name } : {});

test("somebody is invited, sets a password by the link, and signs in", async () => {
  const page = await open(browser, portal);
  await page.goto("/");
  await page.getByRole("link", { name: "Accounts" }).click();
  await page.getByRole("button", { name: "New account" }).click();
  await dialog(page).getByRole("button", { name: "Create account" }).click();
  await dialog(page).getByText("This cannot stay empty.").first().waitFor();
  await dialog(page).getByLabel("Name").fill("Ines Invited");
  await dialog(page).getByLabel("E-mail").fill("ines@portal.example");
  await dialog(page).getByRole("button", { name: "Create account" }).click();
  await dialog(page).getByText("an account needs a role").first().waitFor();
  await pick(page, "viewer", "Viewer");
  await accessible(page, "the form of an account");
  await dialog(page).getByRole("button", { name: "Create account" }).click();
  const link = dialog(page, "Set-up link for Ines Invited");
  const address = await link.getByLabel("Set-up link", { exact: true }).inputValue();
  assert.match(address, new RegExp(`^${portal.url}/set-up/[0-9a-f]{40}$`));
  await link.getByText(/It holds until \d/).waitFor();
  await picture(page, "set-up-link");
  await accessible(page, "the set-up link");
  await link.getByRole("button", { name: "Done" }).click();
  await page.getByRole("row", { name: /Ines Invited/ }).waitFor();
  assert.equal(await shows(page, address), false, "it is shown once");

  const invited = await open(browser, portal, { account: null });
  await invited.goto(address);
  await invited.getByLabel("Password").fill(PASSWORD);
  await invited.keyboard.press("Enter");
  await invited.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  assert.equal(await invited.getByRole("link", { name: "Accounts" }).count(), 0);
  await invited.goto("/settings/accounts");
  await invited.getByText("You need permission to manage accounts and roles (Manage:Account). demo can give it to you.").waitFor();
  await close(invited);

  await page.getByRole("link", { name: "Ines Invited" }).click();
  await page.getByText("Set", { exact: true }).waitFor();
  await picture(page, "account");
  await close(page);
});

test("who is disabled is out at once, and a new link lets in who forgot the password", async () => {
  const [theirs, own] = await signedIn("Otto Out", "viewer");
  const page = await open(browser, portal);
  await page.goto(`/settings/accounts/${own.id}`);
  await choose(page, "More for this account", "Disable account");
  await page.locator(".page-head").getByText("Disabled").waitFor();
  await theirs.goto("/customers");
  await theirs.getByRole("heading", { name: "Sign in" }).waitFor();
  await choose(page, "More for this account", "Enable account");
  await page.locator(".page-head").getByText("Enabled").waitFor();
  await choose(page, "More for this account", "New set-up link");
  const address = await dialog(page).getByLabel("Set-up link", { exact: true }).inputValue();
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await theirs.goto(address);
  await theirs.getByLabel("Password").fill(`${PASSWORD} again`);
  await theirs.keyboard.press("Enter");
  await theirs.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  await choose(page, "More for this account", "Sign out everywhere");
  await said(page, "Otto Out is signed out everywhere.");
  await theirs.goto("/customers");
  await theirs.getByRole("heading", { name: "Sign in" }).waitFor();
  // The new password is a newer version of the account.
  await page.reload();
  await choose(page, "More for this account", "Delete account");
  await dialog(page).getByRole("button", { name: "Delete account" }).click();
  await page.getByRole("heading", { level: 1, name: "Accounts" }).waitFor();
  assert.equal((await portal.list("/accounts?q=Otto")).length, 0);
  await close(theirs);
  await close(page);
});

test("the last administrator and one's own account are protected, in words before the click", async () => {
  const page = await open(browser, portal);
  const [demo] = await portal.list("/accounts?q=demo");
  const words = async (why) => {
    await page.goto(`/settings/accounts/${demo.id}`);
    await page.getByRole("button", { name: "More for this account" }).click();
    for (const line of ["Disable account", "Delete account"]) {
      const item = page.getByRole("menuitem", { name: new RegExp(`^${line}`) });
      assert.match(await item.textContent(), why);
      assert.equal(await item.getAttribute("aria-disabled"), "true");
    }
    await picture(page, "account-fixed");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await dialog(page).getByText(why).waitFor();
    assert.equal(await dialog(page).getByRole("combobox").count(), 0);
    await page.keyboard.press("Escape");
  };
  await words(/last administrator/);
  await account("Ada Second", "administrator");
  await words(/your own account/);
  await close(page);
});

test("an account is limited to an organization by its form, and sees what is that one's", async () => {
  const [theirs, own] = await signedIn("Lena Limited", "location-manager");
  const everything = (await portal.api("GET", "/locations?pageSize=1")).body.total;
  const [organization] = await portal.list("/organizations");
  const page = await open(browser, portal);
  await page.goto(`/settings/accounts/${own.id}`);
  await page.getByText("Nothing: it reaches every organization").waitFor();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog(page).getByRole("group", { name: "Limited to" }).getByLabel(organization.name).check();
  await picture(page, "account-limits");
  await accessible(page, "the form of an account with its limits");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await page.locator("dl.facts").getByText(organization.name, { exact: true }).waitFor();
  // What it may do counts anew: it signs in again.
  await theirs.goto("/cpo/charge-locations");
  await theirs.getByLabel("E-mail").fill(own.email);
  await theirs.getByLabel("Password").fill(PASSWORD);
  await theirs.keyboard.press("Enter");
  const seen = Number.parseInt(await theirs.getByText(/^\d+ charge locations?$/).first().innerText(), 10);
  assert.ok(seen > 0 && seen < everything, `${seen} of ${everything}`);
  await close(theirs);
  await close(page);
});

test("a role is made and given, and its holder has it by the next page", async () => {
  const page = await open(browser, portal);
  await page.goto("/settings/roles");
  await page.getByRole("link", { name: "Viewer" }).click();
  await page.getByText(/^Comes with the portal and stays as it is/).waitFor();
  assert.equal(await page.getByRole("button", { name: "Edit", exact: true }).count(), 0);
  await picture(page, "role-built-in");
  await page.getByRole("button", { name: "Make a copy" }).click();
  await dialog(page).getByLabel("Name").fill("Night shift");
  await dialog(page).getByLabel("See charge tokens").uncheck();
  await picture(page, "role-form");
  await accessible(page, "the form of a role");
  await dialog(page).getByRole("button", { name: "Create role" }).click();
  await page.getByRole("heading", { level: 1, name: "Night shift" }).waitFor();
  const [role] = await portal.list("/roles?q=Night");
  assert.deepEqual(role.permissions, ["View:Location", "View:Customer", "View:StationToken", "View:Connection", "View:Station", "View:Session", "View:Fleet"]);

  const [theirs, own] = await signedIn("Nina Night", "viewer");
  await page.goto(`/settings/accounts/${own.id}`);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await pick(page, "night", "Night shift");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Night shift" }).waitFor();
  // Another role ends the session; who signs in again has the new one. It may say so by itself, over the page.
  const nav = theirs.getByRole("navigation", { name: "Main" });
  await nav.getByRole("link", { name: "Customers" }).dispatchEvent("click");
  await dialog(theirs, "Your session has ended").getByLabel("Password").fill(PASSWORD);
  await theirs.keyboard.press("Enter");
  await dialog(theirs).waitFor({ state: "hidden" });
  await theirs.getByRole("row").nth(1).waitFor();
  await nav.getByRole("link", { name: "Charge tokens" }).waitFor({ state: "detached" });

  await page.getByRole("link", { name: "Night shift" }).click();
  await page.getByRole("button", { name: "More for this role" }).click();
  await page.getByText("1 account has it: give them another role first.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog(page).getByLabel("Approve and deny drivers").check();
  await dialog(page).getByLabel("See customers").uncheck();
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await dialog(page).waitFor({ state: "hidden" });
  await page.getByText("Approve and deny drivers").waitFor();
  await nav.getByRole("link", { name: "Requests" }).click();
  await nav.getByRole("link", { name: "Customers" }).waitFor({ state: "detached" });
  await close(theirs);

  await portal.api("PATCH", `/accounts/${own.id}`, { body: { roleId: "viewer" }, version: (await portal.api("GET", `/accounts/${own.id}`)).body.version });
  await page.reload();
  await choose(page, "More for this role", "Delete role");
  await dialog(page).getByRole("button", { name: "Delete role" }).click();
  await page.getByRole("heading", { level: 1, name: "Roles" }).waitFor();
  assert.equal((await portal.list("/roles?q=Night")).length, 0);
  await close(page);
});

test("an API key is made, does what it may, and is revoked", async () => {
  const page = await open(browser, portal, { account: "manager" });
  await page.goto("/");
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await page.getByText("No API keys").waitFor();
  await page.getByRole("button", { name: "New API key" }).click();
  await dialog(page).getByLabel("Name").fill("nightly");
  assert.equal(await dialog(page).getByLabel("Manage accounts and roles").count(), 0, "a key does not more than its account");
  await dialog(page).getByRole("button", { name: "New API key" }).click();
  await dialog(page).getByText("This cannot stay empty.").first().waitFor();
  await dialog(page).getByLabel("See charge tokens").check();
  await dialog(page).getByLabel("Days until it expires").fill("7");
  await picture(page, "api-key-form");
  await accessible(page, "the form of an API key");
  await dialog(page).getByRole("button", { name: "New API key" }).click();
  const made = dialog(page, "New API key");
  const secret = await made.getByLabel("API key", { exact: true }).inputValue();
  await picture(page, "api-key-made");
  await made.getByRole("button", { name: "Done" }).click();
  const ask = async (path) => (await fetch(`${portal.url}/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } })).status;
  assert.equal(await ask("/tokens"), 200);
  assert.equal(await ask("/customers"), 403);
  await page.reload();
  const row = page.getByRole("row", { name: /nightly/ });
  await row.getByText("1 permission").waitFor();
  assert.equal(await shows(page, secret), false, "it is shown once");
  await row.getByRole("button", { name: "Revoke" }).click();
  await picture(page, "api-key-revoke");
  await dialog(page, "Revoke this API key").getByRole("button", { name: "Revoke" }).click();
  await page.getByText("No API keys").waitFor();
  assert.equal(await ask("/tokens"), 401);
  await close(page);
});

test("a changed password ends the other sessions, and sessions are ended one by one or all", async () => {
  const [page, own] = await signedIn("Pia Password", "viewer");
  const other = await open(browser, portal, { account: null });
  const enter = async (password) => {
    await other.goto("/sign-in");
    await other.getByLabel("E-mail").fill(own.email);
    await other.getByLabel("Password").fill(password);
    await other.keyboard.press("Enter");
  };
  const isOut = async () => {
    await other.goto("/customers");
    await other.getByRole("heading", { name: "Sign in" }).waitFor();
  };
  await enter(PASSWORD);
  await other.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  await page.goto("/account");
  await page.getByText("This one").waitFor();
  await picture(page, "your-account");
  await page.getByRole("button", { name: /^Sign out of/ }).click();
  await said(page, "Signed out of Chrome on Linux.");
  await isOut();
  await enter(PASSWORD);
  await other.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();

  await page.getByRole("button", { name: "Change password" }).click();
  const form = dialog(page, "Change password");
  const send = async (current, next) => {
    await form.getByLabel("Current password").fill(current);
    await form.getByLabel("New password").fill(next);
    await form.getByRole("button", { name: "Change password" }).click();
  };
  await send("wrong", "too short");
  await form.getByText(/^At least 10 characters; /).waitFor();
  await send("wrong", "plain lantern counts nine");
  await form.getByText("This is not the password.").waitFor();
  await send(PASSWORD, "password123456");
  await form.getByText(/^This is among the passwords that are tried first/).waitFor();
  await picture(page, "password-form");
  await accessible(page, "the form of a password");
  await send(PASSWORD, "plain lantern counts nine");
  await form.waitFor({ state: "hidden" });
  await page.getByText("This one").waitFor();
  await isOut();
  await enter(PASSWORD);
  await other.getByRole("alert").waitFor();
  await enter("plain lantern counts nine");
  await other.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();

  await page.reload();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await dialog(page, "Sign out everywhere?").getByRole("button", { name: "End 2 sessions" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await isOut();
  await close(other);
  await close(page);
});

for (const [size, viewport] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  test(`the pages and forms when there is much, nothing, or no answer, ${size}`, async () => {
    const page = await open(browser, portal, { viewport });
    const look = async (name) => {
      await picture(page, `${name.replaceAll(" ", "-")}-${size}`);
      await accessible(page, `${name}, ${size}`);
      await fits(page, `${name}, ${size}`);
    };
    const long = await portal.api("POST", "/roles", { body: { name: `Everything ${"W".repeat(80)} ${size}`, permissions: [] } });
    await page.goto(`/settings/roles/${long.body.id}`);
    await page.getByText("Nothing.").waitFor();
    await look("role without permissions");
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await dialog(page).getByLabel("Manage accounts and roles").waitFor();
    await look("role form");
    await page.keyboard.press("Escape");
    await page.goto("/settings/accounts?q=zzzz");
    await page.getByText("No account matches “zzzz”").waitFor();
    await page.goto("/settings/accounts");
    await page.getByRole("button", { name: "New account" }).click();
    await look("account form");
    await page.keyboard.press("Escape");
    await page.route("**/api/v1/{sign-ins,accounts/*,roles/*,keys**}", (route) => route.abort());
    await page.goto("/account");
    await page.getByRole("button", { name: "Try again" }).nth(1).waitFor();
    await look("your account without answers");
    await page.goto("/settings/roles/viewer");
    await page.getByRole("button", { name: "Try again" }).waitFor();
    await look("role without an answer");
    await page.unroute("**/api/v1/{sign-ins,accounts/*,roles/*,keys**}");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: "Viewer" }).waitFor();
    await page.goto("/settings/roles/nobody");
    await page.getByText("There is no such role.").waitFor();
    await close(page);
  });
}
