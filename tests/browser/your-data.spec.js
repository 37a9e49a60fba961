// The view "Your data": files are chosen, understood and corrected, a model is learned from them, and the page runs on it.
// Nothing is sent anywhere.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eventsCsv, itemsCsv } from "../pkg/films.js";
import { expect, filled, ready, settled, test } from "./fixtures.js";
import { serveSite } from "./site-server.js";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const EVENTS = { name: "ratings.csv", mimeType: "text/csv", buffer: Buffer.from(eventsCsv()) };
const ITEMS = { name: "titles.csv", mimeType: "text/csv", buffer: Buffer.from(itemsCsv()) };
/** A page that starts on another model than its own does not use what its head asks the browser to fetch early. */
const UNUSED_PRELOAD = /was preloaded using link preload but not used/;

/** The view, and what a visitor does there. */
class YourData {
  constructor(page) {
    this.page = page;
    this.node = page.locator("#view-data");
    this.files = this.node.getByLabel("Choose files");
    this.facts = this.node.locator(".key-figures");
    this.train = this.node.getByRole("button", { name: "Train" });
    this.progress = this.node.getByRole("progressbar", { name: "Training" });
    this.problem = this.node.getByRole("alert").filter({ visible: true });
    this.use = this.node.getByRole("button", { name: "Use it on this page" });
    this.banner = page.locator("#own");
  }

  async open(site) {
    await this.page.goto(`${site.url}?#data`);
    await expect(this.node).toHaveAttribute("aria-busy", "false");
  }

  /** Chooses files, and waits until they were understood. */
  async choose(...files) {
    await this.files.setInputFiles(files);
    await expect(this.node.locator(".data-part").first()).toHaveAttribute("aria-busy", "false");
  }

  /** Trains, and waits for the model. */
  async learn() {
    await this.train.click();
    await expect(this.use).toBeVisible();
  }

  /** Runs the page on the model. */
  async start() {
    await this.use.click();
    await expect(this.banner).toBeVisible();
    await ready(this.page);
  }
}

const view = test.extend({
  data: async ({ page, site, complaints, requests }, use) => {
    complaints.expected = UNUSED_PRELOAD;
    const data = new YourData(page);
    await data.open(site);
    await use(data);
    expect(complaints).toEqual([]);
    const elsewhere = requests.filter((url) => !url.startsWith(site.url) && !/^(data|blob):/.test(url));
    expect(elsewhere).toEqual([]);
  },
});

test("the trainer is fetched in its view only, and its module with the first file", async ({
  page,
  site,
  requests,
}) => {
  const ofTrainer = () => requests.filter((url) => /\/foldin\/.*train/.test(url));
  await page.goto(site.url);
  await ready(page);
  expect(ofTrainer()).toEqual([]);
  const data = new YourData(page);
  await page.getByRole("link", { name: "Your data", exact: true }).click();
  await expect(data.node).toHaveAttribute("aria-busy", "false");
  expect(ofTrainer().map((url) => url.split("/").at(-1))).toEqual(["train.js"]);
  await data.choose(EVENTS);
  expect(ofTrainer().some((url) => url.endsWith("foldin_train_bg.wasm"))).toBe(true);
});

