// The table in Chrome against the same table in React with TanStack Table: the same 500 rows of 19 columns
// from the same server, drawn as the same elements and texts with the same style sheet, in the same page: what
// stands around our table stands around theirs too, as plain HTML. Their first cells are pinned as TanStack's
// guide does it, always; ours once the table is scrolled sideways.
import { buildSync } from "esbuild";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, median, ms } from "./chrome.mjs";
import { kilobytes, start } from "./portal.mjs";

const ROUNDS = 9;
const ROWS = 500;
const COLUMNS = [
  ["tokenSn", "Token S/N", "id"], ["partNo", "Part No.", "id"], ["cloudPlan", "Cloud Plan"], ["description", "Description"],
  ["orgId", "Org ID", "id"], ["orgName", "Org Name"], ["evseId", "EVSE ID", "id"], ["stationSn", "Station S/N", "id"],
  ["stationName", "Station Name"], ["activationDate", "Activation Date (Pacific Time)", "pacific"],
  ["appliedDate", "Applied Date (Pacific Time)", "pacific"], ["purchaseOrder", "Purchase Order", "id"],
  ["salesOrder", "Sales Order", "id"], ["customerReference", "Customer Reference"], ["customerName", "Customer Name"],
  ["customerId", "Customer ID", "id"], ["orderDate", "Order Date"], ["shipDate", "Ship Date"], ["status", "Status", "status"],
];
const KEYS = COLUMNS.map(([key]) => key).join();

