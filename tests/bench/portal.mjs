// The portal for the measurements, in a temporary data directory.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { enter } from "../sign_in.mjs";

/** Starts the portal with its sandbox over the books in `dataDir` and the app's files in `webDir`. */
export async function start(dataDir, env = {}, webDir = process.env.EV_PORTAL_WEB_DIR) {
  const child = spawn(process.env.EV_PORTAL_BINARY, [
    "--sandbox", "--listen", "127.0.0.1:0", "--data-dir", dataDir, "--web-dir", webDir,
  ], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, address] = /^ev-portal listening on (\S+)/.exec(line) ?? [];
      if (address) resolve(address);
    });
    child.once("exit", (code) => reject(new Error(`The portal ended with ${code}:\n${log}`)));
  });
  const cookie = await enter(url);
  return {
    url,
    /** The session of the sandbox's administrator, as a program sends it and as a browser keeps it. */
    headers: { cookie },
    cookie: { name: cookie.split("=")[0], value: cookie.split("=")[1], url },
    /** What it has written to its log. */
    log: () => log,
    get: async (path) => (await fetch(`${url}/api/v1${path}`, { headers: { cookie } })).json(),
    /** The most memory that the process has had, in bytes. */
    peak: async () => kilobytes(await readFile(`/proc/${child.pid}/status`, "utf8"), "VmHWM"),
    /** The memory that the process has now, in bytes. */
    memory: async () => kilobytes(await readFile(`/proc/${child.pid}/status`, "utf8"), "VmRSS"),
    stop: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await gone;
    },
  };
}

/** A line of `/proc`, in bytes. */
export function kilobytes(text, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)[1]) * 1024;
}
