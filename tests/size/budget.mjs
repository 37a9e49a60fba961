// What a visitor's browser has to fetch of the package, against its budget: every JavaScript file that ships, minified
// and compressed on its own, and the wasm module. Beside it the same as a bundler ships it, with shared parts once.
//
//   node tests/size/budget.mjs

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync, transformSync } from "esbuild";

const PACKAGE = fileURLToPath(new URL("../../pkg/", import.meta.url));
const MOST = { JavaScript: 24_000, wasm: 64_000 };
const ENTRIES = ["foldin.js", "worker.js", "profile.js", "element.js", "service-worker.js"];

const files = readdirSync(PACKAGE, { recursive: true }).sort();
const scripts = files.filter((name) => name.endsWith(".js"));
const modules = files.filter((name) => name.endsWith(".wasm"));
if (!modules.length) throw new Error(`${PACKAGE} holds no wasm module; run scripts/build-wasm`);

const row = (name, bytes, left = "") => console.log(`${name.padEnd(28)} ${String(bytes).padStart(6)} ${left}`);
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;
const read = (name) => readFileSync(PACKAGE + name);
const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

function check(kind, names, size) {
  const sizes = names.map((name) => size(read(name)));
  for (const [n, name] of names.entries()) row(name, sizes[n]);
  const total = sum(sizes);
  const left = MOST[kind] - total;
  row(`${kind} in all`, total, left < 0 ? `${-left} too many` : `${left} left of ${MOST[kind]}`);
  if (left < 0) process.exitCode = 1;
}

console.log("bytes after gzip (JavaScript minified before)");
check("JavaScript", scripts, (source) => gzip(transformSync(source.toString(), { minify: true, format: "esm" }).code));
check("wasm", modules, gzip);

const options = { bundle: true, splitting: true, minify: true, format: "esm", write: false, outdir: "nowhere" };
const bundled = buildSync({ ...options, entryPoints: ENTRIES.map((name) => PACKAGE + name) }).outputFiles;
row("JavaScript, bundled", sum(bundled.map(({ contents }) => gzip(contents))));
