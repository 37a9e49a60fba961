// Measures what a visitor waits for in headless Chromium, and prints it.
//
//   node scripts/bench.d/browser.mjs SITE LARGE
//
// SITE is the built site of the built-in sample, LARGE that of many made-up items.

import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "../../tests/browser/chromium.js";
import { serveSecurely, serveSite } from "../../tests/browser/site-server.js";
import { FAST_4G, tapTheFirst } from "./visit.mjs";

const VISITS = 7;
/** A task that takes longer delays what the visitor does meanwhile noticeably. */
const LONG_MS = 50;
/** Work that begins so soon after an action counts as a part of it. */
const AFTERWARDS_MS = 500;
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

const [site, large] = process.argv.slice(2).map((path) => resolve(path));
await firstRecommendations(site);
await mainThread(large);
await calls(site);

function launch(...more) {
  return chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, ...more] });
}

/** From an empty cache to the first recommendation, beside a page that only fetches the same files of the model. */
async function firstRecommendations(site) {
  const directory = await mkdtemp(join(tmpdir(), "foldin-bench-"));
  for (const name of await readdir(site)) await symlink(join(site, name), join(directory, name));
  await writeFile(join(directory, "bare.html"), await bare(site));
  // As on hosts of the web, a worker need not fetch the page's scripts again.
  const server = await serveSecurely(directory, "/", { "cache-control": "max-age=600" });
  const browser = await launch(`--ignore-certificate-errors-spki-list=${server.certificate}`);
  const times = { "first recommendation": [], "the model's files alone": [] };
  try {
    for (let n = 0; n < VISITS; n++) {
      times["first recommendation"].push(await visit(browser, server.url, tapTheFirst));
      times["the model's files alone"].push(await visit(browser, `${server.url}bare.html`));
    }
  } finally {
    await browser.close();
    await server.close();
    await rm(directory, { recursive: true });
  }
  console.log(`\nOn 4G (9 Mbit/s, 165 ms), HTTP/2, nothing cached; ${VISITS} visits; ms: median (least to most)`);
  printRatio(times, 0);
}

/** A page that fetches what every visit needs, and notes when it is there. */
async function bare(site) {
  const model = join(site, "model");
  const { current, versions } = JSON.parse(await readFile(join(model, "manifest.json"), "utf8"));
  const { files } = versions.find(({ version }) => version === current);
  const urls = ["foldin/wasm/foldin_bg.wasm", `model/${files.score.path}`, `model/${files.show.path}`];
  const fetching = `Promise.all(${JSON.stringify(urls)}.map(async (url) => (await fetch(url)).arrayBuffer()))`;
  return `<!doctype html><title>bare</title><link rel="icon" href="data:,">
<script>${fetching}.then(() => { window.doneAt = performance.now(); });</script>`;
}

