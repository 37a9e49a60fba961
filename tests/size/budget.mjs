// What a visitor's browser has to fetch of the package, against its budget: every JavaScript file that ships, minified
// and compressed on its own, and the wasm module.
//
//   node tests/size/budget.mjs

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { transformSync } from "esbuild";

const PACKAGE = fileURLToPath(new URL("../../pkg/", import.meta.url));
const MOST = { JavaScript: 20_000, wasm: 60_000 };

const files = readdirSync(PACKAGE, { recursive: true }).sort();
const scripts = files.filter((name) => name.endsWith(".js"));
const modules = files.filter((name) => name.endsWith(".wasm"));
if (!modules.length) throw new Error(`${PACKAGE} holds no wasm module; run scripts/build-wasm`);

const row = (name, bytes, left = "") => console.log(`${name.padEnd(28)} ${String(bytes).padStart(6)} ${left}`);
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;
const read = (name) => readFileSync(PACKAGE + name);

function add(kind, names, size) {
  let total = 0;
  for (const name of names) {
    const bytes = size(read(name));
    row(name, bytes);
    total += bytes;
  }
  const left = MOST[kind] - total;
  row(`${kind} in all`, total, left < 0 ? `${-left} too many` : `${left} left of ${MOST[kind]}`);
  if (left < 0) process.exitCode = 1;
}

console.log("bytes after gzip (JavaScript minified before)");
add("JavaScript", scripts, (source) => gzip(transformSync(source.toString(), { minify: true, format: "esm" }).code));
add("wasm", modules, gzip);
