// Times recommend() in headless Chromium, through the package as a page uses it.
//
//   node scripts/bench.d/serve.mjs SITE

import { resolve } from "node:path";
import { chromium } from "@playwright/test";
import { serveSite } from "../../tests/browser/site-server.js";

const LIKES = 20;
const CALLS = 2000;

const server = await serveSite(resolve(process.argv[2]));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
try {
  const page = await browser.newPage();
  await page.goto(server.url);
  const result = await page.evaluate(
    async ([likes, calls]) => {
      const { load } = await import("./foldin/foldin.js");
      const foldin = await load("./model/manifest.json");
      const { items } = await foldin.popular({ k: 500 });
      const times = [];
      for (let call = 0; call < calls; call++) {
        const liked = Array.from({ length: likes }, (_, n) => items[(call * 37 + n * 17) % items.length].id);
        const { ms } = await foldin.recommend({ liked: [...new Set(liked)] }, { k: 10 });
        times.push(ms);
      }
      // A browser's clock is coarse: the mean over many calls is exact where single calls are not.
      const mean = times.reduce((a, b) => a + b) / times.length;
      times.sort((a, b) => a - b);
      return { items: foldin.info.items, mean, median: times[calls / 2], p95: times[Math.floor(calls * 0.95)] };
    },
    [LIKES, CALLS],
  );
  const ms = (value) => `${value.toFixed(3)} ms`;
  console.log(`Chromium  ${result.items} items, ${LIKES} likes: median ${ms(result.median)}, mean ${ms(result.mean)}, 95 % below ${ms(result.p95)}`);
} finally {
  await browser.close();
  await server.close();
}
