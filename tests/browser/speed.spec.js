// How soon a visitor on a phone's connection sees what is recommended, and whether the page stays free while it works.
// Machines that run tests are busy at times: the best of a few visits counts.

import { chromium } from "@playwright/test";
import { expect, test } from "./fixtures.js";
import { serveSecurely, serveSite } from "./site-server.js";

const VISITS = 6;
/** Machines of continuous integration have less to give. */
const SLOWNESS = process.env.CI ? 1.5 : 1;
/** What Chromium's developer tools call fast 4G: 9 Mbit/s less a tenth, and 165 ms until an answer begins. */
const FAST_4G = { offline: false, latency: 165, downloadThroughput: 1_012_500, uploadThroughput: 168_750 };
/** A site around 62,000 made-up items. */
const LARGE = process.env.FOLDIN_LARGE_SITE;

test("on 4G the first recommendations of the built-in sample are there in about a second", async ({ launchOptions }) => {
  // As on hosts of the web, scripts of the page are there for its worker too.
  const site = await serveSecurely(undefined, "/", { "cache-control": "max-age=600" });
  const trusting = `--ignore-certificate-errors-spki-list=${site.certificate}`;
  const browser = await chromium.launch({ ...launchOptions, args: [...launchOptions.args, trusting] });
  const times = [];
  try {
    const anybody = await browser.newPage();
    const manifest = await (await anybody.goto(`${site.url}model/manifest.json`)).json();
    test.skip(!manifest.versions[0].trainedOn.simulated, "the promise is about the built-in sample");
    for (let n = 0; n < VISITS && !(Math.min(...times) < 1000); n++) times.push(await firstVisit(browser, site));
  } finally {
    await browser.close();
    await site.close();
  }
  console.log(`first recommendations on 4G: ${times.map((ms) => `${Math.round(ms)} ms`).join(", ")}`);
  // About a second on a quiet machine: what is printed counts, and half as much again means that something was lost.
  expect(Math.min(...times)).toBeLessThan(1500);
});

/** How long it takes until somebody who taps the first title at once sees what is recommended. */
async function firstVisit(browser, site) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", FAST_4G);
  await page.addInitScript(() => {
    let tapped = false;
    new MutationObserver((_, observer) => {
      const tile = document.querySelector("#tiles button");
      if (tile && !tapped) {
        tapped = true;
        tile.click();
      }
      if (!document.querySelector("#list h3")) return;
      window.firstAt = performance.now();
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(site.url);
  await page.waitForFunction(() => window.firstAt);
  const firstAt = await page.evaluate(() => window.firstAt);
  await expect(page.locator("#list .reason").first()).toContainText("because you liked");
  await context.close();
  return firstAt;
}

test("62,000 items keep the main thread free: no task above 50 ms", async ({ browser }) => {
  test.skip(!LARGE, "FOLDIN_LARGE_SITE names no site around 62,000 items");
  test.setTimeout(120_000);
  const site = await serveSite(LARGE);
  const visits = [];
  try {
    for (let n = 0; n < VISITS && !visits.some((tasks) => tasks.length === 0); n++) {
      visits.push(await longTasks(browser, site));
    }
  } finally {
    await site.close();
  }
  console.log(`tasks above 50 ms, by visit: ${JSON.stringify(visits)}`);
  expect(visits).toContainEqual([]);
});

/** Walks through a site, and gives every task of the main thread above 50 ms by what was done, in milliseconds. */
async function longTasks(browser, site) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript((slowness) => {
    window.longTasks = [];
    window.doing = "loading";
    const note = (list) => {
      const long = list.getEntries().filter(({ duration }) => duration > 50 * slowness);
      for (const { duration } of long) window.longTasks.push(`${window.doing}: ${Math.round(duration)}`);
    };
    new PerformanceObserver(note).observe({ type: "longtask", buffered: true });
  }, SLOWNESS);
  const doing = (what) => page.evaluate((what) => (window.doing = what), what);
  await page.goto(site.url);
  const tiles = page.locator("#tiles .tile");
  await expect(tiles.first()).toBeVisible({ timeout: 20_000 });
  expect(await page.evaluate(async () => {
    const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    return (await load("model/manifest.json")).info.items;
  })).toBe(62_000);
  await doing("picking");
  for (const n of [0, 2, 5]) await tiles.nth(n).click();
  await expect(page.locator("#list .reason").first()).toBeVisible();
  await doing("searching");
  await page.getByRole("combobox").first().pressSequentially("item-4321", { delay: 30 });
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await doing("variety");
  await page.getByRole("slider", { name: "Variety" }).press("End");
  await page.waitForTimeout(300);
  await doing("the map");
  await page.goto(`${site.url}#map`);
  const canvas = page.locator("#view-map canvas").first();
  await expect(canvas).toBeVisible();
  await page.waitForTimeout(700);
  await doing("zooming");
  await canvas.hover();
  for (const by of [-240, -240, 240]) await page.mouse.wheel(0, by);
  await page.mouse.move(500, 500, { steps: 10 });
  await page.waitForTimeout(500);
  await doing("comparing");
  await page.goto(`${site.url}#compare`);
  await expect(page.locator("#view-compare")).toBeVisible();
  await page.waitForTimeout(700);
  const tasks = await page.evaluate(() => window.longTasks);
  await context.close();
  return tasks;
}
