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

const id = (kind) => encodeURIComponent(odd[kind].id);
const station = (kind) => `/cpo/charge-stations/${id(kind)}`;
const since = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10);

async function settled(page) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => !document.querySelector(".skeleton, [aria-busy=true]"));
}

/** The list has a row with these words. */
const lists = (page, words) => page.locator("tbody tr").filter({ hasText: words }).first().waitFor();

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
      const own = `filter=stationId:is:${id(kind)}&filter=startTime:after:${since}`;
      const [session] = await portal.list(`/sessions?${own}`);
      assert.equal(session === undefined, kind === "no-ports", `sessions at ${kind}`);
      if (!session) continue;
      await t.test(`sessions at ${kind}, and one of them`, async () => {
        await page.goto(`/cpo/sessions?${own}`);
        await lists(page, odd[kind].name);
        await sensible(page, `sessions at ${kind}, ${size}`);
        await page.goto(`/cpo/sessions/${session.sessionId}`);
        await sensible(page, `session at ${kind}, ${size}`);
      });
    }
    await t.test("a session that goes on", async () => {
      // The one that began last goes on the longest.
      const under = "activeSessionsOnly=true&sort=-startTime";
      const [session] = await portal.list(`/sessions?${under}`);
      await page.goto(`/cpo/sessions?${under}`);
      await lists(page, session.sessionId);
      await sensible(page, `sessions under way, ${size}`);
      await page.goto(`/cpo/sessions/${session.sessionId}`);
      await page.locator(".page-head").getByText("Charging", { exact: true }).waitFor();
      await sensible(page, `session under way, ${size}`);
    });
    await t.test("a driver without a name", async () => {
      await page.goto(`/driver-management/drivers/${driver.userId}`);
      const text = await sensible(page, `driver, ${size}`);
      assert.ok(text.includes(String(driver.userId)));
    });
    await close(page);
  });

  test(`lists of what is odd, ${size}`, async (t) => {
    const page = await open(browser, portal, { viewport });
    const there = Object.keys(odd).filter((kind) => kind !== "vanished");
    const named = (kinds) => kinds.map((kind) => odd[kind].name);
    const [{ organization, stationGroups: [group] }] = await portal.list(`/chargestations?q=${id("long-name")}`);
    const all = Object.keys(odd).map(id);
    // A station may have none for months.
    const alarms = await portal.list(`/alarms?filter=stationId:in:${all}&pageSize=500`);
    const alarming = Object.keys(odd).filter((kind) => alarms.some((alarm) => alarm.stationId === odd[kind].id));
    assert.ok(alarming.length > 0, `alarms at ${alarming}`);
    for (const [list, rows, words = ""] of [
      ...there.map((kind) => [`/cpo/charge-stations?q=${id(kind)}`, named([kind])]),
      [`/cpo/charge-stations?q=${id("vanished")}`, [], "No charge station matches"],
      [`/cpo/load?filter=stationId:in:${all}`, named(there)],
      ...alarming.map((kind) => [`/cpo/alarms?filter=stationId:is:${id(kind)}`, named([kind])]),
      // Nothing is paid there, and no vehicle of a fleet comes.
      [`/cpo/transactions?filter=stationId:in:${all}`, [], "No transaction matches the filters"],
      [`/fleet/usage?filter=stationId:in:${all}`, [], "No charge matches the filters"],
      [`/cpo/station-groups?q=${encodeURIComponent(organization)}`, [group.name]],
      [`/cpo/station-groups/${group.id}`, named(there)],
      ["/driver-management/drivers?filter=lastName:isEmpty:", [driver.userId]],
      [`/driver-management/requests?match=all&q=${driver.userId}`, [`Driver ${driver.userId}`]],
      ["/dashboard", [], "Dashboard"],
    ]) {
      await t.test(list, async () => {
        await page.goto(list);
        for (const row of rows) await lists(page, row);
        const text = await sensible(page, `${list}, ${size}`);
        assert.ok(text.includes(words), `${list}: ${text}`);
      });
    }
    await close(page);
  });
}

test("a name from right to left stands before the session's number", async () => {
  const page = await open(browser, portal);
  const { id, name } = odd["right-to-left"];
  const [session] = await portal.list(`/sessions?filter=stationId:is:${encodeURIComponent(id)}&filter=startTime:after:${since}`);
  await page.goto(`/cpo/sessions/${session.sessionId}`);
  const title = page.locator("h1", { hasText: name });
  const places = await title.evaluate((title, words) => {
    const text = document.createTreeWalker(title, NodeFilter.SHOW_TEXT).nextNode();
    return words.map((word) => {
      const range = document.createRange();
      const at = text.data.indexOf(word);
      range.setStart(text, at);
      range.setEnd(text, at + word.length);
      const { left, right, width } = range.getBoundingClientRect();
      return { left, right, width };
    });
  }, [name, session.sessionId]);
  const [first, then] = places;
  assert.ok(first.width > 0 && then.width > 0 && first.right <= then.left, JSON.stringify(places));
  await close(page);
});
