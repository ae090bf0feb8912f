// Compresses files with brotli, each as well as it can be: FILE becomes FILE.br.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants as c } from "node:zlib";

// Distances have some codes for short ones, and so many of their last bits apart. What is best differs.
const distances = [[0, 0], [0, 4], [0, 15], [1, 0], [1, 24], [2, 8], [2, 16]];

for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  const tried = distances.map(([postfix, direct]) => brotliCompressSync(bytes, {
    params: {
      [c.BROTLI_PARAM_QUALITY]: 11,
      [c.BROTLI_PARAM_LGWIN]: 24,
      [c.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [c.BROTLI_PARAM_NPOSTFIX]: postfix,
      [c.BROTLI_PARAM_NDIRECT]: direct,
    },
  }));
  writeFileSync(`${file}.br`, tried.reduce((best, one) => (one.length < best.length ? one : best)));
}
