// A thousand values pasted into a filter of 1,000,000 charge tokens, in Chrome.
import { launch, median, ms } from "./chrome.mjs";

const LIMIT = 1_000;

/** From the paste to the count, and from *Apply filters* to the rows, each as the page sees it. */
export async function paste(portal, ids, rounds) {
  const browser = await launch();
  const [counted, shown] = [[], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const page = await browser.newPage();
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: portal.url });
      await page.goto(`${portal.url}/tokens`);
      await page.getByRole("link", { name: /^NL-BEN/ }).first().waitFor();
      await page.evaluate((text) => navigator.clipboard.writeText(text), ids.join("\n"));
      await page.getByRole("button", { name: "Add filter" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Field").selectOption({ label: "Auth ID" });
      await dialog.getByLabel("Condition").selectOption({ label: "Is any of" });
      await dialog.getByText("1,000,000 charge tokens match").waitFor();
      await watch(page, "input", ".filters-count", "1,000 charge tokens match");
      await dialog.getByLabel("Values").focus();
      await page.keyboard.press("ControlOrMeta+V");
      counted.push(await page.evaluate(() => globalThis.took));
      await watch(page, "click", ".table-foot", "of 1,000 charge tokens");
      await dialog.getByRole("button", { name: "Apply filters" }).click();
      shown.push(await page.evaluate(() => globalThis.took));
      await page.close();
    }
  } finally {
    await browser.close();
  }
  const line = (what, times) => {
    const took = median(times);
    return { what, value: ms(took), against: `${LIMIT} ms`, ratio: took / LIMIT, goal: "≤ 1", met: took <= LIMIT, ms: { ours: times } };
  };
  return [
    line("1,000 pasted Auth IDs: from the paste to the count, 300 ms of waiting for more included", counted),
    line("from Apply filters to the rows", shown),
  ];
}

/** Takes the time from the next such event until the element says those words. */
function watch(page, event, selector, words) {
  return page.evaluate(([event, selector, words]) => {
    globalThis.took = new Promise((resolve) => {
      const begin = () => {
        const start = performance.now();
        const look = () => {
          if (document.querySelector(selector)?.textContent.includes(words)) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      };
      document.addEventListener(event, begin, { capture: true, once: true });
    });
  }, [event, selector, words]);
}
