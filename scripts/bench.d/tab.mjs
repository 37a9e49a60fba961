// Measures training in the demo page's view "Your data", in headless Chromium, beside the program with one thread.
//
//   node scripts/bench.d/tab.mjs SITE PROGRAM FOLDER DATA...
//
// SITE is a built site with the trainer, PROGRAM the program foldin, FOLDER one for models, DATA folders of data sets.

import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "../../tests/browser/chromium.js";
import { serveSite } from "../../tests/browser/site-server.js";

const [site, program, folder, ...data] = process.argv.slice(2).map((path) => resolve(path));
/** What the page's choices change, as the program is told. */
const EFFORTS = {
  quick: '[search]\ntrials = 3\npatience = 2\n[ranker]\nkind = "blend"\nprofiles = 400\n[ease]\nmax-memory = 32\n',
  thorough: "[search]\n",
};
/** Files that are no part of a data set. */
const NOT_DATA = /\.(md|html|base|test)$/i;

const server = await serveSite(site, "/");
const browser = await chromium.launch(CHROMIUM);
const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);
row("data", "effort", "in the tab, s", "program, 1 thread, s", "ratio", "NDCG@10", "program", "memory, MB");
try {
  for (const path of data) {
    for (const effort of Object.keys(EFFORTS)) {
      const tab = await inTab(path, effort);
      const own = await byProgram(path, effort);
      const ratio = (tab.seconds / own.seconds).toFixed(1);
      const times = [tab.seconds, own.seconds].map((seconds) => seconds.toFixed(1));
      const ndcg = [tab.ndcg, own.ndcg].map((value) => value.toFixed(4));
      row(basename(path), effort, ...times, ratio, ...ndcg, Math.round(tab.bytes / 1e6));
    }
  }
} finally {
  await browser.close();
  await server.close();
}

/** From choosing the files to a recommendation of the new model; the trainer's module is in the HTTP cache. */
async function inTab(path, effort) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}#data`);
  const view = page.locator("#view-data");
  const names = (await readdir(path)).filter((name) => !NOT_DATA.test(name));
  const train = view.getByRole("button", { name: "Train" });
  const choose = async () => {
    await view.getByLabel("Choose files").setInputFiles(names.map((name) => join(path, name)));
    await train.and(page.locator(":enabled")).waitFor();
  };
  // Once before: the module is fetched and compiled then.
  await choose();
  const begin = performance.now();
  await choose();
  await view.locator(`[name=data-effort][value=${effort}]`).check();
  await train.click();
  await view.locator(".data-example li").first().waitFor({ timeout: 600_000 });
  const seconds = (performance.now() - begin) / 1e3;
  const measured = await view.locator(".data-found li", { hasText: "NDCG@10" }).textContent();
  const bytes = await mostMemory();
  await context.close();
  return { seconds, bytes, ndcg: Number(/NDCG@10 (\S+);/.exec(measured)[1]) };
}

/** The most memory that the largest process of the browser has had: that of the page with its worker. */
async function mostMemory() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const peaks = processInfo
    .filter(({ type }) => type === "renderer")
    .map(async ({ id }) => {
      const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
      return 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
    });
  return Math.max(...(await Promise.all(peaks)));
}

async function byProgram(path, effort) {
  await mkdir(folder, { recursive: true });
  const [config, out] = [join(folder, "foldin.toml"), join(folder, "model")];
  await writeFile(config, EFFORTS[effort]);
  await rm(out, { recursive: true, force: true });
  const begin = performance.now();
  const env = { ...process.env, RAYON_NUM_THREADS: "1" };
  await promisify(execFile)(program, ["train", path, "--config", config, "--no-runs", "--out", out], { env });
  const seconds = (performance.now() - begin) / 1e3;
  const { versions } = JSON.parse(await readFile(join(out, "manifest.json"), "utf8"));
  return { seconds, ndcg: versions[0].metrics.foldin["ndcg@10"] };
}