async function visit(browser, url, script = () => {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", FAST_4G);
  await page.addInitScript(script);
  await page.goto(url);
  const doneAt = await (await page.waitForFunction(() => window.doneAt)).jsonValue();
  await context.close();
  return doneAt;
}

/** A walk through a large site: the longest task of the main thread, by what the visitor does. */
async function mainThread(site) {
  const server = await serveSite(site);
  const browser = await launch();
  const longest = {};
  const nLong = {};
  let items;
  try {
    for (let n = 0; n < VISITS; n++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      for (const [name, act] of Object.entries(walk(page, server.url))) {
        const tasks = await tasksOf(browser, page, act);
        longest[name] ??= [];
        longest[name].push(Math.max(0, ...tasks));
        nLong[name] = (nLong[name] ?? 0) + tasks.filter((ms) => ms > LONG_MS).length;
      }
      items = await page.evaluate(async () => {
        const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
        return (await load("model/manifest.json", { worker: false })).info.items;
      });
      await context.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  console.log(
    `\n${items} items, ${VISITS} visits; CPU time of the main thread's longest task, ms: median (least to most)`,
  );
  for (const [name, times] of Object.entries(longest)) {
    console.log(`${row(name, times)}   above ${LONG_MS} ms: ${nLong[name]}`);
  }
}

/** What a visitor does one after the other. */
function walk(page, url) {
  const has = (selector) => page.locator(selector).first().waitFor({ state: "attached" });
  const settled = () => has("#list[aria-busy=false]");
  const canvas = page.locator("#view-map canvas");
  return {
    loading: async () => {
      await page.goto(url);
      await has("#results[aria-busy=false]");
    },
    picking: async () => {
      for (const n of [0, 2, 5]) {
        await page.locator("#tiles .tile").nth(n).click();
        await settled();
      }
    },
    searching: async () => {
      await page.getByRole("combobox").first().pressSequentially("item-4321", { delay: 30 });
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("Enter");
      await settled();
    },
    "changing the variety": async () => {
      await page.getByRole("slider", { name: "Variety" }).press("End");
      await settled();
    },
    "opening the map": async () => {
      await page.getByRole("link", { name: "Map" }).click();
      await has("#view-map[data-filled=true]");
    },
    "zooming in": async () => {
      await canvas.hover();
      for (const by of [-240, -240, 240]) await page.mouse.wheel(0, by);
      await page.mouse.move(500, 500, { steps: 10 });
      await page.getByRole("button", { name: "Show all" }).click();
    },
    comparing: async () => {
      await page.getByRole("link", { name: "Compare" }).click();
      await has("#view-compare[aria-busy=false]");
    },
  };
}

/** The tasks of the main thread while something is done, in milliseconds of its own clock: other programs do not count. */
async function tasksOf(browser, page, act) {
  await browser.startTracing(page, { categories: ["toplevel"] });
  await act();
  await page.waitForTimeout(AFTERWARDS_MS);
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
  const isMain = ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain";
  const main = new Set(traceEvents.filter(isMain).map(threadOf));
  const isTask = ({ name, tdur }) => name.endsWith("RunTask") && tdur > 0;
  return traceEvents.filter((event) => isTask(event) && main.has(threadOf(event))).map(({ tdur }) => tdur / 1000);
}

/** Calls whose questions are as large as they can be, beside the usual ones. */
async function calls(site) {
  // Without these headers a browser's clock has steps of a tenth of a millisecond.
  const server = await serveSite(site, "/", ISOLATED);
  const browser = await launch();
  let times;
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}files.json`);
    times = await page.evaluate(async (visits) => {
      const [{ load }, { Profile }] = await Promise.all(
        ["foldin", "profile"].map((name) => import(new URL(`/foldin/${name}.js`, location.href).href)),
      );
      const foldin = await load("/model/manifest.json");
      const ids = (await foldin.popular({ k: 1e6 })).items.map(({ id }) => id);
      const likes = (n) => Array.from({ length: n }, (_, at) => ids[at % ids.length]);
      const profileOf = (n) => {
        const events = Array.from({ length: n }, (_, at) => ({ id: `item-${at}`, type: "liked" }));
        const profile = new Profile({ key: `bench-${n}` });
        profile.import(JSON.stringify({ format: "foldin-profile", version: 1, events }));
        return profile;
      };
      const [few, many] = [profileOf(20), profileOf(10_000)];
      const asked = {
        "recommend 10 from 10,000 likes": () => foldin.recommend({ liked: likes(10_000) }),
        "recommend all from 20 likes": () => foldin.recommend({ liked: likes(20) }, { k: 1e6 }),
        "recommend 10 from 20 likes": () => foldin.recommend({ liked: likes(20) }),
        "one more like in a profile of 10,000": (n) => many.like(`more-${n}`),
        "one more like in a profile of 20": (n) => few.like(`more-${n}`),
      };
      const times = {};
      // In turns, so that whatever else the machine does falls on all of them alike.
      for (let n = 0; n < 3 * visits; n++) {
        for (const [name, ask] of Object.entries(asked)) {
          const begin = performance.now();
          await ask(n);
          times[name] ??= [];
          times[name].push(performance.now() - begin);
        }
      }
      return times;
    }, VISITS);
  } finally {
    await browser.close();
    await server.close();
  }
  const [likes, all, usual, long, short] = Object.entries(times);
  console.log(`\nCalls of the package, through the worker; ${3 * VISITS} of each; ms: median (least to most)`);
  printRatio(Object.fromEntries([likes, all, usual]), 2);
  printRatio(Object.fromEntries([long, short]), 2);
}

/** Prints times by name, the last as the baseline of the others. */
function printRatio(times, digits) {
  const baseline = Object.values(times).at(-1);
  for (const [name, values] of Object.entries(times)) {
    const ratio = values === baseline ? "" : `   ${(median(values) / median(baseline)).toFixed(2)} times`;
    console.log(row(name, values, digits) + ratio);
  }
}

function row(name, times, digits = 0) {
  const [least, most] = [Math.min(...times), Math.max(...times)].map((ms) => ms.toFixed(digits));
  return `${name.padEnd(40)}${median(times).toFixed(digits).padStart(8)} (${least} to ${most})`;
}

function median(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
