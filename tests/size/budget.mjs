// What a visitor's browser fetches before the model, as hosts serve it: compressed by brotli. Each entry of the package
// is one file, and each part below is a visit of a page that uses it.
//
//   node tests/size/budget.mjs

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const PACKAGE = fileURLToPath(new URL("../../pkg/", import.meta.url));
const WASM = "wasm/foldin_bg.wasm";

/** The most bytes of a first visit to a page with one element. */
const MOST = 100_000;
/** The most bytes of the trainer, which is fetched where somebody trains. */
const MOST_OF_TRAINER = 1_250_000;
const TRAINER = ["train.js", "train-worker.js", "wasm/foldin_train_bg.wasm"];
const VISITS = {
  "a page with one element": ["recommendations.js", "worker.js", WASM],
  "a page with both elements": ["element.js", "worker.js", WASM],
  "a page of foldin site": ["related.js", "worker.js", WASM],
  "a page that calls load": ["foldin.js", "worker.js", WASM],
  "a page with a profile alone": ["profile.js"],
  "a service worker": ["service-worker.js"],
  "a page of foldin site --offline": ["related.js", "offline.js", "service-worker.js", "worker.js", WASM],
};

const read = (name) => readFileSync(PACKAGE + name);
const brotli = (name) => brotliCompressSync(read(name)).length;
const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
const row = (name, ...cells) => console.log(name.padEnd(30), ...cells.map((cell) => String(cell).padStart(8)));

const names = [...new Set(Object.values(VISITS).flat()), "picker.js", "react.js", "vue.js"];
row("bytes", "brotli", "gzip", "as is");
for (const name of names) row(name, brotli(name), gzipSync(read(name), { level: 9 }).length, read(name).length);
for (const [visit, files] of Object.entries(VISITS)) {
  const bytes = sum(files.map(brotli));
  row(visit, bytes, bytes > MOST ? `${bytes - MOST} too many` : "");
  if (bytes > MOST) process.exitCode = 1;
}
// Without scripts/build-wasm trainer the package has none.
if (TRAINER.every((name) => existsSync(PACKAGE + name))) {
  const bytes = sum(TRAINER.map(brotli));
  row("the trainer", bytes, bytes > MOST_OF_TRAINER ? `${bytes - MOST_OF_TRAINER} too many` : "");
  if (bytes > MOST_OF_TRAINER) process.exitCode = 1;
}
