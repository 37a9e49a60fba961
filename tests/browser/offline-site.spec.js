// `foldin site --offline`: what a visitor has opened works without a network, below a path; and it ends without a trace.
// FOLDIN names the program (default: target/debug/foldin).

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test as base, expect } from "@playwright/test";
import { keptForOffline } from "./fixtures.js";
import { serveSite } from "./site-server.js";

const run = promisify(execFile);
const FOLDIN = process.env.FOLDIN ?? fileURLToPath(new URL("../../target/debug/foldin", import.meta.url));
const TOPICS = {
  bread: "flour yeast oven dough sourdough crust knead rise baker loaf",
  bikes: "wheel chain brake gear saddle ride mountain tyre pedal frame",
};
/** Those that are visited, by their path below the site. */
const VISITED = ["bread/0/", "bread/1/", "bikes/0/"];

function pageOf(topic, n) {
  const words = TOPICS[topic].split(" ");
  const text = words.map((word, place) => `${word} ${words[(place * n + 3) % words.length]}`).join(" ");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${topic} ${n}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="../../style.css?v=1"><script src="../../site.js"></script>
</head><body><main><article><h1>${topic} ${n}</h1><img src="../../${topic}.svg" alt=""><p>About ${topic}: ${text}.</p></article></main></body></html>`;
}

const FILES = {
  "index.html": `<!doctype html><title>Home</title><main><a href="bread/0/">bread 0</a></main>`,
  "style.css": "h1 { color: rgb(1, 2, 3) }",
  "site.js": `document.documentElement.dataset.script = "ran";`,
};
for (const topic of Object.keys(TOPICS)) {
  FILES[`${topic}.svg`] = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"></svg>`;
  for (let n = 0; n < 8; n++) FILES[`${topic}/${n}/index.html`] = pageOf(topic, n);
}

const test = base.extend({
  /** A site on a host: its address, a way to change its files, and one to stop the host. */
  site: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "foldin-offline-"));
    const write = async (name, text) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    };
    for (const [name, text] of Object.entries(FILES)) await write(name, text);
    const remove = (name) => rm(join(folder, name), { recursive: true });
    const foldin = (...options) => run(FOLDIN, ["site", folder, ...options]);
    await foldin("--offline");
    const { url, close } = await serveSite(folder);
    let isOpen = true;
    const stop = async () => {
      if (isOpen) await close();
      isOpen = false;
    };
    await use({ url, write, remove, foldin, stop });
    await stop();
    await rm(folder, { recursive: true });
  },
});

/** The files that the worker keeps, by their path below the site. */
function keptOf(page, site) {
  return page.evaluate(async (url) => {
    const files = [];
    for (const name of await caches.keys()) {
      if (!/^foldin-(shell|visited):/.test(name)) continue;
      for (const request of await (await caches.open(name)).keys()) files.push(request.url.replace(url, ""));
    }
    return files;
  }, site.url);
}

/** Scripts of the workers that are registered. */
function workersOf(page) {
  return page.evaluate(async () => {
    const all = await navigator.serviceWorker.getRegistrations();
    return all.map(({ active, waiting, installing }) => (active ?? waiting ?? installing).scriptURL.split("/").at(-1));
  });
}

/** Reads these pages, until all that they consist of is kept. */
async function visit(page, site) {
  for (const path of VISITED) {
    await page.goto(site.url + path);
    await page.locator("foldin-related:defined").scrollIntoViewIfNeeded();
    await page.evaluate(() => {
      const related = document.querySelector("foldin-related");
      related.profile.like(related.querySelector("ul").dataset.page);
    });
    await expect.poll(() => keptOf(page, site)).toContain(path);
  }
  await keptForOffline(page);
  const files = ["style.css", "site.js", "bread.svg", "bikes.svg"];
  const own = ["related.js", "offline.js", "worker.js", "pages.json"].map((name) => `foldin/${name}`);
  await expect.poll(() => keptOf(page, site)).toEqual(expect.arrayContaining([...VISITED, ...files, ...own]));
}

test("without a network the pages that were visited are there, with their lists, styles and pictures", async ({
  page,
  site,
}) => {
  await visit(page, site);
  expect(await workersOf(page)).toEqual(["foldin-service-worker.js"]);
  await site.stop();
  for (const path of VISITED) {
    const answer = await page.goto(site.url + path);
    const written = /data-page="[^"]*">(.*?)<\/ul>/s.exec(await answer.text())[1];
    expect(written.match(/<a href="[^"]+"/g)).toHaveLength(6);
    await expect(page.locator("h1")).toHaveCSS("color", "rgb(1, 2, 3)");
    await expect(page.locator("html")).toHaveAttribute("data-script", "ran");
    await expect(page.locator("article img")).toHaveJSProperty("naturalWidth", 30);
    await page.locator("foldin-related").scrollIntoViewIfNeeded();
    await expect(page.locator(".foldin-related-forget")).toBeVisible();
    await expect(page.locator("foldin-related li a")).toHaveCount(6);
  }
  const another = await page.context().newPage();
  await expect(another.goto(`${site.url}bikes/5/`)).rejects.toThrow(/net::ERR_FAILED/);

  await page.goto(site.url + VISITED[0]);
  await page.locator(".foldin-related-forget").click();
  await expect.poll(() => keptOf(page, site)).not.toContain(VISITED[1]);
});

test("a visitor sees the newest page, and one that is gone from the host is not kept", async ({ page, site }) => {
  await visit(page, site);
  await site.write("bread/0/index.html", FILES["bread/0/index.html"].replace("<h1>bread 0", "<h1>new bread"));
  await page.goto(`${site.url}bread/0/`);
  await expect(page.locator("h1")).toHaveText("new bread");
  await site.remove("bread/1");
  const answer = await page.goto(`${site.url}bread/1/`);
  expect(answer.status()).toBe(404);
  await expect.poll(() => keptOf(page, site)).not.toContain("bread/1/");
  await site.stop();
  await page.goto(`${site.url}bread/0/`);
  await expect(page.locator("h1")).toHaveText("new bread");
});

test("after --remove the worker ends at the next visit, and nothing that it kept stays", async ({ page, site }) => {
  await visit(page, site);
  await site.foldin("--remove");
  await page.goto(site.url + VISITED[0]);
  await expect(page.locator("foldin-related")).toHaveCount(0);
  await expect.poll(() => workersOf(page)).toEqual([]);
  const cachesOfWorker = () =>
    page.evaluate(async () => (await caches.keys()).filter((name) => !name.startsWith("foldin:")));
  await expect.poll(cachesOfWorker).toEqual([]);
});

test("a worker that the site registers itself stays", async ({ page, site }) => {
  await site.write("mine.js", "");
  const registering = `<script>navigator.serviceWorker.register("../../mine.js")</script></head>`;
  for (const path of VISITED)
    await site.write(`${path}index.html`, FILES[`${path}index.html`].replace("</head>", registering));
  await site.foldin("--offline");
  // At the first visit, either may come first.
  await page.goto(site.url + VISITED[0]);
  await page.evaluate(() => navigator.serviceWorker.ready);
  for (const path of VISITED) {
    await page.goto(site.url + path);
    await expect.poll(() => workersOf(page)).toEqual(["mine.js"]);
  }
});

test("nothing is kept for a visitor whose browser sends Global Privacy Control", async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
  for (const path of VISITED) await page.goto(site.url + path);
  expect(await workersOf(page)).toEqual([]);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});
