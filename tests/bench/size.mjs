// The app's files in brotli against the budget.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export async function size() {
  const { budget, assets } = JSON.parse(await readFile(join(process.env.EV_PORTAL_TARGET, "bench/size.json"), "utf8"));
  const total = assets.reduce((sum, asset) => sum + asset.brotli, 0);
  const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB brotli`;
  return [
    ...assets.map((asset) => ({ what: `size of ${asset.name}`, value: kb(asset.brotli), against: "", bytes: asset.brotli })),
    { what: "size of the app", value: kb(total), against: `${kb(budget)} budget`, ratio: total / budget, goal: "≤ 1", met: total <= budget, bytes: total },
  ];
}
