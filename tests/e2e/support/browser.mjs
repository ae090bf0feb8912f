// Chrome for the tests, and what every page must hold to.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { options } from "../../chrome.mjs";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** How long anything may take, in milliseconds. */
const PATIENCE = 15_000;

/** Chrome without a window and without calls to the outside. */
export function launch() {
  return chromium.launch(options);
}

/** A fresh page at the portal's address, signed in as that account of the sandbox (null: nobody), that fails the
 * test on a script error, a call to another host, or what the security policy forbids. */
export async function open(browser, portal, { viewport = DESKTOP, colorScheme = "light", account = "demo", ...options } = {}) {
  const context = await browser.newContext({
    baseURL: portal.url, viewport, colorScheme, reducedMotion: "reduce", acceptDownloads: true, ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  if (account) {
    const cookie = account === "demo" ? portal.cookie : await portal.enter(account);
    const [name, value] = cookie.split("=");
    await context.addCookies([{ name, value, url: portal.url, httpOnly: true, sameSite: "Strict" }]);
  }
  const page = await context.newPage();
  for (const kind of [page, page.locator("*")]) strict(Object.getPrototypeOf(kind));
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) page.faults.push(message.text());
  });
  page.asked = new Set();
  page.on("request", (request) => {
    if (request.resourceType() !== "eventsource") page.asked.add(request);
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(portal.url).host) page.faults.push(`a call to ${host}`);
  });
  // Not by what is known of its answer: of one that the page lets go halfway, that is never over.
  for (const over of ["requestfinished", "requestfailed"]) page.on(over, (request) => page.asked.delete(request));
  return page;
}

/** What looks by words that a test misspelt would find anything: it fails instead. */
function strict(kind) {
  if (Object.hasOwn(kind, "strict")) return;
  Object.defineProperty(kind, "strict", { value: true });
  for (const by of ["filter", "getByRole", "locator"].filter((by) => Object.hasOwn(kind, by))) {
    const find = kind[by];
    kind[by] = function (...said) {
      for (const [option, value] of Object.entries(said.at(-1) ?? {})) {
        assert.notEqual(value, undefined, `${by}: ${option} is undefined`);
      }
      return find.apply(this, said);
    };
  }
}

/** Waits until every request is over and the page has done with its answer, which it may by asking again. */
export async function quiet(page) {
  const idle = () => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)));
  const begun = Date.now();
  for (;;) {
    const waited = page.asked.size;
    await page.evaluate(idle);
    if (!waited && !page.asked.size) return;
    const open = [...page.asked].map((request) => request.url());
    assert.ok(Date.now() - begun < PATIENCE, `not over: ${open.join(", ")}`);
  }
}

/** Closes a page, and fails where it had a script error or called another host. */
export async function close(page) {
  await page.context().close();
  assert.deepEqual(page.faults, []);
}

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What depends on colours alone, for a page that was looked at whole in others. */
export const COLOURS = ["color-contrast", "link-in-text-block"];

/** axe-core finds nothing wrong with the page as it stands. */
export async function accessible(page, where, runOnly = RULES) {
  // Not by addScriptTag, which a content security policy forbids.
  await page.evaluate(axeSource);
  const found = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), runOnly);
  const violations = found.violations.map((violation) =>
    `${violation.id}: ${violation.help}\n    ${violation.nodes.map((node) => node.html.slice(0, 200)).join("\n    ")}`);
  assert.deepEqual(violations, [], where);
  assert.ok(found.passes.length > (runOnly === RULES ? 5 : 0), `${where}: axe looked at too little`);
}

/** The page is no wider than its window. */
export async function fits(page, where) {
  const { scroll, width } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth, width: document.documentElement.clientWidth,
  }));
  assert.ok(scroll <= width, `${where}: ${scroll} px wide in a window of ${width} px`);
}

/** Where the test's pictures go; empty: none are taken. */
export async function picture(page, name) {
  const folder = process.env.EV_PORTAL_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
