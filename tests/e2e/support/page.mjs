// What the tests do on the pages, in the words of the pages.
import assert from "node:assert/strict";

/** Opens Charge locations by the navigation, then the location of that name by its row. */
export async function openLocation(page, name) {
  await page.goto("/");
  await page.getByRole("link", { name: "Charge locations" }).first().click();
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Opens the list of that name in the Authorization tab. */
export async function openList(page, list) {
  await page.getByRole("link", { name: /^Authorization/ }).click();
  await page.getByRole("navigation", { name: "Authorization list" }).getByRole("link", { name: list }).click();
}

/** The location's state beside its title. */
export const visibility = (page) => page.locator(".page-head").getByText(/^(Published|Unpublished|Private)$/);

/** Waits until the state beside the title is that word. */
export async function becomes(page, word) {
  await page.locator(".page-head").getByText(word, { exact: true }).waitFor();
}

/** Chooses a line of the menu behind the arrow of that name. */
export async function choose(page, arrow, line) {
  await page.getByRole("button", { name: arrow }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${line}`) }).click();
}

/** Picks the first hit of a search in the open dialog. */
export async function pick(page, words, hit) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill(words);
  await dialog.getByRole("option", { name: hit }).click();
}

/** The words that the page says out loud, since the page was opened. */
export async function said(page, words) {
  await page.locator("[aria-live], [role=status], [role=alert]").getByText(words).first().waitFor({ state: "attached" });
}

/** A location of that visibility without anything on its list, and one with. */
export async function locationIn(portal, state) {
  const locations = await portal.list("/locations?pageSize=500");
  const found = locations.find((location) => location.visibility === state);
  assert.ok(found, `the sandbox has a location that is ${state}`);
  return found;
}

/** Holds the answers to requests back that the server has answered; gives what lets them through. */
export async function hold(page, url) {
  let release, reached;
  const gate = new Promise((resolve) => (release = resolve));
  const arrived = new Promise((resolve) => (reached = resolve));
  await page.route(url, async (route) => {
    const response = await route.fetch();
    reached(await response.body());
    await gate;
    await route.fulfill({ response }).catch(() => {});
  });
  return { arrived, release };
}
