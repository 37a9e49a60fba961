// What the tests share: a served site, a page whose requests and console are written down, and the page's own words.

import { test as base, expect } from "@playwright/test";
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

  /** Every address that the page has asked for since it was opened, web sockets included. */
  requests: async ({ page }, use) => {
    const urls = [];
    page.on("request", (request) => urls.push(request.url()));
    page.on("websocket", (socket) => urls.push(socket.url()));
    await use(urls);
  },

  /** Errors and warnings of the page. A test that does not expect them asks for none at its end. */
  complaints: async ({ page }, use) => {
    const complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await use(complaints);
  },

  /** The page, loaded and ready, with an empty profile. */
  visit: async ({ page, site, requests, complaints }, use) => {
    await page.goto(site.url);
    await ready(page);
    await use(new Visit(page));
    // Holds for every test that begins on a healthy page: nothing to complain about, and no other host.
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(site.url) && !url.startsWith("data:"))).toEqual([]);
  },
});

export async function ready(page) {
  await expect(page.locator("#results")).toHaveAttribute("aria-busy", "false");
}

class Visit {
  constructor(page) {
    this.page = page;
    this.search = page.getByRole("combobox");
    this.tiles = page.locator("#tiles").getByRole("button");
    this.picks = page.getByRole("list", { name: "Your picks" }).getByRole("button");
    this.rows = page.locator("#list > li");
    this.heading = page.locator("#results-heading");
    this.variety = page.getByRole("slider", { name: "Variety" });
    this.status = page.locator("#status");
  }

  /** Ids of the tiles. */
  tileIds() {
    return this.tiles.evaluateAll((tiles) => tiles.map((tile) => tile.dataset.id));
  }

  /** Titles of the recommendations, without years. */
  titles() {
    return this.rows.locator("h3").evaluateAll((headings) => headings.map((heading) => heading.firstChild.textContent));
  }
}
