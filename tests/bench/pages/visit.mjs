// A page opened in Chrome, as a person on a phone's network opens it: when its largest text or picture was painted,
// when its rows were, and what came over the wire.

/**
 * DevTools' preset *Fast 4G*, as its front end has it (`front_end/core/sdk/NetworkManager.ts`): 9 Mbit/s down and 1.5 up,
 * a tenth off for what protocols take, and 60 ms there and back times 2.75, since it is added once to a request.
 */
const FAST_4G = {
  offline: false,
  downloadThroughput: ((9 * 1000 * 1000) / 8) * 0.9,
  uploadThroughput: ((1.5 * 1000 * 1000) / 8) * 0.9,
  latency: 60 * 2.75,
};

/** How long nothing must be on its way until a page counts as loaded. */
const QUIET = 500;

/** A tab with that network, which sees what comes over it. */
export async function tab(context, slow = true) {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript(helpers);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  if (slow) await cdp.send("Network.emulateNetworkConditions", FAST_4G);
  return { page, cdp, wire: wire(cdp) };
}

/** One visit: milliseconds to the largest paint and to the rows, bytes over the wire. */
export async function visit(context, address, place) {
  const { page, wire } = await tab(context);
  try {
    await page.addInitScript((place) => watch(place), place);
    await page.goto(address, { waitUntil: "commit" });
    const rows = await page.evaluate(() => globalThis.shown);
    await wire.quiet();
    const { lcp, what } = await page.evaluate(() => globalThis.largest());
    return { rows, lcp, what, bytes: wire.bytes() };
  } finally {
    await page.close();
  }
}

/** What is on its way and what came, as Chrome counts it: heads and bodies as they are sent. */
function wire(cdp) {
  const open = new Map();
  let came = 0;
  let last = Date.now();
  const stamp = () => (last = Date.now());
  cdp.on("Network.requestWillBeSent", ({ requestId, type }) => {
    // Events never end.
    if (type !== "EventSource") open.set(requestId, 0);
    stamp();
  });
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (open.has(requestId)) open.set(requestId, open.get(requestId) + encodedDataLength);
    else came += encodedDataLength;
  });
  cdp.on("Network.responseReceived", ({ type, response }) => {
    if (type === "EventSource") came += response.encodedDataLength;
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    came += open.delete(requestId) ? encodedDataLength : 0;
    stamp();
  });
  cdp.on("Network.loadingFailed", ({ requestId }) => {
    came += open.get(requestId) ?? 0;
    open.delete(requestId);
    stamp();
  });
  return {
    bytes: () => came,
    quiet: async () => {
      while (open.size > 0 || Date.now() - last < QUIET) await new Promise((done) => setTimeout(done, 50));
    },
  };
}

/** Runs in the page. */
function helpers() {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const painted = async (there) => {
    while (!there()) await frame();
    await frame();
    await frame();
    return performance.now();
  };
  /** Whether the rows of a place are there: a table with that head and so many rows, the last one with words; or figures. */
  const isThere = ({ head, count, figures, rows }) => {
    if (figures) return document.querySelectorAll(figures).length >= count;
    const all = document.querySelectorAll(rows);
    const heads = document.querySelector("thead")?.textContent ?? "";
    return heads.includes(head) && all.length >= count && all[all.length - 1].firstElementChild.textContent.trim() !== "";
  };
  globalThis.watch = (place) => {
    globalThis.shown = painted(() => isThere(place));
  };
  /** Milliseconds from a click until the rows of the place that it leads to are there and painted. */
  globalThis.lead = async (link, place) => {
    await frame();
    const start = performance.now();
    document.querySelector(link).click();
    return (await painted(() => isThere(place))) - start;
  };
  globalThis.largest = () =>
    new Promise((done) => {
      new PerformanceObserver((list) => {
        const { startTime, element } = list.getEntries().at(-1);
        done({ lcp: startTime, what: element ? `${element.localName}.${element.className}: ${element.textContent.slice(0, 40)}` : "gone" });
      }).observe({ type: "largest-contentful-paint", buffered: true });
    });
}
