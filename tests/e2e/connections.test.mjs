// Driver management › Connections and Requests: from the QR code on the operator's screen to the driver who
// may charge.
import assert from "node:assert/strict";
import { test } from "node:test";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { accessible, close, fits, open, PHONE, picture } from "./support/browser.mjs";
import { said } from "./support/page.mjs";
import { Portal } from "./support/portal.mjs";
import { browser, portal, started } from "./support/started.mjs";

const CONNECTIONS = "/driver-management/connections";
const REQUESTS = "/driver-management/requests";

started();

const rows = (page) => page.locator("tbody tr:not(.waiting)");

/** What an independent decoder reads in a picture. */
function decoded(bytes) {
  const { data, width, height } = PNG.sync.read(bytes);
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

test("an invitation by QR code becomes a driver who may charge", async () => {
  const page = await open(browser, portal);
  const [customer] = await portal.list("/customers");
  const connections = await portal.list("/connections?pageSize=500");
  const found = connections.find((one) => one.connectionStatus === "Enabled" && one.approvalType === "Manual" && one.verifyDriversBy);
  const { body: connection } = await portal.api("PATCH", `/connections/${found.id}`, { body: { customerId: customer.id }, version: found.version });

  await page.goto(`${CONNECTIONS}/${connection.id}`);
  await page.getByRole("button", { name: "Invite drivers" }).first().click();
  const dialog = page.getByRole("dialog");
  const code = dialog.getByAltText("QR code of the link");
  await code.evaluate((image) => image.decode());
  await picture(page, "invite-drivers");
  await accessible(page, "invite drivers");
  const { body: invitation } = await portal.api("GET", `/connections/${connection.id}/invitation`);
  assert.equal(decoded(await code.screenshot({ scale: "device" })), invitation.link, "as it stands on the screen");
  const download = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Download PNG" }).click();
  const chunks = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk);
  assert.equal(decoded(Buffer.concat(chunks)), invitation.link, "as it is downloaded");
  await page.keyboard.press("Escape");

  // The driver, on a phone, with nothing but the address that was read.
  const phone = await open(browser, portal, { viewport: PHONE });
  await phone.goto(invitation.link);
  await fits(phone, "the driver's page");
  await picture(phone, "join");
  await accessible(phone, "the driver's page");
  await phone.getByLabel("Your name").fill("Dana Ng");
  await phone.getByLabel("E-mail").fill("not an address");
  await phone.getByLabel(connection.verifyDriversBy).fill("EMP-4711");
  await phone.getByLabel(/Card number/).fill("NL-E2E-C00000001");
  await phone.locator("form").evaluate((form) => (form.noValidate = true));
  await phone.getByRole("button").last().click();
  await phone.getByText("Write it like anna@example.com.").first().waitFor();
  assert.equal(await phone.getByLabel("Your name").inputValue(), "Dana Ng");
  await picture(phone, "join-wrong");
  await accessible(phone, "the driver's page with an error");
  await phone.getByLabel("E-mail").fill("dana@example.com");
  await phone.getByRole("button").last().click();
  await phone.getByText(/pending/i).first().waitFor();
  await picture(phone, "join-pending");
  await accessible(phone, "the driver's request");

  // The operator.
  await page.goto(REQUESTS);
  await page.getByText("Dana Ng").first().waitFor();
  await page.getByText("EMP-4711").first().waitFor();
  await picture(page, "requests");
  await accessible(page, "requests");
  await rows(page).filter({ hasText: "Dana Ng" }).getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("dialog").getByLabel("Text for the drivers").fill("Welcome, gate code 12.");
  await picture(page, "approve");
  await accessible(page, "approve");
  await page.getByRole("dialog").getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("dialog").getByText(/Approved 1 request/).or(page.locator("[aria-live]").getByText(/Approved 1 request/)).first().waitFor();
  await phone.reload();
  await phone.getByText(/approved/i).first().waitFor();
  await phone.getByText("Welcome, gate code 12.").waitFor();
  await picture(phone, "join-approved");
  const [token] = await portal.list("/tokens?filter=authId:is:NL-E2E-C00000001");
  assert.equal(token?.customer?.id, customer.id, "the card is a charge token of the customer");
  await close(phone);
  await close(page);
});

