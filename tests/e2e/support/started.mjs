// The portal and Chrome for the tests of one file.
import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { Portal } from "./portal.mjs";

/** Both, once `started`'s first step is done. */
export let portal, browser;

/** Starts both before the file's tests, and ends them after; the file's own first steps come behind. */
export function started(options) {
  before(async () => {
    portal = await Portal.start(options);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await portal?.stop();
  });
}
