// A walk through the elements that every browser can do: they show, follow a pick, and outlive a router.

import assert from "node:assert/strict";
import { serveOwn } from "./own-site.js";

const PAGE = `<!doctype html><html lang="en_US"><meta charset="utf-8"><title>bare</title><link rel="icon" href="data:,">
<style>.card { border: 3px solid }</style>
<script>window.complaints = []; addEventListener("error", ({ message }) => complaints.push(message));
addEventListener("foldin-error", ({ detail }) => complaints.push(detail.error.message));</script>
<script type="module" src="foldin/element.js"></script>
<foldin-picker></foldin-picker><foldin-recommendations id="list" href="{id}.html"></foldin-recommendations>
<foldin-recommendations id="cards" k="2"><template><article class="card">{title}</article></template></foldin-recommendations>`;

/**
 * @param {import("node:test").TestContext} t
 * @param {{ open: (url: string) => Promise<unknown>, run: (body: string) => Promise<any>, until: (expression: string) => Promise<unknown> }} browser
 */
export async function walkThroughElements(t, browser) {
  const site = await serveOwn({ "index.html": PAGE });
  t.after(() => site.close());
  await browser.open(site.url);
  const isReady = (selector) => browser.until(`document.querySelector("${selector}").state === "ready"`);
  for (const selector of ["foldin-picker", "#list", "#cards"]) await isReady(selector);
  const card = await browser.run(`
    const card = document.querySelector("#cards").shadowRoot.querySelector("[part=copy]").shadowRoot.firstElementChild;
    return [card.textContent, getComputedStyle(card).borderTopWidth];`);
  assert.ok(card[0] && card[0] !== "{title}");
  assert.equal(card[1], "3px");

  await browser.run(`history.pushState(null, "", "films/12/");
    document.querySelector("foldin-picker").shadowRoot.querySelector("[part=pick]").click();`);
  const root = `document.querySelector("#list").shadowRoot`;
  await browser.until(`${root}.querySelector("h2").textContent === "Recommended for you"`);
  await browser.run(`document.querySelector("#list").k = 3;`);
  await browser.until(`${root}.querySelectorAll("[part=list] > li").length === 3`);
  await isReady("#list");
  assert.deepEqual(await browser.run("return complaints;"), []);
  assert.equal(await browser.run(`return document.querySelector("#list").matches(":state(ready)");`), true);
}
