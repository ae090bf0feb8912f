// Reading 1,000,000 Auth IDs in Chrome: our whole reader against parsers that only parse.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch, median, ms } from "./chrome.mjs";

const ROWS = 1_000_000;
const ROUNDS = 5;
const require = createRequire(import.meta.url);
const built = (name) => join(process.env.EV_PORTAL_TARGET, "bench/reader", name);

const files = {
  "/": [new URL("reader.html", import.meta.url), "text/html"],
  "/reader-page.mjs": [new URL("reader-page.mjs", import.meta.url), "text/javascript"],
  "/papaparse.js": [require.resolve("papaparse/papaparse.min.js"), "text/javascript"],
  "/udsv.js": [new URL("node_modules/udsv/dist/uDSV.iife.min.js", import.meta.url), "text/javascript"],
  "/bench_reader.js": [built("bench_reader.js"), "text/javascript"],
  "/bench_reader_bg.wasm": [built("bench_reader_bg.wasm"), "application/wasm"],
};

export async function reader() {
  const server = createServer(async (request, answer) => {
    const [file, type] = files[request.url] ?? [];
    if (!file) return answer.writeHead(404).end();
    answer.writeHead(200, { "content-type": type }).end(await readFile(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(600_000);
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => globalThis.measure);
    const found = await page.evaluate(([rows, rounds]) => globalThis.measure(rows, rounds), [ROWS, ROUNDS]);
    return lines(found);
  } finally {
    await browser.close();
    server.close();
  }
}

function lines(found) {
  const [ours, papa, udsv] = [median(found.ours), median(found.papa), median(found.udsv)];
  const what = `read ${found.accepted.toLocaleString("en")} Auth IDs (${(found.bytes / 1e6).toFixed(0)} MB) in Chrome`;
  const longest = Math.max(...found.longest);
  return [
    { what, value: ms(ours), against: `PapaParse, parse only: ${ms(papa)}`, ratio: papa / ours, goal: "≥ 2", met: papa / ours >= 2, ms: found.ours },
    { what, value: ms(ours), against: `uDSV, parse only: ${ms(udsv)}`, ratio: udsv / ours, ms: found.udsv },
    { what: "longest main-thread task of it", value: ms(longest), against: "200 ms", ratio: longest / 200, goal: "≤ 1", met: longest <= 200, ms: found.longest },
  ];
}
