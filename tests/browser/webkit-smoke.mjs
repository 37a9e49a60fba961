// The elements and the built site in WebKitGTK, the engine of Safari, over WebDriver: a walk with a pick, a like and an
// address that changes. FOLDIN_SITE names the built site (default: target/test-site).
// xvfb-run -a node --test tests/browser/webkit-smoke.mjs

import { test } from "node:test";
import { walkThroughElements } from "./element-walk.js";
import { serveSite } from "./site-server.js";
import { startWebKit } from "./webkit-driver.js";

test("in WebKit the elements show, follow a pick, and outlive a router", { timeout: 120_000 }, async (t) => {
  const browser = await startWebKit();
  t.after(() => browser.close());
  t.diagnostic(browser.name);
  await walkThroughElements(t, browser);
});

test("in WebKit one picks on the built site, and finds the picks again", { timeout: 120_000 }, async (t) => {
  const site = await serveSite();
  t.after(() => site.close());
  const browser = await startWebKit();
  t.after(() => browser.close());
  const isReady = () => browser.until(`document.querySelector('#results[aria-busy="false"]')`);
  await browser.open(site.url);
  await isReady();
  const id = await browser.run(`
    const tile = document.querySelector("#tiles button");
    tile.click();
    return tile.dataset.id;`);
  await browser.until(
    `document.querySelector('#picks [data-id="${id}"]') && document.querySelectorAll("#list > li").length`,
  );
  await browser.open(site.url);
  await isReady();
  await browser.until(`document.querySelector('#picks [data-id="${id}"]')`);
});
