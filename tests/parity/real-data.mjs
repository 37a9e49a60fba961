// Asks the native recommender and the wasm module the same of models of real data, and compares ids and scores to the
// last bit.
//
//   node tests/parity/real-data.mjs NATIVE MODEL...
//
// NATIVE is the example recommend_lines of foldin-core, a MODEL the folder of a model. The module is asked through the
// package, as a page asks it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { load } from "../../pkg/foldin.js";

const PROFILES = 1000;
const MOST_LIKES = 60;
/** Lists as pages show them, varied ones, and long ones. */
const REQUESTS = [
  { k: 10, diversity: 0 },
  { k: 10, diversity: 0.3 },
  { k: 100, diversity: 0 },
];

const [native, ...models] = process.argv.slice(2);
let failed = false;
for (const model of models) failed = !(await agrees(model)) || failed;
process.exitCode = failed ? 1 : 0;

async function agrees(model) {
  const started = performance.now();
  const foldin = await load(pathToFileURL(join(resolve(model), "manifest.json")));
  // Popular items are first; those that nobody likes are among the last.
  const ids = (await foldin.popular({ k: foldin.info.items })).items.map(({ id }) => id);
  const random = numbers(7);
  const asked = Array.from({ length: PROFILES }, (_, n) => ({
    profile: profile(random, ids),
    request: REQUESTS[n % REQUESTS.length],
  }));
  const expected = inNative(model, asked);
  const counts = { items: 0, unlike: 0 };
  for (const [n, { profile, request }] of asked.entries()) {
    const { items } = await foldin.recommend(profile, { ...request, reasons: false });
    counts.items += items.length;
    const found = items.flatMap(({ id, score }) => [id, score]);
    const place = difference(found, expected[n]);
    if (place < 0) continue;
    if (counts.unlike === 0) explain(model, n, { profile, request }, place, found, expected[n]);
    counts.unlike += 1;
  }
  foldin.close();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = counts.unlike === 0 ? "the same ids and scores" : `${counts.unlike} of ${PROFILES} profiles differ`;
  console.log(
    `parity of native and wasm on ${basename(model)}: ${PROFILES} profiles, ${counts.items} items: ${verdict} (${seconds} s)`,
  );
  return counts.unlike === 0;
}

/** Ids and scores of every profile, in turn. */
function inNative(model, asked) {
  const { current, versions } = JSON.parse(readFileSync(join(model, "manifest.json"), "utf8"));
  const { files } = versions.find(({ version }) => version === current);
  const folder = mkdtempSync(join(tmpdir(), "foldin-parity-"));
  try {
    const profiles = join(folder, "profiles");
    writeFileSync(profiles, asked.map(line).join(""));
    const printed = execFileSync(native, [join(model, files.score.path), profiles], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const lines = printed.split("\n").slice(0, -1);
    if (lines.length !== asked.length) throw new Error(`${lines.length} lines for ${asked.length} profiles`);
    // The shortest digits that tell an f32 from any other, rounded to one again.
    return lines.map((line) => line.split("\t").map((field, n) => (n % 2 ? Math.fround(Number(field)) : field)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Events in the order in which the package takes them. */
function line({ profile, request }) {
  const events = [
    ...profile.seen.map((id) => `=${id}`),
    ...Object.entries(profile.ratings).map(([id, stars]) => `${stars}*${id}`),
    ...profile.disliked.map((id) => `-${id}`),
    ...profile.liked.map((id) => `+${id}`),
  ];
  return `${[request.k, request.diversity, ...events].join("\t")}\n`;
}

/** 1 to 60 likes, half of them of popular items; in every third profile some dislikes, and in every third stars. */
function profile(random, ids) {
  const draw = () => {
    const share = random() / 2 ** 32;
    return ids[Math.floor((random() % 2 ? share ** 3 : share) * ids.length)];
  };
  const drawn = (n) => Array.from({ length: n }, draw);
  const kind = random() % 3;
  const some = () => random() % 8;
  return {
    seen: drawn(random() % 3),
    ratings: kind === 1 ? Object.fromEntries(drawn(some()).map((id) => [id, (1 + (random() % 10)) / 2])) : {},
    disliked: kind === 2 ? drawn(some()) : [],
    liked: drawn(1 + (random() % MOST_LIKES)),
  };
}

/** Where two lists differ first; -1 where they do not. */
function difference(found, expected) {
  const length = Math.max(found.length, expected.length);
  for (let n = 0; n < length; n++) if (!Object.is(found[n], expected[n])) return n;
  return -1;
}

function explain(model, n, asked, place, found, expected) {
  console.error(`profile ${n} of ${basename(model)} differs at place ${Math.floor(place / 2) + 1}:`);
  console.error(`  wasm   ${found.slice(place - (place % 2), place + 4).join(" ")}`);
  console.error(`  native ${expected.slice(place - (place % 2), place + 4).join(" ")}`);
  console.error(`  ${JSON.stringify(asked)}`);
}

/** Whole numbers of 32 bits, the same at every run: mulberry32. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return (z ^ (z >>> 14)) >>> 0;
  };
}
