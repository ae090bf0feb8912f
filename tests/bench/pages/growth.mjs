// What a tab holds after many navigations against what it holds after a few.
import { readFile } from "node:fs/promises";
import { kilobytes } from "../portal.mjs";
import { tab } from "./visit.mjs";

const FEW = 5;
const MANY = 50;

export async function growth(context, url, { places }) {
  const { page, cdp } = await tab(context, false);
  try {
    const names = Object.keys(places);
    await page.goto(url + places[names[0]].path);
    let gone = 0;
    const walk = async (times) => {
      for (; gone < times; gone += 1) {
        const { link, place } = places[names[(gone + 1) % names.length]];
        await page.locator(link).first().waitFor();
        await page.evaluate(([link, place]) => lead(link, place), [link, place]);
      }
      return held(cdp);
    };
    const from = await walk(FEW);
    const to = await walk(MANY);
    return [["from", from], ["to", to], ["growth", to / from], ["process", await ofProcess(context)]];
  } finally {
    await page.close();
  }
}

/** What is in use of the scripts' heap, and the wasm's memory, in bytes. */
async function held(cdp) {
  // What is left over after a collection may be let go by the next.
  for (let nth = 0; nth < 3; nth += 1) await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const { result } = await cdp.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await cdp.send("Runtime.queryObjects", { prototypeObjectId: result.objectId });
  const sum = "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }";
  const { result: wasm } = await cdp.send("Runtime.callFunctionOn", { objectId: objects.objectId, functionDeclaration: sum });
  return usedSize + wasm.value;
}

/** What the page's process holds alone, in bytes. */
async function ofProcess(context) {
  const session = await context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = await Promise.all(processInfo.filter(({ type }) => type === "renderer").map(async ({ id }) => {
    const text = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
    return text ? kilobytes(text, "Private_Dirty") : 0;
  }));
  // The largest renderer is the page's own, beside a spare one.
  return Math.max(...sizes);
}
