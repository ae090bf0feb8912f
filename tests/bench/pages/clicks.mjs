// From a click on the navigation to the rows of the page that it leads to, on the same network.
import { tab } from "./visit.mjs";

// Each page once as one that is new to this tab, and twice as one that was there before.
const WALK = ["locations", "sessions", "dashboard", "locations", "sessions", "dashboard", "locations", "sessions"];

export async function clicks(context, url, { places }) {
  const seen = new Set();
  const values = [];
  const opened = async (name) => {
    const { page, wire } = await tab(context);
    await page.addInitScript((place) => watch(place), places[name].place);
    await page.goto(url + places[name].path, { waitUntil: "commit" });
    await page.evaluate(() => globalThis.shown);
    await wire.quiet();
    return { page, wire };
  };
  const go = async ({ page, wire }, name, kind) => {
    const { link, place } = places[name];
    values.push([`${name} click ${kind}`, await page.evaluate(([link, place]) => lead(link, place), [link, place])]);
    await wire.quiet();
  };
  const walk = await opened("dashboard");
  seen.add("dashboard");
  for (const name of WALK) {
    await go(walk, name, seen.has(name) ? "known" : "new");
    seen.add(name);
  }
  await walk.page.close();
  const other = await opened("locations");
  await go(other, "dashboard", "new");
  await other.page.close();
  return values;
}
