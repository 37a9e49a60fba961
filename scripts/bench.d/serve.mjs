// Times one recommendation natively, in Node and in headless Chromium, and prints a table a model.
//
//   node scripts/bench.d/serve.mjs FOLDER NATIVE SITE...
//
// FOLDER holds measure-serving.js with what it needs, and the built sites by name; NATIVE is the example
// recommend_speed of foldin-core.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "../../tests/browser/chromium.js";
import { serveSite } from "../../tests/browser/site-server.js";

const ROWS = {
  reasons: "recommend, with reasons",
  "no reasons": "recommend, without reasons",
  pass: "pass over all factors: foldin",
  "pass, no SIMD": "    the same without SIMD",
  "pass, JavaScript": "    plain JavaScript",
  "pass and best, JavaScript": "    plain JavaScript, and the best 10",
};
/** Without these headers a browser's clock has steps of a tenth of a millisecond. */
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

const folder = resolve(process.argv[2]);
const [native, ...sites] = process.argv.slice(3);
for (const site of sites) {
  const engines = { native: inNative(site), Node: inNode(site), Chromium: await inChromium(site) };
  print(site, engines);
}

function inNative(site) {
  const model = join(folder, site, "model");
  const { current, versions } = JSON.parse(readFileSync(join(model, "manifest.json"), "utf8"));
  const { files } = versions.find(({ version }) => version === current);
  return JSON.parse(execFileSync(native, [join(model, files.score.path)], { encoding: "utf8" }));
}

/** In a process of its own: what has run before changes how a loop is compiled. */
function inNode(site) {
  const measure = pathToFileURL(join(folder, "measure-serving.js")).href;
  const base = pathToFileURL(`${folder}/`).href;
  const program = `const { measureServing } = await import(${JSON.stringify(measure)});
    console.log(JSON.stringify(await measureServing(${JSON.stringify(base)}, ${JSON.stringify(site)})));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }));
}

async function inChromium(site) {
  const server = await serveSite(folder, "/", ISOLATED);
  const browser = await chromium.launch(CHROMIUM);
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    return await page.evaluate(
      async ([base, site]) => {
        if (!crossOriginIsolated) throw new Error("the page is not isolated, and its clock is coarse");
        const { measureServing } = await import(`${base}measure-serving.js`);
        return measureServing(base, site);
      },
      [server.url, site],
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

function print(site, engines) {
  const { items, factors } = engines.Node;
  console.log(`\n${site}: ${items} items, ${factors} factors, 20 likes, k 10; ms: median (95 % below), least`);
  console.log(line("", Object.keys(engines)));
  for (const [key, name] of Object.entries(ROWS)) {
    if (!(key in engines.Node)) continue;
    const cell = ({ [key]: figures }) =>
      figures ? `${ms(figures.median)} (${ms(figures.p95)}) ${ms(figures.least)}` : "";
    console.log(line(name, Object.values(engines).map(cell)));
  }
  if (!engines.Node.pass) return;
  const ratio = ({ pass, "pass, JavaScript": plain }) =>
    plain ? `${(plain.least / pass.least).toFixed(1)} times` : "";
  console.log(line("    plain JavaScript takes, of the least", Object.values(engines).map(ratio)));
}

function line(name, cells) {
  return name.padEnd(40) + cells.map((cell) => cell.padStart(26)).join("");
}

function ms(value) {
  return value.toFixed(3);
}
