// Ten tabs of one visitor: each recommends, none loses what another has stored, and closed tabs leave nothing behind.

import { test as base, expect } from "@playwright/test";
import { complaintsOf } from "./fixtures.js";
import { serveOwn } from "./own-site.js";

const N_TABS = 10;
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>tabs</title><link rel="icon" href="data:,">
<script type="module" src="foldin/element.js"></script>
<foldin-recommendations model="model/manifest.json" k="5"></foldin-recommendations>`;

const test = base.extend({
  site: async ({}, use) => {
    const site = await serveOwn({ "index.html": PAGE });
    await use(site);
    await site.close();
  },
  /** Opens a tab whose list is there, with `foldin` and `profile` in its window. */
  open: async ({ context, site }, use) => {
    const complaints = [];
    await context.addInitScript(() => {
      addEventListener("foldin-ready", ({ detail }) => {
        window.foldin = detail.foldin;
      });
    });
    await use(async () => {
      const page = await context.newPage();
      complaints.push(complaintsOf(page));
      await page.goto(site.url);
      await expect(page.locator("foldin-recommendations")).toHaveJSProperty("state", "ready");
      await page.evaluate(async () => {
        const { Profile } = await import(new URL("foldin/profile.js", document.baseURI).href);
        window.profile = new Profile();
      });
      return page;
    });
    expect(complaints.flat()).toEqual([]);
  },
});

/** Opens ten tabs, one after the other. */
async function openAll(open) {
  const tabs = [];
  for (let n = 0; n < N_TABS; n++) tabs.push(await open());
  return tabs;
}

/** What an expression gives in every tab, at the same time. */
const inAll = (tabs, expression) => Promise.all(tabs.map((tab) => tab.evaluate(expression)));
const titlesIn = (tab) => tab.locator("foldin-recommendations [part=title]").allTextContents();

test("likes of ten tabs at the same moment are all kept, and every tab recommends by all of them", async ({ open }) => {
  const tabs = await openAll(open);
  const ids = await tabs[0].evaluate(async () => (await foldin.popular({ k: 40 })).items.map(({ id }) => id));
  const likes = ids.slice(0, 4 * N_TABS);
  for (let first = 0; first < likes.length; first += N_TABS) {
    await Promise.all(tabs.map((tab, n) => tab.evaluate((id) => void profile.like(id), likes[first + n])));
    const expected = likes.slice(0, first + N_TABS).sort();
    await expect.poll(() => inAll(tabs, "profile.ids().sort()")).toEqual(tabs.map(() => expected));
  }
  // What one takes back is taken back in all, and comes back in none.
  await tabs[3].evaluate((id) => void profile.remove(id), likes[0]);
  await expect.poll(() => inAll(tabs, "profile.size")).toEqual(tabs.map(() => likes.length - 1));

  const list = () => Promise.all(tabs.map(titlesIn));
  expect(await tabs[0].evaluate(() => profile.toRequest().liked.sort())).toEqual(likes.slice(1).sort());
  await expect.poll(async () => new Set((await list()).map(String)).size).toBe(1);
  expect((await list())[0]).toHaveLength(5);

  await tabs[7].evaluate(() => profile.clear());
  await expect.poll(() => inAll(tabs, "profile.size")).toEqual(tabs.map(() => 0));
});

/** Bytes of a tab after a garbage collection: those of scripts, and those of the model's module. */
async function memoryOf(tab) {
  const session = await tab.context().newCDPSession(tab);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return { scripts: usedSize, module: await tab.evaluate(async () => (await foldin.stats()).memory) };
}

/** How many processes show pages. */
async function nRenderers(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "renderer").length;
}

test("ten tabs, opened and closed three times, take no more memory each time", async ({ open, browser }) => {
  const stays = await open();
  const ids = await stays.evaluate(async () => (await foldin.popular({ k: 30 })).items.map(({ id }) => id));
  const before = await nRenderers(browser);
  const rounds = [];
  for (let round = 0; round < 3; round++) {
    const tabs = await openAll(open);
    for (const [n, tab] of tabs.entries()) {
      await tab.evaluate(
        async (liked) => {
          profile.like(liked[0]);
          for (let k = 1; k <= 20; k++) await foldin.recommend({ liked }, { k });
        },
        [ids[n + round * N_TABS], ids[n]],
      );
    }
    const each = await Promise.all(tabs.map(memoryOf));
    await Promise.all(tabs.map((tab) => tab.close()));
    // The browser keeps a spare one for the next page.
    await expect.poll(() => nRenderers(browser)).toBeLessThanOrEqual(before + 1);
    rounds.push({ each, stays: await memoryOf(stays), stored: await storedBy(stays) });
  }
  const most = ({ each }, of) => Math.max(...each.map((memory) => memory[of]));
  const figures = rounds.map((round) => ({
    scripts: most(round, "scripts"),
    module: most(round, "module"),
    stays: round.stays.scripts,
    ...round.stored,
  }));
  test.info().annotations.push({ type: "memory by round", description: JSON.stringify(figures) });
  const [first, , last] = figures;
  // A longer profile takes a page of memory or two more.
  expect(last.module).toBeLessThan(first.module + 4 * 65_536);
  expect(last.scripts).toBeLessThan(first.scripts + 1_000_000);
  expect(last.stays).toBeLessThan(first.stays + 1_000_000);
  expect(last.files).toBe(first.files);
  expect(last.text).toBeLessThan(first.text + 2_000);
});

/** What the tabs keep in the browser: files of the model, and letters of texts. */
function storedBy(tab) {
  return tab.evaluate(async () => {
    let files = 0;
    for (const name of await caches.keys()) files += (await (await caches.open(name)).keys()).length;
    return { files, text: Object.values(localStorage).join("").length };
  });
}
