// Times recommendations through the package, and the pass over all factors in wasm and in plain JavaScript. Runs as it
// is in Node and in a browser.

import { PlainLoop } from "./plain-loop.js";

const LIKES = 20;
const K = 10;
/** How long each kind of measurement goes on. */
const MS = 2000;
/** Calls of a turn. */
const CALLS = 20;

/**
 * @param {string} base URL of the folder that holds this file, the modules and the site
 * @param {string} site name of the site's folder
 */
export async function measureServing(base, site) {
  const { load } = await import(new URL(`${site}/foldin/foldin.js`, base).href);
  // On this thread: what is measured is the module, not the way to a worker and back.
  const foldin = await load(new URL(`${site}/model/manifest.json`, base), { worker: false });
  const { items } = await foldin.popular({ k: 500 });
  const profile = (call) => {
    const liked = Array.from({ length: LIKES }, (_, n) => items[(call * 37 + n * 17) % items.length].id);
    return { liked: [...new Set(liked)] };
  };
  // In turns, so that whatever else the machine does falls on all of them alike.
  const recommending = await inTurns({
    reasons: async (call) => void (await foldin.recommend(profile(call), { k: K })),
    "no reasons": async (call) => void (await foldin.recommend(profile(call), { k: K, reasons: false })),
  });
  const figures = { items: foldin.info.items, factors: foldin.info.factors, ...recommending };
  foldin.close();
  return figures.factors > 0 && figures.factors % 4 === 0
    ? { ...figures, ...(await measureLoops(base, site)) }
    : figures;
}

async function measureLoops(base, site) {
  const score = await scoreFile(base, site);
  const [simd, scalar] = await Promise.all(["simd", "scalar"].map((name) => startProducts(base, name, score)));
  const plain = new PlainLoop(simd.values(), simd.scales(), simd.columns());
  const vector = (call) => Float32Array.from({ length: simd.columns() }, (_, n) => Math.sin(call * 7 + n * n));
  for (let call = 0; call < 5; call++) {
    const expected = String(simd.scores(vector(call)));
    const others = [scalar.scores(vector(call)), plain.scores(vector(call))];
    if (others.some((scores) => String(scores) !== expected)) throw new Error("the three loops disagree");
  }
  return inTurns({
    pass: (call) => void simd.pass(vector(call)),
    "pass, no SIMD": (call) => void scalar.pass(vector(call)),
    "pass, JavaScript": (call) => void plain.scores(vector(call)),
    "pass and best, JavaScript": (call) => void plain.best(vector(call), K),
  });
}

async function startProducts(base, name, score) {
  const products = await import(new URL(`products-${name}/products.js`, base).href);
  const url = new URL(`products-${name}/products_bg.wasm`, base);
  await products.default({ module_or_path: await read(url) });
  return new products.Products(score);
}

async function scoreFile(base, site) {
  const url = new URL(`${site}/model/manifest.json`, base);
  const manifest = JSON.parse(new TextDecoder().decode(await read(url)));
  const { files } = manifest.versions.find(({ version }) => version === manifest.current);
  return read(new URL(files.score.path, url));
}

async function read(url) {
  if (url.protocol !== "file:") return new Uint8Array(await (await fetch(url)).arrayBuffer());
  return new Uint8Array(await process.getBuiltinModule("node:fs/promises").readFile(url));
}

/**
 * Does things in turns for a while, after a while to warm up: how long each takes, in ms. A turn is some calls, so that
 * a thing finds in the processor's caches what its own last call left there.
 */
async function inTurns(things) {
  const names = Object.keys(things);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const begin = performance.now();
  const end = begin + MS * names.length;
  for (let turn = 0; performance.now() < end; turn++) {
    for (const name of names) {
      for (let call = turn * CALLS; call < (turn + 1) * CALLS; call++) {
        const before = performance.now();
        await things[name](call);
        if (turn > 0) times[name].push(performance.now() - before);
      }
    }
  }
  const at = (sorted, share) => sorted[Math.floor(sorted.length * share)];
  const summary = (name) => {
    const sorted = times[name].sort((a, b) => a - b);
    return [name, { least: sorted[0], median: at(sorted, 0.5), p95: at(sorted, 0.95) }];
  };
  return Object.fromEntries(names.map(summary));
}
