// Bare pages of sites that know nothing of foldin, with the elements on them; and what their tests ask.

import { test as base, expect } from "@playwright/test";
import { complaintsOf } from "./fixtures.js";
import { serveOwn } from "./own-site.js";

export { expect };

/** A page with a strict policy, two tags and no code of its own. */
const bare = (body) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; style-src 'self'; img-src data:">
<meta name="viewport" content="width=device-width">
<title>A bare page</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="site.css">
<script type="module" src="foldin/element.js"></script>
<main><h1>A bare page</h1>
${body}
</main>`;

export const test = base.extend({
  /** Opens a page with this body; fails at the end if the page had anything to complain about. */
  open: async ({ page }, use) => {
    const sites = [];
    const complaints = complaintsOf(page);
    await page.addInitScript(() => {
      window.events = [];
      for (const name of ["ready", "results", "select", "change", "warning", "error"]) {
        addEventListener(`foldin-${name}`, (event) =>
          window.events.push([name, event.target.id || event.target.localName]),
        );
      }
    });
    await use(async (body, files = {}) => {
      const site = await serveOwn({ "index.html": bare(body), "site.css": "body { font-family: serif }", ...files });
      sites.push(site);
      await page.goto(site.url);
      return { site, complaints };
    });
    for (const site of sites) await site.close();
  },
});

export const ready = (page, which = "foldin-recommendations") =>
  expect(page.locator(which).first()).toHaveJSProperty("state", "ready");
export const rows = (page, which = "foldin-recommendations") => page.locator(which).locator("[part=list] > li");
export const titles = (page, which) => rows(page, which).locator("[part=title] > :first-child").allTextContents();
export const picks = (page) => page.locator("foldin-picker").getByRole("list").getByRole("button");
export const counted = (page, name, who) =>
  page.evaluate(
    ([name, who]) => window.events.filter(([found, target]) => found === name && target === (who ?? target)).length,
    [name, who],
  );

/** Presses "Forget me", and once more where the picker asks. */
export async function forget(page) {
  await page.getByRole("button", { name: "Forget me" }).click();
  await page
    .getByRole("group", { name: /This cannot be undone/ })
    .getByRole("button", { name: "Forget me" })
    .click();
}

/** What the package itself answers in the page. */
export function inPage(page, what) {
  return page.evaluate(`(async () => {
    const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    return (${what})(await load("model/manifest.json"));
  })()`);
}

export const popularIds = (page, k) =>
  inPage(page, `async (foldin) => (await foldin.popular({ k: ${k} })).items.map(({ id }) => id)`);
