// Measures the portal against peers and limits, prints a table and writes target/bench.json.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codec } from "./codec.mjs";
import { decide } from "./decide.mjs";
import { estate } from "./estate.mjs";
import { exports } from "./export.mjs";
import { importFile } from "./import.mjs";
import { list } from "./list.mjs";
import { pages } from "./pages.mjs";
import { proxy } from "./proxy.mjs";
import { reader } from "./reader.mjs";
import { size } from "./size.mjs";
import { table } from "./table.mjs";

const parts = { reader, import: importFile, codec, proxy, estate, decide, list, table, pages, export: exports, size };
const only = process.argv[2];
const lines = [];
for (const [name, measure] of Object.entries(parts)) {
  if (only && only !== name) continue;
  console.log(`▸ ${name}`);
  lines.push(...(await measure()));
}

// A line: what was measured, the value, what it is held against, and the goal as a ratio of the two.
const rows = lines.map((line) => [
  line.what, line.value, line.against, line.ratio === undefined ? "" : line.ratio.toFixed(2), line.goal ?? "",
  line.met === undefined ? "" : line.met ? "met" : "MISSED",
]);
const grid = [["what", "measured", "against", "ratio", "goal", ""], ...rows];
const widths = grid[0].map((_, column) => Math.max(...grid.map((row) => row[column].length)));
for (const row of grid) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
if (!only) await writeFile(join(process.env.EV_PORTAL_TARGET, "bench.json"), JSON.stringify(lines, null, 1));