test("a rotated, a disabled and an unknown link look alike, and say nothing of the portal", async () => {
  const phone = await open(browser, portal, { viewport: PHONE });
  const [connection] = (await portal.list("/connections?pageSize=500")).filter((one) => one.connectionStatus === "Enabled");
  const { body: old } = await portal.api("GET", `/connections/${connection.id}/invitation`);
  await portal.api("POST", `/connections/${connection.id}/invitation/rotate`, { version: connection.version });
  const unknown = old.link.replace(/[^/]+$/, "A".repeat(old.link.split("/").at(-1).length));
  const pages = [];
  for (const address of [old.link, unknown]) {
    const answer = await phone.goto(address);
    assert.equal(answer.status(), 404);
    assert.equal(answer.headers()["set-cookie"], undefined);
    pages.push(await phone.content());
  }
  assert.equal(pages[0], pages[1]);
  assert.ok(!pages[0].includes(connection.orgName) && !pages[0].includes(connection.id));
  await phone.getByText(/no longer valid/).first().waitFor();
  await picture(phone, "join-gone");
  await accessible(phone, "a link that is no longer valid");
  const { body: now } = await portal.api("GET", `/connections/${connection.id}/invitation`);
  const { body: fresh } = await portal.api("GET", `/connections/${connection.id}`);
  await portal.api("PATCH", `/connections/${connection.id}`, { body: { connectionStatus: "Disabled" }, version: fresh.version });
  assert.equal((await phone.goto(now.link)).status(), 404);
  assert.equal(await phone.content(), pages[0]);
  await close(phone);
});

