// What Lighthouse says of the demo page from `foldin serve`, on its phone: the median of each category.
//
//   node scripts/bench.d/lighthouse.mjs FOLDIN SITE LIGHTHOUSE [RUNS]
//
// FOLDIN is the program, SITE a folder that it has built, LIGHTHOUSE the folder that Lighthouse is installed in.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { CHROMIUM } from "../../tests/browser/chromium.js";

const [foldin, site, tools, runs = "3"] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
/** What the figure for performance is made of, and how much a page loads. */
const TIMES = {
  "first-contentful-paint": "first paint, ms",
  "largest-contentful-paint": "largest paint, ms",
  "total-blocking-time": "blocked, ms",
  "cumulative-layout-shift": "layout shift",
  "speed-index": "speed index, ms",
  "total-byte-weight": "bytes",
};

const folder = await mkdtemp(join(tmpdir(), "foldin-lighthouse-"));
const server = spawn(foldin, ["serve", site, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
const reports = [];
try {
  const [url] = (await createInterface(server.stdout)[Symbol.asyncIterator]().next()).value.match(/http\S+/);
  for (let n = 0; n < Number(runs); n++) reports.push(await look(url));
} finally {
  server.kill();
  await rm(folder, { recursive: true });
}
for (const name of CATEGORIES)
  row(
    name,
    values(({ categories }) => Math.round(categories[name].score * 100)),
  );
for (const [id, name] of Object.entries(TIMES))
  row(
    name,
    values(({ audits }) => audits[id].numericValue),
  );
const faults = new Map(reports.flatMap((report) => faultsOf(report)));
for (const [id, text] of faults) console.log(`  ${id}: ${text}`);

/** A visit with an empty profile, as Lighthouse makes it for phones: a slow network and a slow processor, simulated. */
async function look(url) {
  const out = join(folder, "report.json");
  const program = join(tools, "node_modules/lighthouse/cli/index.js");
  const flags = `--headless=new ${CHROMIUM.args.join(" ")}`;
  await promisify(execFile)(
    process.execPath,
    [program, url, "--quiet", "--output=json", `--output-path=${out}`, `--chrome-flags=${flags}`],
    { env: { ...process.env, CHROME_PATH: CHROMIUM.executablePath } },
  );
  return JSON.parse(await readFile(out, "utf8"));
}

/** The audits that cost points in a category, with what they say. */
function faultsOf({ categories, audits }) {
  const counted = CATEGORIES.flatMap((name) => categories[name].auditRefs.filter(({ weight }) => weight > 0));
  const failed = counted.map(({ id }) => audits[id]).filter(({ score }) => score !== null && score < 0.9);
  return failed.map(({ id, title, displayValue = "" }) => [id, `${title} ${displayValue}`]);
}

function values(of) {
  return reports.map(of).sort((one, other) => one - other);
}

function row(name, sorted) {
  const [median, least, most] = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)].map((n) => +n.toFixed(3));
  console.log(`${name.padEnd(24)}${String(median).padStart(10)} (${least} to ${most})`);
}