export async function table() {
  const folder = await mkdtemp(join(tmpdir(), "ev-portal-bench-"));
  const portal = await start(folder);
  const browser = await launch();
  const own = `${portal.url}/organizations/inventory/station-tokens?columns=${KEYS}`;
  const peer = await serve(portal, await around(browser, own, portal.cookie));
  try {
    const found = { ours: [], peer: [] };
    const drawn = new Set();
    // In turns, so that a busy moment of the machine meets both.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [side, address] of [
        ["ours", own],
        ["peer", `${peer.url}/?`],
      ]) {
        const { shape, ...times } = await walk(browser, address, side, portal.cookie);
        drawn.add(shape);
        if (drawn.size > 1) throw new Error("Both sides must draw the same elements and texts, and they do not.");
        // The first round fills caches.
        if (round > 0) found[side].push(times);
      }
    }
    return lines(found);
  } finally {
    await browser.close();
    peer.close();
    await portal.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Our page as HTML, with the place where the table was. */
async function around(browser, address, cookie) {
  const { page, close } = await open(browser, cookie);
  try {
    await page.goto(`${address}&pageSize=25`);
    await page.waitForFunction(() => document.querySelector(".stock .bar") && document.querySelectorAll("tbody tr:not(.waiting)").length === 25);
    return await page.evaluate(() => {
      document.querySelector(".table").replaceWith(Object.assign(document.createElement("div"), { id: "app" }));
      return document.body.innerHTML;
    });
  } finally {
    await close();
  }
}

/** The peer's page, beside the portal's API. */
async function serve(portal, around) {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL("table/peer.jsx", import.meta.url))],
    bundle: true, minify: true, write: false, jsx: "automatic", define: { "process.env.NODE_ENV": '"production"' },
  });
  const web = process.env.EV_PORTAL_WEB_DIR;
  const css = await readFile(join(web, (await readdir(web)).find((name) => name.endsWith(".css"))), "utf8");
  const columns = COLUMNS.map(([key, label, kind]) => ({ key, label, kind }));
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Peer</title><style>${css}</style>
    ${around}<script type="application/json" id="columns">${JSON.stringify({ columns })}</script>
    <script>${outputFiles[0].text.replaceAll("</script", "<\\/script")}</script></html>`;
  const server = createServer((asked, answer) => {
    if (asked.url.startsWith("/icons/")) return answer.writeHead(204).end();
    if (!asked.url.startsWith("/api/")) return answer.writeHead(200, { "content-type": "text/html" }).end(page);
    request(portal.url + asked.url, { headers: portal.headers }, (from) => {
      answer.writeHead(from.statusCode, from.headers);
      from.pipe(answer);
    }).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function open(browser, cookie) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addCookies([cookie]);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return { context, page, close: () => context.close() };
}

/** One visit: open the page, go to 500 rows, scroll through them, select all, take a column away. */
async function walk(browser, address, side, cookie) {
  const { context, page, close } = await open(browser, cookie);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable");
  try {
    await page.goto(`${address}&pageSize=${ROWS}`);
    await page.waitForFunction((rows) => document.querySelectorAll("tbody tr:not(.waiting)").length === rows, ROWS);
    const cold = await page.evaluate(() => performance.now());
    const shape = await page.evaluate(drawn);
    await page.goto(`${address}&pageSize=25`);
    await page.waitForFunction(() => document.querySelectorAll("tbody tr:not(.waiting)").length === 25);
    await page.evaluate(helpers);
    const more = await page.evaluate((rows) => painted(
      () => choose(document.querySelector(".table select"), rows),
      () => document.querySelectorAll("tbody tr").length === rows), ROWS);
    const busy = async () => (await cdp.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
    const before = await busy();
    await page.evaluate(() => scroll(document.querySelector(".table-region")));
    const scrolled = (await busy()) - before;
    const box = "thead input[type=checkbox]";
    const select = await page.evaluate((box) => painted(
      () => document.querySelector(box).click(),
      () => !document.querySelector("tbody tr:not([aria-selected=true])")), box);
    await columnsOpen(page, side);
    const toggle = await page.evaluate(() => {
      const labels = [...document.querySelectorAll("dialog[open] label, details[open] label")];
      const box = labels.find((label) => label.textContent.trim().toLowerCase() === "description").querySelector("input");
      const heads = document.querySelectorAll(".table-region thead th").length;
      return painted(() => box.click(), () => document.querySelectorAll(".table-region thead th").length === heads - 1);
    });
    await cdp.send("HeapProfiler.collectGarbage");
    return { shape, cold, more, scrolled, select, toggle, memory: await memory(browser, page) };
  } finally {
    await close();
  }
}

async function columnsOpen(page, side) {
  if (side === "ours") await page.getByRole("button", { name: "Show/hide columns" }).click();
  else await page.getByText("Columns", { exact: true }).click();
  await page.getByLabel("Description").last().waitFor();
}

/** Runs in the page: every element of the table with its classes, its size and its text. */
function drawn() {
  const part = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeType === Node.TEXT_NODE ? node.data : "";
    const { width, height } = node.getBoundingClientRect();
    return `<${node.localName} ${node.getAttribute("class") ?? ""} ${width}x${height}>${[...node.childNodes].map(part).join("")}`;
  };
  return ["thead", "tbody"].map((name) => part(document.querySelector(`.table-region ${name}`))).join("\n");
}

/** What the page's process holds alone, in bytes: its heap, the wasm's memory, the document. */
async function memory(browser, page) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const sizes = await Promise.all(renderers.map(async ({ id }) => {
    const text = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
    return text ? kilobytes(text, "Private_Dirty") : 0;
  }));
  await session.detach();
  // One page is open: the largest renderer is its own, beside a spare one.
  return Math.max(...sizes);
}

/** Runs in the page. */
function helpers() {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  globalThis.choose = (select, value) => {
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  /** Milliseconds from an action until what it brings is there and painted. */
  globalThis.painted = async (act, there) => {
    await frame();
    const start = performance.now();
    act();
    while (!there()) await frame();
    await frame();
    await frame();
    return performance.now() - start;
  };
  /** From top to bottom and back in steps of a window. */
  globalThis.scroll = async (region) => {
    const at = region.scrollHeight > region.clientHeight + 1 ? region : document.scrollingElement;
    for (const direction of [1, -1]) {
      for (let step = 0; step < 40; step += 1) {
        at.scrollTop += (direction * (at.scrollHeight - at.clientHeight)) / 40;
        await frame();
      }
    }
  };
}

function lines(found) {
  const of = (side, step) => median(found[side].map((times) => times[step]));
  const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const line = (step, what, show) => {
    const [ours, theirs] = [of("ours", step), of("peer", step)];
    const all = { ours: found.ours.map((times) => times[step]), peer: found.peer.map((times) => times[step]) };
    return { what, value: show(ours), against: `React, TanStack Table: ${show(theirs)}`, ratio: ours / theirs, goal: "≤ 1", met: ours <= theirs, all };
  };
  return [
    line("cold", `a page opened with ${ROWS} rows of 19 columns`, ms),
    line("more", `from 25 to ${ROWS} rows`, ms),
    line("scrolled", "main thread while scrolling through them", ms),
    line("select", "select all of them", ms),
    line("toggle", "take a column away", ms),
    line("memory", "memory of the page's process then", mb),
  ];
}
