// Long use: memory stays as it is, and what was closed is gone.

import { expect, test } from "./bare-site.js";

/** The size of the page's heap after a garbage collection, in bytes. */
async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

test("10,000 mixed calls leave the memory as it is", async ({ page, foldin: _ }) => {
  const memoryAfter = (rounds) =>
    page.evaluate(async (rounds) => {
      const ids = (await foldin.popular({ k: 200 })).items.map(({ id }) => id);
      const strategies = [undefined, "taste", "neighbours", "content", "popular"];
      for (let round = 0; round < rounds; round++) {
        const at = (n) => ids[(round * 7 + n * 31) % ids.length];
        const profile = { liked: [at(1), at(2), at(3)], disliked: [at(4)], ratings: [[at(5), 3]] };
        const strategy = strategies[round % strategies.length];
        await Promise.all([
          foldin.recommend(profile, { k: 20, strategy, diversity: (round % 3) / 3 }),
          foldin.similar(at(6), { k: 10 }),
          foldin.search(at(7).slice(0, 4)),
          foldin.explain(at(8), profile),
          foldin.seeds({ k: 12 }),
          outcome(() => foldin.recommend({ liked: ["no such id"] })),
          outcome(() => foldin.similar(at(9), { k: -1 })),
          foldin.place(profile),
          foldin.items([at(10), at(11)]),
          foldin.predict(at(12), profile),
        ]);
      }
      return (await foldin.stats()).memory;
    }, rounds);
  // The same calls twice: what the first round of them took is enough for the second.
  const before = await memoryAfter(500);
  const heap = await heapOf(page);
  expect(await memoryAfter(500)).toBe(before);
  expect(await heapOf(page)).toBeLessThan(heap + 1_000_000);
});

test("300 models, loaded and closed one after the other, leave nothing behind", async ({ page, open }) => {
  await open();
  const loadAndClose = (times) =>
    page.evaluate(async (times) => {
      for (let n = 0; n < times; n++) {
        const foldin = await load("model/manifest.json");
        await foldin.popular({ k: 1 });
        foldin.close();
      }
    }, times);
  await loadAndClose(30);
  const heap = await heapOf(page);
  await loadAndClose(270);
  await expect.poll(() => page.workers().length).toBe(0);
  expect(await heapOf(page)).toBeLessThan(heap + 2_000_000);
});
