// Signing in elsewhere, with OpenID Connect: who gets in, as what, and who does not.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible, close, fits, launch, open, PHONE, picture } from "./support/browser.mjs";
import { Issuer } from "./support/issuer.mjs";
import { Portal } from "./support/portal.mjs";

const own = (name, groups, more = {}) =>
  ({ name, email: `${name.toLowerCase().replace(" ", ".")}@acme.example`, email_verified: true, groups, ...more });
const people = {
  ada: own("Ada Admin", ["staff", "ev-admins"]),
  vic: own("Vic Viewer", ["staff", "ev-viewers"]),
  max: own("Max Moves", ["ev-viewers"]),
  sam: own("Sam Staff", ["staff"]),
  uma: own("Uma Unverified", ["ev-viewers"], { email_verified: false }),
  nat: own("Nat Namesake", ["ev-admins"], { email: "Manager@sandbox.example" }),
};
let issuer, portal, browser, folder;

before(async () => {
  issuer = await Issuer.start(people);
  folder = await mkdtemp(join(tmpdir(), "ev-portal-openid-"));
  await writeFile(join(folder, "secret"), `${issuer.secret}\n`);
  portal = await Portal.start({
    flags: [
      "--openid-issuer", issuer.url, "--openid-client-id", "ev-portal",
      "--openid-client-secret-file", join(folder, "secret"), "--openid-name", "Acme ID", "--openid-role-claim", "groups",
      "--openid-role", "ev-admins=administrator,ev-viewers=viewer",
    ],
  });
  issuer.serve(portal);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
  await issuer?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A page of a new browser, whose issuer's pages reach nobody else either. */
async function fresh() {
  const page = await open(browser, portal, { account: null });
  page.removeAllListeners("request");
  page.removeAllListeners("console");
  await page.context().route((url) => ![portal.url, issuer.url].includes(url.origin), (route) => route.abort());
  return page;
}

/** Signs in as one of the people, from the portal's page at that address. */
async function signIn(page, who, address = "/") {
  await page.goto(address);
  await page.getByRole("link", { name: "Sign in with Acme ID" }).click();
  await page.locator("[name=login]").fill(who);
  await page.locator("[name=password]").fill("whatever");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Who a page's browser is for the portal. */
async function session(page) {
  const answer = await page.request.get("/api/v1/session");
  return { status: answer.status(), ...(await answer.json()) };
}

const accounts = async () => (await portal.list("/accounts?pageSize=100")).map((account) => account.email);

test("somebody signs in elsewhere and lands where they wanted to go, with the role they have there", async () => {
  const page = await fresh();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Sign in with Acme ID" }).waitFor();
  await picture(page, "sign-in-openid");
  await accessible(page, "sign-in with OpenID Connect");
  await page.setViewportSize(PHONE);
  await fits(page, "sign-in with OpenID Connect");
  await signIn(page, "vic", "/tokens?q=NL");
  await page.getByRole("heading", { level: 1, name: "Charge tokens" }).waitFor();
  assert.equal(new URL(page.url()).search, "?q=NL");
  const { name, email, role, hasPassword } = await session(page);
  assert.deepEqual({ name, email, role, hasPassword }, { name: "Vic Viewer", email: "vic.viewer@acme.example", role: "Viewer", hasPassword: false });
  // The issuer's are of the same host here.
  const cookies = (await page.context().cookies(portal.url)).filter(({ name }) => name.startsWith("ev_portal"));
  assert.deepEqual(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite })),
    [{ name: "ev_portal", httpOnly: true, sameSite: "Strict" }]);
  assert.ok((await accounts()).includes("vic.viewer@acme.example"));
  await close(page);
});

test("another role at the next sign-in counts at once, and ends the sessions elsewhere", async () => {
  const [before, now] = [await fresh(), await fresh()];
  await signIn(before, "max");
  await before.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  assert.equal((await session(before)).role, "Viewer");
  people.max.groups = ["ev-admins"];
  await signIn(now, "max");
  await now.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  assert.equal((await session(now)).role, "Administrator");
  assert.equal((await session(before)).status, 401);
  people.max.groups = ["staff"];
  const later = await fresh();
  await signIn(later, "max");
  await later.getByText("You are known with Acme ID, but have no role in this portal there.").waitFor();
  assert.equal((await session(now)).status, 401, "who lost the role is out everywhere");
  for (const page of [before, now, later]) await close(page);
});

test("who has no role, no verified address, or another's address stays out, and is told why", async () => {
  const before = await accounts();
  const manager = await portal.list("/accounts?filter=email:is:manager@sandbox.example");
  for (const [who, words] of [
    ["sam", "have no role in this portal there"],
    ["uma", "does not say that your e-mail address is verified"],
    ["nat", "There is an account with the e-mail address Manager@sandbox.example in this portal"],
  ]) {
    const page = await fresh();
    await signIn(page, who);
    await page.getByText(words).waitFor();
    await picture(page, `openid-refused-${who}`);
    await accessible(page, `refused: ${who}`);
    assert.equal((await session(page)).status, 401, who);
    await close(page);
  }
  assert.deepEqual(await accounts(), before);
  assert.deepEqual(await portal.list("/accounts?filter=email:is:manager@sandbox.example"), manager);
});

test("a disabled account stays out", async () => {
  const page = await fresh();
  await signIn(page, "ada");
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  const [account] = await portal.list("/accounts?filter=email:is:ada.admin@acme.example");
  const disabled = await portal.api("PATCH", `/accounts/${account.id}`, { version: account.version, body: { status: "Disabled" } });
  assert.equal(disabled.status, 200);
  const again = await fresh();
  await signIn(again, "ada");
  await again.getByText("Your account in this portal is disabled.").waitFor();
  assert.equal((await session(page)).status, 401);
  for (const each of [page, again]) await close(each);
});

test("an answer of the issuer is good for one browser, once", async () => {
  const [mine, theirs] = [await fresh(), await fresh()];
  issuer.keepBack(true);
  await signIn(mine, "vic");
  await mine.waitForURL(`${issuer.url}/kept`);
  const back = issuer.keepBack(false);
  // Somebody who is sent the address, so that they work in another's account without knowing.
  await theirs.goto("/sign-in");
  await theirs.goto(back);
  await theirs.getByText("begun in another browser").waitFor();
  assert.equal((await session(theirs)).status, 401);
  await mine.goto(back.replace("code=", "code=x"));
  await mine.getByText("does not work at the moment").waitFor();
  await mine.goto(back);
  await mine.getByText("begun in another browser, or too long ago").waitFor();
  assert.equal((await session(mine)).status, 401);
  for (const page of [mine, theirs]) await close(page);
});

test("an issuer that breaks off or is gone is told in words, and its secret nowhere", async () => {
  const page = await fresh();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Sign in with Acme ID" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByText("Signing in with Acme ID was broken off.").waitFor();
  const { answer } = issuer;
  issuer.answer = (_, response) => response.writeHead(302, { location: `${portal.url}/healthz` }).end();
  const other = await Portal.start({
    flags: ["--openid-issuer", issuer.url, "--openid-client-id", "ev-portal", "--openid-client-secret-file", join(folder, "secret"),
      "--openid-role", "a=viewer"],
  });
  try {
    const said = await fetch(`${other.url}/sign-in/openid`, { redirect: "manual" });
    assert.equal(said.status, 502, "no redirect is followed");
    assert.match(await said.text(), /does not work at the moment/);
    assert.ok(!other.log.includes(issuer.secret) && !portal.log.includes(issuer.secret));
  } finally {
    issuer.answer = answer;
    await other.stop();
  }
  await close(page);
});
