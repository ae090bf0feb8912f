// Puts the style sheets together into target/style.css, which index.html links: one request, and less of
// it when compressed. A sheet that did not change is not written: its time of change starts a build.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
// In the order in which they overrule each other; a folder's by name.
const order = ["tokens.css", "base.css", "kit", "table", "pages"];

const sheets = [];
for (const name of order) {
  const files = name.endsWith(".css") ? [name] : (await readdir(join(here, name))).sort().map((file) => `${name}/${file}`);
  for (const file of files) sheets.push(await readFile(join(here, file), "utf8"));
}
const target = join(here, "../target/style.css");
const bundle = sheets.join("");
if (bundle !== (await readFile(target, "utf8").catch(() => ""))) {
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bundle);
}
