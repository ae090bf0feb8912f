// ChargePoint fails: the page says what is wrong and what to do, and keeps what it has, marked as old.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { accessible, close, open } from "./support/browser.mjs";
import { browser, portal, started } from "./support/started.mjs";

let page, locations;

started({ flags: ["--chargepoint-timeout", "1"] }, async () => {
  locations = (await portal.list("/locations?pageSize=500")).filter((location) => location.stations.length > 0);
});
beforeEach(async () => (page = await open(browser, portal)));
afterEach(async () => {
  await portal.fault();
  await close(page);
});

const FAULTS = [
  ["invalid-security", "ChargePoint refused the API key or the region is wrong"],
  ["failed-authentication", "ChargePoint refused the API key or the region is wrong"],
  ["soap-fault", "ChargePoint reported an error of its own"],
  ["html", "Something else answered in ChargePoint's place"],
  ["http-503", "ChargePoint is not there for a while"],
  ["truncated", "ChargePoint's answer cannot be read"],
  ["empty", "Something else answered in ChargePoint's place"],
  ["hang", "ChargePoint did not answer in time"],
];

describe("the stations of a location", () => {
  for (const [fault, words] of FAULTS) {
    test(`${fault}: what is known stays, marked as old, and the page recovers`, async () => {
      const location = locations[0];
      await page.goto(`/cpo/charge-locations/${location.id}/stations`);
      await page.getByText("Status from ChargePoint").waitFor();
      const ports = await page.locator(".port").count();
      assert.ok(ports > 0);
      await portal.fault(fault);
      await page.getByRole("button", { name: "Refresh" }).click();
      await page.locator("[data-old=true]").waitFor();
      await page.getByText(words).first().waitFor();
      assert.equal(await page.locator(".port").count(), ports, "what the page has stays");
      await portal.fault();
      await page.getByRole("button", { name: "Refresh" }).click();
      await page.locator("[data-old=true]").waitFor({ state: "detached" });
    });
  }

  test("a location that was never asked about shows its stations without a status", async () => {
    await portal.fault("http-503");
    await page.goto(`/cpo/charge-locations/${locations[1].id}/stations`);
    await page.getByText("ChargePoint has given no status yet").waitFor();
    assert.equal(await page.locator(".station").count(), locations[1].stations.length);
    await accessible(page, "stations without ChargePoint");
  });
});

test("Sync from ChargePoint fails with the reason, and the list stays", async () => {
  await page.goto("/cpo/charge-locations");
  await page.getByRole("row").nth(1).waitFor();
  const rows = await page.getByRole("row").count();
  await portal.fault("invalid-security");
  await page.getByRole("button", { name: "Sync from ChargePoint" }).click();
  await page.getByText("ChargePoint refused the API key or the region is wrong").first().waitFor();
  assert.equal(await page.getByRole("row").count(), rows);
});

test("Sync from ChargePoint says what was added and what is gone, and keeps what was edited", async () => {
  const estate = async (change) => {
    const answer = await fetch(`${portal.standIn}/control/estate`, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(change),
    });
    assert.ok(answer.ok, `${answer.status}`);
  };
  const [edited] = locations.slice(-1);
  const { version } = (await portal.api("GET", `/locations/${edited.id}`)).body;
  const patch = await portal.api("PATCH", `/locations/${edited.id}`, { body: { name: "Named by us" }, version });
  assert.equal(patch.status, 200);
  await estate({ add: { name: "Quay 7", stations: 2 } });
  await page.goto("/cpo/charge-locations");
  await page.getByRole("button", { name: "Sync from ChargePoint" }).click();
  await page.getByText("Quay 7").first().waitFor();
  assert.equal((await portal.api("GET", `/locations/${edited.id}`)).body.name, "Named by us");
});

test("without the server the page says so, keeps its rows, and comes back", async () => {
  await page.goto("/customers");
  await page.getByRole("row").nth(1).waitFor();
  const rows = await page.getByRole("row").count();
  await page.context().setOffline(true);
  await page.getByRole("searchbox").fill("zzz");
  await page.getByRole("button", { name: "Try again" }).waitFor();
  assert.equal(await page.getByRole("row").count(), rows, "the rows stay");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText(/no customer matches|nothing matches/i).first().waitFor();
});
