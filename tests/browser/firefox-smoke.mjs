// A short walk in Firefox, which Playwright cannot drive as distributions ship it: over WebDriver BiDi.
// FOLDIN_SITE names the built site (default: target/test-site), FIREFOX the browser.
// node --test tests/browser/firefox-smoke.mjs

import assert from "node:assert/strict";
import { test } from "node:test";
import puppeteer from "puppeteer-core";
import { serveSite } from "./site-server.js";

test("in Firefox a pick changes the list, and no request leaves after loading", { timeout: 90_000 }, async (t) => {
  const site = await serveSite();
  t.after(() => site.close());
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
  });
  t.after(() => browser.close());
  t.diagnostic(await browser.version());

  const page = await browser.newPage();
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  const titles = () => page.$$eval("#list h3", (headings) => headings.map((node) => node.firstChild.textContent));
  const text = (selector) => page.$eval(selector, (node) => node.textContent);

  await page.goto(site.url);
  await page.waitForSelector('#results[aria-busy="false"]', { timeout: 30_000 });
  assert.equal(await text("#results-heading"), "Popular with everyone");
  const before = await titles();
  assert.equal(before.length, 10);
  const nAtReady = requests.length;
  assert.ok(requests.some((url) => url.endsWith(".foldin")), "the walk sees the requests of loading");

  const tile = await page.$("#tiles button");
  const picked = await tile.evaluate((node) => node.textContent);
  await tile.click();
  await page.waitForFunction(() => document.querySelector("#results-heading").textContent === "For you");
  const after = await titles();
  assert.notDeepEqual(after, before);
  assert.ok(!after.includes(picked), "what is picked is not recommended");
  assert.ok((await text("#list")).includes(`because you liked ${picked}`));
  assert.match(await text("#status"), /titles scored in .* ms on this device/);
  t.diagnostic(await text("#status"));

  await page.type("#search", "the");
  await page.waitForSelector("[role=option]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("#picks button").length === 2);

  assert.deepEqual(requests.slice(nAtReady), []);
  assert.deepEqual(requests.filter((url) => !url.startsWith(site.url) && !url.startsWith("data:")), []);
  assert.deepEqual(complaints, []);
});
