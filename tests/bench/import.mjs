// The way of a file of 1,000,000 Auth IDs from the browser's file picker to *Finalised*, against one
// process that reads it and writes its ids in one SQLite transaction.
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, median, ms } from "./chrome.mjs";
import { start } from "./portal.mjs";

const ROWS = 1_000_000;
const ROUNDS = 3;
const native = join(process.env.EV_PORTAL_TARGET, "server/bench-native");

export async function importFile() {
  const folder = await mkdtemp(join(tmpdir(), "ev-portal-bench-"));
  const file = join(folder, "tokens.csv");
  run("sample", file, String(ROWS));
  const found = { ours: [], longest: [], native: [], undo: [], again: [] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      found.native.push(JSON.parse(run("import", file)).ms);
      await inChrome(join(folder, String(round)), file, found);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const [ours, theirs, longest] = [median(found.ours), median(found.native), Math.max(...found.longest)];
  const what = `from file picker to Finalised, ${ROWS.toLocaleString("en")} Auth IDs`;
  const against = "native read and one SQLite transaction";
  return [
    { what, value: ms(ours), against: `${against}: ${ms(theirs)}`, ratio: ours / theirs, goal: "≤ 4", met: ours / theirs <= 4, ms: found },
    { what: "longest main-thread task of it", value: ms(longest), against: "200 ms", ratio: longest / 200, goal: "≤ 1", met: longest <= 200 },
    { what: "undo of it", value: ms(median(found.undo)), against, ratio: median(found.undo) / theirs },
    { what: "the same file again, 0 added", value: ms(median(found.again)), against, ratio: median(found.again) / theirs },
  ];
}

function run(...args) {
  const { status, stdout, stderr } = spawnSync(native, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Imports, undoes, imports, and imports the same once more in a fresh portal; checks what the list holds after each. */
async function inChrome(dataDir, file, found) {
  const portal = await start(dataDir);
  const browser = await launch();
  try {
    const { url } = portal;
    const { items } = await portal.get("/locations?pageSize=500");
    const location = items.find((item) => item.visibility === "Published");
    const listed = async () => (await portal.get(`/locations/${location.id}/authorization`)).tokens;
    const page = await browser.newPage();
    await page.context().addCookies([portal.cookie]);
    page.setDefaultTimeout(120_000);
    const import_ = async () => {
      await page.goto(`${url}/cpo/charge-locations/${location.id}/authorization/import`);
      const input = page.getByLabel("CSV file with charge tokens");
      await input.waitFor({ state: "attached" });
      await page.evaluate(() => {
        globalThis.tasks = [0];
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)))
          .observe({ type: "longtask" });
        const input = document.querySelector("input[type=file]");
        input.addEventListener("change", () => performance.mark("picked"), { capture: true });
      });
      await input.setInputFiles(file);
      await page.getByRole("button", { name: /^Preview the import of/ }).click();
      await page.getByRole("button", { name: "Finalise import" }).and(page.locator(":enabled")).click();
      await page.getByText("The import is final").waitFor();
      return page.evaluate(() => {
        const at = (name) => performance.getEntriesByName(name).at(-1).startTime;
        const term = [...document.querySelectorAll("dl.figures dt")].find((term) => term.textContent === "Added");
        const added = Number(term.nextElementSibling.textContent.replaceAll(/\D/g, ""));
        return { time: at("import:finalised") - at("picked"), longest: Math.max(...tasks), added };
      });
    };
    const expect = async (count, when) => {
      const now = await listed();
      if (now !== count) throw new Error(`${now} listed ${when}, not ${count}`);
    };
    const first = await import_();
    await expect(ROWS, "after the import");
    found.ours.push(first.time);
    found.longest.push(first.longest);
    const start = performance.now();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^Undo the import/ }).click();
    await page.getByText("The import is undone").waitFor();
    found.undo.push(performance.now() - start);
    await expect(0, "after the undo");
    await import_();
    const again = await import_();
    if (first.added !== ROWS || again.added !== 0) throw new Error(`${first.added} and ${again.added} added`);
    await expect(ROWS, "after the same file again");
    found.again.push(again.time);
  } finally {
    await browser.close();
    await portal.stop();
  }
}
