// The app in Chrome on a phone's network against a react-admin app over the same server: Dashboard, Charge locations
// and Sessions, opened and gone to. Theirs has these three pages only, ours the whole portal; ours also asks for the
// state of ChargePoint, for what waits, for saved views and for events.
import { chromium } from "playwright-core";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { options } from "../chrome.mjs";
import { median, ms } from "./chrome.mjs";
import { site } from "./pages/build.mjs";
import { growth } from "./pages/growth.mjs";
import { clicks } from "./pages/clicks.mjs";
import { SIDES, same } from "./pages/sides.mjs";
import { visit } from "./pages/visit.mjs";
import { start } from "./portal.mjs";

const ROUNDS = 5;
const WARM = 2;

export async function pages() {
  const folder = await mkdtemp(join(tmpdir(), "ev-portal-bench-"));
  const web = join(folder, "web");
  await site(web);
  const portal = await start(folder, {}, web);
  try {
    await inBoth(portal, (contexts) => same(contexts, portal.url));
    const found = { ours: {}, peer: {} };
    const note = (side, what, value) => (found[side][what] ??= []).push(value);
    // In turns, so that a busy moment of the machine meets both. The first round fills the server's caches.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const side of Object.keys(SIDES)) {
        const values = await profile(portal, side, (context) => measure(context, portal.url, SIDES[side]));
        for (const [what, value] of values) if (round > 0) note(side, what, value);
      }
    }
    return lines(found);
  } finally {
    await portal.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A browser with a profile of its own, where nothing is kept yet. */
async function profile(portal, side, use) {
  // The peer's styles are made by its scripts, which the portal's content security policy forbids.
  const context = await chromium.launchPersistentContext("", { ...options, viewport: { width: 1280, height: 800 }, bypassCSP: side === "peer" });
  try {
    await context.addCookies([portal.cookie]);
    return await use(context);
  } finally {
    await context.close();
  }
}

async function inBoth(portal, use) {
  return profile(portal, "ours", (ours) => profile(portal, "peer", (peer) => use({ ours, peer })));
}

async function measure(context, url, side) {
  const values = [];
  for (const [name, { path, place }] of Object.entries(side.places)) {
    const cdp = await context.newCDPSession(context.pages()[0]);
    await cdp.send("Network.clearBrowserCache");
    for (let nth = 0; nth <= WARM; nth += 1) {
      const found = await visit(context, url + path, place);
      for (const what of ["lcp", "rows", "bytes"]) values.push([`${name} ${nth === 0 ? "first" : "again"} ${what}`, found[what]]);
    }
  }
  values.push(...(await clicks(context, url, side)), ...(await growth(context, url, side)));
  return values;
}

const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

function lines(found) {
  const line = (what, key, show, goal = 1) => {
    const [ours, theirs] = [median(found.ours[key]), median(found.peer[key])];
    return {
      what, value: show(ours), against: `react-admin: ${show(theirs)}`, ratio: ours / theirs, goal: `≤ ${goal}`, met: ours <= theirs * goal,
      all: { ours: found.ours[key], peer: found.peer[key] },
    };
  };
  const visits = Object.entries(SIDES.ours.places).flatMap(([name, { title }]) =>
    [["first", "first visit"], ["again", "again"]].flatMap(([key, words]) => [
      line(`${title}, ${words}: largest paint`, `${name} ${key} lcp`, ms),
      line("  rows painted", `${name} ${key} rows`, ms),
      line("  over the wire", `${name} ${key} bytes`, kb),
    ]));
  const led = Object.entries(SIDES.ours.places).flatMap(([name, { title }]) => [
    line(`from a click to ${title}`, `${name} click new`, ms),
    line("  where one has been before", `${name} click known`, ms),
  ]);
  const grown = ["ours", "peer"].map((side) => {
    const ratio = median(found[side].growth);
    const [from, to] = [median(found[side].from), median(found[side].to)];
    return {
      what: `heap and wasm memory after 50 navigations${side === "peer" ? ", react-admin" : ""}`, value: mb(to), against: `after 5: ${mb(from)}`, ratio,
      ...(side === "ours" && { goal: "≤ 1.05", met: ratio <= 1.05 }), all: found[side].growth,
    };
  });
  return [...visits, ...led, ...grown, line("memory of the page's process then", "process", mb)];
}
