// Looks at a site in Chromium: lists without JavaScript, personal lists, forgetting, and what must not happen.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { CHROMIUM } from "../browser/chromium.js";

/**
 * @param {{ origin: string, articles: { slug: string, topic: string }[], pathOf: (article: object) => string, heading?: string }} site
 */
export async function check({ origin, articles, pathOf, heading = "Read next" }) {
  const browser = await chromium.launch(CHROMIUM);
  try {
    const report = await withoutScripts(browser, { origin, articles, pathOf, heading });
    await personal(browser, { origin, articles, pathOf });
    await notRemembered(browser, { origin, articles, pathOf });
    return report;
  } finally {
    await browser.close();
  }
}

/** Every page shows links that lead somewhere, mostly to pages of its topic. */
async function withoutScripts(browser, { origin, articles, pathOf, heading }) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const topicOf = new Map(articles.map((article) => [pathOf(article), article.topic]));
  const targets = new Set();
  let own = 0;
  let all = 0;
  for (const article of articles) {
    await page.goto(origin + pathOf(article));
    assert.equal(await page.locator("foldin-related h2").textContent(), heading);
    const links = await page.locator("foldin-related li a").evaluateAll((found) => found.map(({ href }) => href));
    assert.equal(links.length, 6, `${article.slug}: ${links}`);
    for (const link of links) {
      const path = decodeURI(new URL(link).pathname);
      assert.ok(topicOf.has(path) && path !== pathOf(article), `${article.slug} links to ${link}`);
      targets.add(link);
      all += 1;
      own += Number(topicOf.get(path) === article.topic);
    }
  }
  for (const target of targets) assert.equal((await page.request.get(target)).status(), 200, target);
  await context.close();
  return { pages: articles.length, share: own / all };
}

/** A reader of one topic is offered that topic on pages of another, and can make the site forget. */
async function personal(browser, { origin, articles, pathOf }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.clock.install();
  await page.addInitScript(() => {
    globalThis.shifts = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) globalThis.shifts += value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const [liked, other] = [articles[0].topic, articles.at(-1).topic];
  const read = articles.filter(({ topic }) => topic === liked).slice(0, 3);
  for (const [n, article] of read.entries()) {
    await page.goto(origin + pathOf(article));
    await page.clock.fastForward(11_000);
    await page.waitForFunction((size) => document.querySelector("foldin-related").profile.size === size, n + 1);
  }
  const address = origin + pathOf(articles.find(({ topic }) => topic === other));
  const written = writtenLinks(address, await (await page.request.get(address)).text());
  await page.goto(address);
  await page.locator("foldin-related").scrollIntoViewIfNeeded();
  await page.locator(".foldin-related-forget").waitFor();
  const links = await hrefs(page);
  assert.notDeepEqual(links, written);
  const paths = links.map((link) => decodeURI(new URL(link).pathname));
  for (const article of read) assert.ok(!paths.includes(pathOf(article)), `${article.slug} was read`);
  const topics = paths.map((path) => articles.find((article) => pathOf(article) === path)?.topic);
  assert.ok(topics.includes(liked), `${topics} after reading about ${liked}`);
  assert.ok((await page.evaluate(() => globalThis.shifts)) < 0.001, "the layout shifted");
  assert.deepEqual(
    requests.filter((url) => !url.startsWith(origin)),
    [],
  );

  await page.locator(".foldin-related-forget").click();
  assert.deepEqual(await hrefs(page), written);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("foldin"))), []);
  await context.close();
}

/**
 * The pages that a reader has opened are there without the server, each with its list, which is personal.
 *
 * @param {{ origin: string, articles: { slug: string, topic: string }[], pathOf: (article: object) => string }} site that was made with `--offline`
 * @param {() => Promise<void>} stop stops the server
 */
export async function checkOffline({ origin, articles, pathOf }, stop) {
  const browser = await chromium.launch(CHROMIUM);
  try {
    const page = await browser.newPage();
    const addresses = [articles[0], articles[1], articles.at(-1)].map((article) => origin + pathOf(article));
    for (const [n, address] of addresses.entries()) {
      // Frameworks fetch scripts after the page is loaded.
      await page.goto(address, { waitUntil: "networkidle" });
      // The end of a page that is long enough to scroll: it counts as read.
      await page.evaluate(() => {
        document.body.style.minHeight = "400vh";
        scrollTo(0, document.documentElement.scrollHeight);
      });
      await page.waitForFunction((size) => document.querySelector("foldin-related").profile?.size === size, n + 1);
      await page.locator("foldin-related").scrollIntoViewIfNeeded();
      await page.waitForFunction(isKept);
    }
    await page.waitForFunction(isModelKept);
    const styles = () => page.evaluate(() => [...document.styleSheets].map(({ href }) => href));
    const before = await styles();
    await stop();
    for (const address of addresses) {
      const answer = await page.goto(address);
      assert.equal(writtenLinks(address, await answer.text()).length, 6, address);
      await page.locator("foldin-related").scrollIntoViewIfNeeded();
      await page.locator(".foldin-related-forget").waitFor();
      assert.equal((await hrefs(page)).length, 6, address);
    }
    assert.deepEqual(await styles(), before);
  } finally {
    await browser.close();
  }
}

/** Whether the service worker keeps the page, and all that it has loaded but the model. */
async function isKept() {
  const kept = new Set();
  for (const name of await caches.keys()) {
    if (!/^foldin-(shell|visited):/.test(name)) continue;
    for (const { url } of await (await caches.open(name)).keys()) kept.add(url);
  }
  const loaded = performance.getEntriesByType("resource").filter(({ responseStatus }) => responseStatus === 200);
  const own = loaded.map(({ name }) => name).filter((url) => url.startsWith(origin) && !url.includes("/foldin/model/"));
  return [location.href, ...own].every((url) => kept.has(url.replace(/[?#].*/, "")));
}

/** Whether the package keeps the manifest, the module and the files of the model. */
async function isModelKept() {
  const names = (await caches.keys()).filter((name) => name.startsWith("foldin:"));
  const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  return kept.some((n) => n >= 4);
}

/** Nothing is remembered of readers whose browser sends Global Privacy Control. */
async function notRemembered(browser, { origin, articles, pathOf }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.clock.install();
  await page.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
  for (const article of articles.slice(0, 2)) {
    await page.goto(origin + pathOf(article));
    await page.clock.fastForward(60_000);
  }
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("foldin"))), []);
  assert.equal(await page.locator(".foldin-related-forget").count(), 0);
  await context.close();
}

/** The links of the list as the page came. */
function writtenLinks(address, html) {
  const section = html.slice(html.indexOf("<!--foldin-->"), html.indexOf("<!--/foldin-->"));
  return [...section.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => new URL(href, address).href);
}

function hrefs(page) {
  return page.locator("foldin-related li a").evaluateAll((found) => found.map(({ href }) => href));
}
