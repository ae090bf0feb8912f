// What an estate may hold that is odd, on the pages that tell of it: stations without ports and with many, long names
// and names from right to left, sessions without energy and that end before they begin, one that goes on, a station
// that is gone, a driver without a name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, close, DESKTOP, fits, open, PHONE, picture } from "./support/browser.mjs";
import { browser, portal, started } from "./support/started.mjs";

let odd, driver;

started({ flags: ["--sandbox-oddities"] }, async () => {
  const estate = await (await fetch(`${portal.standIn}/control/estate`)).json();
  const stations = estate.sites.flatMap((site) => site.stations).filter((station) => station.odd);
  odd = Object.fromEntries(stations.map((station) => [station.odd, station]));
  [driver] = await portal.list("/drivers?filter=lastName:isEmpty:");
});

const station = (kind) => `/cpo/charge-stations/${encodeURIComponent(odd[kind].id)}`;

async function settled(page) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => !document.querySelector(".skeleton, [aria-busy=true]"));
}

/** The page says something sensible, and no more than fits. */
async function sensible(page, name) {
  await settled(page);
  const text = await page.getByRole("main").innerText();
  for (const word of ["NaN", "undefined", "null", "Infinity", "Invalid Date", "1 Jan 1970"]) assert.ok(!text.includes(word), `${name}: ${word}\n${text}`);
  await picture(page, `odd-${name.replaceAll(/\W+/g, "-")}`);
  await accessible(page, name);
  await fits(page, name);
  return text;
}

for (const [size, viewport] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  test(`odd stations, ${size}`, async (t) => {
    const page = await open(browser, portal, { viewport });
    for (const kind of Object.keys(odd)) {
      for (const part of ["", "/load", "/sessions", "/alarms", "/history"]) {
        await t.test(`${kind}${part}`, async () => {
          await page.goto(station(kind) + part);
          const text = await sensible(page, `${kind}${part}, ${size}`);
          if (kind === "no-ports" && part === "") assert.match(text, /tells of no ports/);
          if (kind === "many-ports" && part === "") assert.match(text, /Port 50/);
          if (kind === "vanished" && part === "") assert.match(text, /no such charge station|not in/i);
        });
      }
    }
    await close(page);
  });

  test(`odd sessions and a driver without a name, ${size}`, async (t) => {
    const page = await open(browser, portal, { viewport });
    for (const kind of Object.keys(odd)) {
      const { id } = odd[kind];
      const since = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10);
      const { body } = await portal.api("GET", `/sessions?stationId=${encodeURIComponent(id)}&filter=startTime:after:${since}`);
      const [session] = body.items ?? [];
      assert.equal(session === undefined, kind === "no-ports", `sessions at ${kind}`);
      if (!session) continue;
      await t.test(`a session at ${kind}`, async () => {
        await page.goto(`/cpo/sessions/${session.sessionId}`);
        await sensible(page, `session at ${kind}, ${size}`);
      });
    }
    await t.test("a driver without a name", async () => {
      await page.goto(`/driver-management/drivers/${driver.userId}`);
      const text = await sensible(page, `driver, ${size}`);
      assert.ok(text.includes(String(driver.userId)));
    });
    for (const list of ["/cpo/charge-stations?sort=-name", "/cpo/load", "/cpo/sessions", "/cpo/alarms", "/driver-management/drivers", "/driver-management/requests", "/dashboard"]) {
      await t.test(list, async () => {
        await page.goto(list);
        await sensible(page, `${list}, ${size}`);
      });
    }
    await close(page);
  });
}
