// What the tests share: a served site, a page with a log of its requests and of its console, and the first view.

import { fileURLToPath } from "node:url";
import { test as base, expect } from "@playwright/test";
import { build } from "esbuild";
import { serveSite } from "./site-server.js";

export { expect };

export const test = base.extend({
  site: [
    async ({}, use) => {
      const site = await serveSite();
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],

  /** Every address that the page has requested since it was opened, web sockets included. */
  requests: async ({ page }, use) => {
    const urls = [];
    page.on("request", (request) => urls.push(request.url()));
    page.on("websocket", (socket) => urls.push(socket.url()));
    await use(urls);
  },

  /** Errors and warnings of the page. */
  complaints: ({ page }, use) => use(complaintsOf(page)),

  /** The page, loaded and ready, with an empty profile. */
  start: async ({ page, site, requests, complaints }, use) => {
    await page.goto(site.url);
    await ready(page);
    await use(new StartView(page));
    // Holds for every test that begins on a healthy page: no complaint, and no request to another host.
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(site.url) && !url.startsWith("data:"))).toEqual([]);
  },
});

/** What the console of Chromium reports when a request fails because there is no network. */
export const OFFLINE = /net::ERR_INTERNET_DISCONNECTED/;

/**
 * Errors and warnings of a page, collected from now on. A test that provokes some sets `expected` to a pattern
 * beforehand: the console may report a failed request later than the page shows it.
 */
export function complaintsOf(page) {
  // Not enumerable, so that a test can compare the array with another.
  const complaints = Object.defineProperty([], "expected", { value: null, writable: true });
  const add = (text) => {
    if (!complaints.expected?.test(text)) complaints.push(text);
  };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) add(message.text());
  });
  page.on("pageerror", (error) => add(error.message));
  return complaints;
}

/** Puts what some sources of the page export into `window.underTest`: a built page has no such files any more. */
export async function exposeSources(page, ...names) {
  const { outputFiles } = await build({
    stdin: {
      contents: names.map((name) => `export * from "./${name}";`).join("\n"),
      resolveDir: fileURLToPath(new URL("../../web/", import.meta.url)),
    },
    bundle: true,
    format: "iife",
    globalName: "underTest",
    write: false,
  });
  await page.evaluate(`${outputFiles[0].text}; window.underTest = underTest; undefined`);
}

/** Waits until the page is loaded, and shows the recommendations. */
export async function ready(page) {
  await expect(page.locator("#results")).toHaveAttribute("aria-busy", "false");
  await settled(page);
}

/** Waits until the list matches the profile and the settings. */
export async function settled(page) {
  await expect(page.locator("#list")).toHaveAttribute("aria-busy", "false");
}

/** Waits until a view other than the first shows everything. */
export async function filled(page, name) {
  const view = page.locator(`#view-${name}`);
  await expect(view.locator("h1")).toBeVisible();
  if (name !== "map") return expect(view).toHaveAttribute("aria-busy", "false");
  // Without a map there is nothing to wait for.
  if (await view.locator(".map-none").count()) return;
  await expect(view).toHaveAttribute("data-filled", "true");
  await expect(view.locator(".map-near li")).toHaveCount(12);
}

/** Waits until the browser keeps all files of the model, so that the page can load it without a network. */
export async function keptForOffline(page) {
  const nKept = () =>
    page.evaluate(async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith("foldin:"));
      const lengths = names.map(async (name) => (await (await caches.open(name)).keys()).length);
      return (await Promise.all(lengths)).reduce((sum, n) => sum + n, 0);
    });
  // The manifest, the wasm module, the score file and the show file.
  await expect.poll(nKept).toBeGreaterThanOrEqual(4);
}

/** Opens what a summary stands for. By keyboard: what is above it may still grow, and a click would miss it. */
export async function unfold(summary) {
  await expect(summary).toBeVisible();
  await summary.press("Enter");
}

