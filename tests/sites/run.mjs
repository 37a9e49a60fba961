// Builds sites with real generators, serves them with real servers, visits them, learns from the logs with
// `foldin site`, and looks at the result in a browser.
//
//   node tests/sites/run.mjs FOLDIN TOOLS [GENERATOR:SERVER[:LANGUAGE[:BASE]]...]
//
// FOLDIN is the program, TOOLS a folder with the generators that npm installs.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { check, checkOffline } from "./check.mjs";
import { articles, directionOf } from "./content.mjs";
import { run } from "./files.mjs";
import { BROWSERS, look } from "./look.mjs";
import { plan, visit } from "./visits.mjs";

const [foldin, tools, ...wanted] = process.argv.slice(2);
const HEADINGS = { en: "Read next", de: "Weiterlesen", ja: "次に読む", ar: "اقرأ أيضًا" };
/** The combinations that Firefox and WebKit look at as well: one of the root, and one from right to left below a path. */
const IN_ALL_BROWSERS = ["hugo:nginx", "hugo:nginx:ar:/blog/"];

let passed = 0;
let failed = 0;
for (const [n, name] of wanted.entries()) {
  try {
    const report = await one(name, 8730 + n);
    console.log(`ok ${name}: ${report}`);
    passed += 1;
  } catch (error) {
    console.error(`FAILED ${name}\n${error.stack}`);
    failed += 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

async function one(name, port) {
  const [generator, server, language = "en", base = "/"] = name.split(":");
  const { build } = await import(`./generators/${generator}.mjs`);
  const { serve } = await import(`./servers/${server}.mjs`);
  const work = mkdtempSync(join(tmpdir(), "foldin-site-"));
  try {
    const made = articles({ language });
    const { folder, pathOf } = await build(join(work, "source"), made, { base, language, tools });
    const log = join(work, "access.log");
    const serving = () => serve({ work, folder, port, log, base });

    let stop = await serving();
    const visitors = plan(
      made.map((article) => ({ ...article, path: pathOf(article) })),
      { assets: [`${base}style.css`] },
    );
    await visit(port, visitors.slice(0, 80));
    // The log is rotated, as logrotate does: renamed, the server starts a new one, the old one is compressed.
    await stop();
    renameSync(log, `${log}.1`);
    stop = await serving();
    await visit(port, visitors.slice(80));
    await stop();
    writeFileSync(`${log}.2.gz`, gzipSync(readFileSync(`${log}.1`)));
    rmSync(`${log}.1`);

    const learn = (...options) => run(foldin, ["site", folder, "--log", log, `${log}.2.gz`, ...options]);
    const said = await learn();
    const before = checksums(folder);
    await learn();
    assert.deepEqual(checksums(folder), before, "the second run changed something");

    stop = await serving();
    try {
      const origin = `http://127.0.0.1:${port}`;
      const site = { origin, articles: made, pathOf, heading: HEADINGS[language], direction: directionOf(language) };
      const { pages, share } = await check(site);
      const browsers = IN_ALL_BROWSERS.includes(name) ? Object.keys(BROWSERS) : [];
      for (const browser of browsers) await lookWith(browser, site);
      assert.ok(share > 0.8, `only ${share} of the links are of the page's topic`);
      await learn("--offline");
      await checkOffline(site, stop);
      const sessions = /(\d+) +sessions to learn from/.exec(said)?.[1];
      return `${pages} pages, ${sessions} sessions, ${Math.round(share * 100)} % of the links of the page's topic, in ${["Chromium", ...browsers].join(", ")}`;
    } finally {
      await stop();
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function lookWith(name, site) {
  const browser = await BROWSERS[name]();
  try {
    await look(browser, site);
  } catch (error) {
    throw new Error(`in ${name}: ${error.message}`, { cause: error });
  } finally {
    await browser.close();
  }
}

/** A checksum of every file, by its path. */
function checksums(folder) {
  const names = readdirSync(folder, { recursive: true }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return files.map((name) => [
    name,
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex"),
  ]);
}
