// The built documentation site in Chromium: `scripts/docs`, then `node --test tests/docs/site.mjs`. DOCS_BASE is the
// path that it was built for.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { serveSite } from "../browser/site-server.js";
import { launch } from "../consumers/install.mjs";

const DOCS = join(dirname(fileURLToPath(import.meta.url)), "../../target/docs");
const WAIT = { timeout: 30_000 };
let browser;
let site;

before(async () => {
  site = await serveSite(DOCS, process.env.DOCS_BASE ?? "/");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** A page that notes what must not happen: requests to other hosts, missing files, errors. */
async function open(path) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(site.url)) complaints.push(request.url());
  });
  page.on("response", (response) => response.ok() || complaints.push(`${response.status()} ${response.url()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(site.url + path);
  return { page, complaints };
}

test("a search leads to a page, which keeps its list of what to read next", { timeout: 120_000 }, async () => {
  const { page, complaints } = await open("site.html");
  const search = page.getByRole("button", { name: "Search" });
  await expect(search).toBeVisible(WAIT);
  const field = page.getByRole("searchbox");
  // Until the page is alive, a click does nothing.
  await expect(async () => {
    await search.click();
    await expect(field).toBeVisible({ timeout: 1000 });
  }).toPass(WAIT);
  await field.fill("holdout");
  const found = page.getByRole("dialog").getByRole("link", { name: /^Protocols/ });
  await found.first().click(WAIT);
  await page.waitForURL(/\/protocols\.html/, WAIT);
  const links = page.locator("foldin-related a");
  await expect(links).toHaveCount(4, WAIT);
  // The page is alive, and the framework has left the list alone.
  await expect(page.locator("foldin-related:defined")).toHaveCount(1, WAIT);
  const [first] = await links.evaluateAll((all) => all.map((link) => link.href));
  await links.first().click();
  await page.waitForURL(first, WAIT);
  assert.deepEqual(complaints, []);
});

test("the demo inside of the site recommends after a tap", { timeout: 120_000 }, async () => {
  const { page, complaints } = await open("demo/");
  await page.locator("#tiles button").first().click(WAIT);
  await expect(page.locator("#picks li")).toHaveCount(1, WAIT);
  await expect(page.locator("#list li").first()).toContainText("Why?", WAIT);
  assert.deepEqual(complaints, []);
});