/** Waits until what the page shows now has been painted. */
export function painted(page) {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/**
 * Runs `ask(foldin, argument)` in the page, with a model of its own. The call is an expression: the page's policy forbids
 * functions made from strings.
 */
export function model(page, ask, argument = null) {
  return page.evaluate(`(async () => {
    const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    const foldin = await load("model/manifest.json", { worker: false });
    const answer = await (${ask})(foldin, ${JSON.stringify(argument)});
    foldin.close();
    return answer;
  })()`);
}

/** The profile and the request of the call that has made the list, as the page shows them to developers. */
export async function callOf(page) {
  const text = await page.locator("#developers pre").first().textContent();
  const [, body] = /recommend\(([\s\S]*)\);$/.exec(text);
  return new Function(`return [${body}]`)();
}

/** The first view, and what a visitor does there. */
class StartView {
  constructor(page) {
    this.page = page;
    this.search = page.getByRole("combobox", { name: "Search for something you love" });
    this.options = page.getByRole("listbox", { name: "Titles found" }).getByRole("option");
    this.tiles = page.locator("#tiles").getByRole("button");
    this.picks = page.getByRole("list", { name: "Your picks" }).locator("li[data-id]");
    this.rows = page.locator("#list > li");
    this.heading = page.locator("#results-heading");
    this.status = page.locator("#status");
    this.note = page.locator("#note");
    this.undo = page.locator("#tools").getByRole("button", { name: "Undo" });
    this.toast = page.locator("#undo-toast");
    this.more = page.getByRole("button", { name: "Show more" });
    this.variety = page.getByRole("slider", { name: "Variety" });
    this.filter = page.locator("#filters summary");
    this.reset = page.getByRole("button", { name: "Reset" });
    this.popover = page.locator("#popover");
    this.dialog = page.getByRole("dialog", { name: /\?$|taste$/ });
  }

  /** Waits until the list matches the profile and the settings. */
  settled() {
    return settled(this.page);
  }

  /** Ids of the tiles. */
  tileIds() {
    return ids(this.tiles);
  }

  /** Ids of the recommendations, once the list has settled. */
  async ids() {
    await this.settled();
    return ids(this.rows);
  }

  /** Ids of the picks, the newest first, once the list has settled. */
  async pickIds() {
    await this.settled();
    return ids(this.picks);
  }

  /** Titles of the recommendations, once the list has settled. */
  async titles() {
    await this.settled();
    return this.rows.locator("h3").allTextContents();
  }

  titleOf(tile) {
    return tile.locator(".cover-title").textContent();
  }

  /** Likes these tiles, one after the other, and waits for the new list. */
  async tap(...places) {
    for (const n of places) {
      const [before, id] = [await this.ids(), await this.tiles.nth(n).getAttribute("data-id")];
      await this.tiles.nth(n).click();
      await this.settled();
      await expect(this.tiles.nth(n)).toHaveAttribute("aria-pressed", "true");
      await expect(this.picks.first()).toHaveAttribute("data-id", id);
      expect(await this.ids()).not.toEqual(before);
    }
  }

  /** Chooses in the rating menu of a recommendation, and waits for the new list. */
  async rate(row, name) {
    await row.getByRole("button", { name: /^Rate, dislike or hide/ }).click();
    await this.popover.getByRole("button", { name }).click();
    await expect(this.popover).toBeHidden();
    await this.settled();
  }

  /** Chooses in the menu "Your profile". */
  async profile(name) {
    await this.page.getByRole("button", { name: "Your profile" }).click();
    await this.popover.getByRole("button", { name }).click();
  }

  /** The events in the browser's storage; `null` if there is no profile. */
  stored() {
    return this.page.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("foldin:profile:"));
      return key ? JSON.parse(localStorage.getItem(key)).events : null;
    });
  }
}

function ids(locator) {
  return locator.evaluateAll((nodes) => nodes.map((node) => node.dataset.id));
}
