// The look at a site that every browser can take: each page's list, a list that becomes personal, and forgetting.
// check.mjs looks closer, in Chromium.

import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";
import { startWebKit } from "../browser/webkit-driver.js";

/** @typedef {{ open: (url: string) => Promise<unknown>, run: (body: string) => Promise<any>, until: (expression: string) => Promise<unknown>, close: () => Promise<unknown> }} Browser */

/** Browsers by name: each start gives an empty profile. */
export const BROWSERS = { Firefox: startFirefox, WebKit: startWebKit };

const HREFS = `[...document.querySelectorAll("foldin-related li a")].map(({ href }) => href)`;

/**
 * @param {Browser} browser
 * @param {{ origin: string, articles: { slug: string, topic: string }[], pathOf: (article: object) => string, heading: string, direction: string }} site
 */
export async function look(browser, site) {
  const targets = new Set();
  for (const article of site.articles) for (const link of await lookAtPage(browser, site, article)) targets.add(link);
  for (const target of targets) assert.equal((await fetch(target)).status, 200, target);
  await becomePersonal(browser, site);
}

/** A page shows links to other pages, in the direction of its language, and asks no other host; gives its links. */
async function lookAtPage({ open, run }, { origin, articles, pathOf, heading, direction }, article) {
  await open(origin + pathOf(article));
  const seen = await run(`
    const [list, link] = [document.querySelector(".foldin-related-list"), document.querySelector(".foldin-related-list a")];
    const [box, inner] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
    const [left, right] = [inner.left - box.left, box.right - inner.right];
    return {
      heading: document.querySelector(".foldin-related-heading").textContent,
      links: ${HREFS},
      direction: left <= right ? "ltr" : "rtl",
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      requests: performance.getEntriesByType("resource").map(({ name }) => name),
    };`);
  assert.equal(seen.heading, heading);
  assert.equal(seen.links.length, 6, article.slug);
  const paths = new Set(articles.map(pathOf));
  for (const link of seen.links) {
    const path = decodeURI(new URL(link).pathname);
    assert.ok(
      link.startsWith(origin) && paths.has(path) && path !== pathOf(article),
      `${article.slug} links to ${link}`,
    );
  }
  assert.equal(seen.direction, direction, `the list of ${article.slug} begins at the wrong edge`);
  assert.equal(seen.overflow, 0, `${article.slug} scrolls sideways`);
  assert.deepEqual(
    seen.requests.filter((url) => !url.startsWith(origin)),
    [],
  );
  return seen.links;
}

/** A reader scrolls through pages of one topic and is offered it on a page of another, until the site forgets. */
async function becomePersonal({ open, run, until }, { origin, articles, pathOf }) {
  const [liked, other] = [articles[0].topic, articles.at(-1).topic];
  const address = origin + pathOf(articles.find(({ topic }) => topic === other));
  await open(address);
  const written = await run(`return ${HREFS};`);
  const read = articles.filter(({ topic }) => topic === liked).slice(0, 3);
  for (const [n, article] of read.entries()) {
    await open(origin + pathOf(article));
    await until(`customElements.get("foldin-related")`);
    // The end of a page that is long enough to scroll.
    await run(`document.body.style.minHeight = "400vh"; scrollTo(0, document.documentElement.scrollHeight);`);
    await until(`document.querySelector("foldin-related").profile.size === ${n + 1}`);
  }
  await open(address);
  await run(`document.querySelector("foldin-related").scrollIntoView();`);
  await until(`document.querySelector(".foldin-related-forget")`);
  const links = await run(`return ${HREFS};`);
  const paths = links.map((link) => decodeURI(new URL(link).pathname));
  for (const article of read) assert.ok(!paths.includes(pathOf(article)), `${article.slug} was read`);
  const topics = paths.map((path) => articles.find((article) => pathOf(article) === path)?.topic);
  assert.ok(topics.includes(liked), `${topics} after reading about ${liked}`);

  await run(`document.querySelector(".foldin-related-forget").click();`);
  assert.deepEqual(await run(`return ${HREFS};`), written);
  assert.deepEqual(await run(`return Object.keys(localStorage).filter((key) => key.startsWith("foldin"));`), []);
}

async function startFirefox() {
  const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  const page = await browser.newPage();
  return {
    open: (url) => page.goto(url),
    run: (body) => page.evaluate(`(() => { ${body} })()`),
    until: (expression) => page.waitForFunction(`Boolean(${expression})`, { timeout: 60_000 }),
    close: () => browser.close(),
  };
}
