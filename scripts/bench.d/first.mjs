// What a visitor waits for, from `foldin serve` over HTTP/1.1: the first recommendation from an empty cache on slow
// networks and processors, and the new list after a tap.
//
//   node scripts/bench.d/first.mjs FOLDIN SITE [VISITS]
//
// FOLDIN is the program, SITE a folder that it has built.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "../../tests/browser/chromium.js";
import { FAST_4G, tapTheFirst } from "./visit.mjs";

const [foldin, site, visits = "7"] = process.argv.slice(2);
const VISITS = Number(visits);
/** What Lighthouse calls slow 4G. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
const CONDITIONS = {
  "9 Mbit/s, 165 ms": { network: FAST_4G, slowdown: 1 },
  "1.6 Mbit/s, 150 ms, processor 4 times slower": { network: SLOW_4G, slowdown: 4 },
};
/** Titles tapped for the time from a tap to the list. */
const TAPS = 8;

const server = spawn(foldin, ["serve", site, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
const [url] = (await createInterface(server.stdout)[Symbol.asyncIterator]().next()).value.match(/http\S+/);
const browser = await chromium.launch(CHROMIUM);
const times = Object.fromEntries(Object.keys(CONDITIONS).map((name) => [name, []]));
const taps = [];
let received;
try {
  // In turns, so that whatever else the machine does falls on all of them alike.
  for (let n = 0; n < VISITS; n++) {
    for (const [name, conditions] of Object.entries(CONDITIONS)) {
      const visit = await firstRecommendation(conditions);
      times[name].push(visit.ms);
      received = visit.received;
    }
    taps.push(...(await tapsToLists()));
  }
} finally {
  await browser.close();
  server.kill();
}
console.log(`${received.requests} requests and ${Math.round(received.bytes / 1000)} kB to the first recommendation`);
console.log(`${VISITS} visits, from an empty cache to the first recommendation; ms: median (least to most)`);
for (const [name, values] of Object.entries(times)) console.log(row(name, values));
console.log(`from a tap to the new list on the screen, processor 4 times slower, ${taps.length} taps`);
console.log(row("", taps));

async function open({ network, slowdown }) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  if (network) await devtools.send("Network.emulateNetworkConditions", network);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return { context, page, devtools };
}

/** A visit that taps as soon as there is something to tap. */
async function firstRecommendation(conditions) {
  const { context, page, devtools } = await open(conditions);
  const received = { bytes: 0, requests: 0 };
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    received.bytes += encodedDataLength;
    received.requests += 1;
  });
  await page.addInitScript(tapTheFirst);
  await page.goto(url);
  const ms = await (await page.waitForFunction(() => window.doneAt)).jsonValue();
  const sum = { ...received };
  await context.close();
  return { ms, received: sum };
}

/** From taps to the frames that show their lists. */
async function tapsToLists() {
  const { context, page } = await open({ slowdown: 4 });
  await page.goto(url);
  await page.locator("#results[aria-busy=false]").waitFor();
  const found = [];
  for (let n = 0; n < TAPS; n++) {
    const ms = await page.evaluate(
      (n) =>
        new Promise((resolve) => {
          const list = document.querySelector("#list");
          const begin = performance.now();
          new MutationObserver((_, observer) => {
            observer.disconnect();
            // The callback of a frame, and what comes after that frame was drawn.
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
          }).observe(list, { childList: true });
          document.querySelectorAll("#tiles .tile[aria-pressed=false]")[n % 3].click();
        }),
      n,
    );
    found.push(ms);
    await page.locator("#list[aria-busy=false]").waitFor();
  }
  await context.close();
  return found;
}

function row(name, values) {
  const sorted = [...values].sort((a, b) => a - b).map((ms) => ms.toFixed(0));
  return `${name.padEnd(48)}${sorted[sorted.length >> 1].padStart(6)} (${sorted[0]} to ${sorted.at(-1)})`;
}
