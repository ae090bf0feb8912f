// Compresses files with brotli, each as well as it can be: FILE becomes FILE.br.
import { readFileSync, writeFileSync } from "node:fs";
import { createBrotliCompress, constants as c } from "node:zlib";

// Distances have some codes for short ones, and so many of their last bits apart. What is best differs.
const distances = [[0, 0], [0, 4], [0, 8], [0, 15], [1, 8], [1, 24], [2, 8], [2, 16]];

// The sections of a wasm that are nothing like what stands before them: imports, kinds and numbers of functions, code,
// data.
const APART = [2, 3, 9, 10, 11];

/** Where a file's letters begin to be others: brotli counts them anew from there. */
function cuts(bytes) {
  if (bytes.toString("latin1", 0, 4) !== "\0asm") return [];
  const found = [];
  for (let at = 8; at < bytes.length; ) {
    if (APART.includes(bytes[at])) found.push(at);
    let [size, shift, byte] = [0, 0, 0x80];
    for (at += 1; byte & 0x80; at += 1, shift += 7) {
      byte = bytes[at];
      size += (byte & 0x7f) * 2 ** shift;
    }
    at += size;
  }
  return found;
}

async function pressed(bytes, [postfix, direct]) {
  const brotli = createBrotliCompress({
    params: {
      [c.BROTLI_PARAM_QUALITY]: 11,
      [c.BROTLI_PARAM_LGWIN]: 24,
      [c.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [c.BROTLI_PARAM_NPOSTFIX]: postfix,
      [c.BROTLI_PARAM_NDIRECT]: direct,
    },
  });
  const out = brotli.toArray();
  let at = 0;
  for (const cut of cuts(bytes)) {
    brotli.write(bytes.subarray(at, cut));
    await new Promise((done) => brotli.flush(c.BROTLI_OPERATION_FLUSH, done));
    at = cut;
  }
  brotli.end(bytes.subarray(at));
  return Buffer.concat(await out);
}

for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  let best;
  for (const distance of distances) {
    const one = await pressed(bytes, distance);
    if (!best || one.length < best.length) best = one;
  }
  writeFileSync(`${file}.br`, best);
}
