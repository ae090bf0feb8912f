// Starts the portal with its sandbox on free ports and a temporary data directory.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { enter } from "../../sign_in.mjs";

const { EV_PORTAL_BINARY, EV_PORTAL_WEB_DIR } = process.env;
const READY = /^ev-portal listening on (http:\S+)/;
const STAND_IN = /^chargepoint stand-in on (http:\S+)/;

/** The running portal: its address, its stand-in's address, a way to talk to its API, and a way to stop it. */
export class Portal {
  static async start({ dataDir, flags = [] } = {}) {
    if (!EV_PORTAL_BINARY || !EV_PORTAL_WEB_DIR) throw new Error("Run these tests with `cargo xtask test --e2e`.");
    const portal = new Portal();
    portal.ownsData = !dataDir;
    portal.dataDir = dataDir ?? (await mkdtemp(join(tmpdir(), "ev-portal-")));
    const args = ["--sandbox", "--listen", "127.0.0.1:0", "--data-dir", portal.dataDir, "--web-dir", EV_PORTAL_WEB_DIR];
    portal.process = spawn(EV_PORTAL_BINARY, [...args, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
    portal.log = "";
    portal.process.stderr.on("data", (chunk) => (portal.log = (portal.log + chunk).slice(-20_000)));
    await new Promise((resolve, reject) => {
      createInterface({ input: portal.process.stdout }).on("line", (line) => {
        portal.standIn = STAND_IN.exec(line)?.[1] ?? portal.standIn;
        portal.url = READY.exec(line)?.[1] ?? portal.url;
        if (portal.url && portal.standIn) resolve();
      });
      portal.process.once("exit", (code) => reject(new Error(`The portal ended with ${code}:\n${portal.log}`)));
    });
    portal.cookie = await portal.enter("demo");
    return portal;
  }

  /** Signs in as one of the sandbox's accounts; the session's cookie. */
  enter(account) {
    return enter(this.url, account);
  }

  /** Calls the REST API; answers `{status, body, headers}`. */
  async api(method, path, { body, version, headers = {} } = {}) {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(version === undefined ? {} : { "if-match": `"${version}"` }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : null };
  }

  /** The records of a list. */
  async list(path) {
    return (await this.api("GET", path)).body.items;
  }

  /** Breaks ChargePoint's stand-in in a named way; no name mends it. */
  async fault(name = "") {
    const answer = await fetch(`${this.standIn}/control/fault`, { method: "POST", body: name });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  }

  /** Ends the process without a chance to tidy up. */
  async kill() {
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await gone;
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const gone = new Promise((resolve) => this.process.once("exit", resolve));
      this.process.kill("SIGTERM");
      await gone;
    }
    if (this.ownsData) await rm(this.dataDir, { recursive: true, force: true });
  }
}
