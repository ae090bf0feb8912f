// The portal and Chrome for the tests of one file.
import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { Portal } from "./portal.mjs";

/** Both, once `started`'s first step is done. */
export let portal, browser;

/** Starts both before the file's tests, does the file's own first steps, and ends both after. One step for all:
 * two of a file's outermost ones begin at the same time. */
export function started(options, first) {
  before(async () => {
    portal = await Portal.start(options);
    browser = await launch();
    await first?.();
  });
  after(async () => {
    await browser?.close();
    await portal?.stop();
  });
}
