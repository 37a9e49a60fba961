// A walk through the page in Firefox, which Playwright cannot drive as distributions ship it: over WebDriver BiDi.
// FOLDIN_SITE names the built site (default: target/test-site), FIREFOX the browser.
// node --test tests/browser/firefox-smoke.mjs

import assert from "node:assert/strict";
import { test } from "node:test";
import puppeteer from "puppeteer-core";
import { walkThroughElements } from "./element-walk.js";
import { serveSite } from "./site-server.js";

async function startFirefox(t) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
  });
  t.after(() => browser.close());
  return browser;
}

test("in Firefox the elements show, follow a pick, and outlive a router", { timeout: 120_000 }, async (t) => {
  const browser = await startFirefox(t);
  const page = await browser.newPage();
  await walkThroughElements(t, {
    open: (url) => page.goto(url),
    run: (body) => page.evaluate(`(() => { ${body} })()`),
    until: (expression) => page.waitForFunction(`Boolean(${expression})`, { timeout: 60_000 }),
  });
});

test("in Firefox one picks, rates, filters, opens the views and comes back, without a request", {
  timeout: 120_000,
}, async (t) => {
  const site = await serveSite();
  t.after(() => site.close());
  const browser = await startFirefox(t);
  t.diagnostic(await browser.version());

  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  // Unlike those of the page itself, clicks of a locator wait until the element has stopped moving.
  const click = (selector) => page.locator(selector).click();
  const ids = (selector) => page.$$eval(selector, (nodes) => nodes.map((node) => node.dataset.id));
  const text = (selector) => page.$eval(selector, (node) => node.textContent);
  const ready = () => page.waitForSelector('#results[aria-busy="false"]', { timeout: 30_000 });
  const nPicks = (n) => page.waitForFunction((n) => document.querySelectorAll("#picks [data-id]").length === n, {}, n);
  const listChanges = (before) =>
    page.waitForFunction(
      (before) => {
        const now = [...document.querySelectorAll("#list > li")].map((row) => row.dataset.id);
        return now.length > 0 && now.join() !== before;
      },
      {},
      before.join(),
    );

  await page.goto(site.url);
  await ready();
  assert.deepEqual(await ids("#list > li"), []);
  assert.ok(
    requests.some((url) => url.endsWith(".foldin")),
    "the walk sees the requests of loading",
  );
  const nAtReady = requests.length;

  const picked = await text("#tiles .cover-title");
  await click("#tiles button");
  await listChanges([]);
  assert.ok((await text("#list")).includes(picked), "reasons name what was picked");
  assert.match(await text("#status"), /titles scored in .*\sms on this device/);
  t.diagnostic(await text("#status"));

  // At once: typed letter by letter, the options of each prefix would come and go.
  await page.focus("#search");
  await page.evaluate(() => document.execCommand("insertText", false, "the"));
  await page.waitForSelector("#found [role=option]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await nPicks(2);

  // Four stars from the menu of the first recommendation.
  let before = await ids("#list > li");
  await click("#list .more");
  await page.waitForSelector("#popover .star");
  await click("#popover .star:nth-child(4)");
  await nPicks(3);
  await listChanges(before);
  assert.equal((await ids("#picks [data-id]"))[0], before[0]);

  before = await ids("#list > li");
  await click("#filters summary");
  await click("#filters [data-genre]");
  await listChanges(before);
  const genre = await text("#filters [data-genre]");
  for (const facts of await page.$$eval("#list .facts", (nodes) => nodes.map((node) => node.textContent))) {
    assert.ok(facts.includes(genre), facts);
  }
  assert.deepEqual(
    requests.slice(nAtReady).filter((url) => !url.includes("service-worker") && !/^(data|blob):/.test(url)),
    [],
  );

  for (const view of ["compare", "map", "model", "start"]) {
    await click(`.masthead nav a[href="#${view}"]`);
    await page.waitForSelector(`#view-${view} h1`, { visible: true });
  }

  const kept = await ids("#picks [data-id]");
  await page.reload();
  await ready();
  await nPicks(kept.length);
  assert.deepEqual(await ids("#picks [data-id]"), kept);

  assert.deepEqual(
    requests.filter((url) => !url.startsWith(site.url) && !/^(data|blob):/.test(url)),
    [],
  );
  assert.deepEqual(complaints, []);
});