test("a new connection, by keyboard", async () => {
  const page = await open(browser, portal);
  await page.goto(CONNECTIONS);
  await rows(page).first().waitFor();
  await picture(page, "connections");
  await accessible(page, "connections");
  await page.getByRole("button", { name: "New connection" }).first().focus();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("combobox", { name: "Organization", exact: true }).focus();
  const [organization] = await portal.list("/organizations");
  await page.keyboard.type(organization.name);
  await sheet.getByRole("option", { name: organization.name, disabled: false }).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await sheet.getByLabel("Connection Name").fill("Night shift");
  for (const [field, choice] of [["Connection Type", "Standard"], ["Approval type", "Manual"], ["Visibility", "By search code"]]) {
    assert.equal(await sheet.getByLabel(field, { exact: true }).locator("option:checked").innerText(), choice);
  }
  await accessible(page, "new connection");
  await picture(page, "new-connection");
  await sheet.getByRole("button", { name: "Create connection" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Night shift").first().waitFor();
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  const [made, ...others] = await portal.list("/connections?filter=connectionName:is:Night%20shift");
  assert.deepEqual([others.length, made.connectionType, made.approvalType, made.visibility], [0, "Standard", "Manual", "By search code"]);
  await close(page);
});

test("the page of a connection lists its requests, and decides on them on a phone without scrolling sideways", async () => {
  const page = await open(browser, portal, { viewport: PHONE });
  const connections = await portal.list("/connections?pageSize=500&filter=pendingRequests:gt:0");
  const [connection] = connections.sort((a, b) => b.connectedDrivers - a.connectedDrivers);
  const of = async (query) => (await portal.api("GET", `/connections/${connection.id}/driver_requests${query}`)).body;
  const [{ id, driver }] = (await of("?filter=status:is:Pending&sort=driver")).items;
  await page.goto(`${CONNECTIONS}/${connection.id}?filter=status:is:Pending&sort=driver`);
  const approve = rows(page).first().getByRole("button", { name: `Approve ${driver}` });
  await approve.waitFor();
  await picture(page, "connection-phone");
  await accessible(page, "a connection with its requests");
  await fits(page, "a connection with its requests");
  await approve.scrollIntoViewIfNeeded();
  // A click would scroll by itself: first it is seen that nothing lies beside or above it.
  const reached = await approve.evaluate((button) => {
    const { x, y, width, height } = button.getBoundingClientRect();
    const found = document.elementFromPoint(x + width / 2, y + height / 2);
    return [button.closest(".table-region").scrollLeft, x + width <= innerWidth, button.contains(found)];
  });
  assert.deepEqual(reached, [0, true, true]);
  await approve.click();
  await page.getByRole("dialog").getByRole("button", { name: /^Approve/ }).click();
  await approve.waitFor({ state: "detached" });
  const { items: [decided] } = await of(`?q=${encodeURIComponent(driver)}&filter=status:is:Approved`);
  assert.equal(decided.id, id);
  await page.getByText("Connected drivers").locator("xpath=..").getByText(String(connection.connectedDrivers + 1), { exact: true }).waitFor();
  await close(page);
});

test("a driver whose answers are due answers again, and is connected once", async () => {
  const page = await open(browser, portal);
  const phone = await open(browser, portal, { viewport: PHONE });
  const [due] = await portal.list("/driver_requests?filter=answersDue:before:2026-11-01&filter=status:is:Approved");
  await page.goto(`${REQUESTS}?filter=answersDue:before:2026-11-01&q=${encodeURIComponent(due.email)}`);
  await rows(page).first().getByText(/Answers due since/).waitFor();
  await picture(page, "answers-due");
  await accessible(page, "answers that are due");
  const { body: { link } } = await portal.api("GET", `/connections/${due.connectionId}/invitation`);
  const of = async () => (await portal.api("GET", `/connections/${due.connectionId}`)).body.connectedDrivers;
  const before = await of();
  const email = "renewing@drivers.example";
  const sends = async (address) => {
    await phone.goto(address);
    await phone.getByLabel("Your name").fill("Renate Nieuw");
    await phone.getByLabel("E-mail").fill(email);
    for (const { question } of due.answers) await phone.getByLabel(question).fill("New 1");
    await phone.getByRole("button", { name: "Send request" }).click();
    await phone.getByText("Pending").waitFor();
  };
  const approve = async (note) => {
    await page.goto(`${REQUESTS}?filter=status:is:Pending&q=${encodeURIComponent(email)}`);
    if (note) await rows(page).first().getByText(note).waitFor();
    await rows(page).first().getByRole("button", { name: /^Approve/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^Approve/ }).click();
    await said(page, "Approved 1 request");
  };
  await sends(link);
  const own = phone.url();
  await approve();
  // As the link on the driver's page says, once the answers are due.
  await sends(`${link}?from=${own.split("/").at(-1)}`);
  await approve("Connected already: these are newer answers");
  await phone.goto(own);
  await phone.getByText("Approved").first().waitFor();
  assert.equal(await of(), before + 1);
  await close(phone);
  await close(page);
});

test("many requests are decided at once, ChargePoint's drivers among them", async () => {
  const page = await open(browser, portal);
  await page.goto(`${REQUESTS}?filter=status:is:Pending&filter=source:is:ChargePoint&pageSize=25`);
  await rows(page).first().waitFor();
  const pending = async () => (await portal.api("GET", "/driver_requests?filter=status:is:Pending&filter=source:is:ChargePoint&pageSize=1")).body.total;
  const before = await pending();
  const count = await rows(page).count();
  await page.getByLabel("Select all rows of this page").check();
  await page.getByRole("button", { name: new RegExp(`^Deny ${count}$`) }).click();
  await page.getByRole("dialog").getByRole("button", { name: new RegExp(`^Deny ${count} requests`) }).click();
  await said(page, new RegExp(`Denied ${count} requests`));
  assert.equal(await pending(), before - count);
  await close(page);
});

test("a decision that ChargePoint refuses stays open and says why", async () => {
  const page = await open(browser, portal);
  const [request] = await portal.list("/driver_requests?filter=status:is:Pending&filter=source:is:ChargePoint");
  await portal.fault("not-in-plan updateUserStatus");
  try {
    await page.goto(`${REQUESTS}?filter=status:is:Pending&q=${encodeURIComponent(request.email || request.driver)}`);
    await rows(page).first().getByRole("button", { name: /^Approve/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^Approve/ }).click();
    await page.getByRole("dialog").getByText(/plan/i).first().waitFor();
    await picture(page, "refused");
    await accessible(page, "a refused decision");
    const { body } = await portal.api("GET", `/driver_requests?filter=status:is:Pending&q=${encodeURIComponent(request.driver)}`);
    assert.ok(body.items.some((one) => one.id === request.id));
  } finally {
    await portal.fault();
  }
  await close(page);
});

test("on a phone, in the dark", async () => {
  const page = await open(browser, portal, { viewport: PHONE, colorScheme: "dark" });
  for (const [name, path] of [["connections", CONNECTIONS], ["requests", REQUESTS]]) {
    await page.goto(path);
    await rows(page).first().waitFor();
    await fits(page, `${name} on a phone`);
    await picture(page, `${name}-phone`);
    await accessible(page, `${name} on a phone`);
  }
  await close(page);
});

test("the badge follows what others decide, and asks only while the page is in sight", async () => {
  const page = await open(browser, portal);
  const waiting = async () => (await portal.api("GET", "/driver_requests/pending")).body.count;
  const deny = async () => {
    const [{ id }] = await portal.list("/driver_requests?filter=status:is:Pending&filter=source:is:Invitation");
    const { body } = await portal.api("POST", "/driver_requests/decide", { body: { chosen: { ids: [id], count: 1 }, decision: "Deny", text: "" } });
    assert.equal(body.done, 1);
  };
  const badge = page.locator(".nav-badge");
  const before = await waiting();
  const follows = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/events"));
  await page.clock.install();
  await page.goto("/customers");
  await follows;
  await badge.getByText(before.toLocaleString("en"), { exact: true }).waitFor();
  await deny();
  await badge.getByText((before - 1).toLocaleString("en"), { exact: true }).waitFor();
  const hide = (value) => page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, value);
  await hide(true);
  let asked = 0;
  page.on("request", (request) => (asked += Number(/\/(driver_requests\/pending|events)$/.test(request.url()))));
  await deny();
  await page.clock.runFor(180_000);
  // What it asked before is known by the time that this is answered.
  await page.evaluate(() => fetch("/api/v1/session").then(() => {}));
  assert.equal(asked, 0);
  // In sight again, it says what happened meanwhile.
  await hide(false);
  await page.clock.runFor(60_000);
  await badge.getByText((before - 2).toLocaleString("en"), { exact: true }).waitFor();
  await close(page);
});

test("the QR code of the longest link that a portal has is still read", async () => {
  const host = `${["a", "b", "c", "d"].map((letter) => letter.repeat(59)).join(".")}.example`;
  const far = await Portal.start({ flags: ["--public-url", `http://${host}:8443`] });
  try {
    const page = await open(browser, far);
    const [connection] = (await far.list("/connections?pageSize=500")).filter((one) => one.connectionStatus === "Enabled");
    const { body: invitation } = await far.api("GET", `/connections/${connection.id}/invitation`);
    assert.ok(invitation.link.length > 279 && invitation.link.startsWith(`http://${host}:8443/join/`), invitation.link);
    await page.goto(`${CONNECTIONS}/${connection.id}`);
    await page.getByRole("button", { name: "Invite drivers" }).first().click();
    const code = page.getByRole("dialog").getByAltText("QR code of the link");
    await code.evaluate((image) => image.decode());
    await fits(page, "an invitation with a long link");
    assert.equal(decoded(await code.screenshot({ scale: "device" })), invitation.link, "as it stands on the screen");
    for (const size of ["", "?size=300"]) {
      const answer = await fetch(`${far.url}/api/v1/connections/${connection.id}/invitation/qr.png${size}`, { headers: { cookie: far.cookie } });
      assert.equal(decoded(Buffer.from(await answer.arrayBuffer())), invitation.link, `as it is downloaded ${size}`);
    }
    await close(page);
  } finally {
    await far.stop();
  }
});