view("a model is learned from files, and the whole page runs on it", async ({ data, page, requests, site }) => {
  const sent = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" || request.postData() !== null) sent.push(request.url());
  });
  await expect(data.node).toContainText("Your data stays on this device; nothing is uploaded.");
  await data.choose(EVENTS, ITEMS);
  await expect(data.facts).toContainText("400");
  await expect(data.facts).toContainText("ratings of 4 or more");
  await expect(data.facts).toContainText("Film ");
  await data.learn();
  await expect(data.node).toContainText(/whom it has not seen: NDCG@10/);
  await expect(data.node).toContainText("at least 3 people behind every entry");
  await expect(data.node.locator(".data-example li")).toHaveCount(5);

  await data.start();
  await expect(data.banner).toContainText("Your data".toLowerCase());
  const tiles = page.locator("#tiles").getByRole("button");
  await expect(tiles.first()).toContainText("Film ");
  await tiles.first().click();
  await settled(page);
  const rows = page.locator("#list > li");
  await expect(rows.first().locator("h3")).toContainText("Film ");
  await rows.first().getByRole("button", { name: /^Why/ }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Compare" }).click();
  await filled(page, "compare");
  await page.getByRole("link", { name: "Map" }).click();
  await filled(page, "map");
  await page.getByRole("link", { name: "Model" }).click();
  await filled(page, "model");
  await expect(page.locator("#view-model")).toContainText("your data");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Model card" }).click();
  expect((await saving).suggestedFilename()).toBe("card.html");

  // It is there after a reload, and goes when the visitor says so.
  await page.reload();
  await expect(data.banner).toBeVisible();
  await data.banner.getByRole("button", { name: "Back to the demo" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete it" }).click();
  await expect(data.banner).toBeHidden();
  await ready(page);
  await expect(tiles.first()).not.toContainText("Film 0");
  expect(sent).toEqual([]);
  expect(requests.filter((url) => url.includes("ratings"))).toEqual([]);
});

view("columns of other names are told by hand", async ({ data, page }) => {
  const buffer = Buffer.from(eventsCsv("who,what,points,day"));
  await data.choose({ name: "votes.csv", mimeType: "text/csv", buffer });
  await expect(data.problem).toContainText("votes.csv has no column whose name says who or what");
  await data.node.getByLabel("Who", { exact: true }).selectOption("who");
  await data.node.getByLabel("What", { exact: true }).selectOption("what");
  await data.node.getByLabel("Rating or count").selectOption("points");
  await expect(data.facts).toContainText("ratings of 4 or more");
  await data.node.getByLabel("A like is a rating of at least").fill("5");
  await page.keyboard.press("Tab");
  await expect(data.facts).toContainText("ratings of 5 or more");
});

view("a line that cannot be read is told, and can be left out", async ({ data }) => {
  const buffer = Buffer.from(`${eventsCsv()}u1,m1,many,0\n`);
  await data.choose({ name: "ratings.csv", mimeType: "text/csv", buffer });
  await expect(data.problem).toContainText('column 3 (rating): "many" is not a number');
  await data.node.getByLabel("Leave out lines that cannot be read").check();
  await expect(data.node.locator(".data-notes")).toContainText("Left out 1 bad line");
  await expect(data.train).toBeEnabled();
});

view("a training is cancelled, and another one begins", async ({ data, page }) => {
  await data.choose(EVENTS);
  await data.node.getByLabel("Thorough").check();
  await data.train.click();
  await expect(data.node.locator(".data-phase")).toContainText("Searching");
  await data.node.getByRole("button", { name: "Cancel" }).click();
  await expect(data.progress).toBeHidden();
  await expect(page.locator("#announcer")).toHaveText("Cancelled.");
  await data.node.getByLabel("Usual settings").check();
  await data.learn();
});

view("dropped files are taken like chosen ones", async ({ data, page }) => {
  const transfer = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "ratings.csv", { type: "text/csv" }));
    return transfer;
  }, eventsCsv());
  const drop = data.node.locator(".data-drop");
  await drop.dispatchEvent("dragover", { dataTransfer: transfer });
  await expect(drop).toHaveClass(/over/);
  await drop.dispatchEvent("drop", { dataTransfer: transfer });
  await expect(data.facts).toContainText("400");
});

view("the download is a site that recommends", async ({ data, page, browser }) => {
  await data.choose(EVENTS, ITEMS);
  await data.node.getByLabel("Usual settings").check();
  await data.learn();
  const saving = page.waitForEvent("download");
  await data.node.getByRole("button", { name: "Download a site" }).click();
  const archive = await saving;
  expect(archive.suggestedFilename()).toBe("your-data.zip");
  const folder = await mkdtemp(join(tmpdir(), "foldin-download-"));
  try {
    await archive.saveAs(join(folder, "site.zip"));
    await promisify(execFile)("python3", ["-m", "zipfile", "-e", join(folder, "site.zip"), folder]);
    await writeFile(join(folder, "favicon.ico"), "");
    const own = await serveSite(folder, "/");
    const other = await browser.newPage();
    await other.goto(own.url);
    const picker = other.locator("foldin-picker");
    // A search before the model has loaded may find nothing.
    await expect(async () => {
      await picker.getByRole("combobox").fill("");
      await picker.getByRole("combobox").fill("Film 1");
      await picker.getByRole("option").first().click({ timeout: 5_000 });
    }).toPass();
    await expect(other.locator("foldin-recommendations").getByRole("listitem").first()).toContainText("Film ");
    await other.close();
    await own.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});

for (const scheme of ["light", "dark"]) {
  view(`everything can be reached and read on a phone, ${scheme}`, async ({ data, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await data.choose(EVENTS, ITEMS);
    await data.node.getByLabel("Usual settings").check();
    await data.learn();
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(overflow)).toBe(0);
    await page.evaluate(AXE);
    const found = await page.evaluate(async () =>
      (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
    );
    expect(found).toEqual([]);
  });
}
