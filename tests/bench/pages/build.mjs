// The portal's files and, below `/peer`, the peer's: built by Vite as react-admin's template does it, and compressed
// as ours are. The names carry sixteen hexadecimal digits, by which the server lets browsers keep them for ever.
import react from "@vitejs/plugin-react";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { build } from "vite";

const PACKED = [".html", ".js", ".css"];

/** Fills an empty folder. */
export async function site(folder) {
  await cp(process.env.EV_PORTAL_WEB_DIR, folder, { recursive: true });
  const outDir = join(folder, "peer");
  const names = "assets/[name]-[hash:16].js";
  await build({
    root: fileURLToPath(new URL("peer", import.meta.url)),
    configFile: false, base: "./", logLevel: "warn", plugins: [react()],
    build: {
      outDir, emptyOutDir: true, chunkSizeWarningLimit: 4096,
      rolldownOptions: { output: { hashCharacters: "hex", entryFileNames: names, chunkFileNames: names } },
    },
  });
  for (const entry of await readdir(outDir, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!PACKED.includes(extname(file))) continue;
    const bytes = await readFile(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
  }
}
