// Runs in Chrome: the same bytes through each reader, in turns.
import init, { Reader, sample } from "/bench_reader.js";

await init();

/** Hands the thread back to the browser, as a page does between slices. */
const pause = () => new Promise((go) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = go;
  port2.postMessage(0);
});

/** Reads in slices of a megabyte; answers the time in all, the longest slice and how many ids were accepted. */
async function ours(bytes) {
  let longest = 0;
  const timed = (work) => {
    const start = performance.now();
    const result = work();
    longest = Math.max(longest, performance.now() - start);
    return result;
  };
  const start = performance.now();
  const reader = timed(() => Reader.open(bytes));
  while (!timed(() => reader.step(1 << 20))) await pause();
  const accepted = timed(() => reader.finish());
  return { time: performance.now() - start, longest, accepted };
}

function papa(bytes) {
  const text = new TextDecoder().decode(bytes);
  const start = performance.now();
  const rows = Papa.parse(text, { header: false }).data.length;
  return { time: performance.now() - start, rows };
}

function udsv(bytes) {
  const text = new TextDecoder().decode(bytes);
  const start = performance.now();
  const rows = uDSV.initParser(uDSV.inferSchema(text)).stringArrs(text).length;
  return { time: performance.now() - start, rows };
}

globalThis.measure = async (rows, rounds) => {
  const bytes = sample(rows);
  const found = { bytes: bytes.length, ours: [], longest: [], papa: [], udsv: [], accepted: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const mine = await ours(bytes);
    found.ours.push(mine.time);
    found.longest.push(mine.longest);
    found.accepted = mine.accepted;
    const theirs = [papa(bytes), udsv(bytes)];
    if (mine.accepted !== rows || theirs.some((their) => their.rows < rows)) throw new Error("A reader lost rows.");
    found.papa.push(theirs[0].time);
    found.udsv.push(theirs[1].time);
    await pause();
  }
  return found;
};
