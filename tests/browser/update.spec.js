// The package on the host is updated while browsers hold files of the version before in their HTTP cache, for as long as
// the host allows: whatever is mixed, the page works.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test as base, expect } from "@playwright/test";
import { SITE, serveSite } from "./site-server.js";

const run = promisify(execFile);
const BUILD = fileURLToPath(new URL("../../scripts/build-package.mjs", import.meta.url));
const YEAR = { "cache-control": "max-age=31536000" };

/** Pages that use a part of the package each. */
const PAGES = {
  "index.html": `<!doctype html><link rel="icon" href="data:,"><title>none</title>`,
  "profile.html": `<!doctype html><link rel="icon" href="data:,"><script type="module">
    import { Profile } from "./foldin/profile.js";
    document.title = new Profile().size;</script>`,
  "load.html": `<!doctype html><link rel="icon" href="data:,"><script type="module">
    import { load } from "./foldin/foldin.js";
    load("model/manifest.json").then(
      async (foldin) => { document.title = \`\${(await foldin.popular({ k: 3 })).items.length} \${foldin.info.worker}\`; },
      ({ code, message }) => { document.title = \`\${code}: \${message}\`; },
    );</script>`,
  "element.html": `<!doctype html><link rel="icon" href="data:,"><script type="module" src="foldin/element.js"></script>
    <foldin-recommendations></foldin-recommendations>`,
};

const test = base.extend({
  /** A site whose host lets browsers keep every file for a year, and its update. */
  own: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), "foldin-update-"));
    await cp(join(SITE, "foldin"), join(directory, "foldin"), { recursive: true });
    await symlink(join(SITE, "model"), join(directory, "model"));
    for (const [name, content] of Object.entries(PAGES)) await writeFile(join(directory, name), content);
    const site = await serveSite(directory, "/", YEAR);
    await use({ url: site.url, directory, update: () => update(directory) });
    await site.close();
    await rm(directory, { recursive: true });
  },
});

/** Puts another version on the host: other scripts, and a wasm module with one more section. */
async function update(directory) {
  const next = join(directory, "next");
  await mkdir(next);
  await run(process.execPath, [BUILD, "--version", "99.0.0", "--out", next]);
  const module = join(directory, "foldin/wasm/foldin_bg.wasm");
  const before = await readFile(module);
  await appendFile(module, Buffer.from([0, 2, 1, 120]));
  const after = await readFile(module);
  const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
  for (const name of ["foldin", "element", "profile", "worker"]) {
    const script = (await readFile(join(next, `${name}.js`), "utf8"))
      .replaceAll(hash(before), hash(after))
      .replace(`bytes:${before.length}`, `bytes:${after.length}`);
    await writeFile(join(directory, `foldin/${name}.js`), script);
  }
}

const works = /^3 /;

test("a page that meets the package for the first time works, whatever others have left", async ({ page, own }) => {
  await page.goto(`${own.url}profile.html`);
  await expect(page).toHaveTitle("0");
  await own.update();
  await page.goto(`${own.url}element.html`);
  await expect(page.locator("foldin-recommendations")).toHaveJSProperty("state", "ready");
  await page.goto(`${own.url}load.html`);
  await expect(page).toHaveTitle("3 true");
});

for (const name of ["load", "element"]) {
  test(`old scripts of ${name}.html, whose wasm module is gone, make way for the new ones`, async ({ page, own }) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    const shown = async () => {
      if (name === "load") await expect(page).toHaveTitle(works);
      else await expect(page.locator("foldin-recommendations")).toHaveJSProperty("state", "ready");
    };
    await page.goto(`${own.url}${name}.html`);
    await shown();
    await own.update();
    // As browsers do when a site was not visited for a week; and the HTTP cache has lost the module alone.
    await page.evaluate(async () => {
      for (const key of await caches.keys()) await caches.delete(key);
      await fetch("foldin/wasm/foldin_bg.wasm", { cache: "reload" });
    });
    await page.goto(`${own.url}${name}.html`);
    await shown();
    expect(asked.filter((url) => url.includes("foldin.js?build=99.0.0"))).toHaveLength(1);
    // At the next visit the new scripts are there from the beginning.
    asked.length = 0;
    await page.goto(`${own.url}${name}.html`);
    await shown();
    expect(asked.filter((url) => url.includes("foldin.js?build="))).toEqual([]);
  });
}

test("an old worker is passed by", async ({ page, own }) => {
  await page.goto(`${own.url}index.html`);
  // Only worker.js is in the HTTP cache.
  await page.evaluate(() => fetch("foldin/worker.js").then((response) => response.text()));
  await own.update();
  await page.goto(`${own.url}load.html`);
  await expect(page).toHaveTitle("3 true");
});

test("half a package on the host is told as such", async ({ page, own }) => {
  await appendFile(join(own.directory, "foldin/wasm/foldin_bg.wasm"), Buffer.from([0, 2, 1, 120]));
  await page.goto(`${own.url}load.html`);
  await expect(page).toHaveTitle(/wrong-length: .*different versions/);
});

test("a manifest of a later format makes the browser look for later scripts", async ({ page, own }) => {
  await page.goto(`${own.url}load.html`);
  await expect(page).toHaveTitle(works);
  await page.route("**/manifest.json", (route) => route.fulfill({ json: { format: 2 } }));
  await page.goto(`${own.url}load.html`);
  await expect(page).toHaveTitle(/newer-format: .*update foldin/);
});
