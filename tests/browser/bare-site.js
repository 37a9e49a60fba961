// A site with nothing on it but the package and the model of the built site, for tests of the package alone.

import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { complaintsOf } from "./fixtures.js";
import { holdTimeouts } from "./held-timeouts.js";
import { SITE, serveSite } from "./site-server.js";

export { expect };

/** Waits until the page holds `n` time-outs back, and ends them. */
export async function endTimeouts(page, n) {
  await expect.poll(() => page.evaluate(() => heldTimeouts())).toBe(n);
  await page.evaluate(() => endTimeouts());
}

/** The policy that docs/add-to-a-site.md asks for. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:";

const HEAD_OF = {
  "index.html": policy(POLICY),
  "no-worker.html": policy(`${POLICY}; worker-src 'none'`),
  "trusted-types.html": policy(`${POLICY}; require-trusted-types-for 'script'; trusted-types foldin`),
  "no-policy.html": policy(`${POLICY}; require-trusted-types-for 'script'; trusted-types 'none'`),
  "no-wasm.html": policy(POLICY.replace(" 'wasm-unsafe-eval'", "")),
};

function policy(text) {
  return `<meta http-equiv="Content-Security-Policy" content="${text}">`;
}

function html(head) {
  const icon = `<link rel="icon" href="data:,">`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}${icon}<title>bare</title></head></html>`;
}

export const test = base.extend({
  /** The directory of the site, where a test may write files of its own. */
  directory: [
    async ({}, use) => {
      const directory = await mkdtemp(join(tmpdir(), "foldin-bare-"));
      for (const name of ["foldin", "model"]) await symlink(join(SITE, name), join(directory, name));
      for (const [name, head] of Object.entries(HEAD_OF)) await writeFile(join(directory, name), html(head));
      await use(directory);
      await rm(directory, { recursive: true });
    },
    { scope: "worker" },
  ],

  site: [
    async ({ directory }, use) => {
      const site = await serveSite(directory);
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],

  /** The manifest of the built site, and the entry of its current version. */
  model: [
    async ({ site }, use) => {
      const manifest = await (await fetch(`${site.url}model/manifest.json`)).json();
      await use({ manifest, entry: manifest.versions.find(({ version }) => version === manifest.current) });
    },
    { scope: "worker" },
  ],

  /** A page whose longer time-outs end only with `endTimeouts`. */
  page: async ({ page }, use) => {
    await holdTimeouts(page);
    await use(page);
  },

  /** Every address that was asked for, by page and workers. */
  requests: async ({ context }, use) => {
    const urls = [];
    context.on("request", (request) => urls.push(request.url()));
    await use(urls);
  },

  /** Errors and warnings in the console. */
  complaints: ({ page }, use) => use(complaintsOf(page)),

  /** Opens a page of the site with the package in reach. */
  open: async ({ page, site }, use) => {
    await use(async (name = "index.html") => {
      await page.goto(new URL(name, site.url).href);
      await page.evaluate(async () => {
        const foldinPackage = await import(new URL("foldin/foldin.js", document.baseURI).href);
        /** What the call gives, or how it fails. */
        const outcome = async (call) => {
          try {
            return { answered: await call() };
          } catch (error) {
            const { name, code, message, url, status } = error;
            return { foldin: error instanceof foldinPackage.FoldinError, name, code, message, url, status };
          }
        };
        /** Loads a model; gives what is known of it, or how it fails. */
        const infoOf = (options, url = "model/manifest.json") =>
          outcome(async () => {
            const foldin = await foldinPackage.load(url, options);
            const { info } = foldin;
            foldin.close();
            return info;
          });
        Object.assign(window, { foldinPackage, load: foldinPackage.load, outcome, infoOf });
      });
    });
  },

  /** A loaded model as `window.foldin`. */
  foldin: async ({ page, open }, use) => {
    await open();
    await page.evaluate(async () => {
      window.foldin = await load("model/manifest.json");
    });
    await use();
  },
});
